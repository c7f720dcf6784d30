"""What one rule says of one item: kept for ever, handed over, not known, or due on a day."""

from __future__ import annotations

from datetime import date
from enum import IntEnum
from typing import NamedTuple

from domain.record_class import ClassClaim, Ground
from domain.rule import Action, Risk, Rule, Step
from retention.clock import Circumstances, Reading, read
from retention.conditions import ScopedRule, Specificity
from retention.content_tests import Answer


class Length(IntEnum):
    """How firmly a rule keeps; what keeps more firmly is greater."""

    DATED = 0
    UNKNOWN = 1
    TRANSFER = 2
    FOR_EVER = 3


class Claim(NamedTuple):
    """What a rule says of an item. `due` is the end of its period where that is known.

    `reading.says` tells it in words, without a full stop. `steps` are those before the last, with their days.
    """

    rule: Rule
    specificity: Specificity
    length: Length
    reading: Reading
    steps: tuple[tuple[Step, date | None], ...] = ()
    rival: str | None = None

    @property
    def due(self) -> date | None:
        return self.reading.due

    @property
    def sentence(self) -> str:
        return self.reading.says


def settled(scoped: ScopedRule, said: Answer, held_to_be: ClassClaim | None, risk: Risk | None) -> Claim | None:
    """What can be said whatever the days: `said` is whether the content is what the rule asks for. None where the days
    decide. What cannot be told is not known, and so keeps.
    """
    rule = scoped.rule
    doubt = _doubt(scoped, said, held_to_be, risk)
    if doubt is not None:
        return Claim(rule, scoped.specificity, Length.UNKNOWN, doubt, rival=scoped.rival)
    if rule.action is Action.KEEP or rule.clock is None:
        return Claim(rule, scoped.specificity, Length.FOR_EVER, Reading(None, "Kept for ever"), rival=scoped.rival)
    return None


def counted(scoped: ScopedRule, of: Circumstances) -> Claim:
    """What the days say. Steps are taken in order: the last is not due before those before it."""
    rule = scoped.rule
    assert rule.clock is not None
    reading = read(rule.clock, of)
    if not rule.before:
        return Claim(rule, scoped.specificity, _length(rule, reading), reading, (), scoped.rival)
    before = [
        (step, read(step.clock, of) if step.clock and step.clock != rule.clock else reading) for step in rule.before
    ]
    for _, earlier in before:
        if reading.due is not None and (earlier.due is None or earlier.due > reading.due):
            reading = earlier
    steps = tuple((step, earlier.due) for step, earlier in before)
    return Claim(rule, scoped.specificity, _length(rule, reading), reading, steps, scoped.rival)


def _length(rule: Rule, reading: Reading) -> Length:
    if rule.action.is_transfer:
        return Length.TRANSFER
    return Length.UNKNOWN if reading.due is None else Length.DATED


def _doubt(scoped: ScopedRule, said: Answer, held_to_be: ClassClaim | None, risk: Risk | None) -> Reading | None:
    if said is None:
        why = "It was not, or not wholly, read or tested, so it cannot be told whether this is about it"
        return Reading(None, f"{why}; kept until it is", "reading and testing its content")
    inferred = scoped.by_class and held_to_be is not None and held_to_be.ground is Ground.INFERENCE
    if inferred and Risk.HIGH in (scoped.rule.risk, risk) and scoped.rule.action is not Action.KEEP:
        why = "Its class is only inferred and of high risk; kept until a person confirms it"
        return Reading(None, why, "a person who confirms its class")
    return None
