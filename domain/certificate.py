"""The certificate of destruction: what was destroyed, under which rule, on whose word, how, and how that was checked.

It names no file, folder or person whom a record is about. The accounts in it are those of officers who acted, and are
its proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from itertools import pairwise
from typing import Any

FORM = "certificate/1"


class Part(StrEnum):
    """What somebody had to do with it."""

    PROPOSED = "proposed"
    APPROVED = "approved"
    SECOND_APPROVED = "second-approved"
    RAN = "ran"
    PURGED = "purged"


class Method(StrEnum):
    """How it was destroyed."""

    UNLINKED = "unlinked"
    PACKED_THEN_UNLINKED = "packed-then-unlinked"


_UNLINKED = (
    "Moved into a quarantine on its own file system, kept there for the quarantine time, then deleted from it. Blocks "
    "of the disk are free to be written over and were not overwritten one by one."
)
METHODS: Mapping[Method, str] = {
    Method.UNLINKED: _UNLINKED,
    Method.PACKED_THEN_UNLINKED: "Copied into a package for an archive or another body, and read back there whole; its "
    f"copy there was read again before the original was deleted, which was dealt with so: {_UNLINKED}",
}
VERIFICATION = (
    "Before it was moved, each file's size, times and number on its disk were compared with what was approved. In "
    "quarantine, and again before it was deleted, its size and BLAKE3 digest were compared with the manifest; after it "
    "was deleted, its name was looked for in quarantine and not found."
)


@dataclass(frozen=True, slots=True)
class Lot:
    """What was destroyed of one asset and class under one rule: counts, bytes, the days it was last changed on, and the
    days it was due on. `asset` is its id in the register, "" where it stands in none; `schedule` a schedule's digest.
    """

    asset: str
    service: str
    record_class: str
    rule: str
    schedule: str
    authority: str
    trigger: str
    reason: str
    items: int
    bytes: int
    oldest: date | None = None
    newest: date | None = None
    due_first: date | None = None
    due_last: date | None = None


@dataclass(frozen=True, slots=True)
class Hand:
    """An officer who took part: the account, in which role, on whose behalf, and when."""

    part: Part
    account: str
    role: str
    at: datetime
    on_behalf_of: str = ""


@dataclass(frozen=True, slots=True)
class Copies:
    """What is known of copies that stay: how many of the files have the same content elsewhere in the inventory, and
    until when backups hold them. None is not known, and is said so. `remains` is what servers may keep by themselves.
    """

    elsewhere: int | None = None
    backups_until: date | None = None
    remains: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CertificateNumber:
    """Within a year numbers follow each other without a gap."""

    year: int
    sequence: int

    def __str__(self) -> str:
        return f"{self.year}/{self.sequence:04}"

    @property
    def file_name(self) -> str:
        return f"certificate-{self.year}-{self.sequence:04}"

    @classmethod
    def of(cls, written: str) -> CertificateNumber:
        """Raises ValueError for what is not written as 2026/0001."""
        year, _, sequence = written.partition("/")
        if not (
            len(year) == 4 and 0 < len(sequence) < 9 and (year + sequence).isascii() and (year + sequence).isdigit()
        ):
            raise ValueError("a certificate's number is a year and a number")
        return cls(int(year), int(sequence))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What one purge destroyed of one manifest. `positions` are the places of its items in that, counted from one;
    `manifest_digest` is the SHA-256 of its body; `not_destroyed` is how many of its items are still there, went
    another way or stand on another certificate, by reason.

    Raises ValueError where it does not add up: then nothing may be certified.
    """

    organisation: str
    manifest: int
    manifest_digest: str
    planned: int
    positions: tuple[int, ...]
    lots: tuple[Lot, ...]
    hands: tuple[Hand, ...]
    holds_checked: datetime
    quarantined: tuple[datetime, datetime]
    purged: tuple[datetime, datetime]
    copies: Copies = Copies()
    method: Method = Method.UNLINKED
    not_destroyed: Mapping[str, int] | None = None

    def __post_init__(self) -> None:
        if not self.positions or self.items != len(self.positions) or len(set(self.positions)) != self.items:
            raise ValueError("the lots of a certificate do not add up to the items that it is of")
        if self.items + sum((self.not_destroyed or {}).values()) != self.planned:
            raise ValueError("what was destroyed and what was not do not add up to what was planned")
        if {Part.PROPOSED, Part.APPROVED, Part.RAN, Part.PURGED} - {hand.part for hand in self.hands}:
            raise ValueError("a certificate names who proposed, approved, ran and purged")
        moments = (*self.quarantined, *self.purged)
        if any(later < earlier for earlier, later in pairwise(moments)):
            raise ValueError("what was purged was in quarantine before")
        if not self.quarantined[1] <= self.holds_checked <= self.purged[1]:
            raise ValueError("holds are checked again after quarantine began and before the purge ended")

    @property
    def items(self) -> int:
        return sum(lot.items for lot in self.lots)

    @property
    def bytes(self) -> int:
        return sum(lot.bytes for lot in self.lots)

    def body(self, number: CertificateNumber, issued: datetime, previous: str) -> dict[str, Any]:
        """What is signed. `previous` is the digest of the certificate before, of whatever year; "" for the first: so
        none can be taken away unseen.
        """
        return {
            "number": str(number), "issued": _moment(issued), "previous": previous, "organisation": self.organisation,
            "manifest": self.manifest, "manifest_sha256": self.manifest_digest, "planned": self.planned,
            "items": self.items, "bytes": self.bytes, "positions": ranges(self.positions),
            "not_destroyed": dict(self.not_destroyed or {}), "lots": [_plain(lot) for lot in self.lots],
            "hands": [_plain(hand) for hand in self.hands],
            "holds_checked": _moment(self.holds_checked), "quarantined": [_moment(at) for at in self.quarantined],
            "purged": [_moment(at) for at in self.purged], "method": self.method.value,
            "method_in_words": METHODS[self.method], "verification": VERIFICATION, "copies": _plain(self.copies),
            "copies_in_words": statement(self.copies),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Registered:
    """A certificate as the register has it."""

    number: CertificateNumber
    issued: datetime
    manifest: int
    items: int
    bytes: int
    digest: str


def ranges(positions: Iterable[int]) -> list[list[int]]:
    """Places as first and last of each run, in order: 1, 2, 3, 7 are [[1, 3], [7, 7]]."""
    runs: list[list[int]] = []
    for position in sorted(positions):
        if runs and position == runs[-1][1] + 1:
            runs[-1][1] = position
        else:
            runs.append([position, position])
    return runs


def statement(copies: Copies) -> str:
    """What is said of copies and backups: no more than is known."""
    if copies.elsewhere is None:
        told = "Whether the same content is held elsewhere was not counted. "
    elif copies.elsewhere:
        told = f"Of {copies.elsewhere:,} of these files the same content is still held elsewhere in the inventory. "
    else:
        told = "The inventory knows of no other copy of the same content; what it has not examined it cannot know. "
    for remains in copies.remains:
        told += f"Not looked for, and not for Muniment to remove: {remains}. "
    if copies.backups_until is None:
        return told + "How long backups hold these files is not configured here: ask who keeps the backups."
    return (
        f"{told}Backups may hold these files until {copies.backups_until.isoformat()}, when they are due to be "
        "overwritten; until then they are beyond use, and Muniment does not reach them."
    )


def _plain(value: Any) -> dict[str, Any]:
    told = {name: getattr(value, name) for name in type(value).__slots__}
    return {name: _written(field) for name, field in told.items()}


def _written(field: Any) -> Any:
    if isinstance(field, datetime):
        return _moment(field)
    return field.isoformat() if isinstance(field, date) else field.value if isinstance(field, StrEnum) else field


def _moment(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
