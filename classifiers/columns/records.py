"""Records: tables whose rows and cells stand anywhere, each by its place: what a dump, JSON or XML holds."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field

from classifiers.columns.one_column import NO_VERDICT, Verdict
from domain.content import Table

FURTHEST_APART = 2_000
"""Characters: records further from each other are not of one stretch of records."""
MOST_COLUMNS = 2_000
"""In all records of one text; a key past these is not looked at."""
_ESCAPED = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Cells:
    """Where the cells begin and end, in order, by offsets from that of their table; their columns and records.

    Of a record, which has others inside as a person has telephones: where it begins and ends, and of which kind it is.
    """

    starts: array[int]
    ends: array[int]
    columns: array[int]
    records: array[int]
    record_starts: array[int]
    record_ends: array[int]
    record_kinds: array[int]


@dataclass(frozen=True, slots=True)
class Records(Table):
    """Records of one kind or of several, which may lie in each other; offsets as in `Table`.

    `columns` are those of all kinds; `kinds` says for each of which kind of record it is, `outer` for each kind in
    which other it lies, -1 for none. The verdicts are on the columns, once they are judged.
    """

    cells: Cells = field(kw_only=True, repr=False, compare=False)
    kinds: tuple[int, ...] = ()
    outer: tuple[int, ...] = ()
    verdicts: tuple[Verdict, ...] = ()

    def within(self, low: int, high: int) -> range:
        """The numbers of the cells that begin in a stretch of the text."""
        starts = self.cells.starts
        return range(bisect_left(starts, low - self.start), bisect_left(starts, high - self.start))

    def cell_at(self, offset: int) -> int:
        """The number of the cell that an offset of the text stands in, -1 between cells."""
        at = bisect_right(self.cells.starts, offset - self.start) - 1
        return at if at >= 0 and offset - self.start < self.cells.ends[at] else -1

    def column_at(self, offset: int) -> int:
        """The column of that cell, -1 between cells."""
        at = self.cell_at(offset)
        return self.cells.columns[at] if at >= 0 else -1

    def span(self, cell: int) -> tuple[int, int]:
        """Where a cell stands in the text."""
        return self.start + self.cells.starts[cell], self.start + self.cells.ends[cell]

    def verdict(self, column: int) -> Verdict:
        return self.verdicts[column] if 0 <= column < len(self.verdicts) else NO_VERDICT


def meant(cell: str) -> str:
    """The cell as it is meant, where it has escapes: "O''Neill", "Si\\u00e2n"."""
    if "\\" in cell:
        cell = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), cell).replace("\\'", "'")
    return cell.replace("''", "'")


class Gathering:
    """Takes in records as a reader comes upon them, cells in the order of the text."""

    def __init__(self) -> None:
        self._kinds: dict[object, int] = {}
        self._outer: list[int] = []
        self._columns: dict[tuple[int, object], int] = {}
        self._headings: list[str] = []
        self._starts, self._ends, self._of_column, self._of_record = (array("i") for _ in range(4))
        self._record_starts, self._record_ends, self._record_kinds = (array("i") for _ in range(3))

    def kind(self, key: object, outer: int = -1) -> int:
        """The kind of record that goes by this key."""
        if key not in self._kinds:
            self._kinds[key] = len(self._kinds)
            self._outer.append(outer)
        return self._kinds[key]

    def column(self, kind: int, key: object, heading: str) -> int:
        """A column of a kind of record, -1 where there are too many."""
        found = self._columns.get((kind, key), -1)
        if found < 0 and len(self._columns) < MOST_COLUMNS:
            found = self._columns[kind, key] = len(self._columns)
            self._headings.append(heading)
        return found

    def begin(self, kind: int, start: int) -> int:
        """A record begins here; its number."""
        self._record_starts.append(start)
        self._record_ends.append(start)
        self._record_kinds.append(kind)
        return len(self._record_starts) - 1

    def cell(self, record: int, column: int, start: int, end: int) -> None:
        """A cell of a record that has begun."""
        if column >= 0 and start < end:
            self._starts.append(start)
            self._ends.append(end)
            self._of_column.append(column)
            self._of_record.append(record)
            self._record_ends[record] = max(self._record_ends[record], end)

    def end(self, record: int, end: int) -> None:
        """A record ends here; one that was broken off ends with its last cell."""
        self._record_ends[record] = end

    def records(self) -> Iterator[Records]:
        """What was gathered, parted where nothing stands for long."""
        kinds = tuple(kind for kind, _ in self._columns)
        for low, high in self._stretches():
            first, last = min(self._of_record[low:high]), max(self._of_record[low:high])
            start = min(self._starts[low], *self._record_starts[first : last + 1])
            end = max(self._ends[high - 1], *self._record_ends[first : last + 1])
            cells = self._cells(low, high, first, last + 1, start)
            yield Records(start, end, tuple(self._headings), cells=cells, kinds=kinds, outer=tuple(self._outer))

    def _stretches(self) -> Iterator[tuple[int, int]]:
        low, reached = 0, self._record_ends[self._of_record[0]] if self._of_record else 0
        for at, start in enumerate(self._starts):
            if start - reached > FURTHEST_APART:
                yield low, at
                low = at
            reached = max(reached, self._ends[at], self._record_ends[self._of_record[at]])
        if self._starts:
            yield low, len(self._starts)

    def _cells(self, low: int, high: int, first: int, last: int, start: int) -> Cells:
        return Cells(
            _less(self._starts[low:high], start),
            _less(self._ends[low:high], start),
            self._of_column[low:high],
            _less(self._of_record[low:high], first),
            _less(self._record_starts[first:last], start),
            _less(self._record_ends[first:last], start),
            self._record_kinds[first:last],
        )


def _less(offsets: array[int], by: int) -> array[int]:
    return array("i", (offset - by for offset in offsets)) if by else offsets
