"""What is redundant, obsolete or trivial (ROT), told so that two people count the same, and what is never put forward.

An item has one primary reason, the first of `RotReason` that holds, and keeps the others. A guard keeps it from being
put forward; it is then shown with the guard, and counts nowhere as what could go.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from domain.summary import Tally


class RotReason(StrEnum):
    """Why an item is ROT, in the order in which one reason is chosen where several hold."""

    PAST_DUE = "past-due"
    COPY = "copy"
    VERSION = "version"
    TECHNICAL = "technical"
    PERSONAL = "personal"
    REVIEW = "review"
    STALE = "stale"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def disposable(self) -> bool:
        """Whether it counts as what could go. The other two ask a person to look, and promise nothing."""
        return self not in (RotReason.REVIEW, RotReason.STALE)


_LABELS = {
    RotReason.PAST_DUE: "Obsolete: past due",
    RotReason.COPY: "Redundant: exact copy",
    RotReason.VERSION: "Redundant: near copy or earlier version",
    RotReason.TECHNICAL: "Trivial: technical",
    RotReason.PERSONAL: "Trivial: personal or passing",
    RotReason.REVIEW: "Obsolete: due for review",
    RotReason.STALE: "Obsolete: stale",
}


class Guard(StrEnum):
    """What keeps an item from being put forward, the gravest first."""

    HELD = "held"
    UNCOMPUTABLE = "uncomputable"
    APPLICATION = "application"
    CASE_FILE = "case-file"
    CLIENT = "client"
    SIGNED = "signed"
    EXPLAINS = "explains"

    @property
    def sentence(self) -> str:
        return f"Kept out because {_WHY[self]}."


_WHY = {
    Guard.HELD: "a legal hold freezes it",
    Guard.UNCOMPUTABLE: "the schedule has a rule for it whose date cannot be computed",
    Guard.APPLICATION: "it lies in the folder of an application or a case system, which may need it",
    Guard.CASE_FILE: "it is the only one of its kind in a case file",
    Guard.CLIENT: "it may be from or about a child or a client, or has not been read",
    Guard.SIGNED: "it seems to have been signed, served or disclosed, which its copy may not have been",
    Guard.EXPLAINS: "drafts of minutes, of planning and of safeguarding explain a decision",
}

_COPIES = frozenset({RotReason.COPY, RotReason.VERSION})
GUARDED: Mapping[Guard, frozenset[RotReason]] = {
    Guard.HELD: frozenset(RotReason),
    Guard.UNCOMPUTABLE: _COPIES | {RotReason.PERSONAL},
    Guard.APPLICATION: _COPIES | {RotReason.TECHNICAL, RotReason.PERSONAL},
    Guard.CASE_FILE: _COPIES | {RotReason.PERSONAL},
    Guard.CLIENT: frozenset({RotReason.PERSONAL}),
    Guard.SIGNED: _COPIES,
    Guard.EXPLAINS: frozenset({RotReason.VERSION}),
}
"""The reasons for which nothing of the kind is put forward. What the schedule says is past due is past due for all of
them but a hold: a rule that computed has spoken.
"""


class Signal(StrEnum):
    """What by itself says little of an item's being obsolete, and together more."""

    UNTOUCHED = "untouched"
    UNOPENED = "unopened"
    SUPERSEDED = "superseded"
    OWNER_LEFT = "owner-left"
    NO_READER = "no-reader"

    @property
    def words(self) -> str:
        return _SIGNS[self]


_SIGNS = {
    Signal.UNTOUCHED: "last changed in",
    Signal.UNOPENED: "last opened in",
    Signal.SUPERSEDED: "a later version is there",
    Signal.OWNER_LEFT: "its owner has left",
    Signal.NO_READER: "no program in use opens its format",
}


class Merit(StrEnum):
    """Why one of several copies is proposed as the record copy, the weightiest first. Its age is none. What a family of
    copies proposes stands; where it leaves the choice to a person, the others tell which copy is listed as kept.
    """

    CHOSEN = "chosen"
    RECORD = "record"
    NOT_DUE = "not-due"
    CURRENT = "current"
    BOUND = "bound"
    CLASSED = "classed"
    PLACE = "place"
    OWNED = "owned"
    FINAL = "final"
    NARROW = "narrow"

    @property
    def words(self) -> str:
        return _MERITS[self]


