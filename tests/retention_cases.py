"""Cases of the retention schedule that are data: a record, what was reported and held, a day, and what is decided."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import UTC, date, datetime, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from domain.content import DatedBy, DateSource
from domain.decision import Decision
from domain.event import Event, EventRegister, Reference
from domain.examination import Assessment, Outcome
from domain.item import ItemRef
from domain.record import Record
from domain.record_class import ClassClaim, Ground
from domain.record_hint import RecordHint
from domain.rule import Schedule
from retention.decide import Decider
from retention.schedule import load_schedule, parse_schedule

CASES = Path(__file__).parent / "cases" / "retention"
TODAY = date(2026, 11, 22)
Case = dict[str, Any]


def all_cases() -> list[tuple[str, Schedule, Case]]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        file = tomllib.loads(path.read_text("utf-8"))
        schedule = shipped_examples() if "schedule" not in file else parse_schedule(file["schedule"], path.stem)
        found += [(f"{path.stem}: {case['name']}", schedule, case) for case in file["case"]]
    return found


@cache
def shipped_examples() -> Schedule:
    return load_schedule(Path(str(files("retention") / "examples")))


def a_record(case: Case) -> Record:
    facts: dict[str, Any] = {
        name: case[name] for name in ("owner", "item_type", "mailbox_folder", "terms") if name in case
    }
    return Record(
        ref=ItemRef(
            case.get("source", "share"), case.get("path", "Finance/a.txt").encode(), tuple(case.get("part", ()))
        ),
        service=case.get("service", ""),
        size=case.get("size", 1),
        modified=_noon(case.get("modified", date(2012, 5, 4))),
        first_seen=case.get("first_seen", date(2013, 1, 1)),
        media_type=case.get("media_type"),
        outcome=Outcome(case["outcome"]) if "outcome" in case else None,
        assessment=Assessment(**dict.fromkeys(case["marks"], True)) if "marks" in case else None,
        created=_noon(case.get("created")),
        accessed=_noon(case.get("accessed")),
        superseded=case.get("superseded"),
        dates=tuple(DatedBy(DateSource(each["source"]), each["on"]) for each in case.get("dates", ())),
        claims=tuple(
            ClassClaim(each["class"], Ground[each["ground"].upper()], "it was told so")
            for each in case.get("claims", ())
        ),
        labels=tuple(case.get("labels", ())),
        hints=tuple(RecordHint(each["class"], each["confidence"], "its words") for each in case.get("hints", ())),
        references=_references(case),
        kinds={kind: tuple(found) for kind, found in case["kinds"].items()} if "kinds" in case else None,
        people=frozenset(case["people"]) if "people" in case else None,
        copies=tuple(case["copies"]) if "copies" in case else None,
        **facts,
    )


def reported(case: Case) -> EventRegister:
    return EventRegister(
        Event(Reference(each["key"], each.get("of", "1")), each["event"], each["on"], each.get("outcome", ""))
        for each in case.get("reported", ())
    )


def in_force(schedule: Schedule, case: Case) -> Schedule:
    """The schedule with the rules and holds that the case names, in that order; by themselves all rules, no holds."""
    by_id = {rule.id: rule for rule in schedule.rules}
    holds = {hold.id: hold for hold in schedule.holds}
    return replace(
        schedule,
        rules=tuple(by_id[name] for name in case.get("rules", by_id)),
        holds=tuple(holds[name] for name in case.get("holds", ())),
    )


def decided(schedule: Schedule, case: Case) -> Decision:
    return Decider(schedule, reported(case)).decide(a_record(case), case.get("today", TODAY))


def _noon(day: date | None) -> datetime | None:
    return datetime.combine(day, time(12), UTC) if day else None


def _references(case: Case) -> tuple[Reference, ...]:
    """What the case says, else one number for each key that something was reported of."""
    if "references" in case:
        return tuple(Reference(each["key"], each.get("of", "1")) for each in case["references"])
    return tuple(dict.fromkeys(Reference(each["key"], each.get("of", "1")) for each in case.get("reported", ())))
