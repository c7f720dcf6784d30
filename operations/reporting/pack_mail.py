"""Tells the recipients of a pack that it is there, by SMTP: plain text without personal data."""

from __future__ import annotations

from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path

from domain.errors import ConfigurationError, MunimentError
from operations.config import Settings
from operations.configuration.pack_settings import PackSettings, SmtpSettings
from operations.mailing import UndeliveredError, deliver, new_message

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
        deliver(smtp, message)
    except UndeliveredError as error:
        raise MunimentError(_REFUSED.format(pack.name, error)) from error


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
    listed = "\n".join(f"- {title}" for title in titles)
    text = f"These reports of {organisation} have been made:\n\n{listed}\n\n{where}\n"
    message = new_message(smtp, pack.mail_to, f"Muniment reports: {pack.name}", text)
    for path in files if fits else ():
        message.add_attachment(path.read_bytes(), maintype="application", subtype="octet-stream", filename=path.name)
    return message
