"""What came of examining an item: findings, or a problem in their place. Nothing is dropped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from domain.content import DatedBy
from domain.errors import Problem
from domain.finding import Finding
from domain.item import Item
from domain.record_hint import RecordHint


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


REFERENCES, LABELS = "schedule:references", "schedule:labels"
"""Of the properties, what a schedule asked for: JSON lists of [key, sealed reference] and of labels of its classes."""


@dataclass(frozen=True, slots=True)
class Traits:
    """What later work needs of a content without reading it again; None or empty where it cannot be told.

    `simhash` and `minhash` are of the text, `picture` is the perceptual hash of a picture. `properties` name nobody:
    what people wrote into them is a keyed fingerprint here. `terms` counts the configured terms, each under its id and
    the version it was tested in. `reader` says who read the content. `hints` are by the content alone, not by its name,
    for copies share them. `message` is the keyed fingerprint of a message, the same for each of its copies.
    """

    simhash: int | None = None
    minhash: bytes | None = None
    picture: int | None = None
    properties: Mapping[str, str] = field(default_factory=dict)
    dates: tuple[DatedBy, ...] = ()
    terms: Mapping[str, int] = field(default_factory=dict)
    reader: str = ""
    pronom: str | None = None
    hints: tuple[RecordHint, ...] = ()
    message: bytes | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """One item, or one part inside it, after it was examined. `seconds` are CPU seconds; `digest` is BLAKE3.

    With `same_as` the content was examined before under that digest: the findings and parts recorded then hold. With
    `same_message` another copy of the message was, which came another way and so has another digest: the same.
    `whole` is false where parts of it are still to come in a later batch. With `begun` it ended in the middle: what
    was recorded of its own content in an earlier batch holds. `misnamed`: its extension says otherwise.
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
    same_message: bytes | None = None
    traits: Traits = Traits()
    misnamed: bool = False
    whole: bool = True
    begun: bool = False


ENDED = -1
"""A position behind all that is inside a container."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """Where to go on inside a container, and what the walk before that has used of the tree's budget.

    `at` is a stack of positions, the outermost first: () is the item itself; (0,) the first part in it, its own text
    being done; (7, 0) the first part inside the part that stands at 7. `digest` is that of the outer bytes then: over
    other bytes the walk cannot go on. With `spoiled`, what stands there could not be examined: it is reported with
    that problem, unread, and the walk goes on behind it; (7, ENDED) then means that the part at 7, its own text apart,
    is given up. `seconds` have passed on the whole walk so far. `version` is the source's of the bytes that `digest`
    was made over: while it stays the same they need not be hashed again.
    """

    at: tuple[int, ...] = ()
    parts: int = 0
    expanded: int = 0
    digest: bytes = b""
    seconds: float = 0.0
    spoiled: Problem | None = None
    version: bytes = b""


@dataclass(frozen=True, slots=True)
class Batch:
    """Examinations to be recorded in one transaction, and the cursor of the rest, or None where nothing is left."""

    examinations: tuple[Examination, ...]
    rest: Cursor | None = None
