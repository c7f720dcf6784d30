"""What is written about a picture of HEIF (ISO/IEC 23008-12): where its boxes keep EXIF and XMP.

Nothing here unpacks pixels. Boxes are those of the ISO base media file format (ISO/IEC 14496-12).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.streams import read_at

_MOST_BOXES = 10_000
_MOST_META = 16 * MIB
_MOST_WRITTEN = 16 * MIB
_MOST_ITEMS = 10_000
_MOST_EXTENTS = 100_000
_IN_FILE, _IN_IDAT = 0, 1
_EXIF, _MIME, _XMP = b"Exif", b"mime", b"application/rdf+xml"

_Extents: TypeAlias = list[tuple[int, int, int]]
"""Where pieces of an item are: in what (its method of construction), offset, length."""


@dataclass(frozen=True, slots=True)
class Written:
    """The blocks of EXIF, each a TIFF from its byte order on, and the packets of XMP."""

    exif: tuple[bytes, ...]
    xmp: tuple[bytes, ...]


def written_about(blob: Blob) -> Written:
    """Raises ItemTroubleError (corrupt) where there is no box of metadata, or it does not hold what it says."""
    try:
        meta = _meta(blob)
        kinds = _kinds(meta)
        places = [(kind, extents) for item, extents in _places(meta) if (kind := kinds.get(item))]
        found = [*_items(blob, _box(meta, b"idat"), places)]
    except (struct.error, IndexError) as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
    exif = (block[4 + int.from_bytes(block[:4], "big") :] for kind, block in found if kind == _EXIF)
    return Written(tuple(exif), tuple(block for kind, block in found if kind == _MIME))


def _meta(blob: Blob) -> bytes:
    """The content of the file's box of metadata, behind its version."""
    at = 0
    for _ in range(_MOST_BOXES):
        size, kind, large = struct.unpack(">L4sQ", read_at(blob, at, 16).ljust(16, b"\0"))
        head, size = (16, large) if size == 1 else (8, size or blob.size - at)
        if kind == b"meta":
            return read_at(blob, at + head, min(size - head, _MOST_META))[4:]
        if size < head or at + size >= blob.size:
            break
        at += size
    raise ItemTroubleError(ProblemCode.CORRUPT)


def _boxes(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = 0
    while at + 8 <= len(content):
        size, kind = struct.unpack_from(">L4s", content, at)
        if size < 8:
            return
        yield kind, content[at + 8 : at + size]
        at += size


def _box(content: bytes, wanted: bytes) -> bytes:
    return next((inner for kind, inner in islice(_boxes(content), _MOST_BOXES) if kind == wanted), b"")


def _kinds(meta: bytes) -> dict[int, bytes]:
    """The items that are written about the picture (14496-12, 8.11.6): from version 2 on an entry tells its kind."""
    info = _box(meta, b"iinf")
    kinds: dict[int, bytes] = {}
    for kind, entry in islice(_boxes(info[6 if info[:1] == b"\0" else 8 :]), _MOST_ITEMS):
        if kind != b"infe" or entry[:1] not in (b"\2", b"\3"):
            continue
        item, _, what = struct.unpack_from(">HH4s" if entry[0] == 2 else ">LH4s", entry, 4)
        if what == _EXIF or (what == _MIME and _XMP in entry):
            kinds[item] = what
    return kinds


class _Reader:
    """Numbers of as many bytes as a field before them says, one after the other."""

    def __init__(self, content: bytes) -> None:
        self._content, self._at = content, 0

    def number(self, size: int) -> int:
        if self._at + size > len(self._content):
            raise IndexError(size)
        self._at += size
        return int.from_bytes(self._content[self._at - size : self._at], "big")


def _places(meta: bytes) -> Iterator[tuple[int, _Extents]]:
    """Each item and its extents (14496-12, 8.11.3)."""
    reader = _Reader(_box(meta, b"iloc"))
    version = reader.number(4) >> 24
    sizes = reader.number(2)
    offset_size, length_size, base_size, index_size = (sizes >> shift & 0xF for shift in (12, 8, 4, 0))
    wide = 4 if version == 2 else 2
    left = _MOST_EXTENTS
    for _ in range(min(reader.number(wide), _MOST_ITEMS)):
        item = reader.number(wide)
        method = reader.number(2) & 0xF if version else _IN_FILE
        reader.number(2)
        base = reader.number(base_size)
        extents: _Extents = []
        count = reader.number(2)
        left -= count
        for _ in range(count if left > 0 else 0):
            reader.number(index_size if version else 0)
            extents.append((method, base + reader.number(offset_size), reader.number(length_size)))
        yield item, extents


def _items(blob: Blob, idat: bytes, places: list[tuple[bytes, _Extents]]) -> Iterator[tuple[bytes, bytes]]:
    """The content of each item, all together of no more than 16 MiB: extents may lead to the same bytes again."""
    room = _MOST_WRITTEN
    for kind, extents in places:
        pieces: list[bytes] = []
        for method, offset, length in extents:
            most = min(length, room)
            if method == _IN_FILE:
                pieces.append(read_at(blob, offset, most))
            elif method == _IN_IDAT:
                pieces.append(idat[offset : offset + most])
            room -= most
        yield kind, b"".join(pieces)
