"""Records row by row, for those who sample them: the outermost kind that there are many of, with what lies in each."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from classifiers.columns.one_column import Verdict
from classifiers.columns.records import Cells, Records

_FEWEST = 20


@dataclass(frozen=True, slots=True)
class View:
    """The records of one kind as rows: where they begin and end, and which columns they have with all that lies in
    them.
    """

    records: Records
    text: str = field(repr=False)
    starts: list[int]
    ends: list[int]
    numbers: dict[int, int]

    @property
    def start(self) -> int:
        return self.starts[0]

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(self.records.columns[column] for column in self.numbers)

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        return tuple(map(self.records.verdict, self.numbers))

    def cells(self) -> list[list[str]]:
        """The rows, each with all its columns; what a record has several of is one cell."""
        return [self._row(at) for at in range(len(self.starts))]

    def span(self, at: int) -> tuple[int, int]:
        return self.starts[at], self.ends[at]

    def places(self, at: int) -> list[tuple[int, int, int]]:
        return [
            (*self.records.span(cell), self.numbers[self.records.cells.columns[cell]])
            for cell in self.records.within(*self.span(at))
        ]

    def _row(self, at: int) -> list[str]:
        row = [""] * len(self.numbers)
        for start, end, column in self.places(at):
            row[column] = f"{row[column]}\n{self.text[start:end]}" if row[column] else self.text[start:end]
        return row


def views_of(text: str, records: Records) -> Iterator[View]:
    """The kinds of record that there are twenty of at least and that lie in none such."""
    counts = Counter(records.cells.record_kinds)
    for kind in counts:
        around = list(_around(records, kind))
        if counts[kind] >= _FEWEST and not any(counts[outer] >= _FEWEST for outer in around):
            yield _view(text, records, kind)


def remaining(records: Records, cuts: Sequence[tuple[int, int]], start: int, end: int) -> Records:
    """The records by their places in a sample that begins anew at each of the cuts: there, and in the text.

    Of the records themselves it is not known any more where they begin and end.
    """
    cells = records.cells
    starts, ends, columns, of_records = (array("i") for _ in range(4))
    for (low, at), (high, _) in zip(cuts, [*cuts[1:], (end + 1, 0)], strict=True):
        by = low - at - start
        for cell in records.within(at, at + high - low):
            if records.start + cells.ends[cell] <= at + high - low:
                starts.append(records.start + cells.starts[cell] + by)
                ends.append(records.start + cells.ends[cell] + by)
                columns.append(cells.columns[cell])
                of_records.append(cells.records[cell])
    kept = Cells(starts, ends, columns, of_records, array("i"), array("i"), array("i"))
    return Records(
        start, end, records.columns, cells=kept, kinds=records.kinds, outer=records.outer, verdicts=records.verdicts
    )


def _view(text: str, records: Records, kind: int) -> View:
    cells = records.cells
    chosen = [at for at, one in enumerate(cells.record_kinds) if one == kind]
    starts = [max(0, records.start + cells.record_starts[at]) for at in chosen]
    ends = [records.start + cells.record_ends[at] for at in chosen]
    within = [column for column, of in enumerate(records.kinds) if of == kind or kind in _around(records, of)]
    return View(records, text, starts, ends, {column: at for at, column in enumerate(within)})


def _around(records: Records, kind: int) -> Iterator[int]:
    while (kind := records.outer[kind]) >= 0:
        yield kind
