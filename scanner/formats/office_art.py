"""The pictures of old Office documents, which all keep them in one way ([MS-ODRAW] 2.2.23 to 2.2.31)."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator

_HEAD = re.compile(
    rb"(?:[\x00\x10]\x6e\x1e|(?:[\xa0\xb0]\x46|[\x20\x30]\x6e)[\x1d\x2a]|[\x80\x90]\x7a\x1f|[\x40\x50]\x6e\x29)\xf0"
)
"""A PNG, a JPEG of either model of colours, a bitmap, a TIFF. What is drawn (metafiles) is read with the text."""
_HEAD_LENGTH, _ID, _TAG = 8, 16, 1
_HAS_TWO_IDS = 0x10
_BITMAP = 0x1F
_BEGINNINGS = {
    0x1E: (b"\x89PNG",), 0x1D: (b"\xff\xd8",), 0x2A: (b"\xff\xd8",), 0x29: (b"II*\0", b"MM\0*"),
    _BITMAP: (b"\x28\0\0\0", b"\x6c\0\0\0", b"\x7c\0\0\0"),
}  # fmt: skip
_GROUP, _CONTINUE, _IN_HEADER = 0xEB, 0x3C, 0x866
_BEFORE_HEADERS = 14


def pictures(stream: bytes) -> Iterator[bytes]:
    """Each picture in a stream, as a file of its kind, wherever it stands."""
    at = 0
    while found := _HEAD.search(stream, at):
        at, first, kind = found.end(), stream[found.start()], stream[found.start() + 2]
        start = found.start() + _HEAD_LENGTH + _ID + _TAG + (_ID if first & _HAS_TWO_IDS else 0)
        if stream.startswith(_BEGINNINGS[kind], start):
            end = found.start() + _HEAD_LENGTH + int.from_bytes(stream[at : at + 4], "little")
            picture = stream[start : max(start, end)]
            at = max(at, end)
            yield _as_file(picture) if kind == _BITMAP else picture


def workbook_drawings(stream: bytes) -> bytes:
    """The pictures of an .xls workbook ([MS-XLS] 2.4.171), which stand in records of 8,224 bytes at most."""
    pieces: list[bytes] = []
    at, before = 0, 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        before = before if kind == _CONTINUE else kind
        if before in (_GROUP, _IN_HEADER):
            skipped = _BEFORE_HEADERS if kind == _IN_HEADER else 0
            pieces.append(stream[at + 4 + skipped : at + 4 + length])
        at += 4 + length
    return b"".join(pieces)


def _as_file(bitmap: bytes) -> bytes:
    """A bitmap behind the header that its file would have: where its points begin depends on its colours."""
    size, bits, packing, colours = struct.unpack("<I10xHI12xI", bitmap[:36].ljust(36, b"\0"))
    masks = 12 if packing == 3 and size == 40 else 0
    palette = 4 * (min(colours, 256) or (1 << bits if bits <= 8 else 0))
    return struct.pack("<2sIII", b"BM", 14 + len(bitmap), 0, 14 + size + masks + palette) + bitmap
