"""What holds whatever the schedule, the item and the day."""

from __future__ import annotations

import fnmatch
import json
from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.decision import State
from domain.event import BIRTH, DEATH, Event, EventRegister, Reference
from domain.examination import Assessment, Outcome
from domain.hold import Hold, HoldKind, HoldScope, HoldStatus
from domain.item import ItemRef
from domain.record import Record
from domain.record_class import ClassClaim, Ground
from domain.rule import (
    Action,
    AllOf,
    AnyOf,
    ByOutcome,
    Choice,
    Combined,
    DateSource,
    HasKind,
    Mark,
    Marked,
    Not,
    Period,
    PersonDate,
    RecordClass,
    Rule,
    Schedule,
    Scope,
    Span,
    Step,
    Trigger,
    YearEnd,
)  # fmt: skip
from retention.decide import Decider, decide
from retention.explain import explain
from retention.glob import Glob, compile_glob
from retention.period import add_period, parse_period

unhurried = settings(deadline=None)  # how fast the machine is proves nothing

FOLDERS = ["Finance", "finance", "Invoices", "HR", "a.tmp"]
GLOBS = ["**", "Finance/**", "**/Invoices/**", "HR/*", "**/*.tmp", "Finance/Inv*/**"]

days = st.dates(date(1975, 1, 1), date(2030, 1, 1))
periods = st.builds(Period, st.integers(0, 120), st.integers(0, 30), st.integers(0, 800))
CASE, OTHER = Reference("case_no", "1"), Reference("case_no", "2")
paths = st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=4).map("/".join)
globs = st.lists(st.sampled_from(GLOBS), max_size=2, unique=True).map(tuple)
year = YearEnd("financial year", 3, 31)
triggers = st.sampled_from([
    Trigger(date=DateSource.MODIFIED),
    Trigger(date=DateSource.MODIFIED),
    Trigger(date=DateSource.FIRST_SEEN),
    Trigger(date=DateSource.CREATED, end_of=year),
    Trigger(on=date(2012, 2, 29)),
    Trigger(event="case_closed", key="case_no"),
    Trigger(event="case_closed", key="case_no", reopened_by="case_reopened", plus=Period(months=1)),
    Trigger(person=PersonDate.BIRTH),
    Trigger(person=PersonDate.DEATH, under=Period(years=18)),
])  # fmt: skip
by_outcome = st.builds(ByOutcome, st.just((("proven", Period(years=6)), ("unproven", Period(years=1)))))
spans = st.builds(Span, triggers, periods) | st.builds(
    Span, st.just(Trigger(event="case_closed", key="case_no")), by_outcome
)
clocks = st.recursive(
    spans,
    lambda inner: st.builds(Combined, st.sampled_from(Choice), st.lists(inner, min_size=2, max_size=3).map(tuple)),
    max_leaves=4,
)
tests = st.recursive(
    st.builds(Marked, st.sampled_from(Mark)) | st.builds(HasKind, st.just("UK_NINO"), st.integers(1, 2)),
    lambda inner: (
        st.builds(AllOf, st.tuples(inner, inner)) | st.builds(AnyOf, st.tuples(inner, inner)) | st.builds(Not, inner)
    ),
    max_leaves=3,
)
scopes = st.builds(
    Scope, classes=st.sampled_from([(), (), ("A",), ("*",)]), paths=globs, exclude=st.sampled_from([(), ("**/*.tmp",)])
)
finite = st.sampled_from([Action.REVIEW, Action.ARCHIVE, Action.DISPOSE, Action.REDACT])
transfers = st.sampled_from([Action.TRANSFER_TO_ARCHIVES, Action.TRANSFER_TO_OWNER])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    action = draw(st.one_of(finite, finite, finite, transfers, st.just(Action.KEEP)))
    clock = None if action is Action.KEEP else draw(clocks)
    before = () if clock is None else draw(st.lists(st.builds(Step, finite, clocks), max_size=1).map(tuple))
    match = draw(st.none() | st.none() | tests)
    effective = draw(st.none() | days)
    return Rule(
        draw(st.uuids()).hex, "", draw(scopes), action, clock, "test", before=before, match=match,
        effective_to=effective,
    )  # fmt: skip


