"""Applies the retention schedule to the inventory: a flag for what is due, soon due, or cannot be computed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from domain.actor import Actor, Verb
from domain.audit import Act
from domain.decision import Decision, Flag, State
from domain.errors import ConfigurationError
from domain.rule import Action, Schedule
from domain.summary import Tally
from inventory.evaluation import write_evaluation
from inventory.queries import Inventory, Narrowing
from operations.access import ask
from operations.audit import Trail
from retention.decide import Decider

_SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How many items stand where under the schedule, what is due by action, and how many flags that changed."""

    schedule: str
    states: Counter[State]
    due: Counter[Action]
    changed: int


def evaluate(actor: Actor, trail: Trail, schedule: Schedule, today: date) -> Evaluation:
    """Decide on every file (parts inside share its fate; links and pipes are nobody's record) and write what differs.

    Raises ConfigurationError for a schedule that is not in force yet on that day.
    """
    authority = ask(actor, Verb.EVALUATE)
    database = trail.database
    if today < schedule.effective_from:
        raise ConfigurationError(f"This schedule is in force from {schedule.effective_from}, not yet on {today}.")
    states: Counter[State] = Counter()
    due: Counter[Action] = Counter()
    flags: dict[int, Flag] = {}
    under_rule: dict[str, Tally] = {}
    decider = Decider(schedule)
    for held in Inventory(database).held(Narrowing(files=True)):
        decision = decider.decide(held.record, today)
        states[decision.state] += 1
        if decision.rule is not None:
            service = held.record.service
            under_rule[service] = under_rule.get(service, Tally()) + Tally(1, held.record.size)
        if decision.state is State.DUE:
            due[decision.action] += 1
        if _is_to_be_flagged(decision, today):
            flags[held.number] = _flag(decision)
    changed = write_evaluation(database, schedule, today, flags, under_rule)
    trail.note(
        authority, Act.SCHEDULE_EVALUATED, f"schedule:{schedule.digest}", version=schedule.version, day=str(today),
        changed=changed, **{str(state): count for state, count in sorted(states.items())},
    )  # fmt: skip
    return Evaluation(f"{schedule.title}, version {schedule.version}", states, due, changed)


def _is_to_be_flagged(decision: Decision, today: date) -> bool:
    if decision.state in (State.DUE, State.OBSERVED, State.UNCOMPUTABLE):
        return True
    return decision.due is not None and decision.due <= today + _SOON


def _flag(decision: Decision) -> Flag:
    sentence = " ".join(reason.sentence for reason in decision.reasons)
    return Flag(decision.state, decision.action, decision.due, decision.rule, sentence)
