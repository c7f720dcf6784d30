"""The GDPR risk report: heat map, bands, register, and what it does not claim."""

from __future__ import annotations

import pytest

from classifiers.risk import Weights
from reports.gdpr_risk import BANDS, band, gdpr_risk_report
from reports.report import Heat, Report, Table


def _table(report: Report, name: str) -> Table:
    return next(table for table in report.tables if table.name == name)


def _words(report: Report) -> str:
    return " ".join((report.lead, *(word for section in report.sections for word in (*section.text, *section.points))))


@pytest.fixture
def report(build):
    return gdpr_risk_report(
        build.a_provenance(build.WITH_GAPS),
        build.SERVICES,
        build.RISKY,
        build.RISK_ITEMS,
        build.WEIGHTS,
        build.OWNERSHIP,
    )


def test_the_heat_map_has_a_row_a_service_and_a_column_a_theme(report):
    table = _table(report, "heat-map")
    assert [column.heading for column in table.columns] == [
        "Service", "Identity", "Contact", "Financial", "Credentials", "Special category", "Criminal", "Children",
    ]  # fmt: skip
    care = next(row for row in table.rows if row[0] == "Adult social care")
    assert care[1:] == (Heat(1, 96), *[Heat(0, 0)] * 5, Heat(1, 96))
    people = next(row for row in table.rows if row[0] == "Human resources")
    assert people[1] == Heat(2, 92)
    assert table.total[1] == Heat(5, 96)


@pytest.mark.parametrize(
    ("risk", "words"),
    [(0, "0 to 19"), (19, "0 to 19"), (20, "20 to 39"), (59, "40 to 59"), (60, "60 to 79"), (79, "60 to 79"),
     (80, "80 to 100"), (100, "80 to 100")],
)  # fmt: skip
def test_a_score_falls_in_one_band(risk, words):
    assert BANDS[band(risk)] == words
    assert Heat(1, risk).level == BANDS.index(words)


def test_the_bands_add_up_to_the_items_of_the_lead(build, report):
    table = _table(report, "bands")
    assert all(sum(row[1:-1]) == row[-1] for row in (*table.rows, table.total))
    assert sum(row[-1] for row in table.rows) == table.total[-1] == len(build.RISK_ITEMS)
    assert report.lead.startswith("5 items in 3 services hold personal data. 3 items of them score 60 or more")


def test_the_headline_counts_items_by_what_was_found(report):
    assert {figure.label: figure.value for figure in report.sections[0].figures} == {
        "Items with personal data": 5,
        "Scoring 60 or more": 3,
        "Possible special category": 1,
        "Possible criminal offence data": 1,
        "About children": 1,
        "Kept past their due date": 2,
        "Open to everyone in the organisation, or more": 2,
        "Owned by people who have left": 2,
        "Not fully examined": 40,
    }


def test_the_register_has_all_items_the_riskiest_first_and_shows_the_top_of_it(build):
    items = tuple(build.a_risk_item(f"hr/{risk}.doc", risk=risk) for risk in range(90))
    risky = tuple(map(build.a_risky, (*items, build.a_risk_item(risk=0))))
    table = _table(
        gdpr_risk_report(build.a_provenance(), build.SERVICES, risky, items, build.WEIGHTS, build.OWNERSHIP), "register"
    )
    assert [row[2] for row in table.rows] == list(reversed(range(90)))
    assert (table.shown, table.left_out) == (50, 40)
    assert table.note.startswith("These are the 90 that score highest of 91 items")


def test_the_register_says_in_words_what_was_found(report):
    first = _table(report, "register").rows[0]
    assert first[3] == "type: 25; volume: 2.56; confidence: 1; identity kit: 1; floor: 60"
    assert first[4] == "Names of people: 1,260; National Insurance numbers: 1,204"
    assert first[5] == "Possible special category (health, ethnicity); About children; Open to the organisation"


def test_what_was_read_in_part_and_what_may_be_criminal_is_flagged(report):
    flagged = next(row for row in _table(report, "register").rows if row[0] == "hr/references.zip > letter.docx")
    assert flagged[5] == "Possible criminal offence data; Read only in part"


@pytest.mark.parametrize(
    "claim",
    [
        "Who can read is judged by the rights of the file",
        "Without a directory nobody is known to have left",
        "Special category and criminal offence data are possible, not established",
        "it is not a likelihood and not an amount of money",
        "Type: how sensitive",
        "Kept past its day: more than 1",
    ],
)
def test_it_says_what_its_figures_are_not(report, claim):
    assert claim in _words(report)


def test_a_part_of_the_score_that_has_no_words_is_named(build):
    item = build.a_risk_item()
    item.parts["open_access"] = 1.2
    report = gdpr_risk_report(build.a_provenance(), build.SERVICES, (), (item,), build.WEIGHTS, build.OWNERSHIP)
    assert "Also named in the register: open access." in _words(report)


def test_no_personal_data_reads_as_a_sentence_that_keeps_its_limits(build):
    report = gdpr_risk_report(build.a_provenance(), build.SERVICES, (), (), build.WEIGHTS, build.OWNERSHIP)
    assert report.lead == "No personal data was found. This covers 3 services and only what was examined."
    assert [_table(report, name).rows for name in ("heat-map", "bands", "register")] == [(), (), ()]
    assert not any(section.charts for section in report.sections)


def test_the_weights_in_force_stand_beside_what_they_weigh_and_how_they_are_set(report):
    table = _table(report, "weights")
    assert table.rows[:2] == (
        ("Words about safeguarding children", "50", "risk.kinds.CHILD_SAFEGUARDING"),
        ("NHS numbers", "25", "risk.kinds.UK_NHS"),
    )
    assert ("Least score of content about many people", "60", "risk.floor_many") in table.rows
    assert table.rows[-1] == ("Factor where everyone can read an item", "1.3", "risk.place.everyone")


def test_every_weight_of_the_configuration_has_words(build):
    named = Weights().all_named()
    table = _table(gdpr_risk_report(build.a_provenance(), (), (), (), named, build.OWNERSHIP), "weights")
    assert [row[2] for row in table.rows] == list(named)
    assert not [row for row in table.rows if row[0] == row[2]]


def test_what_is_held_is_told_by_who_can_read_it_the_widest_first(report):
    assert _table(report, "access").rows == (
        ("Everyone who can reach it", 0, 0, 1, 0),
        ("Everyone in the organisation", 900, 7_000_000_000, 1, 1),
        ("Named people", 300, 3_700_000_000, 3, 2),
        ("Not known", 20, 100_000_000, 0, 0),
    )


def test_what_people_left_behind_is_told_by_service(report):
    assert _table(report, "left").rows == (
        ("Adult social care", 3, 1_000, 0, 0),
        ("Human resources", 41, 300_000_000, 1, 1),
        ("Planning", 0, 0, 1, 0),
    )
