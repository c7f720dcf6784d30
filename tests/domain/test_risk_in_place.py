from __future__ import annotations

import pytest

from classifiers.risk import PlaceFactors
from domain.access import Breadth
from domain.risk import risk_in_place

PARTS = {"type": 25.0, "floor": 0.0}


@pytest.mark.parametrize(
    ("breadth", "past_due", "score", "place"),
    [
        (Breadth.NAMED, False, 60, {}),
        (Breadth.UNKNOWN, False, 60, {}),
        (Breadth.GROUP, False, 60, {}),
        (Breadth.ORGANISATION, False, 69, {"open to the organisation": 1.15}),
        (Breadth.EVERYONE, False, 78, {"open to everyone": 1.3}),
        (Breadth.NAMED, True, 72, {"kept past its day": 1.2}),
        (Breadth.EVERYONE, True, 94, {"open to everyone": 1.3, "kept past its day": 1.2}),
    ],
)
def test_a_score_is_raised_by_who_can_read_and_by_time_past_due_and_says_so(breadth, past_due, score, place):
    factors = PlaceFactors().of(breadth, past_due=past_due)
    assert risk_in_place(60, PARTS, factors) == (score, {**PARTS, **place})


def test_a_score_is_never_above_100():
    assert risk_in_place(90, PARTS, {"open to everyone": 1.3})[0] == 100


def test_the_factors_are_settings():
    factors = PlaceFactors(everyone=1, group=2).of(Breadth.GROUP, past_due=False)
    assert factors == {"open to a group": 2}
    assert PlaceFactors(everyone=1).of(Breadth.EVERYONE, past_due=False) == {}
