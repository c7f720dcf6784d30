"""A dashboard as a value: what must be read first, figures, charts and tables, each number with the list behind it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from reports.section import BarChart, Cell, Column, ColumnKind
from reports.services import NO_SERVICE


@dataclass(frozen=True, slots=True)
class Link:
    """A page by its name, and what it is narrowed to in the words of its address."""

    page: str
    narrowed: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Number:
    """A cell, and the list of what it counts, where there is one."""

    value: Cell
    to: Link | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """One large number. `note` says what it is a part of, or leaves out."""

    label: str
    number: Number
    kind: ColumnKind = ColumnKind.COUNT
    note: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table whose numbers lead to their lists; the first column names the row. `empty` is said where it has none."""

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Number, ...], ...]
    total: tuple[Number, ...] | None = None
    note: str = ""
    empty: str = "There is nothing to show."

    def __post_init__(self) -> None:
        if any(len(row) != len(self.columns) for row in (*self.rows, self.total or self.columns)):
            raise ValueError(f"a row of {self.name} does not have {len(self.columns)} cells")


@dataclass(frozen=True, slots=True)
class Board:
    """`lead` is what must be read first, `next_step` what to do where there is nothing to show, or it is not complete.
    `leaves_out` says what the numbers do not cover. `as_of` is the day of figures that are kept once a day.
    """

    name: str
    title: str
    lead: str
    headlines: tuple[Headline, ...] = ()
    charts: tuple[BarChart, ...] = ()
    grids: tuple[Grid, ...] = ()
    leaves_out: tuple[str, ...] = ()
    next_step: str = ""
    as_of: date | None = None


def items(**narrowed: str) -> Link:
    return Link("items", tuple(narrowed.items()))


def rot(**narrowed: str) -> Link:
    return Link("rot-items", tuple(narrowed.items()))


def grid_of(
    name: str, caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Number | Cell]],
    total: Sequence[Number | Cell] | None = None, *, note: str = "", empty: str = "There is nothing to show.",
) -> Grid:  # fmt: skip
    """A table of numbers and plain cells; a number that is nothing leads nowhere, and no total stands below no row."""
    told = tuple(_row(row) for row in rows)
    below = _row(total) if total is not None and told else None
    return Grid(name, caption, tuple(columns), told, below, note, empty)


def line(*cells: Number | Cell) -> tuple[Number | Cell, ...]:
    """A row of a table."""
    return cells


def _row(cells: Sequence[Number | Cell]) -> tuple[Number, ...]:
    numbers = (cell if isinstance(cell, Number) else Number(cell) for cell in cells)
    return tuple(one if one.value else Number(one.value) for one in numbers)


def named(service: str) -> str:
    """A service as it is shown, and named in an address."""
    return service or NO_SERVICE


def service_named(words: str) -> str:
    """The other way round."""
    return "" if words == NO_SERVICE else words


def in_order(services: Iterable[str]) -> list[str]:
    """As they are listed: what belongs to none last."""
    return sorted(set(services), key=lambda name: (not name, name.casefold(), name))
