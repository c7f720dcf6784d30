"""A simulation says what an evaluation would come to, and changes nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from estates import REGISTER, TERMS, TODAY, fill, holds, schedules
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import AuditKey
from domain.decision import State
from domain.errors import ConfigurationError
from domain.hold import Hold, HoldKind, HoldScope, HoldStatus
from domain.rule import Schedule, Status
from inventory.engine import Database, open_inventory, reading
from inventory.tables import Base
from operations.people.audit import Trail
from operations.schedule.evaluate import evaluate
from operations.schedule.judging import Grounds, grounds_in
from operations.schedule.simulate import Effect, changes, on_trial, simulate
from retention.schedule import parse_schedule

ACTOR = Actor("amy", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
GROUNDS = Grounds(TODAY, TERMS, REGISTER)
unhurried = settings(
    deadline=None, max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)  # fmt: skip


@pytest.fixture(scope="module", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.servers)])
def trail(request, tmp_path_factory) -> Trail:
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres_server").fresh()
    else:
        url = f"sqlite:///{tmp_path_factory.mktemp('simulated')}/inventory.db"
    database = open_inventory(url, create=True)
    fill(database, 200)
    yield Trail(database, AuditKey(b"k" * 32))
    database.dispose()


def _grounds(database: Database, *schedules: Schedule) -> Grounds:
    rules = tuple(rule for schedule in schedules for rule in schedule.rules)
    return grounds_in(database, replace(schedules[0], rules=rules), TODAY, TERMS, REGISTER)


def _rows(database: Database) -> dict[str, list[tuple[object, ...]]]:
    with reading(database) as connection:
        tables = Base.metadata.tables.values()
        return {table.name: sorted(map(tuple, connection.execute(table.select())), key=repr) for table in tables}


def _flags(database: Database) -> dict[int, tuple[object, ...]]:
    return {row[0]: row[2:6] for row in _rows(database)["flag"]}


def _evaluate(trail: Trail, schedule: Schedule) -> int:
    return evaluate(ACTOR, trail, schedule, TODAY, TERMS, REGISTER).changed


@unhurried
@given(old=schedules, new=schedules)
def test_what_is_simulated_is_what_evaluation_then_flags(trail: Trail, old: Schedule, new: Schedule) -> None:
    _evaluate(trail, old)
    before = _flags(trail.database)

    grounds = _grounds(trail.database, new, old)
    said = {one.number: one for one in changes(trail.database, new, old, grounds)}
    _evaluate(trail, new)

    after = _flags(trail.database)
    assert {number for number in before | after if before.get(number) != after.get(number)} <= said.keys()
    for number, one in said.items():
        flag = after.get(number)
        assert flag is None or flag == (one.after.state, one.after.action, one.after.due, one.after.rule)
        assert (flag is not None and flag[0] == State.DUE) == one.after.is_due
        assert (before.get(number, ("",))[0] == State.DUE) == one.before.is_due
        assert one.contradicts == (number in before and before[number] != (flag or _held_as(one)))


def _held_as(one):
    return (one.after.state, one.after.action, one.after.due, one.after.rule)


@unhurried
@given(schedule=schedules)
def test_a_second_night_changes_no_flag_and_no_sum(trail: Trail, schedule: Schedule) -> None:
    _evaluate(trail, schedule)
    before = _rows(trail.database)

    assert _evaluate(trail, schedule) == 0

    after = _rows(trail.database)
    assert {name for name in after if after[name] != before[name]} == {"audit"}


@unhurried
@given(old=schedules, new=schedules, held=st.lists(holds, max_size=1).map(tuple))
def test_nothing_is_written_and_the_same_is_drawn_again(
    trail: Trail, old: Schedule, new: Schedule, held: tuple[Hold, ...]
) -> None:
    before = _rows(trail.database)
    grounds = replace(GROUNDS, holds=held)

    first, again = (simulate(trail.database, new, old, grounds, seed=7) for _ in range(2))

    assert _rows(trail.database) == before
    assert first == again
    assert len(first.examples) == min(20, first.changed.items)
    blocked = [one for one in changes(trail.database, new, old, grounds) if Effect.BLOCKED in one.effects]
    assert all(one.after.state is State.HELD for one in blocked)


@unhurried
@given(old=schedules, new=schedules)
def test_one_rule_is_compared_where_it_can_be_about_something(trail: Trail, old: Schedule, new: Schedule) -> None:
    """Folders that a changed rule cannot touch are not read, and it comes to the same as reading them."""
    for rule in new.rules[:2]:
        draft = on_trial(new, old, rule.id)
        found = {one.number: one for one in changes(trail.database, draft, old, GROUNDS)}
        # A hold that is over changes nothing, and the whole estate is read for it.
        everywhere = changes(trail.database, replace(draft, holds=(OVER,)), old, GROUNDS)
        assert {one.number: one for one in everywhere} == found


OVER = Hold("over", HoldKind.AUDIT, "reason", "role", HoldScope(), HoldStatus.RELEASED)


SCHEDULE = """
[schedule]
id = "s"
version = "{version}"
status = "{status}"
effective_from = 2026-04-01

[[rule]]
id = "R"
scope = {{ paths = ["Finance/**"] }}
trigger = {{ date = 2020-01-01 }}
period = "{period}"
action = "dispose"
authority = "test"
"""


def _schedule(version: str, period: str, status: str = "approved") -> Schedule:
    return parse_schedule(SCHEDULE.format(version=version, period=period, status=status), "s.toml")


def test_a_shorter_period_makes_due_what_was_observed(trail):
    found = simulate(trail.database, _schedule("2", "P1Y"), _schedule("1", "P20Y"), GROUNDS)

    due = found.of(Effect.NEWLY_DUE)
    assert due.items > 0
    assert found.freed == due.bytes
    assert {one.path.partition("/")[0] for one in found.examples} == {"Finance"}
    assert found.of(Effect.NO_LONGER_DUE).items == 0
    back = simulate(trail.database, _schedule("1", "P20Y"), _schedule("2", "P1Y"), GROUNDS)
    assert back.of(Effect.NO_LONGER_DUE) == due
    assert back.kept == due.bytes


def test_a_draft_is_tried_as_if_it_were_approved():
    drafted = replace(_schedule("2", "P1Y", "draft"), rules=())
    rule = replace(_schedule("2", "P1Y").rules[0], status=Status.DRAFT)

    assert on_trial(replace(drafted, rules=(rule,)), drafted).rules[0].status is Status.APPROVED
    approved = replace(drafted, status=Status.APPROVED, rules=(rule,))
    assert on_trial(approved, drafted).rules[0].status is Status.DRAFT
    with pytest.raises(ConfigurationError, match="no rule 'X'"):
        on_trial(approved, drafted, "X")
