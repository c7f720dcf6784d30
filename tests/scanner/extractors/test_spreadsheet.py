from __future__ import annotations

import os
import random
import socket
import struct
import zipfile
from datetime import UTC, date, datetime, time
from io import BytesIO

import pytest
import workbook_files as made
import xlsxwriter
from odf.opendocument import OpenDocumentSpreadsheet

from domain.content import Content, DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.spreadsheet import SpreadsheetExtractor

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BORN = datetime(1980, 1, 2)  # noqa: DTZ001  a sheet knows no time zones
INLINE = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'


def read(files, content: bytes, limit: int = 100_000) -> Content:
    with files.blob_of(content) as blob:
        first = SpreadsheetExtractor().extract(blob, XLSX, limit)
        return first if not first.rest else _joined(first)


def reason(files, content: bytes) -> str:
    with pytest.raises(EscalateError) as caught:
        read(files, content)
    return caught.value.reason


def _joined(first: Content) -> Content:
    text, problem = first.text, None
    for stretch in first.rest:
        text += stretch.text[len(text) - stretch.start :]
        problem = stretch.problem
    return Content(text, problem=problem)


def a_workbook(write, **properties) -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.set_properties(properties)
        write(workbook)
    return out.getvalue()


def people(workbook) -> None:
    sheet = workbook.add_worksheet("Staff")
    sheet.write_row(0, 0, ["Name", "Number", "Born"])
    sheet.write_row(1, 0, ["Ann Example", 9434765919])
    sheet.write_datetime(1, 2, BORN, workbook.add_format({"num_format": "dd/mm/yyyy"}))


def test_each_sheet_is_a_place_and_a_table_with_its_columns(files):
    def write(workbook):
        people(workbook)
        workbook.add_worksheet("Empty")
        hidden = workbook.add_worksheet("Kept")
        hidden.write(0, 0, "Bob Example")
        hidden.very_hidden()

    content = read(files, a_workbook(write))
    assert content.text.startswith("Staff\nName\tNumber\tBorn\nAnn Example\t9434765919\t1980-01-02\nEmpty\nKept\nBob")
    assert content.place_at(content.text.index("Ann")) == "Staff"
    assert content.place_at(content.text.index("Bob")) == "Kept"
    assert content.tables[0].columns == ("Name", "Number", "Born")
    assert content.text[content.tables[0].start :].startswith("Name\t")
    assert (content.problem, content.reader) == (None, "spreadsheet")


def test_cells_are_written_as_people_read_them(files):
    def write(workbook):
        sheet = workbook.add_worksheet()
        shown = {code: workbook.add_format({"num_format": code}) for code in ("00000000", "hh:mm", "[h]:mm", "0%")}
        for column, (value, code) in enumerate(
            [(1e15, None), (0.1 + 0.2, None), (12345, "00000000"), (0.25, "0%"), (0.25, "hh:mm"), (1.5, "[h]:mm")]
        ):
            sheet.write_number(0, column, value, shown.get(code))
        sheet.write_boolean(1, 0, True)
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_string(1, 2, "two\nlines\tand a tab")
        sheet.write_number(1, 3, 1e20)
        sheet.write_number(1, 4, 1e-7)
        sheet.merge_range(2, 0, 3, 1, "once")

    rows = read(files, a_workbook(write)).text.splitlines()[1:]
    assert rows[0] == "1000000000000000\t0.3\t00012345\t25%\t06:00:00\t36:00:00"
    assert rows[1] == "TRUE\t\ttwo lines and a tab\t100000000000000000000\t1e-07"
    assert rows[2] == "once"
    assert len(rows) == 3


def test_a_moment_a_little_before_a_second_is_that_second(files):
    def write(workbook):
        moment = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
        sheet = workbook.add_worksheet()
        sheet.write_number(0, 0, 21916 + 9.9996 / 86_400, moment)
        sheet.write_number(0, 1, 9.9996 / 86_400, workbook.add_format({"num_format": "hh:mm:ss"}))

    assert read(files, a_workbook(write)).text.splitlines()[1] == "1960-01-01 00:00:10\t00:00:10"


