"""Sums over an inventory that reports are made of: each is one value of a few rows, however much is held."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from domain.access import Breadth
from domain.errors import ProblemCode
from domain.examination import Outcome
from domain.family import Family
from domain.finding import KINDS, Category
from domain.summary import Tally


class Owned(StrEnum):
    """What is known of the owner of a file."""

    KNOWN = "somebody who is there"
    LEFT = "somebody who has left"
    DELETED = "an account that was deleted"
    UNASKED = "an account that no directory was asked about"
    NOBODY = "nobody named"


GONE = (Owned.LEFT, Owned.DELETED, Owned.NOBODY)
"""Where nobody who is there answers for a file."""


@dataclass(frozen=True, slots=True)
class OwnedFiles:
    """Files of a service that are alike in what is known of their owner and of who can read them."""

    service: str
    owner: Owned
    breadth: Breadth
    tally: Tally


@dataclass(frozen=True, slots=True)
class Reviewed:
    """So many items of a service that came into its queue on one day, and were `decided` on another, or wait."""

    service: str
    entered: date
    decided: date | None
    items: int


@dataclass(frozen=True, slots=True)
class Reviewing:
    """How a service keeps the time of its review: what waits, and of that is `overdue`; what was decided on, and of
    that `in_time`, which is before it was overdue.
    """

    service: str
    waiting: int = 0
    overdue: int = 0
    decided: int = 0
    in_time: int = 0

    def __add__(self, other: Reviewing) -> Reviewing:
        return Reviewing(
            self.service, self.waiting + other.waiting, self.overdue + other.overdue, self.decided + other.decided,
            self.in_time + other.in_time,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Read:
    """What came of so many items of a share: `outcome` None is waiting, `code` why it was not read whole."""

    share: str
    outcome: Outcome | None
    code: ProblemCode | None
    is_part: bool
    is_folder: bool
    tally: Tally


@dataclass(frozen=True, slots=True)
class Share:
    """A source as its last scan left it. `awaiting_ocr` items have pictures whose text nobody has read."""

    name: str
    scanned: datetime | None
    complete: bool
    awaiting_ocr: int


@dataclass(frozen=True, slots=True)
class Risky:
    """Items with personal data that are alike in service, in who can read them and in their themes.

    `bands` counts them by score, twenty to a band; `highest` is the highest score among them.
    """

    service: str
    breadth: Breadth
    left: bool
    themes: frozenset[Category]
    bands: tuple[int, int, int, int, int]
    highest: int
    special: int
    children: int
    criminal: int
    late: int

    @property
    def items(self) -> int:
        return sum(self.bands)

    @property
    def high(self) -> int:
        """Those that score 60 or more."""
        return self.bands[3] + self.bands[4]


@dataclass(frozen=True, slots=True)
class OpenFolder:
    """A folder with personal data that many can read: how many of its items hold any, and the highest score."""

    source: str
    path: str = field(repr=False)
    service: str
    breadth: Breadth
    personal: int
    high: int
    highest: int


@dataclass(frozen=True, slots=True)
class Leaver:
    """What one who has left still owns; `account` where no name is known."""

    person: str = field(repr=False)
    service: str
    files: Tally
    personal: int
    newest: datetime | None


@dataclass(frozen=True, slots=True)
class Flagged:
    """What the schedule said of so many files of a service; `late` is how long the day has passed, by `AGES`."""

    service: str
    state: str
    action: str
    late: int | None
    tally: Tally


AGES = ("under 1 year", "1 to 2 years", "2 to 5 years", "5 to 10 years", "10 years and more")
AGE_YEARS = (1, 2, 5, 10)
"""The ends of all bands but the last."""


class Sensitivity(StrEnum):
    """How much harm it could do, worst first. One content is of the first that fits."""

    SPECIAL = "Possible special category, criminal or about children"
    IDENTITY = "Identity, money or passwords"
    CONTACT = "Names and contact alone"


@dataclass(frozen=True, slots=True)
class Overstay:
    """Different contents that lie past their day since `due`, and the people said to be in them."""

    service: str
    sensitivity: Sensitivity
    due: date
    contents: int
    people: int


@dataclass(frozen=True, slots=True)
class Shadow:
    """A spreadsheet, table or database that holds personal data as if it were a system. `people` is the most values
    of any one kind that tells people apart.
    """

    path: str = field(repr=False)
    service: str
    people: int
    kinds: Mapping[str, int]
    size: int
    modified: datetime | None
    breadth: Breadth
    risk: int


@dataclass(frozen=True, slots=True)
class Shadows:
    """All of a service: how many files, how many were changed in the last year, and the people said to be in them."""

    service: str
    files: Tally
    lately: int
    people: int


@dataclass(frozen=True, slots=True)
class InFamily:
    """Files of a family, and how many of it lie inside other files: messages in a mailbox, attachments."""

    service: str
    family: Family
    files: Tally
    inside: int


@dataclass(frozen=True, slots=True)
class OfYear:
    """Files whose beginning (the earlier of made and last changed, as they say) lies in a year; None: they say none."""

    year: int | None
    files: Tally


class Measure(StrEnum):
    """What is kept of a period."""

    HELD = "held"
    READ = "read to the end"
    UNREAD = "not read to the end"
    PERSONAL = "with personal data"
    HIGH = "scoring 60 or more"
    OPEN = "with personal data and open to many"
    PAST_DUE = "past due"
    UNDER_RULE = "under a rule"
    COMPUTABLE = "under a rule that can be computed"
    UNOWNED = "without a present owner"
    ROT = "put forward as redundant, obsolete or trivial"
    COPIES = "further exact copies"


@dataclass(frozen=True, slots=True)
class Period:
    """The figures of a day: of each service ("" for none named) and measure, items and bytes."""

    day: date
    sums: Mapping[tuple[str, Measure], Tally]

    def total(self, measure: Measure, service: str | None = None) -> Tally | None:
        """None where that was not measured on the day."""
        found = [
            tally for (of, what), tally in self.sums.items() if what is measure and (service is None or of == service)
        ]
        return sum(found, Tally()) if found else None


class Breakdown(StrEnum):
    """By what the figures of the last day are broken down, too. A theme's are by the band of their score as well."""

    THEME = "theme"
    LATE = "late"
    ROT = "rot"
    GUARDED = "guarded"