schedules = st.builds(
    Schedule,
    id=st.just("s"),
    version=st.just("1"),
    title=st.just(""),
    effective_from=st.just(date(2026, 4, 1)),
    min_observed=st.sampled_from([Period(), Period(days=90)]),
    classes=globs.map(lambda paths: (RecordClass("A", "A", paths), RecordClass("B", "B", ("**",)))),
    rules=st.lists(rules(), max_size=4).map(tuple),
    digest=st.just(""),
)
records = st.builds(
    Record,
    ref=paths.map(lambda path: ItemRef("share", path.encode())),
    service=st.just(""),
    size=st.just(1),
    modified=st.one_of(st.none(), *[days.map(lambda day: datetime.combine(day, time(), UTC))] * 4),
    first_seen=days,
    created=st.none() | days.map(lambda day: datetime.combine(day, time(), UTC)),
    claims=st.sampled_from([
        (), (), (ClassClaim("A", Ground.PERSON, "a"),), (ClassClaim("A", Ground.LABEL, "a"),),
        (ClassClaim("A", Ground.INFERENCE, "a", (0.9,)),),
    ]),
    references=st.sampled_from([(), (CASE,), (CASE, OTHER)]),
    outcome=st.sampled_from([None, Outcome.EXAMINED, Outcome.PARTIAL]),
    assessment=st.none() | st.builds(Assessment, personal=st.booleans(), children=st.booleans()),
    kinds=st.sampled_from([None, {}, {"UK_NINO": (2, 0.9)}]),
    terms=st.sampled_from([None, {}, {"x": 0}, {"x": 1}]),
)  # fmt: skip
registers = st.lists(
    st.builds(
        Event, st.sampled_from([CASE, OTHER]), st.sampled_from(["case_closed", "case_reopened", BIRTH, DEATH]), days,
        st.sampled_from(["", "proven", "unproven", "withdrawn"]),
    ),
    max_size=5,
).map(EventRegister)  # fmt: skip
holds = st.builds(
    Hold, st.uuids().map(str), st.sampled_from(HoldKind), st.just("reason"), st.just("role"),
    st.builds(
        HoldScope, classes=st.sampled_from([(), ("A",)]), paths=globs, begins=st.none() | days,
        terms=st.sampled_from([(), ("x",)]), people=st.sampled_from([(), ("ab",)]),
    ),
    st.sampled_from(HoldStatus), ends_on=st.none() | days,
)  # fmt: skip


@unhurried
@given(record=records, schedule=schedules, added=rules(), today=days, events=registers)
def test_one_more_rule_never_brings_anything_forward(
    record: Record, schedule: Schedule, added: Rule, today: date, events: EventRegister
) -> None:
    before = Decider(schedule, events).decide(record, today)
    after = Decider(replace(schedule, rules=(*schedule.rules, added)), events).decide(record, today)

    if before.state is not State.UNMATCHED:
        assert (after.due or date.max) >= (before.due or date.max)
        assert before.state is State.DUE or after.state is not State.DUE


@unhurried
@given(record=records, schedule=schedules, hold=holds, today=days, events=registers)
def test_a_hold_never_makes_anything_due(
    record: Record, schedule: Schedule, hold: Hold, today: date, events: EventRegister
) -> None:
    before = Decider(schedule, events).decide(record, today)
    after = Decider(schedule, events, [hold]).decide(record, today)

    assert after == before or (after.state, after.action, after.due) == (State.HELD, Action.KEEP, None)
    assert set(before.reasons) <= set(after.reasons)


