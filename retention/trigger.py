"""What one rule says of one item: kept for ever, not known, or due on a day. Nothing uncertain is ever due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum

from domain.record import Record
from domain.rule import Action, DateSource, Rule
from retention.conditions import ScopedRule, Specificity
from retention.period import add_period

EARLIEST_PLAUSIBLE = date(1980, 1, 2)
"""Earlier dates are those of clocks that were never set: the first days of Unix (1970) and of DOS (1980)."""


class Length(IntEnum):
    """How long a rule keeps, as far as that can be said; what keeps longer is greater."""

    DATED = 0
    UNKNOWN = 1
    FOR_EVER = 2


@dataclass(frozen=True, slots=True)
class Claim:
    """What a rule says of an item. `due` is the end of its period where that is known.

    `sentence` says it in words, without a full stop.
    """

    rule: Rule
    specificity: Specificity
    length: Length
    due: date | None
    sentence: str


def claim_of(scoped: ScopedRule, record: Record, today: date) -> Claim:
    rule = scoped.rule
    if rule.action is Action.KEEP or rule.period is None:
        return Claim(rule, scoped.specificity, Length.FOR_EVER, None, "Kept for ever")
    if rule.trigger.date is None:
        return Claim(rule, scoped.specificity, Length.UNKNOWN, None, _needs_event(rule))
    start = _start(rule.trigger.date, record)
    if doubt := _doubt(rule.trigger.date, start, today):
        return Claim(rule, scoped.specificity, Length.UNKNOWN, None, doubt)
    assert start is not None  # a date that is absent is in doubt
    due = add_period(start, rule.period)
    return Claim(rule, scoped.specificity, Length.DATED, due, _counted(rule, start, due))


def _start(source: DateSource, record: Record) -> date | None:
    """The day in UTC, which in the United Kingdom is the local day or, for an hour of the summer, the day before."""
    if source is DateSource.FIRST_SEEN:
        return record.first_seen
    return record.modified.date() if record.modified else None


def _doubt(source: DateSource, start: date | None, today: date) -> str | None:
    """Why the date cannot be believed, or None where it can."""
    named = {DateSource.MODIFIED: "date of last change", DateSource.FIRST_SEEN: "date of first sight"}[source]
    if start is None:
        return f"It has no {named}, so no period can be counted; kept until the date is known"
    if start < EARLIEST_PLAUSIBLE:
        return f"Its {named}, {in_words(start)}, is that of a clock that was not set; kept until the date is known"
    if start > today:
        return f"Its {named}, {in_words(start)}, lies in the future; kept until the date is known"
    return None


def _needs_event(rule: Rule) -> str:
    key = f" of its {rule.trigger.key}" if rule.trigger.key else ""
    return f"Needs the event {rule.trigger.event}{key}; kept until it is known"


def _counted(rule: Rule, start: date, due: date) -> str:
    began = {DateSource.MODIFIED: "Unchanged since", DateSource.FIRST_SEEN: "First seen on"}
    assert rule.trigger.date is not None
    return f"{began[rule.trigger.date]} {in_words(start)}; kept for {rule.period}; due on {in_words(due)}"


def in_words(day: date) -> str:
    """4 May 2012, whatever language the machine is set to."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
