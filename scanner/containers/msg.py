"""What is attached to a message of Outlook: one in a file (.msg), or in winmail.dat (TNEF)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import BinaryIO

from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.mail import attached_parts
from scanner.containers.naming import unique
from scanner.formats.mail_parts import attachments
from scanner.formats.mapi import Attachment, Message
from scanner.formats.mapi_mail import as_mail, is_signed
from scanner.formats.mime import parse_bytes
from scanner.formats.msg import read_msg


@dataclass(frozen=True, slots=True)
class MsgContainer:
    """The attachments in their order; a position is an index into them. A message in it is an internet message.

    A file that is only pointed at is a part that says so. What is in a signed message is its own.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        return message_parts(read_msg(blob), after)


def message_parts(message: Message, after: int) -> Iterator[Part]:
    """The attachments of a message as parts, from the one at index `after` on."""
    if is_signed(message):
        yield from attached_parts(attachments(parse_bytes(as_mail(message))), after)
        return
    names = unique(_name(attachment, number) for number, attachment in enumerate(message.attachments, 1))
    for index, (attachment, name) in enumerate(zip(message.attachments, names, strict=True)):
        if index >= after:
            yield Part(name, index + 1, partial(_opened, attachment), problem=attachment.problem)


def _name(attachment: Attachment, number: int) -> str:
    """A message in a message is called after its place: its display name is its subject, which may name people."""
    return (not attachment.message and attachment.name) or f"attachment-{number}"


def _opened(attachment: Attachment) -> BinaryIO:
    content: Callable[[], bytes] = attachment.content or bytes
    return BytesIO(as_mail(attachment.message()) if attachment.message else content())
