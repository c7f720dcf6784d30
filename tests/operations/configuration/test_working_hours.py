from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from operations.configuration.working_hours import read_hours, seconds_to_wait

LONDON = ZoneInfo("Europe/London")


def wait(now: str, *written: str) -> float:
    """Hours to wait from an instant in UTC."""
    hours = tuple(map(read_hours, written))
    return seconds_to_wait(hours, datetime.fromisoformat(now).replace(tzinfo=UTC), LONDON) / 3600


@pytest.mark.parametrize(
    ("now", "written", "hours"),
    [
        ("2026-03-02T09:00", ["Mon-Fri 08:00-18:00"], 9),  # a Monday, in winter
        ("2026-03-02T07:59", ["Mon-Fri 08:00-18:00"], 0),
        ("2026-03-02T18:00", ["Mon-Fri 08:00-18:00"], 0),
        ("2026-03-01T09:00", ["Mon-Fri 08:00-18:00"], 0),  # a Sunday
        ("2026-07-06T07:30", ["mon-fri 08:00-18:00"], 9.5),  # summer time: it is half past eight
        ("2026-03-02T23:00", ["22:00-06:00"], 7),
        ("2026-03-03T05:00", ["Mon 22:00-06:00"], 1),  # begun on Monday evening
        ("2026-03-04T05:00", ["Mon 22:00-06:00"], 0),
        ("2026-03-02T09:00", ["08:00-12:00", "12:00-13:00"], 4),
        ("2026-03-28T23:00", ["22:00-06:00"], 6),  # the night that the clocks go forward has an hour less
        ("2026-10-24T22:00", ["22:00-06:00"], 8),  # 23:00 by summer time, and an hour more
        ("2026-03-02T09:00", ["Sat-Mon 08:00-10:00"], 1),
    ],
)
def test_the_wait_is_by_the_clocks_of_the_place(now, written, hours):
    assert wait(now, *written) == hours


def test_hours_without_end_do_not_hang():
    assert wait("2026-03-02T09:00", "00:00-12:00", "12:00-00:00") > 24 * 7


@pytest.mark.parametrize(
    "written", ["", "8-18", "Mon-Fri", "Mon-Fri 25:00-18:00", "Monday 08:00-18:00", "08:00 - 18:00"]
)
def test_what_is_not_understood_says_how_hours_are_written(written):
    with pytest.raises(ValueError, match="write hours as"):
        read_hours(written)
