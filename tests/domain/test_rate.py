"""A share's interval is Wilson's, and its ends are where they must be."""

from __future__ import annotations

import pytest

from domain.rate import Rate, f2, share


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    # R. G. Newcombe, Two-sided confidence intervals for the single proportion, Statistics in Medicine 17 (1998),
    # table I, method 3.
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_interval_is_as_published(hits, of, low, high):
    rate = share(hits, of)
    assert (round(rate.low, 4), round(rate.high, 4)) == (low, high)
    assert rate.value == hits / of


def test_all_and_none_reach_the_ends_and_leave_room_on_the_other_side():
    assert (share(5, 5).high, share(0, 5).low) == (1.0, 0.0)
    assert share(5, 5).low == pytest.approx(1 - share(0, 5).high)
    assert 0.5 < share(5, 5).low < 0.6


def test_of_nothing_nothing_is_said():
    assert share(0, 0) is None
    assert f2(share(1, 2), None) is None


def test_recall_weighs_double_in_f2():
    assert f2(Rate(0.5, 0.5, 0.5), Rate(1.0, 1.0, 1.0)).value == pytest.approx(5 / 6)
    assert f2(Rate(1.0, 1.0, 1.0), Rate(0.5, 0.5, 0.5)).value == pytest.approx(5 / 9)
    assert f2(None, share(0, 4)).value == 0.0
