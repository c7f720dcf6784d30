"""Half of a place is enough to hold it, and any character to touch it."""

from __future__ import annotations

import pytest

from domain.cover import Cover


@pytest.mark.parametrize(
    ("spans", "span", "holds", "touches"),
    [
        ([(0, 5)], (0, 10), True, True),
        ([(0, 4)], (0, 10), False, True),
        ([(0, 3), (6, 8)], (0, 10), True, True),
        ([(0, 3), (1, 4)], (0, 10), False, True),
        ([(0, 50), (10, 12)], (20, 30), True, True),
        ([(10, 20)], (0, 10), False, False),
        ([(10, 20)], (20, 30), False, False),
        ([], (0, 1), False, False),
    ],
)
def test_what_is_covered(spans, span, holds, touches):
    cover = Cover(spans)
    assert (cover.holds(span), cover.touches(span)) == (holds, touches)