def test_a_number_out_of_the_range_of_dates_is_left_a_number(files):
    def write(workbook):
        shown = workbook.add_format({"num_format": "dd/mm/yyyy"})
        workbook.add_worksheet().write_number(0, 0, 9434765919, shown)

    assert "9434765919" in read(files, a_workbook(write)).text


def test_what_no_cell_holds_is_read_too(files):
    def write(workbook):
        people(workbook)
        sheet = workbook.get_worksheet_by_name("Staff")
        sheet.write_comment(1, 0, "Off sick", {"author": "Zoe Example"})
        sheet.insert_textbox(5, 0, "A box\nof text", {"description": "Seen by Cat"})
        sheet.set_header('&L&"Arial,Bold"&12Prepared by Dan&RPage &P of &N')
        sheet.write_url(8, 0, "mailto:eve@example.org?subject=Hi", string="write")
        sheet.data_validation(9, 0, 9, 0, {"validate": "list", "source": ["Fay", "Gil"], "input_message": "Ask Hal"})
        chart = workbook.add_chart({"type": "line"})
        chart.add_series({"values": "=Staff!$B$2:$B$2"})
        chart.set_title({"name": "By Ida"})
        sheet.insert_chart(10, 0, chart)

    content = read(files, a_workbook(write))
    text = content.text
    words = ("Off sick", "A box", "of text", "Seen by Cat", "Prepared by Dan Page of", "eve@example.org", "Fay,Gil")
    assert [word for word in (*words, "Ask Hal", "By Ida") if word not in text] == []
    assert content.place_at(text.index("Off sick")) == "comments"
    assert content.place_at(text.index("A box")) == "drawings"
    assert content.place_at(text.index("By Ida")) == "charts"
    assert content.place_at(text.index("Prepared")) == "Staff"
    assert content.place_at(text.index("eve@")) == "links"


def test_what_is_kept_out_of_sight_is_read_too(files):
    extra = {
        "xl/threadedComments/threadedComment1.xml": b"<a><threadedComment><text>Ask Ann</text></threadedComment></a>",
        "xl/persons/person.xml": b'<a><person displayName="Bob Example"/></a>',
        "xl/externalLinks/externalLink1.xml": b"<a><cell><v>Cat Example</v></cell></a>",
        "xl/pivotCache/pivotCacheDefinition1.xml": b'<a><cacheField name="Who"><s v="Dan Example"/></cacheField></a>',
        "xl/revisions/revisionLog1.xml": b"<a><rcc><oc><is><t>Eve Example</t></is></oc></rcc></a>",
        "xl/connections.xml": b'<a><connection odcFile="jim.odc"><dbPr connection="UID=fay"/></connection></a>',
        "customXml/item1.xml": b"<case><worker>Ivy Example</worker>about <b>Joe</b></case>",
        "xl/diagrams/data1.xml": b"<a><p><t>Gil Example</t></p></a>",
        "xl/drawings/vmlDrawing1.vml": b"<a><textbox><div>Hal Example</div></textbox></a>",
    }
    text = read(files, made.with_parts(a_workbook(people), extra)).text
    for words in (
        "Ask Ann",
        "Bob",
        "Cat",
        "Dan",
        "Eve",
        "UID=fay",
        "jim.odc",
        "Gil",
        "Hal",
        "Ivy Example\nabout Joe\n",
    ):
        assert words in text


def test_names_of_cells_and_texts_that_have_a_name_are_read(files):
    def write(workbook):
        people(workbook)
        workbook.define_name("Salary_of_Ann", "=Staff!$A$1")
        workbook.define_name("Head", '="Bea Example"&"Cat"')
        workbook.get_worksheet_by_name("Staff").print_area("A1:B2")

    content = read(files, a_workbook(write))
    text = content.text[content.text.index("Head") :]
    assert content.place_at(content.text.index("Salary_of_Ann")) == "names"
    assert text.startswith("Head\nBea Example\nCat\nSalary_of_Ann\n")
    assert "Print_Area" not in text


