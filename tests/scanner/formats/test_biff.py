from __future__ import annotations

import struct

import pytest
import workbook_files as made

from scanner.extractor import EscalateError
from scanner.formats.biff import pivot_texts, scan_workbook
from scanner.formats.sheet_size import cell_key


def notes_of(after: bytes) -> tuple[str, ...]:
    return scan_workbook(made.a_book([(0, 0, "Ann")], after=after)).sheets[0].notes


def unicode_of(text: str) -> bytes:
    return struct.pack("<HB", len(text), 0) + text.encode("latin-1")


def test_headers_boxes_notes_links_and_chart_texts_are_found():
    note = made.biff(0x1C, struct.pack("<HHHH", 0, 0, 0, 1) + unicode_of("Zoe Example"))
    link = made.biff(0x1B8, bytes(20) + "mailto:ann@example.org".encode("utf-16-le") + b"\0\0")
    chart = (
        made.biff(0x809, struct.pack("<HH", 0x600, 0x20)) + made.biff(0x100D, b"\0\0\5\0Sales")
        + made.biff(0x204, bytes(6) + unicode_of("Leeds")) + made.biff(0x0A)
    )  # fmt: skip
    more = made.biff(0x89C, bytes(28) + struct.pack("<5H", 0, 4, 0, 3, 0) + unicode_of("Even") + unicode_of("One"))
    after = made.an_old_header("&LHead") + made.text_box("Box") + note + link + more + chart
    assert notes_of(after) == ("&LHead", "Box", "Zoe Example", "ann@example.org", "Even", "One", "Sales", "Leeds")


def test_cells_behind_a_chart_are_measured():
    chart = made.biff(0x809, struct.pack("<HH", 0x600, 0x20)) + made.biff(0x0A)
    far = made.biff(0x203, struct.pack("<HHHd", 65_535, 65_535, 0, 1))
    with pytest.raises(EscalateError, match="sparse"):
        notes_of(chart + far)


def test_a_long_text_goes_on_in_further_records():
    box = made.biff(0x1B6, bytes(10) + struct.pack("<H", 8) + bytes(6))
    pieces = (
        made.biff(0x3C, b"\0Ann ") + made.biff(0x3C, b"\1" + "Exam".encode("utf-16-le")) + made.biff(0x3C, b"\0junk")
    )
    assert notes_of(box + pieces) == ("Ann Exam",)


def test_the_formats_of_numbers_are_found_by_their_styles():
    book = scan_workbook(made.a_book([(3, 2, 7.0), (4, 0, "text")], code="0000"))
    assert [shape.shown(7) for shape in book.sheets[0].formats.values()] == ["0007"]
    assert list(book.sheets[0].formats) == [cell_key(3, 2)]


def test_many_numbers_in_one_record_have_a_format_each():
    many = made.biff(0xBD, struct.pack("<HH", 5, 1) + struct.pack("<HI", 0, 0) + struct.pack("<HI", 1, 0) + b"\2\0")
    stream = made.a_book([(0, 0, "x")], code="0000")
    at = stream.rindex(made.biff(0x0A))
    assert list(scan_workbook(stream[:at] + many + stream[at:]).sheets[0].formats) == [cell_key(5, 2)]


def test_texts_of_other_workbooks_and_of_pivot_tables_are_found():
    cells = made.biff(0x5A, b"\1\0\0\0" + b"\1" + bytes(8) + b"\2" + unicode_of("Ann") + b"\4" + bytes(8))
    assert scan_workbook(made.a_book([], before=cells)).external == ("Ann",)
    assert pivot_texts(made.biff(0xCD, unicode_of("Ann")) + made.biff(0xC6) + made.biff(0xCD, unicode_of("Bob"))) == [
        "Ann", "Bob",
    ]  # fmt: skip


def test_two_sheets_at_one_place_would_be_read_twice():
    stream = made.a_book([(0, 0, "Ann")])
    record = made.biff(0x85, struct.pack("<IBB", 0, 0, 0) + b"\1\0a")
    with pytest.raises(EscalateError, match="same sheets"):
        scan_workbook(stream[:20] + record + record + stream[20:])


def test_drawings_of_the_older_kind_escalate_as_their_text_is_elsewhere():
    stream = bytearray(made.a_book([(0, 0, "Ann")], after=made.biff(0x5D, struct.pack("<IH", 1, 6))))
    stream[4:6] = b"\0\5"
    with pytest.raises(EscalateError, match="drawings"):
        scan_workbook(bytes(stream))


def test_a_stream_that_ends_within_a_record_gives_what_stands_before():
    stream = made.a_book([(0, 0, "Ann")], after=made.an_old_header("&LHead"))
    for end in range(6, len(stream)):
        try:
            scan_workbook(stream[:end])
        except EscalateError:
            continue


def test_a_stream_of_nothing_is_old():
    with pytest.raises(EscalateError, match="old"):
        scan_workbook(b"")
