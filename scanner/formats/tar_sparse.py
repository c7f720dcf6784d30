"""Files with holes in a tape archive: the stretches that were stored, with zeros between (GNU tar's manual, D.2)."""

from __future__ import annotations

from collections.abc import Iterator

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.formats.tar_members import BLOCK, Sparse, TarMember, number
from scanner.streams import PIECE, read_at, stretch

_LARGEST_MAP = 8 * MIB
_ZEROS = bytes(PIECE)


def filled(blob: Blob, member: TarMember) -> Iterator[bytes]:
    """The content of a sparse member, its holes as zeros. Raises ItemTroubleError (corrupt)."""
    start, numbers = _map(blob, member)
    end = member.start + member.stored
    at = 0
    for offset, length in zip(numbers, numbers, strict=False):
        if offset < at or offset + length > member.size or start + length > end:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        yield from _zeros(offset - at)
        yield from stretch(blob, start, start + length)
        start += length
        at = offset + length
    yield from _zeros(member.size - at)


def _zeros(length: int) -> Iterator[bytes]:
    for _ in range(length // PIECE):
        yield _ZEROS
    if rest := length % PIECE:
        yield _ZEROS[:rest]


def _map(blob: Blob, member: TarMember) -> tuple[int, Iterator[int]]:
    """Where the stored stretches begin, and offset and length of each in turn."""
    if member.sparse is Sparse.WITH_HEADER:
        return member.start, _numbers_of_header(blob, member.at)
    if member.sparse is Sparse.TOLD:
        told = member.said[b"GNU.sparse.map"]
        return member.start, map(_natural, told.split(b",") if told else [])
    return _map_before_content(blob, member)


def _numbers_of_header(blob: Blob, at: int) -> Iterator[int]:
    """Four pairs in the header at 386, and 21 in each block behind it while the byte behind the last pair says so."""
    start, count, flag = 386, 4, 482
    while True:
        block = read_at(blob, at, BLOCK).ljust(BLOCK, b"\0")
        for place in range(start, start + 24 * count, 12):
            field = block[place : place + 12]
            value = number(field)
            if not field.strip(b"\0"):
                return
            if value is None or value < 0:
                raise ItemTroubleError(ProblemCode.CORRUPT)
            yield value
        if not block[flag]:
            return
        start, count, flag = 0, 21, 504
        at += BLOCK


def _map_before_content(blob: Blob, member: TarMember) -> tuple[int, Iterator[int]]:
    """Version 1.0: lines of decimal numbers, first how many pairs there are, filled up to a whole block."""
    text = read_at(blob, member.start, min(member.stored, _LARGEST_MAP))
    count, _, _ = text.partition(b"\n")
    lines = text.split(b"\n", 2 * min(_natural(count), len(text)) + 1)
    if len(lines) != 2 * _natural(count) + 2:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    length = len(text) - len(lines[-1])
    return member.start + -(-length // BLOCK) * BLOCK, map(_natural, lines[1:-1])


def _natural(text: bytes) -> int:
    if not text.isdigit() or len(text) > 19:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return int(text)
