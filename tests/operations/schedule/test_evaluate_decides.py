"""What evaluation keeps of a decision: steps that may be taken early, and terms tested in the words they have now."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from scan_driver import FILES, scan

from domain.actor import Actor, Grant, Proof, Role
from domain.decision import State
from domain.errors import ConfigurationError
from domain.item import ItemRef
from domain.record import Record
from domain.rule import Action
from inventory.queries import Inventory, Narrowing
from operations.schedule.evaluate import evaluate, weigh
from operations.schedule.judging import with_terms
from retention.schedule import parse_schedule

TODAY = date(2026, 11, 22)
ACTOR = Actor("amy", (Grant(Role.RECORDS_MANAGER),), Proof.PASSWORD)
STEPS = """\
[schedule]
id = "s"
version = "1"
effective_from = 2026-04-01
min_observed = "P0D"

[[rule]]
id = "R"
scope = { paths = ["Finance/**"] }
steps = [{ action = "archive", trigger = { date = "modified" }, period = "P1Y" }, { action = "dispose" }]
trigger = { date = "modified" }
period = "P50Y"
authority = "test"

[[rule]]
id = "ROT"
scope = { paths = ["a.txt"] }
trigger = { date = "modified" }
period = "P1Y"
action = "dispose"
purpose = "rot"
authority = "test"
"""


@pytest.fixture
def trail(trail):
    scan(trail.database, FILES)
    return trail


def test_a_step_before_the_last_is_flagged_and_a_proposal_is_never_due(trail):
    evaluation = evaluate(ACTOR, trail, parse_schedule(STEPS, "s.toml"), TODAY)

    flags = {held.record.ref.path: held.flag for held in Inventory(trail.database).held(Narrowing(files=True))}
    assert evaluation.states == {State.KEPT: 2, State.PROPOSED: 1}
    assert flags["a.txt"].state is State.PROPOSED
    assert (flags["Finance/b.txt"].state, flags["Finance/b.txt"].action) == (State.DUE, Action.ARCHIVE)
    assert evaluate(ACTOR, trail, parse_schedule(STEPS, "s.toml"), TODAY).changed == 0


@pytest.mark.parametrize(("day", "state"), [(date(2026, 5, 30), State.OBSERVED), (date(2026, 5, 31), State.DUE)])
def test_nothing_is_put_forward_before_ninety_days_of_observation(trail, day, state):
    """Its period ended years ago; it was first seen on 2 March 2026."""
    schedule = parse_schedule(STEPS.replace('min_observed = "P0D"\n', "").replace("P50Y", "P1Y"), "s.toml")

    evaluation = evaluate(ACTOR, trail, schedule, day)

    flags = {held.record.ref.path: held.flag for held in Inventory(trail.database).held(Narrowing(files=True))}
    assert (flags["Finance/b.txt"].state, flags["Finance/b.txt"].due) == (state, date(2026, 5, 31))
    assert evaluation.states[state] == 2


def test_only_record_rules_count_as_a_rule(trail):
    evaluate(ACTOR, trail, parse_schedule(STEPS, "s.toml"), TODAY)

    under = {estate.service: estate.under_rule.items for estate in Inventory(trail.database).services()}
    assert under == {"Finance": 2, "Top": 0}


def test_what_a_decision_is_made_of_is_found_by_path(trail):
    schedule = parse_schedule(STEPS, "s.toml")

    (weighing,) = weigh(trail.database, schedule, b"Finance/b.txt", TODAY)

    assert weighing.decision.rule == "R"
    assert weigh(trail.database, schedule, b"Finance/none.txt", TODAY) == ()


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_a_schedule_that_nobody_approved_decides_nothing(trail, status):
    schedule = parse_schedule(STEPS.replace("min_observed", f'status = "{status}"\nmin_observed'), "s.toml")

    with pytest.raises(ConfigurationError, match=f'of status "{status}", which decides nothing'):
        evaluate(ACTOR, trail, schedule, TODAY)


def test_a_term_tested_in_other_words_is_not_tested():
    terms = {"contract@11111111": 3, "badge@22222222": 0}
    record = Record(ItemRef("share", b"a"), "", 1, datetime(2012, 5, 4, tzinfo=UTC), TODAY, terms=terms)

    assert with_terms(record, ["contract@99999999", "badge@22222222"]).terms == {"badge": 0}
