"""Draws unchanged items at random, to be read again: that proves that what looks unchanged is."""

from __future__ import annotations

import math
from collections.abc import Sequence
from random import Random


class Draw:
    """Draws one item in so many: at random, and the same ones for the same seed, however the items come."""

    def __init__(self, rate: float, seed: int) -> None:
        self._rate = rate
        self._random = Random(seed)  # noqa: S311  a sample; it guards nothing
        self._next = self._gap()

    def among(self, items: int) -> Sequence[int]:
        """Which of the next so many items are drawn, by their positions."""
        drawn = []
        while self._next < items:
            drawn.append(int(self._next))
            self._next += 1 + self._gap()
        self._next -= items
        return drawn

    def _gap(self) -> float:
        """How many are passed over until the next: geometrically distributed, so that nothing is asked of each item."""
        if self._rate <= 0:
            return math.inf
        if self._rate >= 1:
            return 0
        return math.floor(math.log(1 - self._random.random()) / math.log(1 - self._rate))
