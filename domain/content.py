"""What a reader read out of an item. It never leaves the process that read it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.errors import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """From this character offset on, the text comes from here: "page 2", "Sheet1", "properties"."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Table:
    """A stretch of the text that is a table: a row is a line, a tab parts the cells.

    It reaches from `start` up to `end`, the line of headings included where it has one. `columns` are the headings
    from left to right, "" for a column without.
    """

    start: int
    end: int
    columns: tuple[str, ...] = field(default=(), repr=False)


class DateSource(StrEnum):
    """Who says that an item is of a date, the more trustworthy first."""

    SENT = "sent"
    RECEIVED = "received"
    TAKEN = "taken"
    CREATED = "created"
    MODIFIED = "modified"
    PRINTED = "printed"
    TEXT = "text"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class DatedBy:
    """A date that an item may be of, and who says so: its own properties, its first lines, its name."""

    source: DateSource
    on: date


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one item and where each stretch of it stands. `problem` is set where something was left unread.

    A text too long to be held at once comes in stretches: this is the first, `rest` yields the others, once, each
    beginning with the last characters of the one before so that no value is cut in two, or with the headings of its
    table; `start` is the offset in the whole text at which that makes what is new stand where it belongs. Places and
    tables are by offsets in the whole text. The last stretch carries the problem, if any.

    `properties` are what the document says of itself ("author", "application", "pages"), `dates` what it says of its
    age, `picture` the perceptual hash of a picture (64 bits). `reader` says who read it: "pdf", "tika: garbled".
    """

    text: str = field(default="", repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    problem: Problem | None = None
    pending: tuple[str, ...] = ()
    tables: tuple[Table, ...] = field(default=(), repr=False)
    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    dates: tuple[DatedBy, ...] = ()
    picture: int | None = None
    start: int = 0
    rest: Iterable[Content] = field(default=(), repr=False, compare=False)
    reader: str = ""

    def place_at(self, offset: int) -> str | None:
        """The name of the place that the character at `offset` stands in, where the reader could tell."""
        index = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[index - 1].name if index else None
