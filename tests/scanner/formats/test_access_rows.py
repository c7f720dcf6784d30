from __future__ import annotations

import struct

import pytest

from scanner.formats.access_rows import AccessColumn, row_cells

NUMBER, FIRST, SECOND = AccessColumn(0, True, 0), AccessColumn(1, False, 0), AccessColumn(2, False, 1)


def a_row(texts: list[bytes], nulls: int, count: int = 3) -> bytes:
    """A row of Jet 4: a number, then texts."""
    offsets = [6 + sum(map(len, texts[:at])) for at in range(len(texts) + 1)]
    ends = struct.pack(f"<{len(offsets)}H", *reversed(offsets)) + struct.pack("<H", len(texts))
    return struct.pack("<Hi", count, 7) + b"".join(texts) + ends + bytes([nulls])


def cells(record: bytes, *columns: AccessColumn, is_jet3: bool = False) -> list[tuple[bool, bytes]]:
    return list(row_cells(record, columns, is_jet3=is_jet3))


def test_a_row_gives_each_column_its_bytes():
    number, first, second = cells(a_row([b"Ann", b"Leeds"], 0b111), NUMBER, FIRST, SECOND)
    assert (number[0], number[1][:4]) == (True, struct.pack("<i", 7))
    assert (first, second) == ((True, b"Ann"), (True, b"Leeds"))


def test_a_column_that_was_deleted_leaves_its_place_in_the_row():
    assert cells(a_row([b"gone", b"Leeds"], 0b111), SECOND) == [(True, b"Leeds")]


def test_a_column_that_was_added_later_is_not_in_the_row():
    assert cells(a_row([b"Ann"], 0b11, count=2), FIRST, SECOND, AccessColumn(9, False, 2)) == [
        (True, b"Ann"), (False, b""), (False, b""),
    ]  # fmt: skip


def test_what_is_null_is_not_set():
    assert cells(a_row([b"", b"Leeds"], 0b100), NUMBER, FIRST, SECOND)[0][0] is False


def test_a_long_row_of_jet_3_says_where_the_next_256_bytes_begin():
    long = b"x" * 300
    ends = bytes([308 & 0xFF, 303 & 0xFF, 3])
    record = b"\x03\0\0" + long + b"Leeds" + ends + b"\x01" + b"\x02" + b"\x07"
    assert cells(record, FIRST, SECOND, is_jet3=True) == [(True, long), (True, b"Leeds")]


@pytest.mark.parametrize("record", [b"", b"\3", b"\3\0", b"\xff\xff" + bytes(20), b"\3\0" + b"\xff" * 9])
def test_a_row_that_contradicts_itself_is_refused(record):
    with pytest.raises((ValueError, struct.error)):
        cells(record, NUMBER, FIRST)
