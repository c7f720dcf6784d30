"""Long tables by a sample of their rows, and what is reckoned from it for the others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import accumulate, pairwise
from typing import NamedTuple

from classifiers.columns.draw import FIRST, MOST_ROWS, Expected, Gate, drawn, expected, fired, is_expected, kind_of
from classifiers.columns.estimate import Estimate
from classifiers.columns.found_records import records_in
from classifiers.columns.records import Records
from classifiers.columns.rows import Grid, Row, bare, cells_of_row, rows_of
from classifiers.columns.sql import Dump
from classifiers.columns.tables import grids_in
from classifiers.columns.verdict import MOST_JUDGED_BY, JudgedTable, as_judged, judge
from classifiers.columns.views import View, remaining, views_of
from classifiers.overlap import Hit
from domain.content import Content, Table

_LONGEST_GAP = 300
"""Characters between two records: "),\n(", or the words of another statement."""


class Examined(NamedTuple):
    """A row that is examined: its cells column by column, and where they stand in the stretch, each with its column."""

    start: int
    end: int
    cells: Sequence[str]
    places: Sequence[tuple[int, int, int]]

    def column_at(self, offset: int) -> int:
        """Which column an offset of the stretch stands in, -1 for none."""
        return next((column for start, end, column in self.places if start <= offset <= end), -1)


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a long table that one stretch holds: its rows that are examined, in order.

    `sampled` are the offsets of those that stand for others.
    """

    columns: tuple[str, ...]
    estimate: Estimate
    known: Expected
    rows: tuple[Examined, ...] = field(repr=False)
    sampled: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sample:
    """What of a stretch is examined: its text without the rows left out, and its tables by offsets in that.

    Nothing is left out where no table is long. `cuts` are where the pieces begin: here, and in the stretch.
    """

    text: str = field(repr=False)
    tables: tuple[JudgedTable | Records, ...] = field(repr=False)
    cuts: tuple[tuple[int, int], ...] = ((0, 0),)
    parts: tuple[Part, ...] = field(default=(), repr=False)

    @property
    def content(self) -> Content:
        """The sample as a content of its own, for those who take one."""
        return Content(self.text, tables=self.tables)

    def originals(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        """The hits by their offsets in the stretch, without those that only rows brought together here have made."""
        if self.cuts == ((0, 0),):
            yield from hits
            return
        for hit in hits:
            piece = bisect_right(self.cuts, hit.start, key=lambda cut: cut[0]) - 1
            if piece + 1 == len(self.cuts) or hit.end <= self.cuts[piece + 1][0]:
                by = self.cuts[piece][1] - self.cuts[piece][0]
                yield hit._replace(start=hit.start + by, end=hit.end + by)


class Sampling:
    """The sampling of one text, stretch by stretch, so that a table is one however many stretches it goes through.

    Of a table beyond 1,000 rows the first hundred and another hundred from all over it are examined, and every row in
    which the gate names something that the columns do not lead to expect (a National Insurance number in a column of
    notes), up to a hundred for each kind in a stretch. What the sample holds is multiplied: see `beyond`.
    """

    def __init__(self, gate: Gate, latest: date | None = None, in_cells: frozenset[str] = frozenset()) -> None:
        """`latest` is the latest date known of the document; of `in_cells` see `fired`."""
        self._gate, self._latest, self._dump, self._in_cells = gate, latest, Dump(), in_cells
        self._estimates: list[Estimate] = []
        self._open: dict[tuple[str | None, tuple[str, ...], str], Estimate] = {}

    def take(self, content: Content, tables: Sequence[Table] = ()) -> Sample:
        """What to examine of a stretch; `tables` are the reader's, by offsets in it."""
        judged: list[JudgedTable | Records] = []
        parts: list[Part] = []
        left_out: list[tuple[int, int]] = []
        records = records_in(content.text, tables, self._dump, self._latest)
        for grid in grids_in(content.text, (*tables, *records)):
            rows = list(rows_of(content.text, grid))
            estimate = self._estimate(content, grid, rows)
            judged.append(as_judged(grid, estimate.verdicts))
            if estimate.rows > MOST_ROWS:
                parts.append(self._part(grid.columns, estimate, _Lines(rows, grid.delimiter)))
                left_out += _left_out(content.text, rows, parts[-1])
        for one in records:
            for view in views_of(content.text, one):
                estimate = self._estimate_of(content, view)
                if estimate.rows > MOST_ROWS:
                    parts.append(self._part(view.columns, estimate, view))
                    left_out += _records_left_out(content.text, view, parts[-1])
        return _sample(content.text, [*judged, *records], tuple(parts), sorted(left_out))

    def count(self, sample: Sample, hits: Iterable[Hit]) -> None:
        """Take note of what was found in a sample and remained; offsets are those in the sample."""
        if not sample.parts:
            return
        rows = sorted(((row.start, part, row) for part in sample.parts for row in part.rows), key=lambda row: row[0])
        for hit in sample.originals(hits):
            index = bisect_right(rows, hit.start, key=lambda row: row[0]) - 1
            if index >= 0 and hit.start <= rows[index][2].end:
                self._note(*rows[index][1:], hit)

    @property
    def is_sampled(self) -> bool:
        """Whether any rows were left out so far."""
        return any(estimate.is_sampled for estimate in self._estimates)

    def beyond(self) -> dict[str, int]:
        """By kind, how many different values are reckoned to stand in the rows that were left out; nothing where none
        were.

        In a column that holds a kind: the share of the sample's different cells that do, of all different cells of the
        column, which are counted. Of rows with something unexpected past the first hundred: the share of the hundred
        that did hold it, each cell in another way.
        """
        total: Counter[str] = Counter()
        for estimate in self._estimates:
            total.update(estimate.beyond() if estimate.is_sampled else ())
        return {kind: count for kind, count in total.items() if count > 0}

    def _estimate(self, content: Content, grid: Grid, rows: Sequence[Row]) -> Estimate:
        """That of the table which these rows go on, judged by those that were seen first.

        One without headings goes on only at the beginning of a stretch.
        """
        key = (content.place_at(content.start + max(grid.start, 0)), grid.columns, grid.delimiter)
        if key not in self._open or not (any(grid.columns) or (content.start and grid.start <= 0)):
            at = drawn(len(rows)) if len(rows) > MOST_ROWS else range(min(len(rows), MOST_JUDGED_BY))
            cells = (list(map(bare, cells_of_row(rows[index].line, grid.delimiter))) for index in at)
            self._open[key] = Estimate(judge(grid.columns, cells, self._latest))
            self._estimates.append(self._open[key])
        self._open[key].rows += len(rows)
        return self._open[key]

    def _estimate_of(self, content: Content, view: View) -> Estimate:
        """That of the records which these go on, under the same names."""
        key = (content.place_at(content.start + max(view.start, 0)), view.columns, "")
        if key not in self._open:
            self._open[key] = Estimate(view.verdicts)
            self._estimates.append(self._open[key])
        self._open[key].rows += len(view.starts)
        return self._open[key]

    def _part(self, columns: tuple[str, ...], estimate: Estimate, rows: _Lines | View) -> Part:
        cells = rows.cells()
        sample = drawn(len(cells), 0 if estimate.is_sampled else FIRST)
        known = expected(self._gate, columns, estimate.verdicts, [cells[at] for at in sample])
        unexpected = fired(self._gate, columns, known, cells, self._in_cells)
        estimate.add_part(cells, sample, unexpected)
        kept = sorted(unexpected.rows.union(sample))
        examined = tuple(Examined(*rows.span(at), cells[at], rows.places(at)) for at in kept)
        return Part(columns, estimate, known, examined, frozenset(rows.span(at)[0] for at in sample))

    def _note(self, part: Part, row: Examined, hit: Hit) -> None:
        column = row.column_at(hit.start)
        if column < 0:
            return
        if self._is_unexpected(part, column, row.cells[column], hit.kind):
            part.estimate.note_unexpected(hit.kind, row.cells[column])
        else:
            part.estimate.note(column, hit.kind, row.cells, is_sampled=row.start in part.sampled)

    def _is_unexpected(self, part: Part, column: int, cell: str, kind: str) -> bool:
        """Whether every row with such a cell is examined, so that this one stands for no other."""
        known = part.known.of(column)
        if kind in known:
            return False
        names = self._gate(cell, part.columns[column : column + 1], known)
        return any(kind_of(name) == kind and not is_expected(name, known) for name in names)


class _Lines(NamedTuple):
    """Rows that are lines."""

    rows: Sequence[Row]
    delimiter: str

    def cells(self) -> list[list[str]]:
        return [cells_of_row(row.line, self.delimiter) for row in self.rows]

    def span(self, at: int) -> tuple[int, int]:
        row = self.rows[at]
        return row.start, row.start + len(row.line)

    def places(self, at: int) -> list[tuple[int, int, int]]:
        """The cells with the delimiter before each, so that they leave nothing out."""
        start, line = self.rows[at]
        ends = accumulate((len(cell) + 1 for cell in cells_of_row(line, self.delimiter)), initial=start)
        return [(low, high - 1, column) for column, (low, high) in enumerate(pairwise(ends))]


def _left_out(text: str, rows: Sequence[Row], part: Part) -> Iterator[tuple[int, int]]:
    """Where the rows that are not examined stand, with their line ends. What is no row stays."""
    kept = {row.start for row in part.rows}
    for row in rows:
        if row.start not in kept:
            end = row.start + len(row.line)
            yield row.start, end + (2 if text.startswith("\r", end) else 1)


def _records_left_out(text: str, view: View, part: Part) -> Iterator[tuple[int, int]]:
    """Where the records that are not examined stand, with what stands between two, the same as between two before."""
    kept = {row.start for row in part.rows}
    between: set[str] = set()
    for start, end, following in zip(view.starts, view.ends, [*view.starts[1:], len(text)], strict=True):
        gap = text[end : min(following, end + _LONGEST_GAP + 1)]
        is_known = gap in between
        between.add(gap)
        if start not in kept:
            yield start, following if is_known and len(gap) <= _LONGEST_GAP else end


def _sample(
    text: str, tables: Sequence[JudgedTable | Records], parts: tuple[Part, ...], left_out: Iterable[tuple[int, int]]
) -> Sample:
    pieces: list[str] = []
    cuts, size, at = [(0, 0)], 0, 0
    for start, end in (*left_out, (len(text), len(text))):
        if start > at:
            pieces.append(text[at:start])
            size += start - at
        if end < len(text) and cuts[-1][0] == size:
            cuts[-1] = (size, end)
        elif end < len(text):
            cuts.append((size, end))
        at = min(end, len(text))
    moved = sorted((_moved(table, cuts) for table in tables), key=lambda table: table.start)
    return Sample("".join(pieces), tuple(moved), tuple(cuts), parts)


def _moved(table: JudgedTable | Records, cuts: Sequence[tuple[int, int]]) -> JudgedTable | Records:
    start, end = _in_sample(cuts, table.start), _in_sample(cuts, table.end)
    if isinstance(table, Records) and len(cuts) > 1:
        return remaining(table, cuts, start, end)
    return replace(table, start=start, end=end)


def _in_sample(cuts: Sequence[tuple[int, int]], offset: int) -> int:
    """Where the character at `offset` of the stretch stands in the sample, or the first one behind it that does."""
    piece = bisect_right(cuts, offset, key=lambda cut: cut[1]) - 1
    if piece < 0:
        return min(offset, 0)
    here = cuts[piece][0] + offset - cuts[piece][1]
    return min(here, cuts[piece + 1][0]) if piece + 1 < len(cuts) else here
