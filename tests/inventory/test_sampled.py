"""What people measured of the detector is kept, and the last of each question told."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from domain.rate import Rate
from domain.summary import Sampled
from inventory.engine import writing
from inventory.sampled import sampled, write_sampled

FIRST = Sampled(
    "personal", 120, 60, Rate(0.97, 0.91, 0.99), Rate(0.8, 0.7, 0.9), datetime(2026, 5, 3, 9, tzinfo=UTC), "1"
)
SPECIAL = replace(FIRST, question="special", recall=None)
LATER = replace(FIRST, labelled=40, precision=None, at=datetime(2026, 6, 1, tzinfo=UTC), detector="2")


def test_each_question_is_told_as_it_was_measured_last(database):
    assert sampled(database) == ()
    for measured in ((FIRST, SPECIAL), (LATER,)):
        with writing(database) as connection:
            write_sampled(connection, measured)
    assert set(sampled(database)) == {LATER, SPECIAL}
