from __future__ import annotations

import struct
import zipfile
from io import BytesIO

import pytest

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import read_once
from scanner.extractor import EscalateError
from scanner.formats.number_format import number_format
from scanner.formats.ods_size import ods_extents
from scanner.formats.sheet_size import CellFormats, Extent, cell_key, inflated
from scanner.formats.xlsx_size import xlsx_scan

HEAD, TAIL = b'<worksheet><dimension ref="A1:XFD1048576"/><sheetData>', b"</sheetData><pageMargins/></worksheet>"
NAMESPACE = b'<x:worksheet xmlns:x="s"><x:sheetData>'


def scanned(cells: bytes, piece: int = 1_000_000, styles=None, **options):
    whole = HEAD + cells + TAIL
    return xlsx_scan((whole[at : at + piece] for at in range(0, len(whole), piece)), styles or {}, **options)


def box(extent: Extent) -> tuple[int, int, int, int, int]:
    return extent.first, extent.rows, extent.left, extent.columns, extent.cells


def cell(reference: str) -> bytes:
    return f'<c r="{reference}"><v>1</v></c>'.encode()


def rows(count: int, columns: str = "ABC") -> bytes:
    return b"".join(
        f'<row r="{row}">'.encode() + b"".join(cell(f"{letter}{row}") for letter in columns) + b"</row>"
        for row in range(1, count + 1)
    )


@pytest.mark.parametrize("piece", [7, 100, 70_000, 10_000_000])
def test_the_rectangle_is_that_of_the_cells_however_the_bytes_are_cut(piece):
    scan = scanned(rows(5_000), piece)
    assert box(scan.extent) == (0, 5_000, 0, 3, 15_000)
    assert scan.tail == b"<pageMargins/></worksheet>"
    assert not scan.extent.is_absurd


def test_two_cells_far_apart_are_absurd_and_a_claimed_dimension_is_not():
    assert scanned(cell("A1") + cell("XFD1048576")).extent.is_absurd
    assert box(scanned(cell("B2") + cell("C3")).extent) == (1, 3, 1, 3, 2)
    assert not scanned(cell("B2") + cell("C3")).extent.is_absurd


def test_what_is_beyond_any_sheet_is_absurd():
    assert scanned(cell("A1048577")).extent.is_absurd
    assert scanned(cell("A4294967295")).extent.is_absurd
    assert scanned(cell("A" + "9" * 400)).extent.is_absurd
    assert scanned(cell("AAAAAAA1")).extent.is_absurd
    assert scanned(cell("XFE1")).extent.is_absurd


def test_the_order_of_the_cells_does_not_matter():
    assert scanned(cell("XFD1048576") + cell("A1")).extent.is_absurd
    assert box(scanned(cell("C9") + cell("A1")).extent) == (0, 9, 0, 3, 2)


@pytest.mark.parametrize(
    "written",
    [
        b'<row r="1"><c s="1" r="A1"/></row><row r="9"><c t="n" r="C9"><v>1</v></c></row>',
        b"<row r='1'><c r='A1'/></row><row r='9'><c\nr = 'c9' ><v>1</v></c></row>",
        b'<x:row r="1"><x:c r="A1"/></x:row><x:row r="9"><x:c r="C9"><x:v>1</x:v></x:c></x:row>',
        b'<row r="1"><c/></row><row r="9"><c/><c/><c/></row>',
        b'<row r="1"><c/></row>' + b"<row/>" * 7 + b"<row><c/><c/><c/></row>",
        b'<row r="1"><c r="A1"/></row><row r="9"><c r="A9"/><c/><c/></row>',
    ],
)
def test_cells_are_found_however_they_are_written(written):
    assert box(scanned(written).extent)[:4] == (0, 9, 0, 3)


def test_a_row_that_is_styled_to_its_end_is_absurd_only_until_one_looks_closer():
    styled = b"".join(f'<c r="{_letters(column)}1" s="3"/>'.encode() for column in range(16_384))
    sheet = b'<row r="1">' + styled + b"</row>" + rows(2_000)
    assert scanned(sheet).extent.is_absurd
    thorough = scanned(sheet, thorough=True).extent
    assert box(thorough) == (0, 2_000, 0, 3, 6_000)
    assert scanned(cell("A1") + cell("XFD1048576"), thorough=True).extent.is_absurd


@pytest.mark.parametrize(
    "end",
    [
        b"</sheetData>",
        b"<!-- </sheetData> -->",
        b"<?end </sheetData> ?>",
        b'<c r="B1"><v><![CDATA[</sheetData>]]></v></c>',
    ],
)
def test_what_seems_to_be_the_end_of_the_cells_does_not_hide_those_behind_it(end):
    assert scanned(cell("A1") + end + cell("XFD1048576")).extent.is_absurd


@pytest.mark.parametrize(
    "written",
    [
        b'<c x=">" r="XFD1048576"/>',
        b'<c x=\'"\' y=">" r="XFD1048576"/>',
        b'<row x=">" r="1048576"><c/></row>',
        b'<row r="2" x="</sheetData>"><c r="XFD1048576"/></row>',
        b'<row r="1048576"><!-- <row r="1"> --><c/></row>',
        b"<c" + b" " * 2_000_000 + b'r="XFD1048576"/>',
    ],
)
def test_markup_that_can_be_read_in_two_ways_escalates(written):
    with pytest.raises(EscalateError):
        scanned(cell("XFD1") + written)


@pytest.mark.parametrize(
    "written",
    [
        b'<c x=" r=\'A1\' " r="XFD1048576"/>',
        b'<c r="XFD1048576" r="A1"/>',
        b'<c t="n" r="XFD1048576" r="A1"/><c/>',
        b'<x:c\tr="XFD1048576"/>',
        '<é:c r="XFD1048576"/>'.encode(),
    ],
)
def test_a_cell_cannot_say_that_it_stands_elsewhere(written):
    assert scanned(cell("A1") + written).extent.is_absurd


