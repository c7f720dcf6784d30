"""What is reckoned of the rows of a long table that were left out."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from classifiers.columns.distinct import Distinct
from classifiers.columns.draw import Fired
from classifiers.columns.one_column import NUMBERS, Verdict
from classifiers.columns.rows import columns_of
from classifiers.columns.vocabulary import NamePart

_PARTS = (NamePart.FIRST, NamePart.MIDDLE, NamePart.LAST)


class Estimate:
    """One long table, over all stretches that it goes through. `rows` is how many there were so far."""

    def __init__(self, verdicts: Sequence[Verdict]) -> None:
        self.verdicts = tuple(verdicts)
        self.rows = 0
        self.is_sampled = False
        self._distinct: defaultdict[int, Distinct] = defaultdict(Distinct)
        self._distinct_in_sample: defaultdict[int, Distinct] = defaultdict(Distinct)
        self._holding: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        self._found: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
        self._met: Counter[str] = Counter()
        self._examined: Counter[str] = Counter()
        self._bore_out: defaultdict[str, set[str]] = defaultdict(set)

    def add_part(self, rows: Sequence[Sequence[str]], sample: Iterable[int], unexpected: Fired) -> None:
        """Take in the cells of rows, some of which are a sample; others hold something unexpected."""
        self.is_sampled = True
        self._add(self._distinct, columns_of(rows))
        self._add(self._distinct_in_sample, columns_of([rows[at] for at in sample]))
        self._met += unexpected.met
        self._examined += unexpected.examined

    def note(self, column: int, kind: str, row: Sequence[str], *, is_sampled: bool) -> None:
        """An examined row holds the kind in this column, as others may; `is_sampled` where it stands for them."""
        self._found[column, kind].add(self._value(row, column))
        if is_sampled:
            self._holding[column, kind].add(self._value(row, column))

    def note_unexpected(self, kind: str, cell: str) -> None:
        """A row that was examined because this cell seemed to hold the kind does hold it."""
        self._bore_out[kind].add(cell)

    def beyond(self) -> Counter[str]:
        """By kind, how many more different values there are than were found; see `Sampling.beyond`."""
        total: Counter[str] = Counter()
        for (column, kind), cells in self._holding.items():
            share = len(cells) / max(self._distinct_in_sample[column].count, len(cells))
            total[kind] += max(0, round(share * self._distinct[column].count) - len(self._found[column, kind]))
        for kind, met in self._met.items():
            share = min(1.0, len(self._bore_out[kind]) / self._examined[kind])
            total[kind] += round((met - self._examined[kind]) * share)
        return total

    def _add(self, counts: dict[int, Distinct], columns: Sequence[Sequence[str]]) -> None:
        for at in range(len(columns)):
            if at >= len(self.verdicts) or self.verdicts[at].kind or not self.verdicts[at].never >= NUMBERS:
                counts[at].add(_joined(columns[at : self._end_of(at)]))

    def _value(self, row: Sequence[str], column: int) -> str:
        """What makes a row's value another than the next row's: the cell, or those that make one name together."""
        return "\t".join(row[column : self._end_of(column)])

    def _end_of(self, column: int) -> int:
        end = column + 1
        while self._goes_on(end):
            end += 1
        return end

    def _goes_on(self, column: int) -> bool:
        if not 0 < column < len(self.verdicts):
            return False
        before, own = self.verdicts[column - 1].part, self.verdicts[column].part
        return before in _PARTS and own in _PARTS and before != own


def _joined(columns: Sequence[Sequence[str]]) -> set[str]:
    """The values that stand in a column, or across some; empty cells are none."""
    return set(columns[0] if len(columns) == 1 else map("\t".join, zip(*columns, strict=True))) - {""}
