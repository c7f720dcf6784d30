"""Schedules as councils publish them come in as drafts; the sixty rules of the pack are read as they are shipped."""

from __future__ import annotations

import csv
import tomllib
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from domain.errors import ConfigurationError
from domain.rule import Action, DateSource, Period, Schedule, Span, Status, Trigger
from retention.exchange import Row
from retention.published import is_published, published
from retention.schedule import load_schedule, schedule_in

EXAMPLES = Path(str(files("retention") / "examples"))
CODED = Path(__file__).parents[1] / "cases" / "retention_examples.csv"
HEAD = {"id": "leeds", "title": "A test", "version": "1", "effective_from": date(2026, 4, 1)}


def coded_rows() -> list[Row]:
    with CODED.open(encoding="utf-8", newline="") as file:
        return [Row("rules.csv", number, row) for number, row in enumerate(csv.DictReader(file), 2)]


SHIPPED = {
    rule["id"].removesuffix("-R1"): rule
    for path in EXAMPLES.glob("*.toml")
    for rule in tomllib.loads(path.read_text("utf-8")).get("rule", ())
}


@pytest.mark.parametrize("row", coded_rows(), ids=lambda row: str(row.cells["id"]))
def test_each_of_the_sixty_rules_is_read_as_it_is_shipped(row: Row) -> None:
    _, document = published([row], HEAD)

    assert document.tables["rule"] == [SHIPPED[str(row.cells["id"])]]


def test_the_pack_has_sixty_rules_is_a_draft_and_says_that_it_is_not_law() -> None:
    schedule = load_schedule(EXAMPLES)

    assert len(schedule.rules) == len(schedule.classes) == 60
    assert schedule.status is Status.DRAFT
    assert "not law" in schedule.title
    assert all("not law" in path.read_text("utf-8") for path in EXAMPLES.glob("*.toml") if path.stem != "holds")
    assert {str(hold.status) for hold in schedule.holds} == {"off"}


def leeds(period: str, **cells: str) -> Schedule:
    row = {"service": "Adult Care", "subclass": "", "file/record type": "Blue badges", "file content": "Forms",
           "retention reason": "Good practice", "retention period": period, "storage/disposal": ""}  # fmt: skip
    return schedule_in(published([Row("leeds.csv", 2, row | cells)], HEAD))


@pytest.mark.parametrize(
    ("says", "trigger", "period"),
    [
        ("6 years from closure,\u00a0then destroy", Trigger(event="case_closed", key="case_no"), Period(years=6)),
        ("1 year from expiry", Trigger(event="expiry", key="case_no"), Period(years=1)),
        ("75 yrs from date of birth", None, Period(years=75)),
        ("18 months after last action", Trigger(date=DateSource.MODIFIED), Period(months=18)),
    ],
)
def test_a_period_in_words_is_a_draft_to_be_reviewed(says: str, trigger: Trigger | None, period: Period) -> None:
    rule = leeds(says).rules[0]

    assert isinstance(rule.clock, Span)
    assert (rule.clock.trigger, rule.clock.period) == (trigger or rule.clock.trigger, period)
    assert (rule.action, rule.status) == (Action.REVIEW, Status.DRAFT)
    assert "\u00a0" not in rule.says


@pytest.mark.parametrize(
    "says", ["As long as required", "Permanent (i.e. 100 years)", "6 years or 12 years from closure", "6 years"]
)
def test_what_is_not_understood_is_kept_in_a_draft_that_says_its_words(says: str) -> None:
    rule = leeds(says).rules[0]

    assert (rule.action, rule.status, rule.says) == (Action.KEEP, Status.DRAFT, says)


def test_every_line_with_too_little_is_named_and_nothing_is_loaded() -> None:
    with pytest.raises(ConfigurationError) as refusal:
        leeds("")

    assert str(refusal.value) == "leeds.csv:2: retention period: this is empty; write it, or leave out the row"


def test_a_list_of_functions_becomes_classes_with_their_place_in_the_scheme() -> None:
    with (EXAMPLES.parent / "functions.csv").open(encoding="utf-8", newline="") as file:
        rows = [Row("functions.csv", number, row) for number, row in enumerate(csv.DictReader(file), 2)]

    schedule = schedule_in(published(rows, HEAD))

    assert len(schedule.classes) == len(rows) > 20
    assert all(each.lgcs for each in schedule.classes)


def test_other_columns_are_of_no_known_layout() -> None:
    assert not is_published(["name", "age"])
    with pytest.raises(ConfigurationError, match="no layout that is known"):
        published([Row("a.csv", 2, {"name": "x"})], HEAD)
