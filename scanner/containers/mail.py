"""What is attached to one message, messages in it included."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from typing import BinaryIO

from domain.errors import ItemTroubleError
from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.mail_parts import Attached, attachments
from scanner.formats.mime import parse_mail
from scanner.pieces import Pieces


@dataclass(frozen=True, slots=True)
class MailContainer:
    """The attachments in the order of the message; a position is an index into them.

    One without a name is called after its place: "attachment-1". Where the message passes a limit of structure the
    walk ends with that trouble, behind all that could be told apart.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        mail = parse_mail(blob)
        yield from attached_parts(attachments(mail), after)
        if mail.problem:
            raise ItemTroubleError(mail.problem.code, mail.problem.limit)


def attached_parts(attached: Iterator[Attached], after: int) -> Iterator[Part]:
    """Attachments as parts, from the one at index `after` on."""
    files = list(attached)
    names = unique(file.name or f"attachment-{number}{file.extension}" for number, file in enumerate(files, 1))
    for index, (file, name) in enumerate(zip(files, names, strict=True)):
        if index >= after:
            yield Part(name, index + 1, partial(_opened, file.pieces), problem=file.problem)


def _opened(pieces: Callable[[], Iterator[bytes]]) -> BinaryIO:
    return BufferedReader(Pieces(pieces()))
