"""What two reports of one inventory tell of one thing is one number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from inventories import an_inventory
from viewed_estate import PLANNING, TODAY, an_estate

from inventory.figures import owned
from operations.config import default_settings
from operations.reporting.making import provenance_of
from operations.reporting.report import REPORTS, whole_reports
from operations.reporting.wanted import Scope, Wanted
from reports.published import published_words
from reports.report import Report, Table
from reports.section import Cell


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> Iterator[Mapping[str, Report]]:
    """Each report, on the day on which the estate was decided."""
    database = an_estate(an_inventory(tmp_path_factory.mktemp("estate") / "i.db"))
    settings = default_settings()
    files = owned(database)
    provenance = provenance_of(database, "Example", files)
    yield {
        name: REPORTS[name].make(
            Wanted(database, settings, provenance, TODAY, files, PLANNING if name == "service" else None, Scope.ALL)
        )
        for name in (*whole_reports(), "service")
    }
    database.dispose()


def _table(report: Report, name: str) -> Table:
    return next(table for table in report.tables if table.name == name)


def _total(report: Report, table: str, heading: str) -> Cell:
    found = _table(report, table)
    return found.total[[column.heading for column in found.columns].index(heading)]


def _of(report: Report, table: str, first: str, heading: str) -> Cell:
    found = _table(report, table)
    at = [column.heading for column in found.columns].index(heading)
    return next(row[at] for row in found.rows if row[0] == first)


def _sum(report: Report, table: str, heading: str) -> int:
    found = _table(report, table)
    at = [column.heading for column in found.columns].index(heading)
    return sum(row[at] for row in found.rows)


def _figure(report: Report, label: str) -> Cell:
    return next(one.value for section in report.sections for one in section.figures if one.label == label)


def test_of_what_is_held(made):
    files, size = (_total(made["rot"], "by-service", f"{what} held") for what in ("Items", "Size"))
    assert files > 0
    assert {
        _of(made["trend"], "changes", "Held", "Now"),
        _sum(made["trend"], "years", "Files"),
        _total(made["compliance"], "by-service", "Files held"),
        _figure(made["asset-register"], "Files in no asset"),
        _sum(made["gdpr-risk"], "access", "Files"),
    } == {files}
    assert {
        _figure(made["trend"], "Held now"),
        _total(made["coverage"], "by-share", "Size of files"),
        _sum(made["trend"], "years", "Size"),
        _sum(made["gdpr-risk"], "access", "Size"),
    } == {size}
    assert made["cabinet"].lead.startswith(published_words(f"We hold {files} files"))


def test_of_what_was_read(made):
    read = _total(made["coverage"], "by-share", "Examined")
    assert {
        _of(made["trend"], "changes", "Read to the end", "Now"),
        *(_of(report, "coverage", "Examined", "Items") for name, report in made.items() if name != "cabinet"),
    } == {read}
    assert _of(made["trend"], "changes", "Not read to the end", "Now") == (
        _total(made["coverage"], "by-share", "Items") - read
    )


def test_of_personal_data(made):
    personal = _figure(made["gdpr-risk"], "Items with personal data")
    assert {
        _of(made["trend"], "changes", "With personal data", "Now"),
        _total(made["gdpr-risk"], "bands", "All scores"),
        len(_table(made["gdpr-risk"], "register").rows),
        _sum(made["gdpr-risk"], "access", "Items with personal data"),
        _sum(made["asset-register"], "missing", "Items with personal data"),
    } == {personal}
    many = _of(made["trend"], "changes", "With personal data and open to many", "Now")
    assert _figure(made["gdpr-risk"], "Open to everyone in the organisation, or more") == many
    assert (
        _figure(made["exposure"], "Readable by everyone") + _figure(made["exposure"], "Readable by the organisation")
        == many
    )


def test_of_what_is_past_its_day(made):
    late = _figure(made["compliance"], "Past their day")
    assert {
        _of(made["trend"], "changes", "Past due", "Now"),
        _total(made["compliance"], "by-service", "Past their day"),
        _total(made["compliance"], "past-due", "Files"),
        _sum(made["compliance"], "actions", "Files"),
        _sum(made["trend"], "services", "Past due now"),
    } == {late}
    assert _figure(made["service"], "Wait for a decision") == _of(
        made["compliance"], "by-service", PLANNING, "Past their day"
    )


def test_of_what_is_put_forward(made):
    items, size = (_total(made["rot"], "by-reason", heading) for heading in ("Items", "Size"))
    assert (items, size) == (2, 10_000)
    assert {
        _of(made["trend"], "changes", "Put forward as redundant, obsolete or trivial", "Now"),
        _total(made["rot"], "by-service", "Items put forward"),
        _total(made["rot"], "by-service-and-reason", "Items"),
        _of(made["rot"], "savings", "Proposed", "Items"),
    } == {items}
    assert _figure(made["service"], "Could go") == _of(made["rot"], "by-service", PLANNING, "Size put forward")
    assert _of(made["trend"], "changes", "Further exact copies", "Now") == _of(
        made["rot"], "by-reason", "Redundant: exact copy", "Items"
    )
