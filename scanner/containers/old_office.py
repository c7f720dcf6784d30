"""The pictures in documents of Word, Excel and PowerPoint as they were until 2007."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.container import Part
from scanner.formats.office_art import pictures, workbook_drawings
from scanner.formats.ole import Ole, open_ole

_LARGEST = 256 * MIB
_BOOKS = ("WORKBOOK", "BOOK")
_STREAMS = ("DATA", "WORDDOCUMENT", "PICTURES")


@dataclass(frozen=True, slots=True)
class OldOfficeContainer:
    """A position is an index, a name tells it: "picture-1". Pictures that are drawn are the reader's."""

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        """Raises ItemTroubleError: corrupt where this is no such file; limit (bytes) at a stream of over 256 MiB."""
        ole = open_ole(blob)
        if ole is None:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        for index, picture in enumerate(_pictures(ole)):
            if index >= after:
                yield Part(f"picture-{index + 1}", index + 1, partial(BytesIO, picture), len(picture))


def _pictures(ole: Ole) -> Iterator[bytes]:
    for name in (*_BOOKS, *_STREAMS):
        entry = ole.entries.get(name)
        if entry is None or entry.is_storage:
            continue
        if entry.size > _LARGEST:
            raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
        stream = ole.read(entry)
        yield from pictures(workbook_drawings(stream) if name in _BOOKS else stream)
