"""Long tables by a sample of their rows, and what is reckoned from it for the others."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from classifiers.columns.draw import FIRST, MOST_ROWS, Expected, Gate, drawn, expected, fired, is_expected, kind_of
from classifiers.columns.estimate import Estimate
from classifiers.columns.rows import Grid, Row, bare, cells_of_row, rows_of
from classifiers.columns.tables import grids_in
from classifiers.columns.verdict import MOST_JUDGED_BY, JudgedTable, as_judged, judge
from classifiers.overlap import Hit
from domain.content import Content, Table


@dataclass(frozen=True, slots=True)
class Part:
    """The part of a long table that one stretch holds: its rows that are examined, in order, and their lines.

    `starts` are their offsets in the stretch, `sampled` those that stand for others.
    """

    grid: Grid
    estimate: Estimate
    known: Expected
    starts: tuple[int, ...]
    lines: tuple[str, ...] = field(repr=False)
    sampled: frozenset[int]


@dataclass(frozen=True, slots=True)
class Sample:
    """What of a stretch is examined: its text without the rows left out, and its tables by offsets in that.

    Nothing is left out where no table is long. `cuts` are where the pieces begin: here, and in the stretch.
    """

    text: str = field(repr=False)
    tables: tuple[JudgedTable, ...] = field(repr=False)
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

    def __init__(self, gate: Gate, latest: date | None = None) -> None:
        """`latest` is the latest date known of the document."""
        self._gate, self._latest = gate, latest
        self._estimates: list[Estimate] = []
        self._open: dict[tuple[str | None, tuple[str, ...], str], Estimate] = {}

    def take(self, content: Content, tables: Sequence[Table] = ()) -> Sample:
        """What to examine of a stretch; `tables` are the reader's, by offsets in it."""
        judged: list[JudgedTable] = []
        parts: list[Part] = []
        left_out: list[tuple[int, int]] = []
        for grid in grids_in(content.text, tables):
            rows = list(rows_of(content.text, grid))
            estimate = self._estimate(content, grid, rows)
            judged.append(as_judged(grid, estimate.verdicts))
            if estimate.rows > MOST_ROWS:
                part = self._part(grid, estimate, rows)
                parts.append(part)
                left_out += _left_out(content.text, rows, part)
        return _sample(content.text, judged, tuple(parts), left_out)

    def count(self, sample: Sample, hits: Iterable[Hit]) -> None:
        """Take note of what was found in a sample and remained; offsets are those in the sample."""
        for hit in sample.originals(hits) if sample.parts else ():
            index = bisect_right(sample.parts, hit.start, key=lambda part: part.grid.start) - 1
            if index >= 0 and hit.start < sample.parts[index].grid.end:
                self._note(sample.parts[index], hit)

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

    def _part(self, grid: Grid, estimate: Estimate, rows: Sequence[Row]) -> Part:
        cells = [cells_of_row(row.line, grid.delimiter) for row in rows]
        sample = drawn(len(rows), 0 if estimate.is_sampled else FIRST)
        known = expected(self._gate, grid.columns, estimate.verdicts, [cells[at] for at in sample])
        unexpected = fired(self._gate, grid.columns, known, cells)
        estimate.add_part(cells, sample, unexpected)
        kept = sorted(unexpected.rows.union(sample))
        starts = tuple(rows[at].start for at in kept)
        sampled = frozenset(rows[at].start for at in sample)
        return Part(grid, estimate, known, starts, tuple(rows[at].line for at in kept), sampled)

    def _note(self, part: Part, hit: Hit) -> None:
        index = bisect_right(part.starts, hit.start) - 1
        column = _column(part.lines[index], hit.start - part.starts[index], part.grid.delimiter) if index >= 0 else -1
        if column < 0:
            return
        row = cells_of_row(part.lines[index], part.grid.delimiter)
        if self._is_unexpected(part, column, row[column], hit.kind):
            part.estimate.note_unexpected(hit.kind, row[column])
        else:
            part.estimate.note(column, hit.kind, row, is_sampled=part.starts[index] in part.sampled)

    def _is_unexpected(self, part: Part, column: int, cell: str, kind: str) -> bool:
        """Whether every row with such a cell is examined, so that this one stands for no other."""
        known = part.known.of(column)
        if kind in known:
            return False
        names = self._gate(cell, part.grid.columns[column : column + 1])
        return any(kind_of(name) == kind and not is_expected(name, known) for name in names)


def _column(line: str, offset: int, delimiter: str) -> int:
    """Which cell of a line the offset stands in, -1 behind it."""
    end = -1
    for column, cell in enumerate(cells_of_row(line, delimiter)):
        end += len(cell) + 1
        if offset <= end:
            return column
    return -1


def _left_out(text: str, rows: Sequence[Row], part: Part) -> Iterator[tuple[int, int]]:
    """Where the rows that are not examined stand, with their line ends. What is no row stays."""
    kept = set(part.starts)
    for row in rows:
        if row.start not in kept:
            end = row.start + len(row.line)
            yield row.start, end + (2 if text.startswith("\r", end) else 1)


def _sample(
    text: str, tables: Sequence[JudgedTable], parts: tuple[Part, ...], left_out: Iterable[tuple[int, int]]
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
    moved = tuple(_moved(table, cuts) for table in tables)
    return Sample("".join(pieces), moved, tuple(cuts), parts)


def _moved(table: JudgedTable, cuts: Sequence[tuple[int, int]]) -> JudgedTable:
    return replace(table, start=_in_sample(cuts, table.start), end=_in_sample(cuts, table.end))


def _in_sample(cuts: Sequence[tuple[int, int]], offset: int) -> int:
    """Where the character at `offset` of the stretch stands in the sample, or the first one behind it that does."""
    piece = bisect_right(cuts, offset, key=lambda cut: cut[1]) - 1
    if piece < 0:
        return min(offset, 0)
    here = cuts[piece][0] + offset - cuts[piece][1]
    return min(here, cuts[piece + 1][0]) if piece + 1 < len(cuts) else here
