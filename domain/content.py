"""What a reader read out of an item. It never leaves the process that read it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

from domain.errors import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """From this character offset on, the text comes from here: "page 2", "Sheet1", "properties"."""

    start: int
    name: str


@dataclass(frozen=True, slots=True)
class Content:
    """The text of one item and where each stretch of it stands. `problem` is set where something was left unread."""

    text: str = field(default="", repr=False)
    places: tuple[Place, ...] = field(default=(), repr=False)
    problem: Problem | None = None
    pending: tuple[str, ...] = ()

    def place_at(self, offset: int) -> str | None:
        """The name of the place that the character at `offset` stands in, where the reader could tell."""
        index = bisect_right(self.places, offset, key=lambda place: place.start)
        return self.places[index - 1].name if index else None
