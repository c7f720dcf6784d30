"""Applies the retention schedule to the inventory: a flag for what is due, soon due, or cannot be computed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, timedelta

from classifiers.terms import Term
from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import Decision, Flag, State
from domain.errors import ConfigurationError
from domain.record import Record
from domain.rule import Action, Schedule, Status
from domain.summary import Tally
from inventory.engine import Database
from inventory.evaluation import write_evaluation
from inventory.queries import Inventory, Narrowing
from operations.access import ask
from operations.audit import Trail
from operations.config import Settings
from retention.decide import Decider, Weighing

_SOON = timedelta(days=90)
_UNDER_NO_RULE = (State.UNMATCHED, State.PROPOSED)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How many items stand where under the schedule, what is due by action, and how many flags that changed."""

    schedule: str
    states: Counter[State]
    due: Counter[Action]
    changed: int


def evaluate(
    actor: Actor, trail: Trail, schedule: Schedule, today: date, term_keys: Collection[str] = ()
) -> Evaluation:
    """Decide on every file (parts inside share its fate; links and pipes are nobody's record) and write what differs.

    `term_keys` are those of the configured terms as they are now: what was tested for an older wording is not tested.
    Raises ConfigurationError for a schedule that is a draft, retired, or not in force yet on that day.
    """
    authority = ask(actor, Verb.EVALUATE)
    database = trail.database
    _check_in_force(schedule, today)
    states: Counter[State] = Counter()
    due: Counter[Action] = Counter()
    flags: dict[int, Flag] = {}
    under_rule: dict[str, Tally] = {}
    decider = Decider(schedule)
    for held in Inventory(database).held(Narrowing(files=True)):
        decision = decider.decide(with_terms(held.record, term_keys), today)
        states[decision.state] += 1
        if decision.rule is not None and decision.state not in _UNDER_NO_RULE:
            service = held.record.service
            under_rule[service] = under_rule.get(service, Tally()) + Tally(1, held.record.size)
        if decision.state is State.DUE:
            due[decision.action] += 1
        if flag := _flag(decision, today):
            flags[held.number] = flag
    changed = write_evaluation(database, schedule, today, flags, under_rule)
    trail.note(
        authority, Act.SCHEDULE_EVALUATED, f"schedule:{schedule.digest}", version=schedule.version, day=str(today),
        changed=changed, **{str(state): count for state, count in sorted(states.items())},
    )  # fmt: skip
    return Evaluation(f"{schedule.title}, version {schedule.version}", states, due, changed)


def weigh(
    database: Database, schedule: Schedule, locator: bytes, today: date, term_keys: Collection[str] = ()
) -> tuple[Weighing, ...]:
    """What the decision on the items at a path is made of, in every source that has one. Writes nothing."""
    decider = Decider(schedule)
    return tuple(decider.weigh(with_terms(held.record, term_keys), today) for held in Inventory(database).at(locator))


def term_keys(settings: Settings) -> tuple[str, ...]:
    """The keys of the configured terms, which change with their wording."""
    return tuple(Term(term.id, term.phrases).key for term in settings.terms)


def with_terms(record: Record, term_keys: Collection[str]) -> Record:
    """The record with what was tested for the terms as they are now worded, each under its id alone."""
    if not record.terms:
        return record
    return replace(record, terms={key.partition("@")[0]: record.terms[key] for key in term_keys if key in record.terms})


def _check_in_force(schedule: Schedule, today: date) -> None:
    if today < schedule.effective_from:
        raise ConfigurationError(f"This schedule is in force from {schedule.effective_from}, not yet on {today}.")
    if schedule.status is not Status.APPROVED:
        raise ConfigurationError(
            f'This schedule is of status "{schedule.status}", which decides nothing. Have it approved, then write'
            ' status = "approved" under [schedule].'
        )


def _flag(decision: Decision, today: date) -> Flag | None:
    """What is to be kept of a decision: where the item is not due, a step before may be."""
    sentence = " ".join(reason.sentence for reason in decision.reasons)
    early = next((step for step in decision.meanwhile if step.due and step.due <= today), None)
    if early is not None and decision.state is State.KEPT:
        return Flag(State.DUE, early.action, early.due, decision.rule, sentence)
    if decision.state in (State.DUE, State.OBSERVED, State.UNCOMPUTABLE) or _is_soon(decision, today):
        return Flag(decision.state, decision.action, decision.due, decision.rule, sentence)
    return None


def _is_soon(decision: Decision, today: date) -> bool:
    return decision.due is not None and decision.due <= today + _SOON
