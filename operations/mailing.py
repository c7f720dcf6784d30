"""Mail that this program sends: plain text without personal data, through the one server of `[smtp]`."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Iterable
from email.message import EmailMessage
from email.utils import formatdate, make_msgid

from domain.errors import MunimentError
from operations.configuration.pack_settings import SmtpSettings


class UndeliveredError(MunimentError):
    """The server did not take a message; the reason quotes nothing that it answered, which may name addresses."""


def new_message(smtp: SmtpSettings, to: Iterable[str], subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"], message["To"] = smtp.sender, ", ".join(to)
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=smtp.sender.partition("@")[2])
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def deliver(smtp: SmtpSettings, message: EmailMessage) -> None:
    """Raises UndeliveredError where the server did not take it for all."""
    try:
        _deliver(smtp, message)
    except smtplib.SMTPException as error:
        raise UndeliveredError(type(error).__name__) from error
    except OSError as error:
        raise UndeliveredError(error.strerror or type(error).__name__) from error


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
