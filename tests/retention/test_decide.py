"""What is decided, from cases that are data: a record, a day, and what the schedule says of it."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from retention_cases import CASES, TODAY, a_record, all_cases, decided, in_force

from domain.decision import RESERVED, Decision, State
from domain.item import ItemRef
from domain.rule import Action, Schedule
from retention.decide import Decider, decide
from retention.schedule import parse_schedule

each_case = pytest.mark.parametrize(
    ("schedule", "case"), [pytest.param(schedule, case, id=name) for name, schedule, case in all_cases()]
)


@each_case
def test_decides_as_the_case_says(schedule: Schedule, case: dict[str, Any]) -> None:
    decision = decided(in_force(schedule, case), case)

    assert (decision.state, decision.action, decision.due, decision.rule) == (
        State(case["state"]),
        Action(case["action"]),
        case.get("due"),
        case.get("rule"),
    )
    assert decision.then == tuple(map(Action, case.get("then", ())))
    assert [(str(step.action), step.due) for step in decision.meanwhile] == [
        (step["action"], step.get("due")) for step in case.get("meanwhile", ())
    ]
    assert decision.holds == tuple(case.get("frozen_by", ()))
    if "record_class" in case:
        assert decision.record_class == case["record_class"]
    for reason in case.get("reasons", ()):
        assert _is_said(decision, reason), decision.reasons


def _is_said(decision: Decision, reason: dict[str, str]) -> bool:
    return any(said.source == reason["source"] and reason["says"] in said.sentence for said in decision.reasons)


@each_case
def test_every_rule_that_matched_is_named_once_and_every_reason_is_a_sentence(
    schedule: Schedule, case: dict[str, Any]
) -> None:
    schedule = in_force(schedule, case)
    alone = [replace(schedule, rules=(rule,)) for rule in schedule.rules]
    matching = {decided(replace(each, holds=()), case).rule for each in alone} - {None}

    reasons = decided(schedule, case).reasons

    holds = {hold.id for hold in schedule.holds}
    named = [reason.source for reason in reasons if reason.source not in holds.union(RESERVED)]
    assert sorted(named) == sorted(matching)
    assert all(reason.sentence[0].isupper() and reason.sentence.endswith(".") for reason in reasons)


@each_case
def test_the_order_of_the_file_decides_nothing(schedule: Schedule, case: dict[str, Any]) -> None:
    schedule = in_force(schedule, case)
    turned = replace(schedule, rules=schedule.rules[::-1], classes=schedule.classes[::-1])

    assert decided(turned, case) == decided(schedule, case)


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