def test_properties_and_dates_are_those_of_the_workbook(files):
    written = datetime(2019, 5, 4, tzinfo=UTC)
    content = read(files, a_workbook(people, title="Rota", author="Zoe", company="County", created=written))
    assert (content.properties["title"], content.properties["author"]) == ("Rota", "Zoe")
    assert DatedBy(DateSource.CREATED, date(2019, 5, 4)) in content.dates
    assert content.place_at(content.text.index("Title: Rota\nAuthor: Zoe\n")) == "properties"


def test_numbers_keep_the_zeros_that_only_their_format_shows(files):
    styles = (
        '<numFmts><numFmt numFmtId="164" formatCode="000\\-00\\-0000"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="164"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs>'
    )
    cells = '<row r="3"><c r="B3" s="1"><v>78051120</v></c><c r="C3" s="0"><v>78051120</v></c></row>'
    assert read(files, made.an_xlsx_of(cells, styles=styles)).text == "People\n078-05-1120\t78051120\n"
    binary = made.an_xlsb([(0, 0, 1234.0)], formats=["00000000"])
    assert read(files, binary).text == "People\n00001234\n"
    old = files.an_ole({"Workbook": made.a_book([(2, 1, 1234.0)], code="00000000")})
    assert read(files, old).text == "People\n00001234\n"


def test_an_open_document_whose_formats_add_zeros_escalates(files):
    style = '<number:number-style><number:number number:min-integer-digits="8"/></number:number-style>'
    assert reason(files, made.an_ods_of(ODS_ROW, style)) == "formats"
    assert read(files, made.an_ods_of(ODS_ROW, style.replace("8", "1"))).text == "People\nAnn Example\n"


ODS_ROW = (
    '<table:table-row><table:table-cell office:value-type="string"><text:p>Ann Example</text:p></table:table-cell>'
    "</table:table-row>"
)


def test_an_open_document_gives_cells_comments_shapes_and_deleted_cells(files):
    note = "<office:annotation><text:p>Off sick</text:p></office:annotation>"
    rows = (
        '<table:table-row><table:table-cell office:value-type="float" office:value="9434765919">'
        f"<text:p>9434765919</text:p>{note}</table:table-cell>"
        '<table:table-cell office:value-type="date" office:date-value="1980-01-02"/></table:table-row>'
    )
    changed = "<table:tracked-changes><text:p>Bob Example</text:p></table:tracked-changes>"
    content = read(files, made.an_ods_of(rows, changed))
    assert content.text == "People\n9434765919\t1980-01-02\nBob Example\nOff sick\n"
    assert content.place_at(content.text.index("Off sick")) == "comments and drawings"


def test_an_open_document_says_what_it_is(files):
    document = OpenDocumentSpreadsheet()
    out = BytesIO()
    document.write(out)
    meta = (
        b'<m xmlns:dc="d" xmlns:meta="m" xmlns:office="o"><office:meta>'
        b"<dc:title>Rota</dc:title><meta:initial-creator>Zoe</meta:initial-creator>"
        b'<meta:creation-date>2019-05-04T10:00:00</meta:creation-date><meta:user-defined meta:name="Owner">Ann'
        b"</meta:user-defined></office:meta></m>"
    )
    content = read(files, made.with_parts(made.an_ods_of(ODS_ROW), {"meta.xml": meta}))
    assert (content.properties["title"], content.properties["author"]) == ("Rota", "Zoe")
    assert content.dates == (DatedBy(DateSource.CREATED, date(2019, 5, 4)),)
    assert content.text.endswith("Title: Rota\nAuthor: Zoe\nOwner: Ann\n")


def test_a_binary_workbook_gives_cells_headers_and_comments(files):
    comments = made.binary_comment("Zoe Example", "Off sick")
    workbook = made.an_xlsb(
        [(0, 0, "Name"), (1, 0, "Ann"), (1, 1, 9434765919.0)], made.binary_header("&LBy Dan"), comments
    )
    assert read(files, workbook).text == "People\nName\nAnn\t9434765919\nBy Dan\nZoe Example\nOff sick\n"


