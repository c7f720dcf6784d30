"""Every report against its inventory: all rows are in the files, and what may be published names nobody."""

from __future__ import annotations

import csv
import io

import pytest
from python_calamine import CalamineWorkbook
from scan_driver import scan

from inventory.engine import reading
from operations.config import default_settings
from operations.reporting.report import make_report, whole_reports, write_report

_FILES = {f"Finance/canary {number:03}.txt".encode(): b"NAMED %d" % number for number in range(23)} | {
    b"Finance/canary copy.txt": b"NAMED 1",
    b"Planning/canary empty.txt": b"",
}


@pytest.fixture
def estate(trail):
    scan(trail.database, _FILES)
    return trail.database


def _csv(paths) -> dict[str, list[list[str]]]:
    return {path.name: list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))) for path in paths}


@pytest.mark.parametrize("name", whole_reports())
def test_every_file_has_the_rows_that_the_report_and_its_list_say(estate, tmp_path, name):
    report = make_report(name, estate, default_settings())
    texts = _csv(write_report(report, ["csv"], tmp_path))
    said = {row[0]: int(row[2]) for row in texts[f"{report.name}-contents.csv"][1:]}
    assert said == {report.file_of(table): len(table.rows) for table in report.tables}
    assert {file: len(texts[file]) - 1 for file in said} == said
    for path in write_report(report, ["xlsx", "ods"], tmp_path):
        book = CalamineWorkbook.from_path(path)
        listed = {row[0]: row[2] for row in book.get_sheet_by_name("contents").to_python()[1:]}
        assert list(listed.values()) == [said[report.file_of(table)] for table in _in_order(report)]
        assert [len(book.get_sheet_by_name(sheet).to_python()) - 1 for sheet in listed] == list(listed.values())


def _in_order(report):
    box = report.pages[-1].tables
    return (*box, *report.tables[: -len(box)])


def test_the_risk_register_has_every_item_with_personal_data(estate, tmp_path):
    (rows,) = (
        text
        for file, text in _csv(
            write_report(make_report("gdpr-risk", estate, default_settings()), ["csv"], tmp_path)
        ).items()
        if file == "gdpr-risk-register.csv"
    )
    with reading(estate) as connection:
        personal = connection.exec_driver_sql(
            "SELECT count(*) FROM item i JOIN content c ON c.id = i.content_id WHERE c.personal AND i.gone IS NULL"
        ).scalar_one()
    assert len(rows) - 1 == personal == 24


@pytest.mark.parametrize("name", whole_reports())
def test_what_may_be_published_has_no_name_of_a_file_or_a_source(estate, tmp_path, name):
    report = make_report(name, estate, default_settings()).for_publication()
    for path in write_report(report, ["html", "csv", "json"], tmp_path):
        text = path.read_text("utf-8").lower()
        assert "canary" not in text
        assert "memory" not in text
