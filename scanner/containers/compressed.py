"""One packed stream: gzip, bzip2, xz, and by libarchive zstd, lz4, lzip and compress."""

from __future__ import annotations

import bz2
import lzma
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import Budget
from scanner.container import Part
from scanner.formats.native_archive import native_content
from scanner.streams import MOST_MEMORY, Decompressor, Inflate, Packed, Window, as_file, unpacked

_GZIP = b"\x1f\x8b"
_NAMELESS = "content"

_BY_PYTHON: tuple[tuple[bytes, Callable[[], Decompressor]], ...] = (
    (_GZIP, partial(Inflate, 31)),
    (b"BZh", bz2.BZ2Decompressor),
    (b"\xfd7zXZ\0", partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, MOST_MEMORY)),
    (b"\x5d\0\0", partial(lzma.LZMADecompressor, lzma.FORMAT_ALONE, MOST_MEMORY)),
)
_BY_LIBARCHIVE: tuple[tuple[bytes, str], ...] = (
    (b"\x28\xb5\x2f\xfd", "zstd"),
    (b"\x04\x22\x4d\x18", "lz4"),
    (b"LZIP", "lzip"),
    (b"\x1f\x9d", "compress"),
)
"""What a stream begins with, and what unpacks it."""


@dataclass(frozen=True, slots=True)
class CompressedContainer:
    """One part, the unpacked stream, by the name that a gzip header tells, else "content".

    Streams behind each other are one. Where the stream is damaged or cut short, the part ends there while the walk
    lasts, so that what was before is read, and then the walk raises ItemTroubleError (corrupt); read after the walk,
    the part itself raises it. A walk resumed behind the part unpacks it again to see, so far as it may be read at all.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        if after > 0:
            _look_through(blob)
            return
        reading = _Reading()
        head = blob.head
        try:
            yield Part(
                _name(head), 1, lambda: as_file(_forgiving(blob, reading)), packed=blob.size, modified=_modified(head)
            )
        finally:
            reading.walk_lasts = False
        if reading.trouble is not None:
            raise reading.trouble


@dataclass(slots=True)
class _Reading:
    """What the walk and the part that it gave out tell each other."""

    walk_lasts: bool = True
    trouble: ItemTroubleError | None = None


def _forgiving(blob: Blob, reading: _Reading) -> Generator[bytes, None, None]:
    """The stream up to its damage, which is left for the walk to raise; all of it damaged, it is raised at once."""
    has_begun = False
    try:
        for piece in _unpacked(blob):
            has_begun = True
            yield piece
    except ItemTroubleError as trouble:
        if not (has_begun and reading.walk_lasts):
            raise
        reading.trouble = trouble


def _look_through(blob: Blob) -> None:
    left = Budget().bytes
    for piece in _unpacked(blob):
        left -= len(piece)
        if left < 0:
            return


def _unpacked(blob: Blob) -> Iterator[bytes]:
    head = blob.head
    for magic, unpacker in _BY_PYTHON:
        if head.startswith(magic):
            return _streams(Packed(blob, 0, blob.size), unpacker)
    for magic, name in _BY_LIBARCHIVE:
        if head.startswith(magic):
            return native_content(Window(blob), "raw", (name,))
    raise ItemTroubleError(ProblemCode.CORRUPT)


def _streams(packed: Packed, unpacker: Callable[[], Decompressor]) -> Iterator[bytes]:
    """Streams behind each other are one (RFC 1952, 2.2); zeros behind the last are padding."""
    more = True
    while more:
        yield from unpacked(packed, unpacker())
        more = _goes_on(packed)


def _goes_on(packed: Packed) -> bool:
    while piece := packed.take():
        if rest := piece.lstrip(b"\0"):
            packed.put_back(rest)
            return True
    return False


def _name(head: bytes) -> str:
    """RFC 1952, 2.3.1: the name stands behind the extra field and ends in a zero; it is of Latin 1, or so it says."""
    if not head.startswith(_GZIP) or not head[3:4] or not head[3] & 8:
        return _NAMELESS
    start = 10
    if head[3] & 4:
        start += 2 + int.from_bytes(head[10:12], "little")
    name = head[start:].partition(b"\0")[0]
    try:
        return name.decode("utf-8") or _NAMELESS
    except UnicodeDecodeError:
        return name.decode("latin-1")


def _modified(head: bytes) -> datetime | None:
    seconds = int.from_bytes(head[4:8], "little") if head.startswith(_GZIP) else 0
    return datetime.fromtimestamp(seconds, UTC) if seconds else None