def test_a_cell_that_does_not_say_where_it_stands_follows_the_row_of_the_piece_before():
    before = b"".join(cell("B1") for _ in range(6_000)) + b'</row><row r="1048576">'
    after = b"".join(b"<c><v>1</v></c>" for _ in range(10_000))
    for between in (b"", b"<rowBreaks/>"):
        pieces = [HEAD + b'<row r="1">' + before + between, after + b"</row>" + TAIL]
        assert box(xlsx_scan(pieces, {}).extent)[1] == 1_048_576


def test_the_styles_of_rows_are_none_of_cells():
    shape = number_format("0000")
    sheet = b'<row r="1" s="1" customFormat="1"><c r="A1" s="1"><v>7</v></c><c r="B1"><v>7</v></c></row>'
    assert scanned(sheet, styles={1: shape}).formats == {cell_key(0, 0): shape}


def test_the_formats_of_cells_are_kept_by_where_they_stand():
    shape = number_format("0000")
    plain = b'<row r="2"><c r="A2" s="1"><v>7</v></c><c r="C2" s="11"><v>7</v></c></row>'
    other = b'<row r="2"><c s="1" r="A2"><v>7</v></c></row>'
    assert scanned(plain, styles={1: shape}).formats == {cell_key(1, 0): shape}
    assert scanned(other, styles={1: shape}).formats == {cell_key(1, 0): shape}
    assert scanned(other, styles={2: shape}).formats == {}


def test_of_many_formats_only_those_that_add_zeros_are_kept_and_too_many_escalate(monkeypatch):
    monkeypatch.setattr("scanner.formats.sheet_size._MOST_SHOWN", 10)
    monkeypatch.setattr("scanner.formats.sheet_size._MOST_FORMATS", 20)
    padded, rounded = number_format("0000"), number_format("0.00")
    formats = CellFormats({1: padded, 2: rounded})
    for row in range(15):
        formats.add(row, 0, 2)
    formats.add(20, 0, 1)
    assert formats.found == {cell_key(20, 0): padded}
    for row in range(19):
        formats.add(row, 0, 1)
    with pytest.raises(EscalateError, match="formats"):
        formats.add(19, 0, 1)


def ods(table: str) -> list[tuple[int, int, int, int, int]]:
    content = f"<x><table:table table:name='S'>{table}</table:table></x>".encode()
    return [box(extent) for extent in ods_extents([content])]


def test_the_repetitions_of_an_open_document_count():
    value = '<table:table-cell office:value-type="float" office:value="1"/>'
    twice = '<table:table-cell table:number-columns-repeated="2" office:value-type="float" office:value="1"/>'
    empty = '<table:table-cell table:number-columns-repeated="5"/>'
    last = '<table:table-row table:number-rows-repeated="1048000"><table:table-cell/></table:table-row>'
    assert ods(f"<table:table-row>{empty}{value}</table:table-row>") == [(0, 1, 5, 6, 1)]
    assert ods(f"<table:table-row table:number-rows-repeated='3'>{twice}</table:table-row>{last}") == [(0, 3, 0, 2, 6)]
    assert ods(f"<table:table-row/>{last}<table:table-row>{value}</table:table-row>") == [(1048001, 1048002, 0, 1, 1)]


@pytest.mark.parametrize(
    "row",
    [
        '<table:table-row table:number-rows-repeated="99999999999"/>',
        '<table:table-row><table:table-cell table:number-columns-repeated="18446744073709551615"/></table:table-row>',
        '<table:table-row><table:table-cell><text:s text:c="4000000000"/></table:table-cell></table:table-row>',
    ],
)
def test_an_absurd_repetition_escalates(row):
    with pytest.raises(EscalateError, match="sparse"):
        ods(row)


def member_of(content: bytes, method: int = zipfile.ZIP_DEFLATED, claimed: int | None = None) -> tuple[bytes, str]:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        archive.writestr("a.xml", content)
    made = bytearray(out.getvalue())
    if claimed is not None:
        struct.pack_into("<I", made, 22, claimed)
        struct.pack_into("<I", made, made.index(b"PK\1\2") + 24, claimed)
    return bytes(made), "a.xml"


def unpacked(content: bytes, limit: int = 10_000_000) -> bytes:
    with read_once(BytesIO(content), 100_000_000) as blob, zipfile.ZipFile(blob.file) as archive:
        return b"".join(inflated(blob, archive.infolist()[0], limit))


def test_a_member_is_unpacked_by_its_true_size():
    text = b"text " * 10_000
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        assert unpacked(member_of(text, method)[0]) == text
    assert unpacked(member_of(text, claimed=10)[0]) == text


def test_a_bomb_ends_at_the_limit_whatever_it_claims():
    with pytest.raises(ItemTroubleError) as caught:
        unpacked(member_of(bytes(5_000_000), claimed=10)[0], 1_000_000)
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "expanded")


def test_damage_and_foreign_packings_are_named():
    whole = member_of(b"text " * 10_000)[0]
    with pytest.raises(ItemTroubleError) as caught:
        unpacked(whole[:36] + b"\xff" * 20 + whole[56:])
    assert caught.value.problem.code is ProblemCode.CORRUPT
    with pytest.raises(EscalateError, match="packing"):
        unpacked(member_of(b"text", zipfile.ZIP_BZIP2)[0])


def _letters(column: int) -> str:
    found = ""
    column += 1
    while column:
        column, letter = divmod(column - 1, 26)
        found = chr(65 + letter) + found
    return found