def test_an_old_workbook_gives_cells_boxes_and_headers(files):
    after = made.text_box("Zoë is off sick") + made.an_old_header("&LBy Dan")
    book = made.a_book([(0, 0, "Name"), (0, 1, "No"), (1, 0, "Ann"), (1, 1, 9434765919.0)], after=after)
    content = read(files, files.an_ole({"Workbook": book}))
    assert content.text == "People\nName\tNo\nAnn\t9434765919\nZoë is off sick\nBy Dan\n"
    assert content.tables[0].columns == ("Name", "No")


def test_old_workbooks_with_what_is_not_read_escalate(files):
    book = made.a_book([(0, 0, "Ann")])
    assert reason(files, files.an_ole({"Workbook": book, "MBD0001": b"x"})) == "embedded"
    assert reason(files, files.an_ole({"Workbook": made.a_book([], before=made.biff(0x2F, b"\1\0"))})) == "encrypted"
    assert reason(files, files.an_ole({"Workbook": made.a_book([(0, 0, "Ann")], kind=1)})) == "macro sheet"
    assert reason(files, files.an_ole({"Workbook": book + b"\x40\x3d\x1a\xf0"})) == "drawings"
    assert reason(files, files.an_ole({"Workbook": made.a_book([], after=made.biff(0xD6))})) == "cells"
    assert reason(files, files.an_ole({"Workbook": b"\t\4\6\0\0\4\x10\0\0\0"})) == "old"
    assert reason(files, files.an_ole({"Other": b"x"})) == "no workbook"
    assert reason(files, files.an_ole({"EncryptedPackage": b"x"})) == "encrypted"


def test_a_text_over_the_limit_comes_in_stretches_that_repeat_the_headings(files):
    def write(workbook):
        sheet = workbook.add_worksheet("Staff")
        sheet.write_row(0, 0, ["Name", "Number"])
        for row in range(1, 2_000):
            sheet.write_row(row, 0, [f"Person {row}", 9_000_000_000 + row])

    content = a_workbook(write, title="Rota")
    with files.blob_of(content) as blob:
        first = SpreadsheetExtractor().extract(blob, XLSX, 5_000)
        stretches = [first, *first.rest]
    assert all(len(stretch.text) <= 5_000 for stretch in stretches)
    assert all("Name\tNumber" in stretch.text for stretch in stretches)
    assert stretches[-1].text.endswith("Title: Rota\n")
    assert read(files, content, 5_000).text == read(files, content, 1_000_000).text


def test_two_cells_at_the_ends_of_a_sheet_escalate(files):
    sparse = made.an_xlsx_of(
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )
    assert reason(files, sparse) == "sparse"
    assert reason(files, made.an_xlsb([(0, 0, "x"), (1_048_575, 16_383, "y")])) == "sparse"
    far = '<table:table-row table:number-rows-repeated="1048000"/>'
    wide = ODS_ROW.replace(
        "<table:table-cell", '<table:table-cell table:number-columns-repeated="16000"/><table:table-cell'
    )
    assert reason(files, made.an_ods_of(ODS_ROW + far + wide)) == "sparse"
    old = made.a_book([(0, 0, "x"), (65_535, 65_535, "y")])
    assert reason(files, files.an_ole({"Workbook": old})) == "sparse"


def test_a_claimed_size_is_not_believed(files):
    cells = '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="B2"><v>2</v></c></row>'
    claimed = made.an_xlsx_of(cells, head='<dimension ref="A1:XFD1048576"/>')
    assert read(files, claimed).text == "People\n1\n\t2\n"
    for dimensions in ((0, 0xFFFFFFF0, 0, 0xFFFF), (5, 1, 0, 9), (0, 1, 9, 2)):
        old = made.a_book([(0, 0, "x")], dimensions=dimensions)
        assert reason(files, files.an_ole({"Workbook": old})) == "sparse"
    strings = made.biff(0xFC, struct.pack("<II", 1, 0x7FFFFFFF))
    assert reason(files, files.an_ole({"Workbook": made.a_book([], before=strings)})) == "sparse"


