"""What a stratified sample says of the whole it was drawn from: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from domain.rate import Rate, share

_RUNS = 4_000


@dataclass(frozen=True, slots=True)
class Cell:
    """`size` contents of which the detector said the same; of those drawn, how many people answered yes and no to."""

    size: int
    told: bool
    yes: int
    no: int

    @property
    def answered(self) -> int:
        return self.yes + self.no

    def holding(self, rate: float) -> float:
        """How many of them are so, where those that nobody answered for are so at this rate."""
        return self.yes + max(0, self.size - self.answered) * rate


@dataclass(frozen=True, slots=True)
class Estimate:
    """What is None could not be told, because nothing was answered for a part of the whole.

    `holding` is how many contents are so, in truth. Recall and false flags of a thousand that are not so are of the
    whole; precision is of the flagged ones.
    """

    holding: Rate | None = None
    precision: Rate | None = None
    recall: Rate | None = None
    false_per_1000: Rate | None = None


def estimate(cells: Iterable[Cell], seed: int) -> Estimate:
    """The measures of one question, with 95 % intervals.

    Precision has Wilson's interval. That of the others is made by 4,000 runs, in each of which the share of every
    cell is drawn from its Jeffreys posterior, Beta(yes + 1/2, no + 1/2): unlike one that draws from the answers again,
    it does not take for certain that what nobody met is not there. L. D. Brown, T. T. Cai and A. DasGupta, Interval
    estimation for a binomial proportion, Statistical Science 16 (2001), 101-133, whose rule for the ends at 0 and 1 is
    kept.
    """
    cells = [cell for cell in cells if cell.size]
    flagged = [cell for cell in cells if cell.told]
    precision = share(sum(cell.yes for cell in flagged), sum(cell.answered for cell in flagged))
    if not cells or any(cell.answered == 0 for cell in cells):
        return Estimate(precision=precision)
    rng = Random(seed)  # noqa: S311  reproducible, and no secret
    likely = [_totals(cells, [cell.yes / cell.answered for cell in cells])]
    runs = [_totals(cells, [rng.betavariate(cell.yes + 0.5, cell.no + 0.5) for cell in cells]) for _ in range(_RUNS)]
    holding, recall, false = ([_measures(totals)[place] for totals in (*likely, *runs)] for place in range(3))
    return Estimate(_between(holding), precision, _between(recall), _between(false))


_Totals = tuple[float, float, float, float]


def _totals(cells: Sequence[Cell], rates: Sequence[float]) -> _Totals:
    """How many are found, missed, false and rightly silent, at these shares of the cells."""
    found = missed = false = silent = 0.0
    for cell, rate in zip(cells, rates, strict=True):
        holding = cell.holding(rate)
        if cell.told:
            found, false = found + holding, false + cell.size - holding
        else:
            missed, silent = missed + holding, silent + cell.size - holding
    return found, missed, false, silent


def _measures(totals: _Totals) -> tuple[float, float | None, float | None]:
    found, missed, false, silent = totals
    holding, others = found + missed, false + silent
    return holding, found / holding if holding else None, 1000 * false / others if others else None


def _between(values: Sequence[float | None]) -> Rate | None:
    """The first, the likeliest, between the ends of the middle 95 % of the others."""
    likely = values[0]
    if likely is None:
        return None
    others = sorted(value for value in values[1:] if value is not None)
    low, high = others[round(0.025 * (len(others) - 1))], others[round(0.975 * (len(others) - 1))]
    return Rate(likely, min(low, likely), max(high, likely))
