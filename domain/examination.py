"""What came of examining an item: findings, or a problem in their place. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import Problem
from domain.finding import Finding
from domain.item import Item


class Outcome(StrEnum):
    EXAMINED = "examined"
    PARTIAL = "partial"
    UNREADABLE = "unreadable"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Assessment:
    """What the findings of one content amount to. `risk` is 0-100; `risk_parts` are the factors it was made of."""

    personal: bool = False
    special: tuple[str, ...] = ()
    children: bool = False
    criminal: bool = False
    risk: int = 0
    risk_parts: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examination:
    """One item, or one part inside it, after it was examined. `seconds` are CPU seconds; `digest` is BLAKE3.

    With `same_as` the content was examined before under that digest: the findings and parts recorded then hold.
    """

    item: Item
    outcome: Outcome
    problem: Problem | None = None
    media_type: str | None = None
    digest: bytes | None = None
    seconds: float = 0.0
    text_chars: int = 0
    findings: tuple[Finding, ...] = ()
    assessment: Assessment = Assessment()
    pending: tuple[str, ...] = ()
    same_as: bytes | None = None


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where to go on inside a container, and what its parts before that have used of the tree's budget.

    `digest` is that of the container's bytes then: over other bytes the walk cannot go on. With `spoiled`, the part
    that stands there could not be examined: it is reported with that problem, unread, and the walk goes on behind it.
    """

    at: int = 0
    parts: int = 0
    expanded: int = 0
    digest: bytes = b""
    spoiled: Problem | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Examinations to be recorded in one transaction, and the cursor of the rest, or None where nothing is left."""

    examinations: tuple[Examination, ...]
    rest: Cursor | None = None
