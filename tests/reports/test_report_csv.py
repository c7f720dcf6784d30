"""CSV files: all rows, countable, and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import tomllib
from pathlib import Path

import pytest

from reports.gdpr_risk import gdpr_risk_report
from reports.renderers.csv import files, guarded
from reports.report import Column, ColumnKind, Report, Section, Table

_CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "report_formula_cells.toml").read_text("utf-8"))

_DANGEROUS = tuple("=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20")


def _rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))


def _texts(report: Report) -> dict[str, str]:
    texts = {}
    for name, writer in files(report).items():
        writer(buffer := io.BytesIO())
        texts[name] = buffer.getvalue().decode()
    return texts


def _one_table(build, cells: tuple[object, ...], *kinds: ColumnKind) -> str:
    columns = tuple(Column(f"Column {place}", kind) for place, kind in enumerate(kinds))
    section = Section("One", tables=(Table("one", "One", columns, (cells,)),))
    return _texts(Report("test", "Test", "", (section,), build.a_provenance()))["test-one.csv"]


@pytest.mark.parametrize(("text", "safe"), _CASES["guarded"])
def test_text_that_could_be_a_formula_is_guarded(text, safe):
    assert guarded(text) == safe


@pytest.mark.parametrize(("text", "safe"), _CASES["written_out"])
def test_nothing_unprintable_hides_before_a_formula(text, safe):
    assert guarded(text) == safe


@pytest.mark.parametrize("text", _CASES["untouched"])
def test_text_that_could_not_be_a_formula_stands_as_it_is(text):
    assert guarded(text) == text


@pytest.mark.parametrize("text", [text for text, _ in _CASES["guarded"] + _CASES["written_out"]])
def test_the_guard_reaches_every_place_a_name_can_come_to(build, text):
    items = (build.a_rot_item(text, service=text, detail=text),)
    item = build.a_risk_item(text, text)
    reports = (
        build.a_rot_report(build.a_provenance(scope=text), (build.an_estate(text),), items),
        gdpr_risk_report(
            build.a_provenance(scope=text), (), (build.a_risky(item),), (item,), build.WEIGHTS, build.OWNERSHIP
        ),
    )
    cells = [cell for report in reports for whole in _texts(report).values() for row in _rows(whole) for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(_DANGEROUS)]
    assert all(cell.isprintable() for cell in cells)


def test_true_numbers_stay_numbers(build):
    text = _one_table(build, (-5, -0.25, "-5"), ColumnKind.COUNT, ColumnKind.SHARE, ColumnKind.TEXT)
    assert text.splitlines()[1] == """-5,-0.25,"'-5\""""


def test_a_text_cannot_be_cut_into_a_formula_at_a_semicolon(build):
    assert _one_table(build, ("4;=1",), ColumnKind.TEXT).splitlines()[1] == '"4;=1"'


def test_excel_is_told_that_it_is_utf_8_and_the_first_line_is_the_header(build):
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, build.ROT_ITEMS)
    content = _texts(report)["rot-items.csv"].encode()
    assert content.startswith(b'\xef\xbb\xbf"Path","Service",')
    assert "Size (bytes)" in _rows(content.decode())[0]
    assert content.count(b"\r\n") == len(build.ROT_ITEMS) + 1 == content.count(b"\n")


def test_sizes_are_whole_bytes_and_dates_iso(build):
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, build.ROT_ITEMS)
    assert _rows(_texts(report)["rot-items.csv"])[1] == [
        "planning/2009/survey.tif", "Planning", "Shares", "Obsolete: past due",
        "To dispose: PL.04-R1, due 31 March 2019.", "1800000000", "2018-05-04T12:00:00Z", "",
    ]  # fmt: skip


def test_a_long_table_is_whole_and_the_contents_say_how_long(build):
    items = tuple(build.a_rot_item(f"files/{number}") for number in range(345))
    texts = _texts(build.a_rot_report(build.a_provenance(), build.SERVICES, items))
    assert len(_rows(texts["rot-items.csv"])) == 346
    for file, _, rows in _rows(texts["rot-contents.csv"])[1:]:
        assert len(_rows(texts[file])) == int(rows) + 1


def test_the_contents_name_every_other_file(build):
    texts = _texts(build.a_rot_report(build.a_provenance(), build.SERVICES, ()))
    assert {row[0] for row in _rows(texts["rot-contents.csv"])[1:]} | {"rot-contents.csv"} == set(texts)


def test_totals_are_not_among_the_rows(build):
    texts = _texts(build.a_rot_report(build.a_provenance(), build.SERVICES, build.ROT_ITEMS))
    assert not [row for text in texts.values() for row in _rows(text) if row[0].startswith("Total")]


def test_a_heat_map_has_a_column_for_the_items_and_one_for_the_score(build):
    report = gdpr_risk_report(
        build.a_provenance(), build.SERVICES, build.RISKY, build.RISK_ITEMS, build.WEIGHTS, build.OWNERSHIP
    )
    header, first, *_ = _rows(_texts(report)["gdpr-risk-heat-map.csv"])
    assert header[:3] == ["Service", "Identity: items", "Identity: highest score"]
    assert dict(zip(header, first, strict=True))["Children: highest score"] == "96"
