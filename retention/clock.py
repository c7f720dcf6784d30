"""The day on which a rule's time is over, as far as it can be told. Nothing uncertain ever ends."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache, partial
from typing import NamedTuple, TypeAlias

from domain.event import BIRTH, DEATH, Event, EventRegister, Reference
from domain.record import Record
from domain.rule import ByOutcome, Choice, Clock, Combined, DateSource, Period, PersonDate, Span, Trigger
from retention.evidence import NOUNS, ORDER, Candidate, Dated, Days
from retention.period import add_period, year_end
from retention.words import in_words, spelt

_BEGAN = {
    DateSource.MODIFIED: "Unchanged since", DateSource.CREATED: "Created on", DateSource.ACCESSED: "Last opened on",
    DateSource.SENT: "Sent on", DateSource.RECEIVED: "Received on", DateSource.FIRST_SEEN: "First seen on",
    DateSource.SUPERSEDED: "Superseded on",
}  # fmt: skip
_PERSON = {
    PersonDate.BIRTH: "birth", PersonDate.EIGHTEENTH_BIRTHDAY: "18th birthday", PersonDate.DEATH: "death",
}  # fmt: skip
_EIGHTEEN = Period(years=18)
_CHOSEN = {Choice.LATER: "The later", Choice.EARLIER: "The earlier", Choice.FIRST_KNOWN: "The first known"}


Counted: TypeAlias = dict[tuple[int, Dated], "Reading"]
"""What periods came to that were counted before: by the span, which the schedule keeps, and the date chosen."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What a clock is read from: the record's own dates, and what was reported of its references."""

    record: Record
    references: tuple[Reference, ...]
    events: EventRegister
    days: Days
    today: date
    counted: Counted = field(default_factory=dict, repr=False, compare=False)

    @property
    def dates(self) -> tuple[Candidate, ...]:
        return self.days.known


class Told:
    """Words that are made when they are first asked for: of most items nobody asks."""

    __slots__ = ("_make", "_words")

    def __init__(self, make: Callable[[], str]) -> None:
        self._make = make
        self._words: str | None = None

    def __str__(self) -> str:
        if self._words is None:
            self._words = self._make()
        return self._words


class Reading(NamedTuple):
    """`due` is None where something is missing: `needs` says what. `aside` are dates that were passed over because
    they cannot be believed. `start` is what was counted from; `choice` says of which other ends it was chosen.
    """

    due: date | None
    said: str | Told
    needs: str = ""
    aside: tuple[Candidate, ...] = ()
    start: date | None = None
    choice: str = ""

    @property
    def says(self) -> str:
        """A sentence without a full stop."""
        said = str(self.said)
        return f"{self.choice}{_lowered(said)}" if self.choice else said


def spans(clock: Clock) -> Iterator[Span]:
    """All that a clock is made of."""
    if isinstance(clock, Combined):
        for part in clock.of:
            yield from spans(part)
    else:
        yield clock


def read(clock: Clock, of: Circumstances) -> Reading:
    if isinstance(clock, Combined):
        return _combined(clock.choice, [read(part, of) for part in clock.of])
    return _span(clock, of)


def _combined(choice: Choice, readings: Sequence[Reading]) -> Reading:
    known = [reading for reading in readings if reading.due is not None]
    aside = tuple(dict.fromkeys([candidate for reading in readings for candidate in reading.aside]))
    if not known or (choice is not Choice.FIRST_KNOWN and len(known) < len(readings)):
        missing = next(reading for reading in readings if reading.due is None)
        return Reading(None, missing.says, missing.needs, aside)
    chosen = known[0]
    if choice is not Choice.FIRST_KNOWN:
        chosen = (max if choice is Choice.LATER else min)(known, key=_end)
    return Reading(chosen.due, chosen.said, "", aside, chosen.start, _chosen_of(choice, len(readings), chosen.choice))


@lru_cache
def _chosen_of(choice: Choice, count: int, before: str) -> str:
    return f"{_CHOSEN[choice]} of {count}: {_lowered(before)}"


def _end(reading: Reading) -> date:
    return reading.due or date.min


def _span(span: Span, of: Circumstances) -> Reading:
    trigger = span.trigger
    if trigger.on is not None:
        return _from_day(trigger.on, span, f"Fixed on {in_words(trigger.on)}")
    if trigger.date is not None:
        return _from_date(trigger.date, span, of)
    return _from_report(span, of)


def _from_date(source: DateSource, span: Span, of: Circumstances) -> Reading:
    choice = of.days.chosen(source)
    key = (id(span), choice)
    known = of.counted.get(key)
    if known is None:
        known = of.counted[key] = _from_choice(source, span, choice)
    return known


def _from_choice(source: DateSource, span: Span, choice: Dated) -> Reading:
    chosen, aside = choice
    if chosen is None:
        return _undated(source, aside)
    reading = _from_day(chosen.on, span, Told(partial(_began, source, chosen)))
    return reading._replace(aside=aside) if aside else reading


