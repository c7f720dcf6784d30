"""One row of an Access table, taken apart into the bytes of its columns.

After the description of the format that mdbtools keeps (HACKING.md, "Data Rows"). A row has as many columns as its
table had when it was written: those added later are not in it, and the places of those deleted since are.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AccessColumn:
    """`number` finds its bit among those that are not null; `place` is the offset of a fixed column, or the number of
    one of variable length among its like.
    """

    number: int
    is_fixed: bool
    place: int


def row_cells(record: bytes, columns: Sequence[AccessColumn], *, is_jet3: bool) -> Iterator[tuple[bool, bytes]]:
    """Of each column whether its bit is set, and its bytes, which run on to the end where it is a fixed one.

    Raises ValueError where the row contradicts itself.
    """
    head = 1 if is_jet3 else 2
    count = int.from_bytes(record[:head], "little")
    nulls = len(record) - (count + 7) // 8
    if nulls < head:
        raise ValueError
    ends = _ends(record[:nulls], is_jet3=is_jet3) if any(not column.is_fixed for column in columns) else []
    for column in columns:
        is_set = column.number < count and bool(record[nulls + column.number // 8] & 1 << column.number % 8)
        if column.is_fixed:
            yield is_set, record[head + column.place : nulls]
        else:
            yield is_set, _variable(record, ends, column.place)


def _variable(record: bytes, ends: list[int], place: int) -> bytes:
    return record[ends[place] : ends[place + 1]] if place + 1 < len(ends) else b""


def _ends(record: bytes, *, is_jet3: bool) -> list[int]:
    """Where each column of variable length begins, and where the last ends: written backwards before the nulls."""
    if is_jet3:
        return _short_ends(record)
    (count,) = struct.unpack_from("<H", record, len(record) - 2)
    if count * 2 + 4 > len(record):
        raise ValueError
    return [*reversed(struct.unpack_from(f"<{count + 1}H", record, len(record) - 4 - count * 2))]


def _short_ends(record: bytes) -> list[int]:
    """Jet 3 has one byte for each, and says behind them at which the next 256 begin."""
    count = record[-1]
    jumps = (len(record) - 1) // 256
    first = len(record) - 1 - jumps - (count + 1)
    if first < 0:
        raise ValueError
    offsets = record[first : first + count + 1][::-1]
    jumped = record[first + count + 1 : len(record) - 1][::-1]
    ends: list[int] = []
    base = 0
    for index, offset in enumerate(offsets):
        while base // 256 < jumps and jumped[base // 256] == index:
            base += 256
        ends.append(offset + base)
    return ends
