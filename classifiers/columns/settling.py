"""What a column is settles what its cells are not."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from classifiers.columns.one_column import NO_VERDICT, Verdict
from classifiers.columns.records import Records
from classifiers.columns.rows import LONGEST_ROW, bare, cells_of_row
from classifiers.columns.verdict import JudgedTable
from classifiers.overlap import Hit

_SURE_OF_A_PERSON = 0.8
_FEW_WORDS = 5
_AROUND_A_VALUE = 2


def settle_columns(hits: Iterable[Hit], text: str, tables: Sequence[JudgedTable | Records]) -> Iterator[Hit]:
    """The hits without those that the verdict on their column denies; offsets of hits and tables are those in `text`.

    Digits are denied where they are the whole of a cell in a column of another kind of number, of money or of row
    numbers; a name where the column holds posts, places, products or firms, unless it stands behind a title or among
    more than five words.
    """
    finder = _Cells(text, tables)
    return (hit for hit in hits if not _is_denied(hit, *finder.around(hit.start)))


def _is_denied(hit: Hit, verdict: Verdict, cell: str) -> bool:
    if hit.kind not in verdict.never:
        return False
    if hit.kind == "PERSON":
        return hit.score < _SURE_OF_A_PERSON and len(cell.split()) <= _FEW_WORDS
    return len(bare(cell)) - (hit.end - hit.start) <= _AROUND_A_VALUE


class _Cells:
    """Finds the column and cell that an offset stands in. Hits mostly come row by row, so the last row is kept."""

    def __init__(self, text: str, tables: Sequence[JudgedTable | Records]) -> None:
        self._text, self._tables = text, sorted(tables, key=lambda table: table.start)
        self._row = (0, 0)
        self._starts: list[int] = []
        self._cells: list[str] = []

    def around(self, offset: int) -> tuple[Verdict, str]:
        """The verdict on the column and the cell; no verdict and nothing outside of tables, in heads and long lines."""
        index = bisect_right(self._tables, offset, key=lambda table: table.start) - 1
        table = self._tables[index] if index >= 0 else None
        if isinstance(table, Records):
            return self._of_record(table, offset)
        if table is None or not max(table.body, 0) <= offset < table.end:
            return NO_VERDICT, ""
        if not self._row[0] <= offset < self._row[1]:
            self._read_row(offset, table)
        column = bisect_right(self._starts, offset) - 1
        if not 0 <= column < len(table.verdicts):
            return NO_VERDICT, ""
        return table.verdicts[column], self._cells[column]

    def _of_record(self, records: Records, offset: int) -> tuple[Verdict, str]:
        at = records.cell_at(offset)
        if at < 0:
            return NO_VERDICT, ""
        start, end = records.span(at)
        return records.verdict(records.cells.columns[at]), self._text[start:end]

    def _read_row(self, offset: int, table: JudgedTable) -> None:
        low = self._text.rfind("\n", max(table.body, 0, offset - LONGEST_ROW), offset) + 1
        low = low or max(table.body, 0)
        high = self._text.find("\n", offset, low + LONGEST_ROW)
        is_row = high >= 0 or len(self._text) <= low + LONGEST_ROW
        high = (high if high >= 0 else len(self._text)) if is_row else low + LONGEST_ROW
        self._row = (low, high + 1)
        self._cells = cells_of_row(self._text[low:high], table.delimiter) if is_row else []
        self._starts = []
        for cell in self._cells:
            self._starts.append(low)
            low += len(cell) + 1
