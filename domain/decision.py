"""What the schedule says should become of one item, with the reasons, ready to be shown to whom it concerns."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.rule import Action


class State(StrEnum):
    """Where an item stands under the schedule."""

    DUE = "due"
    OBSERVED = "under-observation"
    KEPT = "kept"
    UNCOMPUTABLE = "uncomputable"
    UNMATCHED = "unmatched"


@dataclass(frozen=True, slots=True)
class Reason:
    """Who says so (a rule's id, or "observation", "class") and why, as one sentence."""

    source: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Decision:
    """`due` is the day from which `action` may be taken: None where it never comes or cannot be computed.

    `rule` is the id of the rule that decided; None where no rule matched.
    """

    state: State
    action: Action
    due: date | None
    rule: str | None
    record_class: str | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """A decision as the inventory keeps it: only what is due, soon due, under observation or cannot be computed."""

    state: State
    action: Action
    due: date | None
    rule: str | None
    sentence: str
