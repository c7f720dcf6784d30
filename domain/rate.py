"""A share that was counted on a sample, and how far it can be trusted."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

_Z = 1.959963984540054
"""How many standard deviations about the mean of a normal distribution hold 95 % of it."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A share, and the ends of its 95 % interval."""

    value: float
    low: float
    high: float

    def times(self, factor: float) -> Rate:
        return Rate(factor * self.value, factor * self.low, factor * self.high)


def share(hits: int, of: int) -> Rate | None:
    """`hits` of `of` with Wilson's score interval; None where there was nothing to count.

    E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal of the American
    Statistical Association 22 (1927), 209-212. It takes each count for an independent draw.

    >>> share(81, 263)
    Rate(value=0.30798479087452474, low=0.2552885198782742, high=0.36620957698280004)
    """
    if of == 0:
        return None
    value, bound = hits / of, _Z * _Z / of
    middle = (value + bound / 2) / (1 + bound)
    half = sqrt(value * (1 - value) * bound + bound * bound / 4) / (1 + bound)
    return Rate(value, max(0.0, middle - half) if hits else 0.0, min(1.0, middle + half) if hits < of else 1.0)


def f2(precision: Rate | None, recall: Rate | None) -> Rate | None:
    """Precision and recall in one figure, recall weighing double (C. J. van Rijsbergen, Information Retrieval, 1979).

    Its interval reaches from the F2 of both lower ends to that of both upper ends. None where there was nothing to
    find.
    """
    if recall is None:
        return None
    precision = precision or Rate(0.0, 0.0, 1.0)
    ends = (_f2(precision.low, recall.low), _f2(precision.high, recall.high))
    return Rate(_f2(precision.value, recall.value), *ends)


def _f2(precision: float, recall: float) -> float:
    return 5 * precision * recall / (4 * precision + recall) if precision and recall else 0.0
