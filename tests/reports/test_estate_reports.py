"""The reports for officers: each says what its figures are, what they leave out, and what was not worked out."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from domain.access import Breadth
from domain.audit import Act
from domain.certificate import CertificateNumber, Registered
from domain.decision import State
from domain.disposal import Refusal
from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.family import Family
from domain.figures import (
    Flagged,
    InFamily,
    Leaver,
    Matched,
    Measure,
    OfYear,
    OpenFolder,
    Overstay,
    Owned,
    OwnedFiles,
    Period,
    Read,
    Reviewing,
    Searched,
    Sensitivity,
    Shadow,
    Shadows,
    Share,
)
from domain.rot import Factors, Guard, RotReason, RotSum
from domain.summary import Tally
from reports.cabinet import CabinetFigures, cabinet_report
from reports.compliance import compliance_report
from reports.coverage import coverage_report
from reports.disposal import disposal_report
from reports.exposure import exposure_report
from reports.people_years import people_years_report
from reports.renderers.html import render_html
from reports.report import Report, Table
from reports.service import ServicePage, service_report
from reports.shadow_systems import likely_source, shadow_systems_report
from reports.subject_search import subject_search_report
from reports.trend import forecast, trend_report

TODAY = date(2026, 5, 4)
SCANNED = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)
WEIGHTS = dict(zip(Sensitivity, (5.0, 4.0, 2.0), strict=True))


def _table(report: Report, name: str) -> Table:
    return next(table for table in report.tables if table.name == name)


def _figures(report: Report) -> dict[str, object]:
    return {figure.label: figure.value for section in report.sections for figure in section.figures}


def _read(share: str, outcome: Outcome | None, items: int, code: ProblemCode | None = None, **other: bool) -> Read:
    facts = {"is_part": False, "is_folder": False, **other}
    return Read(share, outcome, code, facts["is_part"], facts["is_folder"], Tally(items, 100 * items))


def test_coverage_names_every_share_and_leaves_nothing_out_in_silence(build):
    shares = (Share("files", SCANNED, True, 4), Share("never scanned", None, False, 0))
    reads = (
        _read("files", Outcome.EXAMINED, 90),
        _read("files", Outcome.EXAMINED, 6, is_part=True),
        _read("files", Outcome.UNREADABLE, 2, ProblemCode.ENCRYPTED),
        _read("files", None, 2),
        _read("files", Outcome.UNREADABLE, 1, ProblemCode.DENIED, is_folder=True),
    )
    report = coverage_report(build.a_provenance(), shares, reads)
    assert report.lead == (
        "Read to the end were 96 items of 100 items (96.0%). The other 4 items are named below with the reason. "
        "1 folder could not be listed, and what lies in it is unknown."
    )
    table = _table(report, "by-share")
    assert table.rows[0] == ("files", 100, 9_400, 96, 0, 2, 0, 2, 0.96)
    assert table.rows[1] == ("never scanned", 0, 0, 0, 0, 0, 0, 0, None)
    assert {row[1] for row in _table(report, "reasons").rows} == {"Could not be read", "Folder: could not be read"}
    assert [row[0] for row in _table(report, "signature").rows][-2:] == ["Signature", "Date"]


def _exposed(build) -> Report:
    owned = (
        OwnedFiles("Planning", Owned.KNOWN, Breadth.NAMED, Tally(8, 80)),
        OwnedFiles("Planning", Owned.LEFT, Breadth.EVERYONE, Tally(2, 20)),
        OwnedFiles("", Owned.NOBODY, Breadth.UNKNOWN, Tally(1, 10)),
    )
    folder = OpenFolder("files", "planning/open", "Planning", Breadth.EVERYONE, 3, 1, 71)
    leaver = Leaver("Ann Oldacre", "Planning", Tally(2, 20), 1, None)
    return exposure_report(build.a_provenance(), build.RISKY, (7, (folder,)), (1, (leaver,)), owned)


def test_exposure_counts_what_many_can_read_and_says_how_many_folders_it_does_not_list(build):
    report = _exposed(build)
    assert report.lead.startswith("2 items of the 5 with personal data lie where")
    assert _figures(report)["Files whose owner has gone"] == 2
    assert _figures(report)["Files that name no owner"] == 1
    assert _table(report, "folders").note == "These are the worst 1 of 7 folders."
    assert _table(report, "owners").total == ("Total", 8, 2, 0, 0, 1)


def test_people_and_folders_stay_out_of_what_is_published(build):
    page = render_html(_exposed(build).for_publication())
    assert "Oldacre" not in page
    assert "planning/open" not in page


FLAGS = (
    Flagged("Planning", State.DUE, "dispose", 0, Tally(5, 500)),
    Flagged("Planning", State.DUE, "review", 4, Tally(1, 100)),
    Flagged("Planning", State.UNCOMPUTABLE, "keep", None, Tally(10, 1_000)),
)


def test_compliance_tells_what_is_ruled_computable_and_late(build):
    reviews = (Reviewing("Housing", waiting=3, overdue=1), Reviewing("Planning", waiting=1, decided=10, in_time=9))
    estate = build.an_estate("Planning", 100)
    report = compliance_report(build.a_provenance(), (estate,), FLAGS, 3, (), TODAY, reviews)
    assert report.lead == (
        "The schedule has a rule for 40.0% of all files; of these 75.0% can be computed. 6 files are past the day on "
        "which something should have been done. Judged on 5 May 2026."
    )
    assert _figures(report)["Frozen by holds"] == 3
    assert _figures(report)["Reviewed in time"] == pytest.approx(0.9)
    assert _figures(report)["Overdue for review"] == 1
    assert _table(report, "reviews").rows == (("Housing", 3, 1, 0, 0, None), ("Planning", 1, 0, 10, 9, 0.9))
    assert _table(report, "reviews").total == ("Total", 4, 1, 10, 9, 0.9)
    assert _table(report, "past-due").rows == (("Planning", 5, 0, 0, 0, 1, 6, 600),)


def test_without_a_schedule_compliance_says_only_that(build):
    report = compliance_report(build.a_provenance(schedule=None), (build.an_estate("Planning"),), (), None, (), TODAY)
    assert report.lead == "No retention schedule has been applied yet, so nothing can be said of compliance."


def test_fifty_people_in_a_list_that_is_two_years_late_are_a_hundred_person_years(build):
    overstays = (
        Overstay("Planning", Sensitivity.CONTACT, date(2024, 5, 4), 1, 50),
        Overstay("Planning", Sensitivity.SPECIAL, date(2025, 5, 4), 2, 10),
        Overstay("Planning", Sensitivity.SPECIAL, date(2027, 1, 1), 1, 99),
    )
    figures = _figures(people_years_report(build.a_provenance(), overstays, WEIGHTS, TODAY))
    assert figures["Person-years"] == 110
    assert figures["Weighted person-years"] == 100 * 2 + 10 * 5


def test_a_table_is_taken_for_an_extract_of_the_system_whose_kinds_it_holds(build):
    assert likely_source({"PERSON", "UK_NHS", "UK_NINO"}) == "Health or social care case system"
    assert likely_source({"PERSON"}) == "Not to be told by its columns"
    listed = (Shadow("hr/staff.xlsx", "HR", 40, {"UK_NINO": 40, "UK_NHS": 1}, 9, SCANNED, Breadth.GROUP, 50),)
    report = shadow_systems_report(build.a_provenance(), (Shadows("HR", Tally(3, 9), 1, 90),), listed)
    assert _table(report, "files").rows[0][3] == "Payroll, pensions or staff system"
    assert _table(report, "files").note == "These are the 1 with most people of 3 files."


def test_disposal_says_plainly_that_nothing_was_disposed_of(build):
    acts = (("schedule.evaluated", 2, SCANNED, SCANNED), ("scan.ended", 9, SCANNED, SCANNED))
    report = disposal_report(build.a_provenance(), acts, FLAGS)
    assert report.lead.startswith("Nothing was disposed of through Muniment")
    figures = {"Proposed": 5, "Approvals": 0, "Moved to quarantine": 0, "Put back": 0, "Destroyed": 0}
    assert _figures(report) == figures
    assert [row[0] for row in _table(report, "grounds").rows] == ["Times that the schedule was applied"]
    assert not _table(report, "register").rows
    assert not _table(report, "failures").rows


def test_disposal_says_what_went_what_came_back_what_proves_it_and_what_could_not_go(build):
    acts = (("disposal.purged", 7, SCANNED, SCANNED), ("disposal.quarantined", 9, SCANNED, SCANNED),
            ("disposal.restored", 2, SCANNED, SCANNED), ("review.approved", 1, SCANNED, SCANNED))  # fmt: skip
    register = (Registered(CertificateNumber(2026, 1), SCANNED, 17, 7, 900, "ab" * 32),)
    failures = {Refusal.DENIED: 1, Refusal.HELD: 3}
    report = disposal_report(build.a_provenance(), acts, FLAGS, register, failures)
    assert report.lead == "7 files destroyed and 2 put back, as the audit trail says."
    figures = {"Proposed": 5, "Approvals": 1, "Moved to quarantine": 9, "Put back": 2, "Destroyed": 7}
    assert _figures(report) == figures
    assert _table(report, "register").rows == (("2026/0001", SCANNED, 17, 7, 900, "ab" * 32),)
    assert _table(report, "failures").rows == ((Refusal.HELD.sentence, 3), (Refusal.DENIED.sentence, 1))


def test_everything_that_disposal_writes_into_the_trail_has_words_in_its_report(build):
    acts = tuple((str(act), 1, SCANNED, SCANNED) for act in Act)
    report = disposal_report(build.a_provenance(), acts, FLAGS)
    assert len(_table(report, "disposals").rows) == sum(act.startswith("disposal.") for act in Act)


def _period(day: date, held: int, due: int = 0) -> Period:
    return Period(day, {("Planning", Measure.HELD): Tally(held, held * 10**9),
                        ("Planning", Measure.PAST_DUE): Tally(due, 0)})  # fmt: skip


def test_the_trend_compares_with_the_baseline_and_the_last_period(build):
    kept = (_period(date(2026, 3, 1), 100, 9), _period(date(2026, 5, 3), 120, 7))
    report = trend_report(build.a_provenance(), kept, _period(TODAY, 121, 7), ())
    rows = {row[0]: row for row in _table(report, "changes").rows}
    assert rows["Held"] == ("Held", 121, 1.0, 120, "1 more", 100, "21 more")
    assert rows["Past due"][3:] == (7, "no change", 9, "2 fewer")


def test_the_first_period_has_nothing_to_be_compared_with(build):
    report = trend_report(build.a_provenance(), (), _period(TODAY, 5), (OfYear(2025, Tally(1, 6)),))
    assert len(_table(report, "changes").columns) == 3
    assert report.lead.endswith("This is the first period: there is nothing yet to compare it with.")


def test_what_was_not_measured_is_said_to_be_not_known(build):
    rows = {row[0]: row[1:] for row in _table(trend_report(build.a_provenance(), (), _period(TODAY, 5), ()),
                                              "changes").rows}  # fmt: skip
    assert rows["Without a present owner"] == (None, None)
    assert rows["Past due"] == (0, 0.0)
    maturity = _table(_cabinet(build), "maturity").rows
    assert [row[2:] for row in maturity if row[0] == "Usage and ownership"] == [(None, None)]


def test_a_forecast_is_a_line_through_the_kept_days_once_they_are_enough():
    steady = [_period(date(2025, 5, 4), 100), _period(date(2025, 11, 2), 150), _period(TODAY, 200)]
    found = forecast(steady, ())
    assert found.a_year == pytest.approx(100e9, rel=0.01)
    assert found.ahead[1] == 200 * 10**9 + 2 * found.a_year
    years = tuple(OfYear(year, Tally(1, 30)) for year in (2022, 2023, 2024, 2025, 2026))
    assert forecast([steady[0], _period(TODAY, 1)], years).a_year == 30
    assert forecast((), ()) is None


def _cabinet(build, rot: tuple[RotSum, ...] = (), pounds: float | None = None) -> Report:
    now = Period(TODAY, {
        ("Planning", Measure.HELD): Tally(1_000, 4 * 10**12), ("Planning", Measure.READ): Tally(900),
        ("Planning", Measure.UNREAD): Tally(100), ("Planning", Measure.UNDER_RULE): Tally(400),
        ("Planning", Measure.PERSONAL): Tally(300), ("Planning", Measure.OPEN): Tally(30),
    })  # fmt: skip
    families = (InFamily("Planning", Family.SPREADSHEETS, Tally(600, 10**12), 40),
                InFamily("Planning", Family.EMAIL, Tally(400, 3 * 10**12), 0))  # fmt: skip
    factors = Factors(pounds, None, backup_copies=1.0)
    return cabinet_report(build.a_provenance(), CabinetFigures(families, rot, now, None, {}, factors))


def test_cabinet_sees_the_four_families_and_evidence_for_seven_principles(build):
    report = _cabinet(build)
    assert [row[0] for row in _table(report, "estate").rows][:4] == [
        "Spreadsheets", "E-mail", "Word documents", "Pictures",
    ]  # fmt: skip
    principles = _table(report, "principles").rows
    assert {str(row[0])[0] for row in principles} == set("1234567")
    assert principles[0][2] == 0.9
    assert principles[-1][2] == 0.1
    assert _table(report, "can-go").empty.startswith("This has not been worked out yet")


def test_files_that_nobody_owns_are_a_share_of_those_that_were_asked_about(build):
    provenance = replace(build.a_provenance(), unowned=(100, 500))
    held = Period(TODAY, {("Planning", Measure.HELD): Tally(1_000), ("Planning", Measure.UNOWNED): Tally(100)})
    report = cabinet_report(provenance, CabinetFigures((), (), held, held, {}, Factors(None, None)))
    assert [row[2:] for row in _table(report, "principles").rows if "nobody present" in str(row[1])] == [(0.2, None)]
    assert [row[2:] for row in _table(report, "maturity").rows if row[0] == "Usage and ownership"] == [(100, 0.2)]


def test_what_can_go_counts_nothing_that_a_safeguard_keeps_and_costs_only_by_the_councils_own_factor(build):
    rot = (
        RotSum("Planning", "files", RotReason.COPY, None, Tally(10, 10**12)),
        RotSum("Planning", "files", RotReason.COPY, Guard.HELD, Tally(90, 10**12)),
        RotSum("Planning", "files", RotReason.STALE, None, Tally(90, 10**12)),
    )
    assert _table(_cabinet(build, rot), "can-go").total == ("Total", 10, 10**12)
    unset, by_factor = _figures(_cabinet(build, rot)), _figures(_cabinet(build, rot, 250.0))
    assert unset["Cost a year of what is proposed"] == "not set"
    assert by_factor["Cost a year of what is proposed"] == "£500"
    assert by_factor["Approved, and achieved"] == "none yet"


@pytest.mark.parametrize(("released", "share"), [((0, 0), None), ((6, 24), 0.25)])
def test_cabinet_is_told_how_much_of_the_register_stands_in_the_catalogue(build, released, share):
    held = Period(date(2026, 3, 2), {})
    figures = CabinetFigures((), (), held, None, {}, Factors(None, None), released=released)
    rows = _table(cabinet_report(build.a_provenance(), figures), "principles").rows
    assert [row[2] for row in rows if row[0] == "6 Published"] == [share]


def test_cabinets_pages_name_nobody_and_no_place(build):
    page = render_html(_cabinet(build).for_publication())
    assert "All shares of Westmere" not in page
    assert "do not publish" not in page


def test_a_service_lead_sees_what_waits_and_where_to_sign(build):
    page = ServicePage("Planning", Tally(100, 1_000), Tally(40, 10), (), FLAGS, build.RISKY[3:], build.RISK_ITEMS[3:],
                       {Owned.LEFT: 3, Owned.KNOWN: 97}, None, None)  # fmt: skip
    report = service_report(replace(build.a_provenance(), scope="Planning"), page)
    assert report.lead == (
        "Planning holds 100 files (1.0 kB). 6 files wait for a decision, and 2 items hold personal data."
    )
    assert _figures(report)["Without a present owner"] == 3
    assert _figures(report)["Could go"] is None
    assert len(_table(report, "worst").rows) == 2


def _searched(**other: object) -> Searched:
    matched = (
        Matched((1,), (2,), (), "hr/a.docx", "files", "HR", 3, 238 * 6 * 60, True, False, False),
        Matched((), (2,), (), "hr/b.docx", "files", "HR", 1, 10, False, False, False),
    )
    return replace(Searched("SAR-7", 2, (), 5, matched, 4, SCANNED), **other)


def test_a_subject_search_tells_what_is_likely_what_it_costs_to_read_and_what_was_not_searched(build):
    report = subject_search_report(build.a_provenance(build.WITH_GAPS), _searched())
    assert report.lead.startswith(
        "5 different contents were met by 2 names and identifiers; at least 1 of them is likely"
    )
    assert _figures(report)["Hours to read"] == "1.0"
    assert _table(report, "lines").rows == (("Line 1", 1, 0), ("Line 2", 0, 2))
    assert _table(report, "met").note == "These are the 2 likeliest of 5 contents."
    log = dict(_table(report, "log").rows)
    assert log["Not searched, because not read to the end"].startswith("40 items")
    assert "4 contents hold more values than fingerprints are kept of" in report.sections[-1].points[-1]


def test_a_search_that_met_nothing_says_in_what(build):
    report = subject_search_report(build.a_provenance(), _searched(found=0, matched=(), unsure=0))
    assert _figures(report)["Hours to read"] == "none"
    assert report.lead == "Nothing was met by 2 names and identifiers in what was read."
