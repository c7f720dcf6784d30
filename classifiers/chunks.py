"""Long text in pieces: every value is whole in the piece that answers for it, and one piece answers for each place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from classifiers.columns import delimiter_of, is_head

LONGEST = 100_000
_MARGIN = 400
_LONGEST_HEAD = 4_000


@dataclass(frozen=True, slots=True)
class Chunk:
    """`text` is a stretch of the document, perhaps with the head of the table it continues put before it.

    It answers for what starts from `start` up to `stop`, both in the document; the margins show what stands around.
    """

    text: str = field(repr=False)
    start: int
    stop: int
    shift: int

    def answers_for(self, at: int) -> bool:
        return self.start <= at + self.shift < self.stop


def chunks_of(text: str, longest: int = LONGEST) -> Iterator[Chunk]:
    """The pieces in order, none longer than `longest`. An empty text has none."""
    if len(text) <= longest:
        if text:
            yield Chunk(text, 0, len(text), 0)
        return
    step = longest - 2 * _MARGIN - _LONGEST_HEAD
    for start in range(0, len(text), step):
        yield _chunk(text, start, min(start + step, len(text)))


def _chunk(text: str, start: int, stop: int) -> Chunk:
    low = max(0, start - _MARGIN)
    head = _head_before(text, low)
    return Chunk(head + text[low : stop + _MARGIN], start, stop, low - len(head))


def _head_before(text: str, offset: int) -> str:
    """The first line of the block that `offset` stands in with its line end, where it could name columns."""
    start = text.rfind("\n\n", 0, offset) + 2 if "\n\n" in text[:offset] else 0
    line = text[start : min(offset, start + _LONGEST_HEAD)].partition("\n")[0]
    tabular = line.strip() and delimiter_of(line) in line and is_head(line)
    return line + "\n" if tabular and start + len(line) < offset else ""
