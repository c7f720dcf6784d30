"""A sample's answers say of the whole what its strata weigh, and how sure that is."""

from __future__ import annotations

from random import Random

import pytest

from operations.measuring.estimate import Cell, Estimate, estimate


def test_strata_count_by_what_they_stand_for():
    found = estimate([Cell(1000, True, 90, 10), Cell(9000, False, 1, 99)], seed=1)
    assert found.precision.value == 0.9
    assert found.holding.value == pytest.approx(900 + 90)
    assert found.recall.value == pytest.approx(900 / 990)
    assert found.false_per_1000.value == pytest.approx(1000 * 100 / 9010)


def test_the_same_seed_gives_the_same_interval():
    cells = [Cell(1000, True, 90, 10), Cell(9000, False, 1, 99)]
    assert estimate(cells, seed=1) == estimate(cells, seed=1)
    assert estimate(cells, seed=1) != estimate(cells, seed=2)


def test_what_nobody_met_is_not_taken_for_certain():
    few, many = (estimate([Cell(1000, True, 40, 0), Cell(9000, False, 0, count)], 1).recall for count in (40, 400))
    assert few.value == many.value == few.high == 1.0
    assert few.low < many.low < 1.0


def test_what_was_looked_at_whole_is_certain():
    found = estimate([Cell(4, True, 3, 1), Cell(6, False, 1, 5)], seed=1)
    assert (found.recall.low, found.recall.value, found.recall.high) == (0.75, 0.75, 0.75)


@pytest.mark.parametrize("cells", [[], [Cell(10, True, 0, 0), Cell(10, False, 1, 9)]])
def test_what_was_not_asked_cannot_be_told(cells):
    assert estimate(cells, seed=1) == Estimate()


def test_a_stratum_without_contents_needs_no_answers():
    assert estimate([Cell(10, True, 4, 1), Cell(0, False, 0, 0)], seed=1).recall.value == 1.0


def test_where_nothing_holds_anything_there_is_no_recall():
    found = estimate([Cell(10, False, 0, 5)], seed=1)
    assert (found.precision, found.recall, found.false_per_1000.value) == (None, None, 0)


def test_the_interval_holds_the_truth_as_often_as_it_says():
    """A draw of answers from a known whole: 10 of 100 flagged are false, 2 % of the others are missed."""
    rng, inside = Random(7), 0
    for seed in range(60):
        yes, missed = (sum(rng.random() < rate for _ in range(80)) for rate in (0.9, 0.02))
        recall = estimate([Cell(1000, True, yes, 80 - yes), Cell(4000, False, missed, 80 - missed)], seed).recall
        inside += recall.low <= 900 / 980 <= recall.high
    assert inside >= 52
