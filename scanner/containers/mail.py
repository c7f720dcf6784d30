"""What is attached to one message, messages in it included."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from functools import partial
from io import BytesIO
from typing import BinaryIO

from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.mime import file_name, mail_parts, parse_message, payload


@dataclass(frozen=True, slots=True)
class MailContainer:
    """The attachments in the order of the message; a position is an index into them.

    One without a name is called after its place: "attachment-1".
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        attachments = mail_parts(parse_message(blob)).attachments
        names = unique(file_name(part) or f"attachment-{number}" for number, part in enumerate(attachments, 1))
        for index, (part, name) in enumerate(zip(attachments, names, strict=True)):
            if index >= after:
                yield Part(name, index + 1, partial(_opened, part))


def _opened(part: Message[str, str]) -> BinaryIO:
    return BytesIO(payload(part))
