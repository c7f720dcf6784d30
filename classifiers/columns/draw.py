"""Which rows of a long table are examined: its first, some from all over it, and all that hold something unexpected."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from classifiers.columns.one_column import NO_VERDICT, Verdict
from classifiers.columns.rows import columns_of

MOST_ROWS = 1_000
"""Of one table, its stretches together: up to so many, all are examined."""
FIRST = 100
SPREAD = 100
MOST_FIRED = 100
"""Rows examined for one thing that they hold and the columns do not lead to expect, in each stretch."""
_AT_ONCE, _PARTED = 128, 12
_ASKED = 40
_PREVALENT = 0.1

Gate = Callable[[str, Sequence[str], frozenset[str]], Collection[str]]
"""What could be found in a text under these headings, by name: "UK_NINO", "PERSON:title". It may be wrong, but only
by naming too much; what is known already, by name or by kind, it need not name.
"""


@dataclass(frozen=True, slots=True)
class Expected:
    """What a table's columns, and its rows as a whole, are known to hold by the gate's names: it tells nothing new."""

    columns: tuple[frozenset[str], ...] = ()
    rows: frozenset[str] = frozenset()

    def of(self, column: int) -> frozenset[str]:
        return self.columns[column] if column < len(self.columns) else frozenset()


@dataclass(slots=True)
class Fired:
    """Rows that hold something unexpected: which are examined, and how many there are for each kind."""

    rows: set[int] = field(default_factory=set)
    seen: set[int] = field(default_factory=set)
    met: Counter[str] = field(default_factory=Counter)
    examined: Counter[str] = field(default_factory=Counter)

    def add(self, row: int, kinds: Iterable[str]) -> None:
        self.seen.add(row)
        for kind in kinds:
            self.met[kind] += 1
            if self.examined[kind] < MOST_FIRED:
                self.examined[kind] += 1
                self.rows.add(row)


def kind_of(name: str) -> str:
    """The kind of what a gate names."""
    return name.partition(":")[0]


def drawn(count: int, first: int = FIRST) -> list[int]:
    """The first rows, and one at random of each of a hundred parts of the others: the same whenever it is asked."""
    chance = random.Random(count)  # noqa: S311  # a sample that can be drawn again, no secret
    first = min(first, count)
    edges = [first + (count - first) * at // SPREAD for at in range(SPREAD + 1)]
    spread = [chance.randrange(low, high) for low, high in pairwise(edges) if low < high]
    return [*range(first), *spread]


def expected(
    gate: Gate, headings: Sequence[str], verdicts: Sequence[Verdict], rows: Sequence[Sequence[str]]
) -> Expected:
    """What the columns are judged to be, and what a tenth of the sampled rows hold, which is reckoned from them."""
    columns = []
    for at, cells in enumerate(columns_of(rows)):
        verdict = verdicts[at] if at < len(verdicts) else NO_VERDICT
        said = frozenset({verdict.kind})
        columns.append(said | _prevalent(gate, headings[at : at + 1], said, [cell for cell in cells if cell]))
    of_columns: frozenset[str] = frozenset().union(*columns)
    return Expected(tuple(columns), of_columns | _prevalent(gate, (), of_columns, list(map("\t".join, rows))))


def fired(
    gate: Gate,
    headings: Sequence[str],
    known: Expected,
    rows: Sequence[Sequence[str]],
    in_cells: frozenset[str] = frozenset(),
) -> Fired:
    """The rows in which the gate names something that was not expected: in a cell, or in the row as a whole.

    Columns are looked at in blocks of cells, so that what is as expected costs one question for hundreds. What the
    gate names of a row only where it does so of one of its cells can be given as `in_cells`: rows are not asked for it.
    """
    found = Fired()
    columns = columns_of(rows)
    for at, cells in enumerate(columns):
        for row, names in _unexpected(gate, headings[at : at + 1], known.of(at), cells):
            found.add(row, set(map(kind_of, names)))
    asked_before = frozenset(found.seen)
    known_of_rows = known.rows | in_cells if len(columns) == max(map(len, rows), default=0) else known.rows
    for row, names in _unexpected(gate, (), known_of_rows, list(map("\t".join, rows))):
        if row not in asked_before:
            found.add(row, set(map(kind_of, names)))
    return found


def is_expected(name: str, names: Collection[str]) -> bool:
    return name in names or kind_of(name) in names


def _prevalent(gate: Gate, headings: Sequence[str], said: frozenset[str], texts: Sequence[str]) -> frozenset[str]:
    if not _new(gate("\n".join(texts), headings, said), said):
        return frozenset()
    asked = texts[:: max(1, len(texts) // _ASKED)]
    named = {text: gate(text, headings, said) for text in dict.fromkeys(asked)}
    counts = Counter(name for text in asked for name in named[text])
    return frozenset(name for name, count in counts.items() if count >= len(asked) * _PREVALENT)


def _unexpected(
    gate: Gate, headings: Sequence[str], known: frozenset[str], texts: Sequence[str]
) -> Iterator[tuple[int, list[str]]]:
    """The texts, by their places, of which the gate names something else than is known; of each it is asked once."""
    found = dict(_among(gate, headings, known, list(dict.fromkeys(texts))))
    return ((at, found[text]) for at, text in enumerate(texts) if text in found) if found else iter(())


def _among(
    gate: Gate, headings: Sequence[str], known: frozenset[str], texts: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """Thousands are asked about at a time, and again in sixteenths where there is something."""
    stack = [texts[low : low + _AT_ONCE] for low in range(0, len(texts), _AT_ONCE)]
    while stack:
        block = stack.pop()
        new = _new(gate("\n".join(block), headings, known), known)
        if new and len(block) == 1:
            yield block[0], new
        elif new:
            step = -(-len(block) // _PARTED)
            stack += [block[low : low + step] for low in range(0, len(block), step)]


def _new(names: Collection[str], known: frozenset[str]) -> list[str]:
    return [name for name in names if not is_expected(name, known)]
