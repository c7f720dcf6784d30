"""What holds whatever the schedule, the item and the day."""

from __future__ import annotations

import fnmatch
from dataclasses import replace
from datetime import UTC, date, datetime, time

from hypothesis import given, settings
from hypothesis import strategies as st

from domain.decision import State
from domain.item import ItemRef
from domain.record import Record
from domain.rule import Action, DateSource, Period, RecordClass, Rule, Schedule, Scope, Span, Trigger
from retention.decide import decide
from retention.glob import Glob, compile_glob
from retention.period import add_period, parse_period

unhurried = settings(deadline=None)  # how fast the machine is proves nothing

FOLDERS = ["Finance", "finance", "Invoices", "HR", "a.tmp"]
GLOBS = ["**", "Finance/**", "**/Invoices/**", "HR/*", "**/*.tmp", "Finance/Inv*/**"]

days = st.dates(date(1975, 1, 1), date(2030, 1, 1))
periods = st.builds(Period, st.integers(0, 120), st.integers(0, 30), st.integers(0, 800))
paths = st.lists(st.sampled_from(FOLDERS), min_size=1, max_size=4).map("/".join)
globs = st.lists(st.sampled_from(GLOBS), max_size=2, unique=True).map(tuple)
triggers = st.sampled_from([
    Trigger(date=DateSource.MODIFIED),
    Trigger(date=DateSource.MODIFIED),
    Trigger(date=DateSource.FIRST_SEEN),
    Trigger(event="case_closed", key="case_no"),
])  # fmt: skip
scopes = st.builds(
    Scope, classes=st.sampled_from([(), (), ("A",), ("*",)]), paths=globs, exclude=st.sampled_from([(), ("**/*.tmp",)])
)
finite = st.sampled_from([Action.REVIEW, Action.ARCHIVE, Action.DISPOSE])


@st.composite
def rules(draw: st.DrawFn) -> Rule:
    action = draw(st.one_of(finite, finite, finite, st.just(Action.KEEP)))
    clock = None if action is Action.KEEP else Span(draw(triggers), draw(periods))
    return Rule(draw(st.uuids()).hex, "", draw(scopes), action, clock, "test")


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
)


@unhurried
@given(record=records, schedule=schedules, added=rules(), today=days)
def test_one_more_rule_never_brings_anything_forward(
    record: Record, schedule: Schedule, added: Rule, today: date
) -> None:
    before = decide(record, schedule, today)
    after = decide(record, replace(schedule, rules=(*schedule.rules, added)), today)

    if before.state is not State.UNMATCHED:
        assert (after.due or date.max) >= (before.due or date.max)
        assert before.state is State.DUE or after.state is not State.DUE


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
def test_what_is_due_stays_due(record: Record, schedule: Schedule, today: date) -> None:
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
