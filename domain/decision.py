"""What the schedule says should become of one item, with the reasons, ready to be shown to whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.record_class import Ground
from domain.rule import Action


class State(StrEnum):
    """Where an item stands under the schedule."""

    DUE = "due"
    OBSERVED = "under-observation"
    KEPT = "kept"
    HELD = "held"
    UNCOMPUTABLE = "uncomputable"
    PROPOSED = "proposed"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Reason:
    """Who says so (a rule's id, a hold's id, or one of RESERVED) and why, as one sentence."""

    source: str
    sentence: str


RESERVED = ("class", "observation", "dates")
"""What reasons speak of that is neither a rule nor a hold."""


@dataclass(frozen=True, slots=True)
class StepDue:
    """A step that comes before the last and has a day of its own; None where that cannot be computed."""

    action: Action
    due: date | None
    target: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """`due` is the day from which `action` may be taken: None where it never comes or cannot be computed.

    `rule` is the id of the rule that decided; None where no rule matched. `then` are the actions that follow on the
    same day, each by itself; `meanwhile` are steps before, which may be taken while the item is still kept. `holds`
    are those that freeze it. A state of "proposed" is never due: only rules on redundant, obsolete or trivial items
    are about it. `ground` is what the class stands on.
    """

    state: State
    action: Action
    due: date | None
    rule: str | None
    record_class: str | None
    reasons: tuple[Reason, ...]
    ground: Ground | None = None
    then: tuple[Action, ...] = ()
    meanwhile: tuple[StepDue, ...] = ()
    holds: tuple[str, ...] = ()
    target: str = ""


@dataclass(frozen=True, slots=True)
class Flag:
    """A decision as the inventory keeps it: only what is due, soon due, under observation or cannot be computed."""

    state: State
    action: Action
    due: date | None
    rule: str | None
    sentence: str
