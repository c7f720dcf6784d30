"""The ROT report: what it counts, what it says, what it owns up to."""

from __future__ import annotations

import pytest

from domain.rot import CopyGroup, Factors, Guard, RotReason
from domain.summary import Tally
from reports.report import Report, Table


def _table(report: Report, name: str) -> Table:
    return next(table for table in report.tables if table.name == name)


def _words(report: Report) -> str:
    return " ".join((report.lead, *(word for section in report.sections for word in (*section.text, *section.points))))


@pytest.fixture
def report(build):
    return build.a_rot_report(build.a_provenance(build.WITH_GAPS), build.SERVICES, build.ROT_ITEMS)


@pytest.mark.parametrize("name", ["by-reason", "by-service", "by-service-and-reason"])
def test_the_rows_of_each_table_add_up_to_the_items_put_forward(build, report, name):
    table = _table(report, name)
    put_forward = len(build.ROT_ITEMS), sum(item.size for item in build.ROT_ITEMS)
    headings = [column.heading for column in table.columns]
    items = headings.index("Items put forward" if name == "by-service" else "Items")
    size = headings.index("Size put forward" if name == "by-service" else "Size")

    assert (sum(row[items] for row in table.rows), sum(row[size] for row in table.rows)) == put_forward
    assert (table.total[items], table.total[size]) == put_forward


def test_the_words_give_the_same_counts_as_the_rows(build, report):
    assert report.lead.startswith("6 items (3.1 GB), 28.8% of the 10.8 GB held, are put forward")
    assert [figure.value for figure in report.sections[0].figures[:2]] == [6, 3_112_052_162]


def test_an_item_with_two_reasons_counts_once_and_keeps_the_other_as_also(build):
    twice = build.a_rot_item(reason=RotReason.PAST_DUE, also=(RotReason.COPY, RotReason.TECHNICAL), size=70)
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, (twice,))

    assert _table(report, "by-reason").rows == (
        ("Obsolete: past due", 1, 70), ("Redundant: exact copy", 0, 0),
        ("Redundant: near copy or earlier version", 0, 0), ("Trivial: technical", 0, 0),
        ("Trivial: personal or passing", 0, 0),
    )  # fmt: skip
    assert _table(report, "items").rows[0][-1] == "Redundant: exact copy; Trivial: technical"


def test_a_further_hard_link_is_an_item_of_no_bytes(build):
    report = build.a_rot_report(
        build.a_provenance(), build.SERVICES, (build.a_rot_item(size=0, reason=RotReason.COPY),)
    )
    assert _table(report, "by-reason").total == ("Total", 1, 0)


def test_the_list_has_every_item(build, report):
    rows = _table(report, "items").rows
    assert {row[0] for row in rows} == {item.path for item in build.ROT_ITEMS}


def test_what_is_only_to_be_looked_at_or_kept_out_is_counted_apart(build):
    items = (
        build.a_rot_item("a", size=5), build.a_rot_item("b", reason=RotReason.STALE, size=70),
        build.a_rot_item("c", reason=RotReason.COPY, size=900, guard=Guard.HELD),
    )  # fmt: skip
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, items)
    assert [figure.value for figure in report.sections[0].figures[:2]] == [1, 5]
    assert _table(report, "to-look-at").total == ("Total", 1, 70)
    assert _table(report, "kept-out").rows == (("Kept out because a legal hold freezes it.", 1, 900),)
    assert [row[0] for row in _table(report, "items-kept-out").rows] == ["c"]


def test_no_saving_is_said_without_the_organisations_own_factors(build, report):
    assert [row[3:] for row in _table(report, "savings").rows] == [(None, None)] * 3
    assert "pounds_per_tb_year is not set in [savings]" in _words(report)


def test_proposed_approved_and_achieved_are_apart_and_backups_a_factor(build):
    item = build.a_rot_item(size=2 * 10**12)
    factors = Factors(pounds_per_tb_year=300.0, backup_copies=2.0)
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, (item,), factors=factors)
    assert _table(report, "savings").rows == (
        ("Proposed", 1, 2 * 10**12, 1800, None), ("Approved", *(None,) * 4), ("Achieved", *(None,) * 4),
    )  # fmt: skip
    assert "Nothing is approved or achieved yet: no decision and no disposal is recorded" in _words(report)


def test_the_largest_groups_of_copies_name_what_stays(build):
    groups = (CopyGroup("a/plan.pdf", "Planning", Tally(7, 700)),)
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, (), groups=groups)
    assert _table(report, "copies").rows == (("a/plan.pdf", "Planning", 7, 700),)


def test_where_nobody_looked_it_says_so(build):
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, (), looked=None)
    assert report.lead.startswith("Nobody has looked yet")


def test_an_item_of_a_service_nobody_named_is_in_every_table(build):
    items = (build.a_rot_item(service="", size=5), build.a_rot_item(service="Parks", size=6))
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, items)

    of_service = {row[0]: row[3:] for row in _table(report, "by-service").rows}
    assert of_service["No service named"] == (1, 5, None)
    assert of_service["Parks"] == (1, 6, None)
    assert [bar.label for section in report.sections for chart in section.charts for bar in chart.bars] == [
        "Parks", "No service named",
    ]  # fmt: skip


def test_it_says_that_all_is_proposed_and_nothing_done(report):
    assert "nothing has been approved and nothing has been disposed of" in _words(report)


@pytest.mark.parametrize(
    "gap",
    [
        "Attachments and members of archives are not counted",
        "Near copies and versions are those of the families that were found last",
        "40 items (1.4 GB) were not fully examined",
        "It is as it was found on 6 May 2026",
        "Past due was judged on 5 May 2026, for the 780 items (5.4 GB) that a rule of the schedule was found for",
    ],
)
def test_it_says_what_it_leaves_out(report, gap):
    assert gap in _words(report)


def test_without_a_schedule_it_says_that_nothing_could_be_past_due(build):
    report = build.a_rot_report(build.a_provenance(schedule=None), build.SERVICES, ())
    assert "No retention schedule has been applied, so nothing could be found past due." in _words(report)


def test_an_estate_without_rot_reads_as_a_sentence(build):
    report = build.a_rot_report(build.a_provenance(), (build.an_estate("Parks", 9, 1_500),), ())

    assert report.lead == "Nothing was found to be redundant, obsolete or trivial among 9 items (1.5 kB) held."
    assert _table(report, "items").rows == ()
    assert not any(section.charts for section in report.sections)


def test_an_estate_that_was_never_scanned_is_not_called_clean(build):
    report = build.a_rot_report(build.a_provenance(build.NOTHING, scanned=None, scan_complete=False), (), ())
    assert report.lead == "Nothing has been scanned yet, so there is nothing to put forward."
    assert report.caveats == ("Nothing in this scope has been scanned yet: these figures are empty, not good news.",)


def test_what_a_stopped_scan_has_found_is_reported(build):
    report = build.a_rot_report(build.a_provenance(scanned=None, scan_complete=False), build.SERVICES, build.ROT_ITEMS)
    assert report.lead.startswith("6 items")
    empty = build.a_rot_report(build.a_provenance(scanned=None, scan_complete=False), build.SERVICES, ())
    assert empty.lead.startswith("Nothing was found to be redundant, obsolete or trivial among 1,220 items")


def test_there_is_no_chart_of_items_that_free_nothing(build):
    report = build.a_rot_report(build.a_provenance(), build.SERVICES, (build.a_rot_item(size=0),))
    assert not any(section.charts for section in report.sections)
