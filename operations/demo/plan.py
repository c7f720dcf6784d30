"""The plan of the estate: which files there are, and what is true of each. Nothing here touches the disk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from random import Random

from operations.demo.document import Content

LAST_DAY = datetime(2026, 10, 30, 16, 45, tzinfo=UTC)
FIRST_DAY = datetime(2006, 10, 30, 9, 0, tzinfo=UTC)
COUNCIL = "Wendlemere County Council"


class Reading(StrEnum):
    """What a reader can make of a file: its text, or why there is none. Opaque is what is no document: system files,
    programs, empty files. Of a damaged file a part may be read, never the whole.
    """

    TEXT = "text"
    PICTURE = "picture"
    OPAQUE = "opaque"
    ENCRYPTED = "encrypted"
    DAMAGED = "damaged"


class Rot(StrEnum):
    COPY = "copy"
    TRIVIAL = "trivial"


@dataclass(frozen=True, slots=True)
class Truth:
    """What the generator knows of a file, and of all that is inside it.

    `special` (Article 9 data), `criminal` (Article 10) and `children` (safeguarding) are set where the file surely
    holds such words; `personal` is exact. Names beside contact or bank details are personal, role mailboxes are not;
    credentials are, and the user's name in a word processor's lock file is not counted.
    `copy_of` is the path of the file that an exact copy was made from; which of the two should stay is not said.
    A picture of a letter is personal though only character recognition can see it.
    """

    personal: bool = False
    special: bool = False
    criminal: bool = False
    children: bool = False
    rot: Rot | None = None
    copy_of: str | None = None
    reading: Reading = Reading.TEXT

    @property
    def readable(self) -> bool:
        return self.reading is Reading.TEXT


CLEAN = Truth()
PERSONAL = Truth(personal=True)
SPECIAL = Truth(personal=True, special=True)
CRIMINAL = Truth(personal=True, criminal=True)
CHILD = Truth(personal=True, special=True, children=True)
PICTURE = Truth(reading=Reading.PICTURE)
TRIVIAL = Truth(rot=Rot.TRIVIAL, reading=Reading.OPAQUE)


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """One file to write: its path below the estate with '/', its time, what is in it, and the truth about it."""

    path: str
    modified: datetime
    content: Content
    truth: Truth = CLEAN

    @property
    def name(self) -> str:
        return self.path.rpartition("/")[2]


def scanned(truth: Truth) -> Truth:
    """The same truth of a page that was scanned to a picture."""
    return replace(truth, reading=Reading.PICTURE)


def copied(original: PlannedFile, path: str, modified: datetime | None = None) -> PlannedFile:
    """An exact copy; it keeps the original's time where none is given, as a copying tool does."""
    truth = replace(original.truth, rot=Rot.COPY, copy_of=original.path)
    return PlannedFile(path, modified or original.modified, original.content, truth)


def dice(*names: str) -> Random:
    """Chance that falls the same way at every build; each name has its own."""
    return Random("/".join(("wendlemere", *names)))  # noqa: S311  invented data, not a secret


def moment(rng: Random, first: int, last: int = 2026) -> datetime:
    """A working hour of a weekday in these years, within the twenty years of the estate."""
    start = max(datetime(first, 1, 2, tzinfo=UTC), FIRST_DAY)
    end = min(datetime(last, 12, 30, tzinfo=UTC), LAST_DAY - timedelta(days=1))
    day = start.replace(hour=0) + timedelta(days=rng.randrange((end - start).days))
    day -= timedelta(days=max(0, day.weekday() - 4))
    return max(day + timedelta(hours=8, seconds=rng.randrange(9 * 3600)), FIRST_DAY)


def later(rng: Random, than: datetime, days: int) -> datetime:
    """At most so many days after a moment, never past the last day."""
    return min(than + timedelta(days=rng.randrange(1, days + 1)), LAST_DAY)


def long_date(day: datetime) -> str:
    """14 March 2019."""
    return f"{day.day} {day:%B %Y}"