_MERITS = {
    Merit.CHOSEN: "the one that its family of copies proposes",
    Merit.RECORD: "no trivial file",
    Merit.NOT_DUE: "not past due",
    Merit.CURRENT: "no earlier version",
    Merit.BOUND: "part of a case file, or held, and kept in any case",
    Merit.CLASSED: "its class is settled",
    Merit.PLACE: "not in a backup, an archive or a mailbox",
    Merit.OWNED: "its owner is still here",
    Merit.FINAL: "named as final",
    Merit.NARROW: "fewer people can read it",
}
MERIT_BITS: Mapping[Merit, int] = {merit: 1 << place for place, merit in enumerate(reversed(Merit))}
"""Together a number: of two copies the greater stays. Where several are equal a person must choose."""

STAYS = MERIT_BITS[Merit.RECORD] | MERIT_BITS[Merit.NOT_DUE] | MERIT_BITS[Merit.CURRENT]
"""What a copy must have to be one beside which others are redundant: it is not itself put forward."""


def merits_of(bits: int) -> tuple[Merit, ...]:
    return tuple(merit for merit in Merit if bits & MERIT_BITS[merit])


def settled(
    reasons: Sequence[RotReason], guards: Collection[Guard]
) -> tuple[RotReason, tuple[RotReason, ...], Guard | None]:
    """The primary reason, those besides, and the gravest guard that keeps the item out.

    >>> settled([RotReason.VERSION, RotReason.COPY], ())
    (<RotReason.COPY: 'copy'>, (<RotReason.VERSION: 'version'>,), None)
    """
    primary, *others = sorted(reasons, key=_ORDER.__getitem__) if len(reasons) > 1 else reasons
    if not guards:
        return primary, tuple(others), None
    meant = {primary} if primary is RotReason.PAST_DUE else {primary, *others}
    guard = next((guard for guard in Guard if guard in guards and not meant.isdisjoint(GUARDED[guard])), None)
    return primary, tuple(others), guard


_ORDER = {reason: place for place, reason in enumerate(RotReason)}


def in_words(reason: RotReason, facts: Mapping[str, Any], keeps: str | None, flag: str | None) -> str:
    """Why an item is ROT, in a sentence: by its facts, the path of what stays, and what the schedule says of it."""
    if reason in (RotReason.PAST_DUE, RotReason.REVIEW):
        return flag or "The retention schedule said so when it was last applied."
    if reason is RotReason.COPY:
        unread = " Nobody read them: their bytes were compared by a hash." if facts.get("unread") else ""
        return f"Same content as {keeps or 'another file'}{_ahead(facts)}{unread}"
    if reason is RotReason.VERSION:
        return f"{keeps or 'Another file'} says the same or says it later, and is proposed to stay."
    if reason is RotReason.STALE:
        return f"{_capital(_signs(facts.get('signals', {})))}; nothing says that it is due."
    return f"{_capital(str(facts.get('trivial', 'trivial')))}."


def _ahead(facts: Mapping[str, Any]) -> str:
    if facts.get("tied"):
        return "; nothing speaks for one of them, so a person must choose which stays."
    ahead = [Merit(merit).words for merit in facts.get("ahead", ())]
    return f", which is proposed to stay: {', '.join(ahead)}." if ahead else ", which is proposed to stay."


def _signs(signals: Mapping[str, int]) -> str:
    words = (f"{Signal(name).words} {year}" if year else Signal(name).words for name, year in signals.items())
    return ", ".join(words) or "not used for a long time"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


class Rot(NamedTuple):
    """What the inventory keeps of one item: reasons and guard as their words, "" for no guard, `facts` in JSON."""

    item: int
    reason: str
    also: str
    guard: str
    bytes: int
    keeps: int | None
    facts: str


@dataclass(frozen=True, slots=True)
class RotItem:
    """One item as people see it. `detail` says why in a sentence; `size` is the bytes that would go with it."""

    number: int
    path: str
    service: str
    source: str
    reason: RotReason
    also: tuple[RotReason, ...]
    guard: Guard | None
    detail: str
    size: int
    modified: datetime | None


@dataclass(frozen=True, slots=True)
class RotSum:
    """The items of a service on a source that have one primary reason, put forward or kept out by a guard."""

    service: str
    source: str
    reason: RotReason
    guard: Guard | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class CopyGroup:
    """Copies of one content: the path that is proposed to stay, how many would go, and the bytes of these."""

    keeps: str
    service: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Factors:
    """What a terabyte kept for a year costs, by the organisation's own factors, and how many further copies of each
    byte backups hold.

    None is a factor that is not set; no figure is said by it.
    """

    pounds_per_tb_year: float | None = None
    kg_co2e_per_tb_year: float | None = None
    backup_copies: float | None = None


@dataclass(frozen=True, slots=True)
class Decided:
    """What was approved to be disposed of, and what is gone for good; None where nothing is recorded."""

    approved: Tally | None = None
    achieved: Tally | None = None

    def __bool__(self) -> bool:
        return self.approved is not None or self.achieved is not None
