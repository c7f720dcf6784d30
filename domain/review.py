"""What people decide on what the schedule flagged: verdicts, the batches they are given in, and who approves these.

A flag is what the schedule says of an item; a verdict is what a person decided on it. Nothing is disposed of without
one: silence keeps.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.review_codes import Aside, Changed, Odd, ReasonCode, VerdictKind, WhySecond

__all__ = [
    "Approval",
    "Aside",
    "Batch",
    "BatchState",
    "Changed",
    "Odd",
    "ReasonCode",
    "SampleCount",
    "Seen",
    "Stage",
    "Verdict",
    "VerdictKind",
    "VerdictState",
    "WhySecond",
    "changed_since",
    "stamp",
]


class BatchState(StrEnum):
    """How far a batch is. What takes effect at once is done at once; a draft is nobody's word yet."""

    DRAFT = "draft"
    PROPOSED = "proposed"
    APPROVED_ONCE = "approved-once"
    APPROVED = "approved"
    REJECTED = "rejected"
    VOID = "void"
    PLANNED = "planned"
    DONE = "done"

    @property
    def is_waiting(self) -> bool:
        """Whether somebody has to approve it yet."""
        return self in (BatchState.PROPOSED, BatchState.APPROVED_ONCE)


class VerdictState(StrEnum):
    """A verdict is current until another takes its place, or what it was given on changed; an item has one at most."""

    DRAFT = "draft"
    CURRENT = "current"
    SUPERSEDED = "superseded"
    VOID = "void"


class Stage(StrEnum):
    FIRST = "first"
    SECOND = "second"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was decided on one item, as it was then: its `version`, its content's `digest`, the rule and the schedule's
    digest that the flag was by. `item` is its number in the inventory, `target` whom or what class it goes to, `stamp`
    what whoever decided had seen.
    """

    number: int
    batch: int
    item: int
    kind: VerdictKind
    until: date | None
    target: str
    version: bytes
    digest: bytes | None
    rule: str | None
    schedule: str
    state: VerdictState
    size: int = 0
    stamp: str = ""


@dataclass(frozen=True, slots=True)
class SampleCount:
    """How many of a batch were drawn to be opened, how many were, and how many of these are to be kept."""

    size: int = 0
    opened: int = 0
    kept: int = 0


@dataclass(frozen=True, slots=True)
class Approval:
    """That somebody approved a batch at a stage, or rejected it and why."""

    stage: Stage
    account: str
    on_behalf_of: str
    at: datetime
    approved: bool
    why: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """Verdicts given at once on items of one service. `items` and `bytes` are of those that still are current, or in
    a draft; `needs_second` by `why_second`. The `note` is for those who look at the batch, and in no audit entry.
    """

    number: int
    service: str
    kind: VerdictKind
    reason: ReasonCode | None
    note: str = field(repr=False)
    proposer: str
    on_behalf_of: str
    at: datetime
    state: BatchState
    items: int
    bytes: int
    needs_second: bool
    why_second: tuple[WhySecond, ...]
    sample: SampleCount
    approvals: tuple[Approval, ...] = ()
    target: str = ""
    until: date | None = None

    @property
    def parties(self) -> frozenset[str]:
        """Who took part in it so far, and on whose behalf."""
        approvers = (name for one in self.approvals for name in (one.account, one.on_behalf_of))
        return frozenset({self.proposer, self.on_behalf_of, *approvers} - {""})

    @property
    def stage(self) -> Stage | None:
        """The approval that it waits for."""
        return {BatchState.PROPOSED: Stage.FIRST, BatchState.APPROVED_ONCE: Stage.SECOND}.get(self.state)


@dataclass(frozen=True, slots=True)
class Seen:
    """What an item was when somebody looked: what a verdict on it stands on."""

    version: bytes
    flag: tuple[str, ...]
    verdict: int
    holds: tuple[str, ...] = ()


def stamp(seen: Seen) -> str:
    """What a form carries, so that a verdict on something else than what was seen is refused: a short hash of each part
    of it, which tells later what changed and nothing else.
    """
    return ".".join(_short(repr(part)) for part in (seen.version, seen.flag, seen.verdict, seen.holds))


def changed_since(told: str, now: Seen | None) -> tuple[Changed, ...]:
    """What is otherwise than when the stamp was made; everything, where it is none. None is of an item that is gone."""
    if now is None:
        return (Changed.GONE,)
    parts, known = told.split("."), stamp(now).split(".")
    if len(parts) != len(known):
        return _PARTS
    return tuple(what for what, before, after in zip(_PARTS, parts, known, strict=True) if before != after)


_PARTS = (Changed.ITEM, Changed.FLAG, Changed.VERDICT, Changed.HOLD)


def _short(text: str) -> str:
    return hashlib.blake2b(text.encode(), digest_size=5).hexdigest()
