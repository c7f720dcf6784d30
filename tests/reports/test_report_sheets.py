"""Workbooks: every row, in sheets that are never cut unsaid, where a name is text and a number a number."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date, datetime
from itertools import islice
from xml.etree import ElementTree as ET

import pytest
from python_calamine import CalamineWorkbook

from reports.renderers import write
from reports.renderers.sheets import sheets
from reports.report import ColumnKind, RowSource


def _read(report, fmt, folder) -> dict[str, list[list[object]]]:
    (path,) = write(report, fmt, folder)
    book = CalamineWorkbook.from_path(path)
    return {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}


def _split(report, most) -> dict[str, list[tuple[object, ...]]]:
    return {sheet.name: list(sheet.rows) for sheet in sheets(report, most)}


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_what_to_read_first_stands_first_then_the_quality_box_then_the_tables(build, tmp_path, fmt):
    book = _read(build.a_listing("a"), fmt, tmp_path)
    assert list(book) == ["read-first", "quality", "coverage", "problems", "kinds", "names", "contents"]
    first = dict(map(tuple, book["read-first"]))
    assert first["Handling"] == "Contains personal data by place: do not publish."
    assert first["Scope"] == "All shares of Westmere Council"
    assert ["Lists", "Items: 1,234 (of 9,999)"] in book["read-first"]


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_a_cell_is_what_its_column_says(build, tmp_path, fmt):
    header, full, absent = _read(build.a_listing("a"), fmt, tmp_path)["kinds"]
    assert header[3] == "Bytes (bytes)"
    assert header[-2:] == ["Heat: items", "Heat: highest score"]
    assert full == ["Planning", "planning/a.doc", 1234, 5_000_000, 0.125, 64, datetime(2019, 5, 4, 9, 30), 7, 81]  # noqa: DTZ001
    assert absent == ["Housing", "", "", "", "", "", date(2018, 1, 2), 0, 0]


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_names_stand_as_they_are_however_they_begin(build, tmp_path, fmt):
    names = ("two  spaces", " led", "behind ", "<b>&amp;", "a" * 300, *build.FORMULAS)
    rows = _read(build.a_listing(*names), fmt, tmp_path)["names"]
    written = [row[0] for row in rows[1:]]
    assert written[:5] == list(names[:5])
    assert "=cmd|' /C calc'!A0" in written
    assert "\\u202e=1" in written
    assert len(written) == len(names)


@pytest.mark.parametrize("fmt", ["xlsx", "ods"])
def test_the_header_of_every_sheet_stays_in_view(build, tmp_path, fmt):
    (path,) = write(build.a_listing("a"), fmt, tmp_path)
    with zipfile.ZipFile(path) as package:
        if fmt == "xlsx":
            pages = [package.read(name) for name in package.namelist() if "worksheets/sheet" in name]
            assert len(pages) == 7
            assert all(b'ySplit="1"' in page and b'state="frozen"' in page for page in pages)
        else:
            assert package.read("settings.xml").count(b'"VerticalSplitPosition" config:type="int">1<') == 7


def test_every_part_of_an_ods_is_well_formed_and_its_type_stands_first(build, tmp_path):
    (path,) = write(build.a_listing(*build.FORMULAS), "ods", tmp_path)
    assert path.read_bytes()[30:38] == b"mimetype"
    with zipfile.ZipFile(path) as package:
        for name in package.namelist()[1:]:
            ET.fromstring(package.read(name))
        listed = ET.fromstring(package.read("META-INF/manifest.xml"))
        paths = {entry.get("{urn:oasis:names:tc:opendocument:xmlns:manifest:1.0}full-path") for entry in listed}
        assert paths == {"/", *package.namelist()} - {"mimetype", "META-INF/manifest.xml"}


@pytest.mark.parametrize(("rows", "parts"), [(0, [0]), (3, [3]), (4, [3, 1]), (6, [3, 3]), (7, [3, 3, 1])])
def test_a_table_longer_than_a_sheet_goes_on_in_the_next_and_the_list_says_so(build, rows, parts):
    names = [f"file {number}" for number in range(rows)]
    book = _split(build.a_listing(*names), 3)
    spread = [name for name in book if name.startswith("names")]
    assert spread == ["names", *(f"names-{number}" for number in range(2, len(parts) + 1))]
    assert [len(book[name]) for name in spread] == parts
    assert [row[0] for name in spread for row in book[name]] == names
    (said,) = (row for row in book["contents"] if row[0] == "names")
    assert said[2] == rows
    assert all(name in said[1] for name in spread[1:])


def test_rows_that_are_read_from_elsewhere_are_counted_as_they_are_written(build, tmp_path):
    source = RowSource(5, lambda: ((f"file {number}", number) for number in range(4)))
    report = build.a_listing(of_all=source)
    said = "Names as they are (the inventory changed meanwhile: before, 5 rows were counted)"
    assert ("names", f"{said}.", 4, "As they were found.") in _split(report, 99)["contents"]
    paths = {path.name: path for path in write(report, "csv", tmp_path)}
    contents = list(csv.reader(io.StringIO(paths["listing-contents.csv"].read_text("utf-8-sig"))))
    assert ["listing-names.csv", said, "4"] in contents


def test_a_long_list_is_never_held_whole(build):
    held = []

    def rows():
        for number in range(3_000):
            held.append(number)
            yield f"file {number}", number

    report = build.a_listing(of_all=RowSource(3_000, rows))
    names = next(sheet for sheet in sheets(report) if sheet.name == "names")
    assert len(list(islice(names.rows, 10))) == 10
    assert len(held) == 10


def test_a_text_longer_than_a_cell_may_be_is_cut_and_says_so(build):
    book = _split(build.a_listing("a" * 40_000), 9)
    ((cell, _),) = book["names"]
    assert len(cell) == 32_767
    assert cell.endswith("(40,000 characters: cut here, whole in the CSV form)")


def test_a_day_before_spreadsheets_can_count_is_text(build):
    source = RowSource(1, lambda: [(date(1601, 1, 1), 1)])
    assert _split(build.a_listing(of_all=source), 9)["names"] == [("1601-01-01", 1)]


def test_every_kind_of_column_has_a_cell_in_the_listing(build):
    assert {column.kind for column in build.a_listing().tables[0].columns} == set(ColumnKind)
