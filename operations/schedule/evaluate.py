"""Applies the retention schedule to the inventory: a flag for what is due, soon due, or cannot be computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple, TypeAlias

from classifiers.terms import Term
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import Flag, State
from domain.errors import ConfigurationError
from domain.event import EventRegister
from domain.rule import Action, Schedule, Status
from domain.summary import Tally
from inventory.considered import Considered, Standing, considered
from inventory.engine import Database
from inventory.evaluation import Changes, Told, told, write_evaluation
from inventory.review_queue import refill
from inventory.reviews import alone
from operations.access import ask
from operations.config import Settings
from operations.people.approval import refuse_unapproved
from operations.people.audit import Trail
from operations.review.losing import note_lost
from operations.schedule.judging import Judge, grounds_in, judged
from retention.decide import NO_EVENTS, Verdict, Weighing

_SOON = timedelta(days=90)
_NO_FLAG: Standing = (None,) * 6
_UNDER_NO_RULE = (State.UNMATCHED, State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How many items stand where under the schedule, what is due by action, and how many flags that changed.

    `decided` is how many decisions that took: what the schedule cannot tell apart shares one.
    """

    schedule: str
    states: Counter[State]
    due: Counter[Action]
    changed: int
    decided: int = 0


def evaluate(
    actor: Actor,
    trail: Trail,
    schedule: Schedule,
    today: date,
    term_keys: Collection[str] = (),
    events: EventRegister = NO_EVENTS,
) -> Evaluation:
    """Decide on every file (parts inside share its fate; links and pipes are nobody's record) and write what differs,
    in the queues of what waits for a verdict too.

    Holds and what people said of classes are the inventory's. `term_keys` are those of the configured terms as they
    are now: what was tested for an older wording is not tested. Raises ConfigurationError for a schedule that is a
    draft, retired, or not in force yet on that day.
    """
    authority, database, began = ask(actor, Verb.EVALUATE), trail.database, datetime.now(UTC)
    refuse_not_in_force(schedule, today)
    refuse_unapproved(database, schedule)
    judge = Judge(schedule, grounds_in(database, schedule, today, term_keys, events))
    with Changes() as changes:
        found = _judged_all(database, judge, schedule.digest, changes)
        changed = write_evaluation(database, schedule, today, changes, found.under_rule())
    states = found.states()
    with trail.changing(authority) as change:
        alone(change.transaction)
        superseded = note_lost(change, refill(change.transaction, today, evaluated=began).lost)
        change.note(
            Act.SCHEDULE_EVALUATED, f"schedule:{schedule.digest}", version=schedule.version, day=str(today),
            changed=changed, superseded=superseded, **{str(state): count for state, count in sorted(states.items())},
        )  # fmt: skip
    return Evaluation(f"{schedule.title}, version {schedule.version}", states, found.due(), changed, judge.decided)


def weigh(
    database: Database,
    schedule: Schedule,
    locator: bytes,
    today: date,
    term_keys: Collection[str] = (),
    events: EventRegister = NO_EVENTS,
) -> tuple[Weighing, ...]:
    """What the decision on the file at a path is made of, in every source that has one. Writes nothing."""
    judge = Judge(schedule, grounds_in(database, schedule, today, term_keys, events))
    with considered(database, judge.asked) as estate:
        return tuple(judge.weigh(one, estate.folders[one.folder]) for one in estate.at(locator))


def term_keys(settings: Settings) -> tuple[str, ...]:
    """The keys of the configured terms, which change with their wording."""
    return tuple(Term(term.id, term.phrases).key for term in settings.terms)


def bare_flag(found: Verdict, today: date) -> Flag | None:
    """What is to be kept of a verdict, without its words: where the item is not due, a step before may be."""
    if found.state is State.KEPT:
        early = next((step for step in found.meanwhile if step.due and step.due <= today), None)
        if early is not None:
            return Flag(State.DUE, early.action, early.due, found.rule, "")
    if found.state in _FLAGGED or (found.due is not None and found.due <= today + _SOON):
        return Flag(found.state, found.action, found.due, found.rule, "")
    return None


_FLAGGED = (State.DUE, State.OBSERVED, State.UNCOMPUTABLE)


class _Ought(NamedTuple):
    """What flag files ought to have, with its schedule as it stands where they have it, and what they are added to."""

    flag: Told
    standing: Standing
    sums: dict[str, list[int]]


_Outcome: TypeAlias = tuple[State, Action, bool]
"""State, action, and whether a rule was found."""


@dataclass(slots=True)
class _Findings:
    """Items and bytes by outcome and service."""

    sums: dict[_Outcome, dict[str, list[int]]] = field(default_factory=dict)

    def states(self) -> Counter[State]:
        found = Counter[State]()
        for (state, _, _), services in self.sums.items():
            found[state] += sum(items for items, _ in services.values())
        return found

    def due(self) -> Counter[Action]:
        found = Counter[Action]()
        for (state, action, _), services in self.sums.items():
            if state is State.DUE:
                found[action] += sum(items for items, _ in services.values())
        return found

    def under_rule(self) -> dict[str, Tally]:
        found: dict[str, Tally] = {}
        for (state, _, is_ruled), services in self.sums.items():
            if is_ruled and state not in _UNDER_NO_RULE:
                for service, sums in services.items():
                    found[service] = found.get(service, Tally()) + Tally(*sums)
        return found


def _judged_all(database: Database, judge: Judge, digest: str, changes: Changes) -> _Findings:
    found = _Findings()

    def answer(_: Considered, verdicts: Sequence[Verdict]) -> _Ought:
        (verdict,) = verdicts
        sums = found.sums.setdefault((verdict.state, verdict.action, verdict.rule is not None), {})
        bare = bare_flag(verdict, judge.today)
        if bare is None:
            return _Ought((), _NO_FLAG, sums)
        flag = told(replace(bare, sentence=judge.sentence(verdict)))
        return _Ought(flag, (digest, *flag), sums)

    with considered(database, judge.asked) as estate:
        for one, (flag, standing, sums) in judged(estate, [judge], answer):
            held = sums.setdefault(estate.folders[one.folder].service, [0, 0])
            held[0] += 1
            held[1] += one.size
            if one.standing != standing:
                changes.add(one.number, flag)
    return found


def refuse_not_in_force(schedule: Schedule, today: date) -> None:
    """Raises ConfigurationError for a schedule that is a draft, retired, or not in force yet on that day."""
    if today < schedule.effective_from:
        raise ConfigurationError(f"This schedule is in force from {schedule.effective_from}, not yet on {today}.")
    if schedule.status is not Status.APPROVED:
        raise ConfigurationError(
            f'This schedule is of status "{schedule.status}", which decides nothing. Have it approved, then write'
            ' status = "approved" under [schedule].'
        )
