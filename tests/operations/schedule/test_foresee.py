"""What a version changes is found before it is approved, against the version by which flags stand."""

from __future__ import annotations

import pytest
from estates import REGISTER, TERMS, TODAY, fill

from domain.actor import Actor, Grant, Proof, Role
from domain.decision import State
from domain.errors import ConfigurationError
from domain.rule import Schedule
from inventory.engine import reading
from inventory.tables import FlagRow
from operations.schedule.evaluate import evaluate
from operations.schedule.foresee import foresee, predecessor, replaced
from operations.schedule.simulate import Changed
from retention.schedule import parse_schedule

ACTOR = Actor("amy", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
TEXT = """
[schedule]
id = "s"
version = "{version}"
effective_from = 2026-04-01

[[rule]]
id = "R"
scope = {{ paths = ["Finance/**"] }}
trigger = {{ date = 2020-01-01 }}
period = "{period}"
action = "dispose"
authority = "test"
"""


def _version(version: str, period: str) -> Schedule:
    return parse_schedule(TEXT.format(version=version, period=period), "s.toml")


OLD, NEW, OTHER = _version("1", "P20Y"), _version("2", "P1Y"), _version("3", "P2Y")


@pytest.fixture
def filled(trail):
    fill(trail.database, 200)
    return trail


@pytest.fixture
def applied(filled):
    """An inventory in which the old version decides."""
    evaluate(ACTOR, filled, OLD, TODAY, TERMS, REGISTER)
    return filled


def test_the_changes_that_are_listed_are_those_that_evaluation_then_makes(applied):
    listed: list[Changed] = []
    before = predecessor(applied.database, NEW, None, OLD)

    found, foreseen = foresee(applied.database, NEW, before, TODAY, TERMS, REGISTER, listed.append)

    evaluate(ACTOR, applied, NEW, TODAY, TERMS, REGISTER)
    with reading(applied.database) as connection:
        due = connection.execute(FlagRow.__table__.select().where(FlagRow.state == State.DUE)).all()
    assert {one.number for one in listed if one.after.is_due} == {row.item_id for row in due} != set()
    assert found.changed.items == foreseen.changed == len(listed)
    assert foreseen.counts["newly_due"] == len(due)
    assert (foreseen.digest, foreseen.against, foreseen.day) == (NEW.digest, OLD.digest, TODAY)


def test_where_nothing_was_in_force_all_that_is_decided_is_a_change(filled):
    before = predecessor(filled.database, NEW, None, NEW)

    found, foreseen = foresee(filled.database, NEW, before, TODAY, TERMS, REGISTER)

    assert (foreseen.against, found.against) == (None, "no schedule at all")
    assert foreseen.changed >= foreseen.counts["newly_due"] > 0
    evaluate(ACTOR, filled, NEW, TODAY, TERMS, REGISTER)
    _, again = foresee(filled.database, NEW, predecessor(filled.database, NEW, None, None), TODAY, TERMS, REGISTER)
    assert (again.against, again.changed) == (NEW.digest, 0)


def test_a_version_takes_the_place_of_another_once(filled):
    assert replaced(filled.database, OLD) is None
    evaluate(ACTOR, filled, OLD, TODAY, TERMS, REGISTER)
    assert replaced(filled.database, OLD) is None
    assert (replaced(filled.database, NEW).digest, replaced(filled.database, NEW).version) == (OLD.digest, "1")


def test_a_version_that_was_put_back_the_same_day_is_the_one_that_decides(filled):
    for schedule in (OTHER, NEW, OTHER):
        evaluate(ACTOR, filled, schedule, TODAY, TERMS, REGISTER)

    assert replaced(filled.database, NEW).digest == OTHER.digest


def test_what_decides_now_has_to_be_there_to_compare_with(applied):
    for configured in (None, NEW, OTHER):
        with pytest.raises(ConfigurationError, match=rf"version 1, .* SHA-256 {OLD.digest}.*--against OLD"):
            predecessor(applied.database, NEW, None, configured)

    assert not predecessor(applied.database, NEW, OLD, NEW).is_other
    stand_in = predecessor(applied.database, NEW, OTHER, NEW)
    assert (stand_in.digest, stand_in.is_other) == (OTHER.digest, True)
