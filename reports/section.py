"""What a report is made of: figures, text, charts and tables, as values that know nothing of a format."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import islice
from typing import Self

_SHOWN = 200
_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class ColumnKind(StrEnum):
    """What the cells of a column are, which decides how they are written and on which side they stand.

    BYTES are sizes; SHARE is a fraction from 0 to 1; SCORE is 0-100; HEAT holds `Heat`; a PATH may break anywhere.
    """

    TEXT = "text"
    PATH = "path"
    COUNT = "count"
    BYTES = "bytes"
    SHARE = "share"
    SCORE = "score"
    DATE = "date"
    HEAT = "heat"

    @property
    def numeric(self) -> bool:
        return self not in (ColumnKind.TEXT, ColumnKind.PATH, ColumnKind.DATE)


@dataclass(frozen=True, slots=True)
class Heat:
    """A cell of a heat map: the number of items stands in the cell, the highest score of 0-100 shades it."""

    items: int
    highest: int

    @property
    def level(self) -> int:
        """0-4: the band of the highest score, in steps of 20."""
        return min(self.highest // 20, 4)


class Part(float):
    """A fraction that knows the numbers that it is made of: published, it must not tell a small one."""

    __slots__ = ("number", "whole")
    number: int
    whole: int

    def __new__(cls, number: int, whole: int) -> Self:
        made = super().__new__(cls, number / whole)
        made.number, made.whole = number, whole
        return made


Cell = str | int | float | date | datetime | Heat | None
"""None is a value that is not known; a datetime is in UTC."""

Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """`absent` is what a page says where a cell is None. `names`: a cell may name a person, a place or a file, as every
    PATH may; a table with such a column is not published.
    """

    heading: str
    kind: ColumnKind = ColumnKind.TEXT
    absent: str = "not known"
    names: bool = False


@dataclass(frozen=True, slots=True)
class RowSource:
    """Rows that are too many to hold: counted once, and read from the first on whenever they are asked for."""

    count: int
    read: Callable[[], Iterable[Row]]

    def __len__(self) -> int:
        return self.count

    def __iter__(self) -> Iterator[Row]:
        return iter(self.read())


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of a table; the first column names the row. `name` goes into file names.

    A page shows no more than `shown` rows and says how many it left out; a file of data holds them all. `total` is
    apart from the rows, so that a sum over a file counts nothing twice. `empty` is said in place of a table with no
    rows. `caption` says what the table holds; `note` what must be known to read it.
    """

    name: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...] | RowSource
    total: Row | None = None
    note: str = ""
    empty: str = "Nothing was found."
    shown: int = _SHOWN

    def __post_init__(self) -> None:
        check_name(self.name)
        width, held = len(self.columns), () if isinstance(self.rows, RowSource) else self.rows
        if any(len(row) != width for row in held) or (self.total is not None and len(self.total) != width):
            raise ValueError(f"a row of the table {self.name} does not have {width} cells")

    @property
    def head(self) -> tuple[Row, ...]:
        """The rows that a page shows."""
        return tuple(islice(self.rows, self.shown))

    @property
    def left_out(self) -> int:
        """Rows that a page leaves out."""
        return max(0, len(self.rows) - self.shown)


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: a number for each series, in the order of the chart's series."""

    label: str
    values: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.values)


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars whose series are stacked. The same numbers stand in the table named `table`, as a chart is never alone.

    They are drawn largest first, unless they are `in_order`, as years are.
    """

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    kind: ColumnKind
    table: str
    in_order: bool = False

    def __post_init__(self) -> None:
        if any(len(bar.values) != len(self.series) for bar in self.bars):
            raise ValueError(f"a bar does not have {len(self.series)} values")


@dataclass(frozen=True, slots=True)
class Figure:
    """One headline number with what it counts and, in `note`, what it leaves out or is a part of."""

    label: str
    value: Cell
    kind: ColumnKind
    note: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """`text` are paragraphs, shown before the figures, charts and tables; `points` is a list shown after them."""

    heading: str
    text: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    charts: tuple[BarChart, ...] = ()
    tables: tuple[Table, ...] = ()
    points: tuple[str, ...] = ()


def check_name(name: str) -> None:
    """Refuse a name that could not stand in a file name: it is small letters, digits and single hyphens."""
    if not _NAME.fullmatch(name):
        raise ValueError("a report or table name is small letters, digits and hyphens")
