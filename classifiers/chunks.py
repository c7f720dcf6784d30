"""Long text in pieces: every value is whole in the piece that answers for it, and one piece answers for each place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain

from classifiers.columns.headings import delimiter_of, is_head
from classifiers.overlap import Hit
from domain.content import Content, Table

LONGEST = 100_000
_MARGIN = 400
_LONGEST_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text as its reader gave it. It answers for what starts from `low` up to `high`, both in it."""

    content: Content
    low: int
    high: int

    @property
    def tables(self) -> tuple[Table, ...]:
        """The reader's tables, by the offsets of this stretch."""
        return shifted(self.content.tables, self.content.start, 0, len(self.content.text))

    def own(self, hits: Iterable[Hit]) -> Iterator[Hit]:
        return (hit for hit in hits if self.low <= hit.start < self.high)


def stretches_of(content: Content) -> Iterator[Stretch]:
    """The stretches of a text, one of which answers for each place. Two are held at once.

    Where a stretch begins with the end of the one before, it answers for a margin of that, in which a value may have
    been cut; where it begins with something else (the headings of its table), nothing was cut.
    """
    low = 0
    held = content
    for following in chain(content.rest, (None,)):
        end = held.start + len(held.text)
        repeated = held.text[following.start - held.start :] if following is not None else ""
        is_cut = following is not None and repeated != "" and following.text.startswith(repeated)
        high = max(end - _MARGIN, following.start) if is_cut and following is not None else end
        yield Stretch(held, low - held.start, high - held.start)
        low = high
        if following is not None:
            held = following


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text` is a stretch of the document, perhaps with the head of the table it continues put before it.

    It answers for what starts from `start` up to `stop`, both in the document; the margins show what stands around.
    """

    text: str = field(repr=False)
    start: int
    stop: int
    shift: int
    tables: tuple[Table, ...] = ()

    def answers_for(self, at: int) -> bool:
        return self.start <= at + self.shift < self.stop


def chunks_of(text: str, tables: tuple[Table, ...] = (), longest: int = LONGEST) -> Iterator[Chunk]:
    """The pieces in order, none longer than `longest`. An empty text has none."""
    if len(text) <= longest:
        if text:
            yield Chunk(text, 0, len(text), 0, tables)
        return
    step = longest - 2 * _MARGIN - _LONGEST_HEAD
    for start in range(0, len(text), step):
        yield _chunk(text, tables, start, min(start + step, len(text)))


def shifted(tables: tuple[Table, ...], by: int, low: int, high: int) -> tuple[Table, ...]:
    """The tables that reach into the stretch from `low` to `high`, by the offsets of that stretch.

    One that began before keeps its columns; its first line here is then one of cells.
    """
    moved = (replace(table, start=table.start - by, end=table.end - by) for table in tables)
    return tuple(table for table in moved if table.start < high and table.end > low)


def _chunk(text: str, tables: tuple[Table, ...], start: int, stop: int) -> Chunk:
    low = _line_start(text, tables, max(0, start - _MARGIN))
    high = min(stop + _MARGIN, len(text))
    known = shifted(tables, low, 0, high - low)
    inside_known = bool(known) and known[0].start < 0
    head = "" if inside_known else _head_before(text, low)
    return Chunk(head + text[low:high], start, stop, low - len(head), shifted(known, -len(head), 0, high))


def _line_start(text: str, tables: tuple[Table, ...], low: int) -> int:
    """Where the row begins that `low` would cut, for a cell is known by those before it; `low` outside of tables."""
    if not any(table.start < low < table.end for table in tables):
        return low
    start = text.rfind("\n", max(0, low - _LONGEST_HEAD), low) + 1
    return start or low


def _head_before(text: str, offset: int) -> str:
    """The first line of the block that `offset` stands in with its line end, where it could name columns."""
    start = text.rfind("\n\n", 0, offset) + 2 if "\n\n" in text[:offset] else 0
    line = text[start : min(offset, start + _LONGEST_HEAD)].partition("\n")[0]
    tabular = line.strip() and delimiter_of(line) in line and is_head(line)
    return line + "\n" if tabular and start + len(line) < offset else ""