def _began(source: DateSource, chosen: Candidate) -> str:
    by = "" if chosen.witness == ORDER[source][0] or source is not DateSource.MODIFIED else " in the document"
    if source is DateSource.CREATED:
        by = f", by the {NOUNS[chosen.witness]}"
    return f"{_BEGAN[source]} {in_words(chosen.on)}{by}"


def _undated(source: DateSource, aside: tuple[Candidate, ...]) -> Reading:
    named = NOUNS[ORDER[source][0]]
    if not aside:
        said = f"It has no {named}, so no period can be counted; kept until the date is known"
    else:
        said = f"Its {aside[0]}, {aside[0].doubt}; kept until the date is known"
    return Reading(None, said, f"a {named} that can be believed", aside)


def _from_day(day: date, span: Span, began: str | Told, outcome: str = "") -> Reading:
    """`began` says where the count starts; what is added to it and the end of a year are said behind it."""
    period = span.period.of(outcome) if isinstance(span.period, ByOutcome) else span.period
    if period is None:
        known = f'"{outcome}", of which the rule says nothing' if outcome else "not known"
        return Reading(None, f"{began}; its outcome is {known}; kept until that is settled", "the outcome of the event")
    trigger = span.trigger
    later = add_period(day, trigger.plus)
    start = year_end(later, trigger.end_of) if trigger.end_of else later
    due = add_period(start, period)
    return Reading(due, Told(partial(_arithmetic, began, trigger, later, start, period, due)), start=start)


def _arithmetic(began: str | Told, trigger: Trigger, later: date, start: date, period: Period, due: date) -> str:
    said = [str(began)]
    if trigger.plus != Period():
        said.append(f"counted from {trigger.plus} later" + ("" if trigger.person else f", {in_words(later)}"))
    if trigger.end_of is not None:
        said.append(f"counted from the end of the {trigger.end_of.name}, {in_words(start)}")
    until = "" if trigger.on is not None and period == Period() else f"kept for {spelt(period)}; "
    return f"{'; '.join(said)}; {until}due on {in_words(due)}"


def _from_report(span: Span, of: Circumstances) -> Reading:
    """Of several references all must be reported; the latest end holds, for an item may be about several people."""
    references = [each for each in of.references if span.trigger.key in (None, each.key)]
    if span.trigger.key is None:
        kinds = {each.key for each in references if of.events.last(each, _name(span.trigger))}
        references = [each for each in references if each.key in kinds]
    readings = [_of_reference(reference, span, of) for reference in references]
    return _latest(readings) if readings else _unreported(span.trigger)


def _latest(readings: Sequence[Reading]) -> Reading:
    """The first that is not known, for nobody can tell that it is not the latest; else the latest."""
    missing = next((reading for reading in readings if reading.due is None), None)
    return missing or max(readings, key=_end)


def _of_reference(reference: Reference, span: Span, of: Circumstances) -> Reading:
    trigger = span.trigger
    event = of.events.last(reference, _name(trigger))
    if event is None:
        return _unreported(trigger)
    if trigger.person is not None:
        return _of_person(trigger.person, event, span, of)
    if trigger.reopened_by:
        again = of.events.last(reference, trigger.reopened_by)
        if again is not None and again.on >= event.on:
            said = (
                f"Open again since {in_words(again.on)} ({trigger.reopened_by}); kept until {trigger.event} comes again"
            )
            return Reading(None, said, f"the event {trigger.event} after {in_words(again.on)}")
    began = f"Event {trigger.event} of its {trigger.key} on {in_words(event.on)}"
    outcomes = dict.fromkeys(each.outcome for each in of.events.latest(reference, _name(trigger)))
    return _latest([_from_day(event.on, span, began, outcome) for outcome in sorted(outcomes)])


def _of_person(person: PersonDate, event: Event, span: Span, of: Circumstances) -> Reading:
    """The days of people are not written into reasons, though the day that follows from them must be."""
    whose = f" of its {span.trigger.key}" if span.trigger.key else ""
    if event.on > of.today:
        said = f"The {_PERSON[person]} reported{whose} lies in the future; kept until it is put right"
        return Reading(None, said, f"a {_PERSON[person]} that can be believed")
    if span.trigger.under is not None:
        birth = of.events.last(event.reference, BIRTH)
        if birth is None:
            return _unreported(Trigger(person=PersonDate.BIRTH, key=span.trigger.key))
        if event.on >= add_period(birth.on, span.trigger.under):
            return Reading(None, f"The death{whose} came after the age of {span.trigger.under}", "an earlier death")
    start = add_period(event.on, _EIGHTEEN) if person is PersonDate.EIGHTEENTH_BIRTHDAY else event.on
    return _from_day(start, span, f"Counted from the {_PERSON[person]} reported{whose}")


def _unreported(trigger: Trigger) -> Reading:
    of = f" of its {trigger.key}" if trigger.key else ""
    needed = f"the event {trigger.event}" if trigger.event else f"the {_PERSON[trigger.person or PersonDate.BIRTH]}"
    return Reading(None, f"Needs {needed}{of}; kept until it is known", f"{needed}{of}")


def _name(trigger: Trigger) -> str:
    if trigger.event is not None:
        return trigger.event
    return DEATH if trigger.person is PersonDate.DEATH else BIRTH


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