@dataclass(frozen=True, slots=True)
class BrokenDown:
    """The figures of a day broken down: by service, and by the words of which kind they are of.

    THEME has a category and a place among the bands of score ("identity", "3"), LATE a place in `AGES`, ROT and GUARDED
    a reason of `domain.rot.RotReason` and a guard.
    """

    day: date
    sums: Mapping[tuple[str, Breakdown, tuple[str, ...]], Tally]


@dataclass(frozen=True, slots=True)
class Matched:
    """One content that a search met, with all its copies. `likely` are the numbers of the lines that were met by an
    identifier, or by a surname with its initial; `loose` those met by one word of a name alone.
    """

    likely: tuple[int, ...]
    loose: tuple[int, ...]
    terms: tuple[str, ...]
    path: str = field(repr=False)
    source: str
    service: str
    copies: int
    text_chars: int
    special: bool
    children: bool
    criminal: bool


@dataclass(frozen=True, slots=True)
class Searched:
    """What a search for people came to. What was typed is not in it: `lines` is how many lines that were.

    `found` is how many contents were met, of which `matched` are the likeliest. In `unsure` contents more values were
    met than their fingerprints are kept of, so that they may hold the person all the same.
    """

    reference: str
    lines: int
    terms: tuple[str, ...]
    found: int
    matched: tuple[Matched, ...]
    unsure: int
    at: datetime


SENSITIVE_KINDS = frozenset(
    kind for kind, of in KINDS.items() if of in (Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN)
)
