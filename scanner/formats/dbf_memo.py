"""The memos of dBase (.dbt) and of FoxPro (.fpt), which stand in a file beside their table.

After the documentation of dBase and of Visual FoxPro ("Memo File Structure"). Memos that were replaced stay in the file
until it is packed, and are read.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.streams import read_at, stretch

_HEADER = 512
_HEAD = 8
_LONGEST = 16 * MIB
_LARGEST_BLOCK = 32 * 1024
_MARK = 0x0008FFFF
_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1f]+")


def memos(blob: Blob) -> Iterator[bytes]:
    """What stands in each memo, text or not; between them, and of dBase III everywhere, each run of characters.

    Raises EscalateError where this is no such file.
    """
    head = blob.head
    if len(head) < _HEADER:
        raise EscalateError("load")
    following, size = struct.unpack_from(">I2xH", head)
    if 0 < size <= _LARGEST_BLOCK and _HEADER <= following * size <= blob.size + size:
        return _walked(blob, _Foxpro(size))
    (size,) = struct.unpack_from("<H", head, 20)
    if 0 < size <= _LARGEST_BLOCK and read_at(blob, max(size, _HEADER), 4) == struct.pack("<I", _MARK):
        return _walked(blob, _Dbase(size))
    (following,) = struct.unpack_from("<I", head)
    if not 1 <= following <= blob.size // _HEADER + 1:
        raise EscalateError("load")
    return _runs(blob, _HEADER, blob.size)


@dataclass(frozen=True, slots=True)
class _Foxpro:
    """A picture, a text or an object, and how long it is."""

    block: int

    def length(self, head: bytes) -> int:
        kind, length = struct.unpack(">II", head)
        return length if kind <= 2 else 0


@dataclass(frozen=True, slots=True)
class _Dbase:
    """Of dBase IV: a mark, and how long it is with its head. A free block has another."""

    block: int

    def length(self, head: bytes) -> int:
        mark, length = struct.unpack("<II", head)
        return length - _HEAD if mark == _MARK else 0


def _walked(blob: Blob, kind: _Foxpro | _Dbase) -> Iterator[bytes]:
    """Block by block; one that is no memo's beginning belongs to what stands between them."""
    at = gap = max(_HEADER, kind.block)
    while at < blob.size:
        head = read_at(blob, at, _HEAD)
        length = kind.length(head) if len(head) == _HEAD else 0
        if not 0 < length <= min(_LONGEST, blob.size - at - _HEAD):
            at += max(kind.block, _HEAD)
            continue
        yield from _runs(blob, gap, at)
        yield read_at(blob, at + _HEAD, length)
        at = gap = at + -(-(_HEAD + length) // kind.block) * kind.block
    yield from _runs(blob, gap, blob.size)


def _runs(blob: Blob, start: int, end: int) -> Iterator[bytes]:
    rest = b""
    for piece in stretch(blob, start, end, MIB):
        *runs, rest = _CONTROLS.split(rest + piece)
        yield from filter(None, runs)
        if len(rest) > _LONGEST:
            yield rest
            rest = b""
    if rest:
        yield rest