@pytest.mark.parametrize("name", ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/styles.xml"])
def test_a_bomb_in_a_part_is_named_whatever_it_claims(files, monkeypatch, name):
    monkeypatch.setattr("scanner.formats.spreadsheet_kinds._SHEET_LIMIT", 2_000_000)
    monkeypatch.setattr("scanner.formats.spreadsheet_kinds._HELD_LIMIT", 2_000_000)
    bomb = made.with_parts(a_workbook(people), {name: b"<a>" + b" " * 8_000_000 + b"</a>"})
    with pytest.raises(ItemTroubleError) as caught:
        read(files, _claiming(bomb, name.encode(), 100))
    assert caught.value.problem == Problem(ProblemCode.LIMIT, "expanded")


def test_a_large_part_that_is_no_bomb_is_left_to_the_full_reader(files, monkeypatch):
    monkeypatch.setattr("scanner.formats.spreadsheet_kinds._SHEET_LIMIT", 100)
    assert reason(files, a_workbook(people)) == "large"


def test_entities_are_not_expanded_and_nothing_outside_is_read(files):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        doctype = (
            f'<!DOCTYPE x SYSTEM "http://127.0.0.1:{port}/x.dtd" [<!ENTITY a "laugh"><!ENTITY b "&a;&a;&a;&a;">'
            '<!ENTITY f SYSTEM "file:///etc/hostname">]>'
        )
        cells = '<row r="1"><c r="A1" t="str"><v>&b;&f;</v></c><c r="B1"><v>7</v></c></row>'
        ods = ODS_ROW.replace("Ann Example", "&b;&f;")
        for content in (made.an_xlsx_of(cells, doctype=doctype), made.an_ods_of(ods, doctype=doctype)):
            try:
                text = read(files, content).text
            except EscalateError as escalation:
                text = escalation.content.text if escalation.content else ""
            assert "laughlaugh" not in text
            assert os.uname().nodename not in text
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_a_broken_part_takes_neither_cells_nor_neighbours_with_it(files):
    for broken in ({"xl/comments9.xml": b"<comments><t>Bob</t>"}, {"docProps/app.xml": None, "xl/persons/p.xml": b"<"}):
        with pytest.raises(EscalateError) as caught:
            read(files, made.with_parts(a_workbook(people), broken))
        assert caught.value.reason == "damaged"
        assert caught.value.content is not None
        assert "Ann Example" in caught.value.content.text
        assert caught.value.content.problem == Problem(ProblemCode.CORRUPT)


def test_a_broken_sheet_leaves_the_others(files):
    def write(workbook):
        people(workbook)
        workbook.add_worksheet("Other").write(0, 0, "Bob Example")

    with pytest.raises(EscalateError) as caught:
        read(files, made.with_parts(a_workbook(write), {"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row"}))
    assert caught.value.content is not None
    assert "Bob Example" in caught.value.content.text


def test_what_would_be_read_in_another_way_than_it_was_measured_escalates(files):
    twice = BytesIO(a_workbook(people))
    with zipfile.ZipFile(twice, "a") as archive:
        archive.writestr("XL/worksheets/SHEET1.xml", b"<worksheet/>")
    assert reason(files, twice.getvalue()) == "same parts"
    parts = made.with_parts(
        made.an_xlsx_of(""),
        {"xl/workbook.xml": b'<w><sheet name="a" id="rId1"/><sheet name="b" id="rId1"/></w>'},
    )
    assert reason(files, parts) == "same sheets"
    named = made.with_parts(parts, {"xl/workbook.xml": b'<w><sheet name="a" id="1"/><sheet name="a" id="2"/></w>'})
    assert reason(files, named) == "same sheets"


def test_what_is_no_workbook_escalates(files):
    assert reason(files, b"no spreadsheet at all") == "not a zip"
    assert reason(files, made.zipped({"a.txt": b"x"})) == "no workbook"
    assert reason(files, files.a_docx()) == "load"


def test_a_protected_open_document_is_named_as_encrypted(files):
    entry = b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    manifest = b"<manifest:manifest>" + entry + b"</manifest:manifest>"
    locked = made.with_parts(made.an_ods_of(ODS_ROW), {"META-INF/manifest.xml": manifest})
    with files.blob_of(locked) as blob, pytest.raises(ItemTroubleError) as caught:
        SpreadsheetExtractor().extract(blob, "application/vnd.oasis.opendocument.spreadsheet", 1_000)
    assert caught.value.problem.code is ProblemCode.ENCRYPTED


def _samples(files) -> dict[str, bytes]:
    return {
        "xlsx": a_workbook(people, title="Rota"),
        "ods": made.an_ods_of(ODS_ROW * 3),
        "xlsb": made.an_xlsb([(0, 0, "Name"), (1, 0, "Ann"), (1, 1, 7.0)], made.binary_header("x"), formats=["0000"]),
        "xls": files.an_ole({"Workbook": made.a_book([(0, 0, "Ann"), (1, 1, 7.0)], after=made.text_box("Zoë"))}),
        "sheet": made.an_xlsx_of(f'<row r="1">{INLINE.format("A1", "Ann")}<c r="B1"><v>7</v></c></row>'),
    }


@pytest.mark.parametrize("kind", ["xlsx", "ods", "xlsb", "xls", "sheet"])
def test_damage_of_any_kind_is_named(files, kind):
    whole = _samples(files)[kind]
    chance = random.Random(kind)
    for _ in range(120):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 8)):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        if chance.random() < 0.3:
            del damaged[chance.randrange(len(damaged)) :]
        try:
            content = read(files, bytes(damaged))
        except (EscalateError, ItemTroubleError):
            continue
        assert isinstance(content.text, str)


