"""Applies the retention schedule to the inventory: a flag for what is due, soon due, or cannot be computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import TypeAlias

from classifiers.terms import Term
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import Decision, Flag, State
from domain.errors import ConfigurationError
from domain.event import EventRegister
from domain.rule import Action, Schedule, Status
from domain.summary import Tally
from inventory.considered import Considered, Standing, considered
from inventory.engine import Database
from inventory.evaluation import write_evaluation
from operations.access import ask
from operations.approval import refuse_unapproved
from operations.audit import Trail
from operations.config import Settings
from operations.judging import Judge, grounds_in, judged
from retention.decide import NO_EVENTS, Weighing

_SOON = timedelta(days=90)
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
    """Decide on every file (parts inside share its fate; links and pipes are nobody's record) and write what differs.

    Holds and what people said of classes are the inventory's. `term_keys` are those of the configured terms as they
    are now: what was tested for an older wording is not tested. Raises ConfigurationError for a schedule that is a
    draft, retired, or not in force yet on that day.
    """
    authority = ask(actor, Verb.EVALUATE)
    database = trail.database
    _check_in_force(schedule, today)
    refuse_unapproved(database, schedule)
    judge = Judge(schedule, grounds_in(database, schedule, today, term_keys, events))
    found = _judged_all(database, judge, schedule.digest, today)
    changed = write_evaluation(database, schedule, today, found.changes, found.under_rule())
    states, due = found.states(), found.due()
    trail.note(
        authority, Act.SCHEDULE_EVALUATED, f"schedule:{schedule.digest}", version=schedule.version, day=str(today),
        changed=changed, **{str(state): count for state, count in sorted(states.items())},
    )  # fmt: skip
    return Evaluation(f"{schedule.title}, version {schedule.version}", states, due, changed, judge.decided)


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


def flag_of(decision: Decision, today: date) -> Flag | None:
    """What is to be kept of a decision: where the item is not due, a step before may be."""
    sentence = " ".join(reason.sentence for reason in decision.reasons)
    early = next((step for step in decision.meanwhile if step.due and step.due <= today), None)
    if early is not None and decision.state is State.KEPT:
        return Flag(State.DUE, early.action, early.due, decision.rule, sentence)
    if decision.state in (State.DUE, State.OBSERVED, State.UNCOMPUTABLE) or _is_soon(decision, today):
        return Flag(decision.state, decision.action, decision.due, decision.rule, sentence)
    return None


def standing_of(flag: Flag | None, digest: str) -> Standing:
    """A flag as the inventory gives it back, made by the schedule of that digest."""
    if flag is None:
        return NOT_STANDING
    due = None if flag.due is None else str(flag.due)
    return (digest, str(flag.state), str(flag.action), due, flag.rule, flag.sentence)


NOT_STANDING: Standing = (None,) * 6


_Outcome: TypeAlias = tuple[State, Action, bool]
"""State, action, and whether a rule was found."""


@dataclass(slots=True)
class _Findings:
    """Items and bytes by outcome and service, and the flags that are to change."""

    sums: dict[_Outcome, dict[str, list[int]]] = field(default_factory=dict)
    changes: dict[int, Flag | None] = field(default_factory=dict)

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


def _judged_all(database: Database, judge: Judge, digest: str, today: date) -> _Findings:
    found = _Findings()

    def answer(_: Considered, decisions: Sequence[Decision]) -> tuple[Flag | None, Standing, dict[str, list[int]]]:
        (decision,) = decisions
        flag = flag_of(decision, today)
        sums = found.sums.setdefault((decision.state, decision.action, decision.rule is not None), {})
        return flag, standing_of(flag, digest), sums

    with considered(database, judge.asked) as estate:
        for one, (flag, standing, sums) in judged(estate, [judge], answer):
            held = sums.setdefault(estate.folders[one.folder].service, [0, 0])
            held[0] += 1
            held[1] += one.size
            if one.standing != standing:
                found.changes[one.number] = flag
    return found


def _check_in_force(schedule: Schedule, today: date) -> None:
    if today < schedule.effective_from:
        raise ConfigurationError(f"This schedule is in force from {schedule.effective_from}, not yet on {today}.")
    if schedule.status is not Status.APPROVED:
        raise ConfigurationError(
            f'This schedule is of status "{schedule.status}", which decides nothing. Have it approved, then write'
            ' status = "approved" under [schedule].'
        )


def _is_soon(decision: Decision, today: date) -> bool:
    return decision.due is not None and decision.due <= today + _SOON
