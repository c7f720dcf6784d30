from __future__ import annotations

import struct

import pytest
import workbook_files as made

from scanner.extractor import EscalateError
from scanner.formats.dbf import open_dbf


def rows_of(files, content: bytes) -> list[list[str]]:
    with files.blob_of(content) as blob:
        opened = open_dbf(blob)
        return [row for _, row in opened.rows(range(opened.count))]


def test_columns_of_fixed_width_are_read_by_their_kinds(files):
    columns = [("A", "C", 10), ("B", "N", 6), ("C", "D", 8), ("D", "L", 1), ("E", "I", 4), ("F", "Y", 8), ("G", "T", 8),
               ("H", "O", 8), ("I", "M", 10)]  # fmt: skip
    row = (
        b"Ann", b"  12.5", b"20240229", b"y", struct.pack("<i", -7), struct.pack("<q", 123_456),
        struct.pack("<II", 2_460_370, 3_661_000), struct.pack("<d", 0.5), b"         1",
    )  # fmt: skip
    assert rows_of(files, made.a_dbf(columns, [row])) == [
        ["Ann", "12.5", "2024-02-29", "TRUE", "-7", "12.3456", "2024-02-29 1:01:01", "0.5", ""]
    ]


def test_deleted_rows_are_marked(files):
    with files.blob_of(made.a_dbf([("A", "C", 3)], [(b"Ann",), (b"Bob",)], deleted=[0])) as blob:
        assert list(open_dbf(blob).rows(range(2))) == [(True, ["Ann"]), (False, ["Bob"])]


@pytest.mark.parametrize(
    ("language", "written", "shown"),
    [
        (0x02, b"Zo\x89", "Zoë"),
        (0xC9, b"\xc0\xed\xed\xe0", "Анна"),
        (0x57, b"Zo\xeb", "Zoë"),
        (0, "Zoë".encode(), "Zoë"),
    ],
)
def test_the_language_driver_says_the_encoding_or_the_looks_do(files, language, written, shown):
    assert rows_of(files, made.a_dbf([("A", "C", 10)], [(written,)], language=language)) == [[shown]]


def test_a_long_column_keeps_the_rest_of_its_width_in_another_byte(files):
    content = bytearray(made.a_dbf([("A", "C", 44)], [(b"Ann",)]))
    content[32 + 17] = 1
    width = 1 + 300
    struct.pack_into("<H", content, 10, width)
    first = struct.unpack_from("<H", content, 8)[0]
    row = b" " + b"Ann".ljust(299) + b"x"
    assert rows_of(files, bytes(content[:first]) + row) == [[f"Ann{' ' * 296}x"]]


def test_a_table_that_is_cut_short_says_so(files):
    whole = made.a_dbf([("A", "C", 10)], [(b"Ann",), (b"Bob",)])
    with files.blob_of(whole[:-8]) as blob:
        opened = open_dbf(blob)
        assert (opened.count, opened.is_short) == (1, True)
    with files.blob_of(made.a_dbf([("A", "C", 10)], [(b"Ann",)], claimed=0xFFFFFFFF)) as blob:
        assert (open_dbf(blob).count, open_dbf(blob).is_short) == (1, True)


def test_a_range_in_the_middle_is_read_by_itself(files):
    content = made.a_dbf([("A", "N", 6)], [(str(number).encode(),) for number in range(2_000)])
    with files.blob_of(content) as blob:
        assert [row for _, row in open_dbf(blob).rows(range(1_100, 1_103))] == [["1100"], ["1101"], ["1102"]]


@pytest.mark.parametrize("at", [0, 10, 11, 32 + 16])
def test_what_contradicts_itself_escalates(files, at):
    content = bytearray(made.a_dbf([("A", "C", 10)], [(b"Ann",)]))
    content[at] = 0xFF if at > 11 else 0
    if at in (10, 11):
        content[10:12] = b"\0\0"
    with files.blob_of(bytes(content)) as blob, pytest.raises(EscalateError, match="load"):
        open_dbf(blob)


def test_bytes_of_foxpro_are_text_where_they_look_it_and_its_numbers_are_no_memos(files):
    columns = [("A", "Q", 12), ("B", "Q", 3), ("C", "Q", 4), ("D", "B", 8)]
    row = (b"Ann".ljust(11, b"\0") + b"\3", b"Bea", b"\1\2\xff\4", struct.pack("<d", 0.5))
    assert rows_of(files, made.a_dbf(columns, [row])) == [["Ann", "Bea", "", "0.5"]]
    with files.blob_of(made.a_dbf(columns, [row])) as blob:
        assert not open_dbf(blob).has_memos(range(1))
