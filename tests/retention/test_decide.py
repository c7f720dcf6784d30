"""What is decided, from cases that are data: a record, a day, and what the schedule says of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from domain.decision import RESERVED, Decision, State
from domain.item import ItemRef
from domain.record import Record
from domain.rule import Action, Schedule
from retention.decide import Decider, decide
from retention.schedule import parse_schedule

CASES = Path(__file__).parents[1] / "cases" / "retention"
TODAY = date(2026, 11, 22)


def _cases() -> list[Any]:
    files = {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml"))}
    return [
        pytest.param(parse_schedule(file["schedule"], name), case, id=f"{name}: {case['name']}")
        for name, file in files.items()
        for case in file["case"]
    ]


def a_record(case: dict[str, Any]) -> Record:
    modified = case.get("modified", date(2012, 5, 4))
    return Record(
        ref=ItemRef(
            case.get("source", "share"), case.get("path", "Finance/a.txt").encode(), tuple(case.get("part", ()))
        ),
        service=case.get("service", ""),
        size=1,
        modified=datetime.combine(modified, time(12), UTC) if modified else None,
        first_seen=case.get("first_seen", date(2013, 1, 1)),
    )


def in_force(schedule: Schedule, case: dict[str, Any]) -> Schedule:
    """The schedule with the rules that the case names, in that order; with all of them where it names none."""
    if "rules" not in case:
        return schedule
    by_id = {rule.id: rule for rule in schedule.rules}
    return replace(schedule, rules=tuple(by_id[name] for name in case["rules"]))


@pytest.mark.parametrize(("schedule", "case"), _cases())
def test_decides_as_the_case_says(schedule: Schedule, case: dict[str, Any]) -> None:
    decision = decide(a_record(case), in_force(schedule, case), case.get("today", TODAY))

    assert (decision.state, decision.action, decision.due, decision.rule) == (
        State(case["state"]),
        Action(case["action"]),
        case.get("due"),
        case.get("rule"),
    )
    if "record_class" in case:
        assert decision.record_class == case["record_class"]
    for reason in case.get("reasons", ()):
        assert _is_said(decision, reason), decision.reasons


def _is_said(decision: Decision, reason: dict[str, str]) -> bool:
    return any(said.source == reason["source"] and reason["says"] in said.sentence for said in decision.reasons)


@pytest.mark.parametrize(("schedule", "case"), _cases())
def test_every_rule_that_matched_is_named_once_and_every_reason_is_a_sentence(
    schedule: Schedule, case: dict[str, Any]
) -> None:
    schedule = in_force(schedule, case)
    alone = [replace(schedule, rules=(rule,)) for rule in schedule.rules]
    today = case.get("today", TODAY)
    matching = {decide(a_record(case), each, today).rule for each in alone} - {None}

    reasons = decide(a_record(case), schedule, today).reasons

    named = [reason.source for reason in reasons if reason.source not in RESERVED]
    assert sorted(named) == sorted(matching)
    assert all(reason.sentence[0].isupper() and reason.sentence.endswith(".") for reason in reasons)


@pytest.mark.parametrize(("schedule", "case"), _cases())
def test_the_order_of_the_file_decides_nothing(schedule: Schedule, case: dict[str, Any]) -> None:
    schedule = in_force(schedule, case)
    turned = replace(schedule, rules=schedule.rules[::-1], classes=schedule.classes[::-1])
    today = case.get("today", TODAY)

    assert decide(a_record(case), turned, today) == decide(a_record(case), schedule, today)


def test_one_decider_for_all_items_says_what_a_fresh_one_says() -> None:
    file = tomllib.loads((CASES / "scope.toml").read_text("utf-8"))
    schedule = parse_schedule(file["schedule"], "scope.toml")
    records = [a_record(case) for case in file["case"]]
    decider = Decider(schedule)

    first = [decider.decide(record, TODAY) for record in records]
    again = [decider.decide(record, TODAY) for record in reversed(records)][::-1]

    assert first == again == [Decider(schedule).decide(record, TODAY) for record in records]


def test_without_observation_the_period_alone_says_when_it_was_due() -> None:
    file = tomllib.loads((CASES / "precedence.toml").read_text("utf-8"))
    schedule = parse_schedule(file["schedule"].replace("[[class]]", 'min_observed = "P0D"\n[[class]]', 1), "none")
    record = a_record({"first_seen": TODAY})

    decision = decide(record, in_force(schedule, {"rules": ["SIX"]}), TODAY)

    assert (decision.state, decision.due) == (State.DUE, date(2018, 5, 4))
    assert "observation" not in {reason.source for reason in decision.reasons}


def test_a_name_that_is_not_text_is_matched_by_what_people_see() -> None:
    file = tomllib.loads((CASES / "scope.toml").read_text("utf-8"))
    schedule = parse_schedule(file["schedule"], "scope.toml")
    record = replace(a_record({}), ref=ItemRef("share", b"Human Resources/Payroll/caf\xe9.xlsx"))

    assert decide(record, schedule, TODAY).record_class == "HR.02"