@pytest.mark.parametrize("kind", ["xlsb", "xls", "sheet"])
def test_damage_inside_of_a_sound_package_is_named(files, kind):
    """Within a zip file a changed byte shows as a wrong checksum; here the checksums are right."""
    chance = random.Random(kind)
    for _ in range(120):
        if kind == "xls":
            book = bytearray(made.a_book([(0, 0, "Ann"), (1, 1, 7.0)], after=made.text_box("Zoë")))
            damaged = files.an_ole({"Workbook": _flipped(book, chance)})
        else:
            whole = _samples(files)[kind]
            name = "xl/worksheets/sheet1" + (".bin" if kind == "xlsb" else ".xml")
            with zipfile.ZipFile(BytesIO(whole)) as archive:
                part = bytearray(archive.read(name))
            damaged = made.with_parts(whole, {name: _flipped(part, chance)})
        try:
            read(files, damaged)
        except (EscalateError, ItemTroubleError):
            continue


def test_a_compound_file_that_runs_in_circles_ends(files):
    whole = bytearray(files.an_ole({"Workbook": made.a_book([(0, 0, "Ann " * 2_000)])}))
    table = whole[512:1024]
    for sector in range(len(whole) // 512 - 1):
        circle = bytearray(whole)
        struct.pack_into("<I", table, sector * 4, sector)
        circle[512:1024] = table
        try:
            read(files, bytes(circle))
        except (EscalateError, ItemTroubleError):
            continue
    claimed = bytearray(whole)
    struct.pack_into("<II", claimed, 68, 0, 0x7FFFFFFF)
    assert reason(files, bytes(claimed)) == "load"


def test_what_the_library_prints_is_not_seen(files, capfd):
    book = made.a_book([(0, 0, "Ann")], after=made.biff(0xE5, b"\xff\xff"))
    assert reason(files, files.an_ole({"Workbook": book})) == "load"
    assert capfd.readouterr() == ("", "")


def test_times_of_day_are_written_in_full(files):
    def write(workbook):
        workbook.add_worksheet().write_datetime(0, 0, time(9, 5), workbook.add_format({"num_format": "hh:mm"}))

    assert "09:05:00" in read(files, a_workbook(write)).text


def _flipped(content: bytearray, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    return bytes(content)


def _claiming(archive: bytes, name: bytes, size: int) -> bytes:
    """The archive, in which a member says that it is of another size."""
    claimed = bytearray(archive)
    for signature, at, name_at in ((b"PK\3\4", 22, 30), (b"PK\1\2", 24, 46)):
        found = claimed.find(signature)
        while found >= 0:
            if claimed[found + name_at :].startswith(name):
                struct.pack_into("<I", claimed, found + at, size)
            found = claimed.find(signature, found + 1)
    return bytes(claimed)
