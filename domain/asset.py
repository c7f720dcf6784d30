"""Information assets: folders and mailboxes that somebody answers for, and what the register says of each.

"Every piece of data must have a recognised owner and approver": without both an asset is not released, and nothing in
it is disposed of.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.summary import Tally


@dataclass(frozen=True, slots=True)
class Location:
    """A folder with all below it, or a mailbox: a path below the root of a source, b"" for all of the source."""

    source: str
    path: bytes = field(repr=False)

    def covers(self, source: str, path: bytes) -> bool:
        within = not self.path or path == self.path or path.startswith(self.path + b"/")
        return source == self.source and within


class Frequency(StrEnum):
    """How often what is in an asset is brought up to date: the terms of the EU's authority table of frequencies."""

    CONTINUAL = "continual"
    DAILY = "daily"
    WEEKLY = "weekly"
    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    TWICE_A_YEAR = "twice a year"
    YEARLY = "yearly"
    IRREGULAR = "irregular"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Asset:
    """What the register says of one asset; "" is what nobody has said.

    `owner` and `approver` are the senior officers who answer for it and who sign off, `technical_officer` the one who
    knows it and reviews: each an account here, or somebody the directory knows. `lawful_basis` is of Article 6 of the
    UK GDPR, `condition` of Article 9 or of Schedule 1 to the Data Protection Act 2018, several parted by "; ".
    `subjects` are the kinds of people whom it is about. `confirmed` are the fields that `confirmed_by` vouched for on
    `confirmed_on`, as they stand; `released` is the day since when it stands in the catalogue, None of a draft.
    """

    id: str
    title: str
    service: str
    locations: tuple[Location, ...]
    owner: str = field(default="", repr=False)
    technical_officer: str = field(default="", repr=False)
    approver: str = field(default="", repr=False)
    description: str = field(default="", repr=False)
    purpose: str = field(default="", repr=False)
    lawful_basis: str = ""
    condition: str = ""
    subjects: str = field(default="", repr=False)
    recipients: str = field(default="", repr=False)
    transfers: str = field(default="", repr=False)
    security: str = field(default="", repr=False)
    intended_use: str = field(default="", repr=False)
    forbidden_use: str = field(default="", repr=False)
    update_frequency: str = ""
    quality_note: str = field(default="", repr=False)
    reuse_risk: str = field(default="", repr=False)
    licence: str = ""
    successor_body: str = ""
    confirmed: frozenset[str] = frozenset()
    confirmed_by: str = ""
    confirmed_on: date | None = None
    released: date | None = None


TEXTS = ("title", "service", "owner", "technical_officer", "approver", "description", "purpose", "lawful_basis",
         "condition", "subjects", "recipients", "transfers", "security", "intended_use", "forbidden_use",
         "update_frequency", "quality_note", "reuse_risk", "licence", "successor_body")  # fmt: skip
"""The fields of an asset that people write, in the order in which files have them."""


PUBLISHED = frozenset({"title", "service", "owner", "technical_officer", "approver", "description", "purpose",
                       "intended_use", "forbidden_use", "update_frequency", "quality_note", "reuse_risk", "licence",
                       "locations"})  # fmt: skip
"""What the catalogue says of an asset, or is made from."""


def said(asset: Asset) -> frozenset[str]:
    """The fields of which anything is said, `locations` too: what a confirmation confirms."""
    return frozenset(name for name in (*TEXTS, "locations") if getattr(asset, name))


