"""Whether places in a text that one party marked are those that another marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]


class Cover:
    """What a number of spans cover together; overlapping ones count once."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = _joined(spans)
        self._starts = [start for start, _ in self._spans]

    def touches(self, span: Span) -> bool:
        """Whether any character of the span is covered."""
        return self._covered(span) > 0

    def holds(self, span: Span) -> bool:
        """Whether half of the span or more is covered."""
        return 2 * self._covered(span) >= span[1] - span[0]

    def _covered(self, span: Span) -> int:
        start, end = span
        at = max(0, bisect_right(self._starts, start) - 1)
        covered = 0
        while at < len(self._spans) and self._starts[at] < end:
            covered += max(0, min(end, self._spans[at][1]) - max(start, self._starts[at]))
            at += 1
        return covered


def _joined(spans: Iterable[Span]) -> list[Span]:
    """The same places in order, as spans that do not overlap."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif start < end:
            joined.append((start, end))
    return joined
