"""Messages and mailboxes, by the standard library. Attachments come as bytes: `format.render` has written them."""

from __future__ import annotations

import mimetypes
import re
from email import policy
from email.message import EmailMessage
from email.utils import format_datetime
from hashlib import sha256

from operations.demo.document import Attached, Mailbox, Message

_TYPES = mimetypes.MimeTypes()  # its own table, not the machine's, which differs from one system to the next
_TYPES.add_type("application/vnd.openxmlformats-officedocument.wordprocessingml.document", ".docx")
_TYPES.add_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx")
_TYPES.add_type("application/vnd.oasis.opendocument.text", ".odt")


def write_eml(message: Message) -> bytes:
    return _email(message).as_bytes(policy=policy.SMTP)


def write_mbox(mailbox: Mailbox) -> bytes:
    """Messages behind a From line each; lines of theirs that look like one are quoted (the mboxrd way)."""
    return b"".join(map(_mbox_entry, mailbox.messages))


def _mbox_entry(message: Message) -> bytes:
    lines = re.sub(rb"(?m)^(>*From )", rb">\1", _email(message).as_bytes(policy=policy.SMTP.clone(linesep="\n")))
    address = message.sender.rpartition("<")[2].strip(">")
    return f"From {address} {message.sent:%a %b %d %H:%M:%S %Y}\n".encode() + lines + b"\n"


def _email(message: Message) -> EmailMessage:
    mail = EmailMessage()
    digest = sha256(f"{message.sender}{message.sent}{message.subject}".encode()).hexdigest()[:24]
    mail["From"], mail["To"], mail["Subject"] = message.sender, message.to, message.subject
    mail["Date"] = format_datetime(message.sent)
    mail["Message-ID"] = f"<{digest}@example.org>"
    mail.set_content(message.body)
    for file in message.attached:
        _attach(mail, file)
    if message.attached:
        mail.set_boundary(f"=_{digest}")
    return mail


def _attach(mail: EmailMessage, file: Attached) -> None:
    assert isinstance(file.content, bytes)
    kind = _TYPES.guess_type(file.name)[0] or "application/octet-stream"
    maintype, _, subtype = kind.partition("/")
    mail.add_attachment(file.content, maintype=maintype, subtype=subtype, filename=file.name)