class Standing(StrEnum):
    """What is known of somebody who is named."""

    PRESENT = "present"
    GONE = "gone"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody who is named, and all that they are known as here: two with a name in common are one person."""

    standing: Standing
    known_as: frozenset[str] = field(default=frozenset(), repr=False)


Parties = Callable[[str], Party]


class Lack(StrEnum):
    """What is missing of an asset, the gravest first."""

    NO_ASSET = "no-asset"
    NO_OWNER = "no-owner"
    OWNER_GONE = "owner-gone"
    OWNER_UNKNOWN = "owner-unknown"
    NO_APPROVER = "no-approver"
    APPROVER_GONE = "approver-gone"
    APPROVER_UNKNOWN = "approver-unknown"
    ONE_PERSON = "one-person"
    UNCONFIRMED = "unconfirmed"
    CHANGED = "changed"
    NO_OFFICER = "no-technical-officer"
    OFFICER_GONE = "technical-officer-gone"
    OFFICER_UNKNOWN = "technical-officer-unknown"
    NO_PURPOSE = "no-purpose"
    NO_BASIS = "no-lawful-basis"
    NO_CONDITION = "no-condition"

    @property
    def words(self) -> str:
        return _WORDS[self]


_WORDS = {
    Lack.NO_ASSET: "it lies in no asset",
    Lack.NO_OWNER: "no owner is named",
    Lack.OWNER_GONE: "its owner has left, or may act no more",
    Lack.OWNER_UNKNOWN: "neither an account nor the directory knows its owner",
    Lack.NO_APPROVER: "no approver is named",
    Lack.APPROVER_GONE: "its approver has left, or may act no more",
    Lack.APPROVER_UNKNOWN: "neither an account nor the directory knows its approver",
    Lack.ONE_PERSON: "owner and approver are one person",
    Lack.UNCONFIRMED: "nobody has confirmed what it is and who answers for it",
    Lack.CHANGED: "what the catalogue says of it was changed, and nobody has confirmed that",
    Lack.NO_OFFICER: "no technical officer is named",
    Lack.OFFICER_GONE: "its technical officer has left, or may act no more",
    Lack.OFFICER_UNKNOWN: "neither an account nor the directory knows its technical officer",
    Lack.NO_PURPOSE: "no purpose is given",
    Lack.NO_BASIS: "it holds personal data, and no lawful basis is given",
    Lack.NO_CONDITION: "it may hold special category or criminal offence data, and no condition is given",
}

BARS_DISPOSAL = frozenset(list(Lack)[: list(Lack).index(Lack.CHANGED)])
BARS_RELEASE = BARS_DISPOSAL | {Lack.CHANGED, Lack.NO_OFFICER, Lack.OFFICER_GONE, Lack.OFFICER_UNKNOWN}
"""The catalogue names both technical officer and approver before anything is released."""

_OF_OWNER = (Lack.NO_OWNER, Lack.OWNER_GONE, Lack.OWNER_UNKNOWN)
_OF_APPROVER = (Lack.NO_APPROVER, Lack.APPROVER_GONE, Lack.APPROVER_UNKNOWN)
_OF_OFFICER = (Lack.NO_OFFICER, Lack.OFFICER_GONE, Lack.OFFICER_UNKNOWN)
_VOUCHED = frozenset({"locations", "owner", "approver"})


def lacks(asset: Asset, parties: Parties, *, personal: bool = False, special: bool = False) -> tuple[Lack, ...]:
    """What is missing of an asset, the gravest first; `personal` and `special` are what was found to lie in it."""
    owner, approver = parties(asset.owner), parties(asset.approver)
    found = {
        *_of_party(asset.owner, owner, _OF_OWNER),
        *_of_party(asset.approver, approver, _OF_APPROVER),
        *_of_party(asset.technical_officer, parties(asset.technical_officer), _OF_OFFICER),
    }
    if not owner.known_as.isdisjoint(approver.known_as):
        found.add(Lack.ONE_PERSON)
    if not asset.confirmed >= _VOUCHED:
        found.add(Lack.UNCONFIRMED)
    elif not asset.confirmed >= said(asset) & PUBLISHED:
        found.add(Lack.CHANGED)
    if not asset.purpose:
        found.add(Lack.NO_PURPOSE)
    if personal and not asset.lawful_basis:
        found.add(Lack.NO_BASIS)
    if special and not asset.condition:
        found.add(Lack.NO_CONDITION)
    return tuple(lack for lack in Lack if lack in found)


def _of_party(name: str, party: Party, of: tuple[Lack, Lack, Lack]) -> tuple[Lack, ...]:
    if not name:
        return of[:1]
    return {Standing.PRESENT: (), Standing.GONE: of[1:2], Standing.UNKNOWN: of[2:]}[party.standing]


@dataclass(frozen=True, slots=True)
class AssetRegister:
    """Which asset a folder is of. Of nested locations the deepest that covers it counts, and no other."""

    locations: Mapping[tuple[str, bytes], str]

    def of(self, source: str, folder: bytes) -> str | None:
        """The id of the asset that a folder, and so each file in it, is of; None of none."""
        while (found := self.locations.get((source, folder))) is None and folder:
            folder = folder.rpartition(b"/")[0]
        return found


def register_of(assets: Mapping[str, Asset]) -> AssetRegister:
    return AssetRegister({(at.source, at.path): asset.id for asset in assets.values() for at in asset.locations})


@dataclass(frozen=True, slots=True)
class Holding:
    """What was found to lie somewhere. Counts of findings are of items, attachments too; `files` and their bytes are
    not. `unread` are those that were not read to the end, or wait for OCR, so that nobody knows; `going` are files that
    the schedule says are due to be disposed of.

    `high` items score 60 or more by their content alone; `highest` is the highest score. `oldest` and `newest` are days
    on which files were last changed.
    """

    files: Tally = Tally()  # noqa: RUF009  a frozen value
    unread: int = 0
    personal: int = 0
    special: int = 0
    children: int = 0
    criminal: int = 0
    high: int = 0
    highest: int = 0
    oldest: date | None = None
    newest: date | None = None
    kinds: Mapping[str, int] = field(default_factory=dict)
    going: Tally = Tally()  # noqa: RUF009  a frozen value

    @property
    def risk(self) -> tuple[int, int, int, int]:
        """What assets are ranked by: items that score high, items with personal data, bytes, files."""
        return (self.high, self.personal, self.files.bytes, self.files.items)

    def __add__(self, other: Holding) -> Holding:
        days = [day for one in (self, other) for day in (one.oldest, one.newest) if day is not None]
        return Holding(
            self.files + other.files, self.unread + other.unread, self.personal + other.personal,
            self.special + other.special, self.children + other.children, self.criminal + other.criminal,
            self.high + other.high, max(self.highest, other.highest), min(days, default=None), max(days, default=None),
            Counter(self.kinds) + Counter(other.kinds), self.going + other.going,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Missing:
    """A finding: what an asset lacks, or with asset "" that so much of a service lies in none; and what is at stake."""

    service: str
    asset: str
    title: str
    lacks: tuple[Lack, ...]
    holding: Holding

    @property
    def bars_disposal(self) -> bool:
        return not BARS_DISPOSAL.isdisjoint(self.lacks)

    @property
    def stopped(self) -> Tally:
        """The files that the schedule says are due to be disposed of, and that may not be for what is missing."""
        return self.holding.going if self.bars_disposal else Tally()


@dataclass(frozen=True, slots=True)
class Registered:
    """An asset with what lies in it, and what it lacks."""

    asset: Asset
    holding: Holding
    lacks: tuple[Lack, ...]

    @property
    def in_catalogue(self) -> bool:
        """Whether it is released, and still has all that this needs: an owner who leaves takes it out."""
        return self.asset.released is not None and BARS_RELEASE.isdisjoint(self.lacks)

    @property
    def state(self) -> str:
        """Draft, released, or suspended: released, and not in the catalogue for what has come to be missing."""
        return "draft" if self.asset.released is None else "released" if self.in_catalogue else "suspended"
