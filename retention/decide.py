"""Decides what the schedule says should become of an item, with the reasons. Pure: today is an argument."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import lru_cache

from domain.decision import Decision, Reason, State
from domain.record import Record
from domain.rule import Action, Period, Schedule
from retention.conditions import Applicable, Conditions
from retention.period import add_period
from retention.precedence import set_aside, strongest_first
from retention.trigger import Claim, Length, claim_of, in_words


def decide(record: Record, schedule: Schedule, today: date) -> Decision:
    """What `schedule` says of one record. For many records make one `Decider`, which spares finding it again."""
    return _decider(schedule).decide(record, today)


class Decider:
    """A schedule made ready for deciding on many records. It remembers folders, and nothing that alters an answer."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule
        self._conditions = Conditions(schedule)

    def decide(self, record: Record, today: date) -> Decision:
        """Nothing is due before the period of the longest rule is over and the item was observed for long enough.

        The reasons begin with the rule that decided and name every other that matched, and why it did not decide.
        """
        applicable = self._conditions.applicable(record)
        claims = strongest_first(claim_of(scoped, record, today) for scoped in applicable.rules)
        if not claims:
            return _unmatched(applicable)
        observed = _observed(record.first_seen, self._schedule.min_observed)
        state, due = _standing(claims[0], observed, today)
        action = Action.KEEP if due is None else claims[0].rule.action
        reasons = (*self._reasons(claims, record.first_seen, observed), *applicable.reasons)
        return Decision(state, action, due, claims[0].rule.id, applicable.record_class, reasons)

    def _reasons(self, claims: list[Claim], first_seen: date, observed: date) -> Iterator[Reason]:
        winner, *losers = claims
        yield Reason(winner.rule.id, f"{winner.sentence}.")
        if winner.due is not None and observed > winner.due:
            yield Reason("observation", _observation(first_seen, observed, self._schedule.min_observed))
        yield from (set_aside(winner, loser) for loser in losers)


@lru_cache(maxsize=4)
def _decider(schedule: Schedule) -> Decider:
    return Decider(schedule)


def _observed(first_seen: date, period: Period) -> date:
    """The end of observation, which a schedule of no observation does not have: its periods alone decide."""
    return date.min if period == Period() else add_period(first_seen, period)


def _standing(winner: Claim, observed: date, today: date) -> tuple[State, date | None]:
    if winner.due is None:
        return (State.KEPT if winner.length is Length.FOR_EVER else State.UNCOMPUTABLE), None
    due = max(winner.due, observed)
    if due <= today:
        return State.DUE, due
    return (State.OBSERVED if winner.due <= today else State.KEPT), due


def _observation(first_seen: date, observed: date, period: Period) -> str:
    counted = f"nothing is due before it was observed for {period}, on {in_words(observed)}"
    return f"First seen on {in_words(first_seen)}; {counted}."


def _unmatched(applicable: Applicable) -> Decision:
    of_class = applicable.record_class
    why = f"No rule is about class {of_class} here" if of_class else "No class is mapped to it and no rule is about it"
    kept = Reason("class", f"{why}; kept, and reported as unmatched.")
    reasons = (kept, *applicable.reasons)
    return Decision(State.UNMATCHED, Action.KEEP, None, None, of_class, reasons)
