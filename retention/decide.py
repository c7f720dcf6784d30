"""Decides what the schedule says should become of an item, with the reasons. Pure: today is an argument."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from domain.decision import Decision, Reason, State, StepDue
from domain.event import EventRegister, Reference
from domain.hold import Hold
from domain.record import Record
from domain.rule import Action, Period, Purpose, Schedule
from retention.claim import Claim, Length, counted, settled
from retention.clock import Circumstances, Counted
from retention.conditions import Applicable, Conditions, ScopedRule
from retention.content_tests import answer
from retention.evidence import Days, days_of
from retention.holding import Held, holds_on
from retention.period import add_period
from retention.precedence import last_day, set_aside, strongest_first
from retention.references import ReferenceFinder
from retention.words import in_words

NO_EVENTS = EventRegister()
_SPANS_REMEMBERED = 200_000


def decide(
    record: Record,
    schedule: Schedule,
    today: date,
    *,
    events: EventRegister = NO_EVENTS,
    holds: tuple[Hold, ...] = (),
) -> Decision:
    """What `schedule` says of one record. For many records make one `Decider`, which spares finding it again."""
    return _decider(schedule, events, holds).decide(record, today)


@dataclass(frozen=True, slots=True)
class Weighing:
    """All that a decision was made of. `claims` stand strongest first; `beaten` are rules of rival classes, which would
    be about the item if it were of those; `resting` are about it and not in force.
    """

    decision: Decision
    applicable: Applicable
    circumstances: Circumstances
    claims: tuple[Claim, ...]
    beaten: tuple[Claim, ...]
    resting: tuple[str, ...]
    holds: tuple[Held, ...]
    observed: date


@dataclass(frozen=True, slots=True)
class Situation:
    """All that a schedule sees of an item on a day but its dates. `settled` is what rules say whatever those are,
    `counted` are the rules whose periods are still to be counted, `holds` those that are not surely about others.
    """

    record: Record
    references: tuple[Reference, ...]
    applicable: Applicable
    settled: tuple[Claim, ...]
    counted: tuple[ScopedRule, ...]
    resting: tuple[str, ...]
    holds: tuple[Hold, ...]
    today: date

    def is_like(self, other: Situation) -> bool:
        """Whether both come to the same on the same dates, in all but their words."""
        mine, others = (
            (each.applicable.claims, each.applicable.rules, each.settled, each.counted, each.references, each.holds)
            for each in (self, other)
        )
        return self.today == other.today and mine == others


class Verdict(NamedTuple):
    """What should become of an item, and what that follows from; `Decider.decision` tells it in words.

    `claims` stand strongest first, `beaten` are those of rival classes. `due` is what a `Decision` has.
    """

    situation: Situation
    days: Days
    claims: Sequence[Claim]
    beaten: Sequence[Claim]
    holds: tuple[Held, ...]
    observed: date
    state: State
    due: date | None

    @property
    def rule(self) -> str | None:
        return self.claims[0].rule.id if self.claims else None

    @property
    def action(self) -> Action:
        return Action.KEEP if self.due is None else _same_day(self.claims[0])[0][0]

    @property
    def record_class(self) -> str | None:
        return self.situation.applicable.record_class

    @property
    def meanwhile(self) -> tuple[StepDue, ...]:
        """The steps before the last that have a day of their own; none while the item is held."""
        return () if self.holds or not self.claims else _meanwhile(self.claims[0], self.observed)


class Decider:
    """A schedule made ready for deciding on many records, with what was reported and what is held.

    It remembers folders and what periods come to, and nothing that alters an answer. `holds` come on top of those
    in the schedule.
    """

    def __init__(self, schedule: Schedule, events: EventRegister = NO_EVENTS, holds: Iterable[Hold] = ()) -> None:
        self._schedule = schedule
        self._events = events
        self._holds = (*schedule.holds, *holds)
        self._conditions = Conditions(schedule)
        self._references = ReferenceFinder(schedule.keys)
        self._risks = {each.id: each.risk for each in schedule.classes}
        self._spans: Counted = {}

    def decide(self, record: Record, today: date) -> Decision:
        """Nothing is due before the period of the longest rule is over and the item was observed for long enough.

        The reasons begin with the holds, or the rule that decided, and name every other that matched, and why it did
        not decide.
        """
        return self.weigh(record, today).decision

    def weigh(self, record: Record, today: date) -> Weighing:
        situation, days = self.situation(record, today), days_of(record.own_dates, today)
        found = self.verdict(situation, days)
        return Weighing(
            self.decision(found), situation.applicable, self._around(situation, days), tuple(found.claims),
            tuple(strongest_first(found.beaten)), situation.resting, found.holds, found.observed,
        )  # fmt: skip

    def situation(self, record: Record, today: date) -> Situation:
        """What holds for a record, and for every other that is like it in all but its dates."""
        applicable = self._conditions.applicable(record)
        effective = applicable.claims[0] if applicable.claims else None
        risk = self._risks.get(effective.record_class) if effective else None
        said: list[Claim] = []
        counted = []
        for each in applicable.rules:
            matches = answer(each.rule.match, record) if each.rule.match else True
            if matches is not False and each.rule.decides_on(today):
                claim = settled(each, matches, effective, risk)
                said += [claim] if claim else []
                counted += [] if claim else [each]
        resting = tuple(s.rule.id for s in applicable.rules if s.rival is None and not s.rule.decides_on(today))
        classes = [claim.record_class for claim in applicable.claims]
        held = holds_on(record, classes, (), self._holds, today) if self._holds else ()
        return Situation(
            record, self._references.references(record), applicable, tuple(said), tuple(counted), resting,
            tuple(each.hold for each in held), today,
        )  # fmt: skip

    def verdict(self, of: Situation, days: Days) -> Verdict:
        """What the dates of a record come to in its situation."""
        found = list(of.settled)
        if of.counted:
            around = self._around(of, days)
            found += [counted(each, around) for each in of.counted]
        beaten = [claim for claim in found if claim.rival is not None and _is_beaten(claim, of.applicable)]
        claims = strongest_first([claim for claim in found if claim not in beaten] if beaten else found)
        observed = _observed(days.first_seen, self._schedule.min_observed)
        state, due = _standing(claims, observed, of.today) if claims else (State.UNMATCHED, None)
        held: tuple[Held, ...] = ()
        if of.holds:
            classes = [claim.record_class for claim in of.applicable.claims]
            held = holds_on(of.record, classes, days.known, of.holds, of.today)
            state, due = (State.HELD, None) if held else (state, due)
        return Verdict(of, days, claims, beaten, held, observed, state, due)

    def decision(self, found: Verdict) -> Decision:
        """A verdict with its reasons."""
        applicable, due = found.situation.applicable, found.due
        group = [] if due is None else _same_day(found.claims[0])
        return Decision(
            found.state, found.action, due, found.rule, applicable.record_class, self.reasons(found),
            applicable.claims[0].ground if applicable.claims else None, then=tuple(each for each, _ in group[1:]),
            meanwhile=found.meanwhile, holds=tuple(each.hold.id for each in found.holds),
            target=group[0][1] if group else "",
        )  # fmt: skip

    def reasons(self, found: Verdict) -> tuple[Reason, ...]:
        of = found.situation
        held = (each.reason(of.today) for each in found.holds)
        said = self._reasons(found) if found.claims else (_unmatched(of.applicable),)
        return (*held, *said, *of.applicable.reasons)

    def _around(self, of: Situation, days: Days) -> Circumstances:
        if len(self._spans) >= _SPANS_REMEMBERED:
            self._spans.clear()
        return Circumstances(of.record, of.references, self._events, days, of.today, self._spans)

    def _reasons(self, found: Verdict) -> Iterator[Reason]:
        winner, *losers = found.claims
        first_seen, observed = found.days.first_seen, found.observed
        yield Reason(winner.rule.id, f"{winner.sentence}{_proposal(winner)}.")
        if winner.due is not None and observed > winner.due:
            yield Reason("observation", _observation(first_seen, observed, self._schedule.min_observed))
        yield from (set_aside(winner, loser) for loser in losers)
        if winner.length is Length.TRANSFER and (later := _keeps_longer(found.claims)):
            yield Reason("dates", f"Not handed over before {later}.")
        for candidate in winner.reading.aside:
            if winner.due is not None:
                yield Reason("dates", f"Its {candidate}, {candidate.doubt}; another date was taken.")


@lru_cache(maxsize=4)
def _decider(schedule: Schedule, events: EventRegister, holds: tuple[Hold, ...]) -> Decider:
    return Decider(schedule, events, holds)


def _is_beaten(claim: Claim, applicable: Applicable) -> bool:
    """A rule of a class that the item is not of decides nothing, unless it keeps for ever and that class contends."""
    contends = any(each.rule.id == claim.rule.id and each.contends for each in applicable.rules)
    return not (contends and claim.length in (Length.FOR_EVER, Length.TRANSFER))


@lru_cache(maxsize=4096)
def _observed(first_seen: date, period: Period) -> date:
    """The end of observation, which a schedule of no observation does not have: its periods alone decide."""
    return date.min if period == Period() else add_period(first_seen, period)


def _standing(claims: Sequence[Claim], observed: date, today: date) -> tuple[State, date | None]:
    winner, last = claims[0], last_day(claims)
    if winner.length is Length.FOR_EVER:
        return State.KEPT, None
    if winner.rule.purpose is Purpose.ROT:
        proposed = last is not None and max(last, observed) <= today
        return (State.PROPOSED, max(last, observed)) if proposed and last else (State.UNMATCHED, None)
    if last is None:
        return State.UNCOMPUTABLE, None
    due = max(last, observed)
    if due <= today:
        return State.DUE, due
    return (State.OBSERVED if last <= today else State.KEPT), due


def _same_day(claim: Claim) -> list[tuple[Action, str]]:
    """The last action and those right before it that are due with it, in their order."""
    group = [(claim.rule.action, claim.rule.target)]
    for step, due in reversed(claim.steps):
        if due != claim.due:
            break
        group.insert(0, (step.action, step.target))
    return group


def _meanwhile(claim: Claim, observed: date) -> tuple[StepDue, ...]:
    """The steps before, each after observation too; none where the last cannot be computed."""
    if claim.due is None:
        return ()
    earlier = claim.steps[: len(claim.steps) - len(_same_day(claim)) + 1]
    return tuple(StepDue(step.action, due and max(due, observed), step.target) for step, due in earlier)


def _proposal(winner: Claim) -> str:
    return "; it only proposes: no record rule is about this item" if winner.rule.purpose is Purpose.ROT else ""


def _keeps_longer(claims: Sequence[Claim]) -> str:
    """What holds back a record that is to be handed over."""
    winner, *others = claims
    records = [each for each in others if each.rule.purpose is Purpose.RECORD]
    unknown = next((each for each in records if each.due is None), None)
    if unknown is not None:
        return f"{unknown.rule.id} can be computed"
    later = max(records, key=lambda each: each.due or date.min, default=None)
    if later is None or later.due is None or winner.due is None or later.due <= winner.due:
        return ""
    return f"{in_words(later.due)}, for {later.rule.id} wants it here until then"


@lru_cache(maxsize=4096)
def _observation(first_seen: date, observed: date, period: Period) -> str:
    counted = f"nothing is due before it was observed for {period}, on {in_words(observed)}"
    return f"First seen on {in_words(first_seen)}; {counted}."


def _unmatched(applicable: Applicable) -> Reason:
    of_class = applicable.record_class
    why = f"No rule is about class {of_class} here" if of_class else "No class is mapped to it and no rule is about it"
    return Reason("class", f"{why}; kept, and reported as unmatched.")