@unhurried
@given(record=records, schedule=schedules, today=days, events=registers)
def test_every_rule_that_matches_is_explained(
    record: Record, schedule: Schedule, today: date, events: EventRegister
) -> None:
    alone = [Decider(replace(schedule, rules=(rule,)), events).decide(record, today).rule for rule in schedule.rules]

    explanation = explain(Decider(schedule, events).weigh(record, today))

    named = [rule["id"] for rule in explanation.details["rules"]]
    assert {rule for rule in alone if rule} <= set(named)
    assert len(named) == len(set(named))
    assert json.loads(json.dumps(explanation.details)) == explanation.details


@unhurried
@given(record=records, schedule=schedules, today=days)
def test_what_is_due_has_an_action_and_was_observed_and_waiting_has_a_day_to_come(
    record: Record, schedule: Schedule, today: date
) -> None:
    decision = decide(record, schedule, today)

    if decision.state is State.DUE:
        assert decision.due is not None
        assert decision.due <= today
        assert decision.action is not Action.KEEP
        if schedule.min_observed != Period():
            assert decision.due >= add_period(record.first_seen, schedule.min_observed)
    elif decision.due is not None:
        assert decision.due > today
    else:
        assert decision.action is Action.KEEP


@unhurried
@given(record=records, schedule=schedules, today=days)
def test_what_is_due_stays_due_while_the_same_rules_are_in_force(
    record: Record, schedule: Schedule, today: date
) -> None:
    schedule = replace(schedule, rules=tuple(replace(rule, effective_to=None) for rule in schedule.rules))
    decision = decide(record, schedule, today)

    if decision.state is State.DUE:
        later = decide(record, schedule, add_period(today, Period(days=1)))
        assert (later.state, later.due, later.rule) == (State.DUE, decision.due, decision.rule)


@unhurried
@given(one=st.dates(), other=st.dates(), period=periods)
def test_a_later_start_never_ends_sooner(one: date, other: date, period: Period) -> None:
    first, second = sorted((one, other))

    assert first <= add_period(first, period) <= add_period(second, period)


@unhurried
@given(start=st.dates(max_value=date(9000, 1, 1)), period=periods)
def test_twelve_months_are_a_year(start: date, period: Period) -> None:
    in_months = Period(months=period.years * 12 + period.months, days=period.days)

    assert add_period(start, in_months) == add_period(start, period)


@unhurried
@given(years=st.integers(0, 999), months=st.integers(0, 99), extra=st.integers(1, 9999))
def test_a_period_is_read_as_it_was_written(years: int, months: int, extra: int) -> None:
    assert parse_period(f"P{years}Y{months}M{extra}D") == Period(years, months, extra)


characters = st.text("aB[]*?!-./^é", max_size=12)


@unhurried
@given(prefix=st.text("aBé.", min_size=1, max_size=5), rest=characters, path=characters)
def test_a_glob_never_matches_outside_its_prefix(prefix: str, rest: str, path: str) -> None:
    glob = _compiled(f"{prefix}x/{rest}")

    for each in (path, prefix + path, f"{prefix}x/{path}"):
        if glob and glob.matches(each):
            assert each.casefold().startswith(f"{prefix}x/".casefold())


@unhurried
@given(text=st.text("ab[]*!-.é", max_size=8), name=st.text("aBÉ[]*!-.", min_size=1, max_size=8))
def test_within_one_name_a_glob_means_what_it_means_to_the_shell(text: str, name: str) -> None:
    if glob := _compiled(text):
        assert glob.matches(name) == fnmatch.fnmatchcase(name.casefold(), text)


@unhurried
@given(text=st.lists(st.sampled_from(["a", "B", "*", "**", "?"]), max_size=4).map("/".join), path=paths)
def test_a_glob_of_folders_does_not_look_at_the_name(text: str, path: str) -> None:
    glob = _compiled(f"{text}/**" if text else "**")

    assert glob is not None
    assert glob.of_folders
    assert glob.matches(f"{path}/one") == glob.matches(f"{path}/another.tmp")


def _compiled(text: str) -> Glob | None:
    try:
        return compile_glob(text)
    except ValueError:
        return None
