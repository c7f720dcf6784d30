"""Tells the recipients of a pack that it is there, by SMTP: plain text without personal data."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path

from domain.errors import ConfigurationError, MunimentError
from operations.config import Settings
from operations.configuration.pack_settings import PackSettings, SmtpSettings

_MISSING = "The pack {0!r} has mail_to, and no server takes mail: write [smtp] with server and sender"
_STAYS = "They contain personal data by place and are not attached. They are in the folder {0} of Muniment's host."
_TOO_LARGE = "They are too large to be attached. They are in the folder {0} of Muniment's host."
_REFUSED = "The pack {0!r} is written and could not be mailed: {1}. See [smtp] in the configuration"


def send(settings: Settings, pack: PackSettings, folder: Path, titles: Sequence[str], files: Sequence[Path]) -> None:
    """Send one message; `files`, which may be published, go along where they are not too large.

    Raises ConfigurationError where no server is configured, and MunimentError where it did not take the message.
    """
    smtp = settings.smtp
    if smtp is None:
        raise ConfigurationError(_MISSING.format(pack.name))
    message = _message(settings.organisation.name, smtp, pack, folder, titles, files)
    try:
        _deliver(smtp, message)
    except smtplib.SMTPException as error:
        # What a server answers may quote addresses.
        raise MunimentError(_REFUSED.format(pack.name, type(error).__name__)) from error
    except OSError as error:
        raise MunimentError(_REFUSED.format(pack.name, error.strerror or type(error).__name__)) from error


def _message(
    organisation: str,
    smtp: SmtpSettings,
    pack: PackSettings,
    folder: Path,
    titles: Sequence[str],
    files: Sequence[Path],
) -> EmailMessage:
    fits = bool(files) and sum(path.stat().st_size for path in files) <= smtp.most_mb * 1_000_000
    where = "They are attached, and may be published." if fits else (_TOO_LARGE if files else _STAYS).format(folder)
    message = EmailMessage()
    message["Subject"] = f"Muniment reports: {pack.name}"
    message["From"], message["To"] = smtp.sender, ", ".join(pack.mail_to)
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=smtp.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    listed = "\n".join(f"- {title}" for title in titles)
    message.set_content(f"These reports of {organisation} have been made:\n\n{listed}\n\n{where}\n")
    for path in files if fits else ():
        message.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name)
    return message


def _deliver(smtp: SmtpSettings, message: EmailMessage) -> None:
    trusted = ssl.create_default_context(cafile=smtp.ca_file)
    if smtp.tls == "implicit":
        server: smtplib.SMTP = smtplib.SMTP_SSL(smtp.server, smtp.port, timeout=smtp.seconds, context=trusted)
    else:
        server = smtplib.SMTP(smtp.server, smtp.port, timeout=smtp.seconds)
    with server:
        if smtp.tls == "starttls":
            server.starttls(context=trusted)
        if smtp.username:
            server.login(smtp.username, smtp.password())
        if refused := server.send_message(message):
            raise smtplib.SMTPRecipientsRefused(refused)
