"""Working days, by which a review is late: Monday to Friday. Bank holidays are not known and count as working days, so
that a reminder comes a day early rather than never.
"""

from __future__ import annotations

from datetime import date, timedelta

_SATURDAY = 5


def working_days(since: date, until: date) -> int:
    """How many working days lie behind `since`, up to and with `until`; 0 where that is not later.

    >>> working_days(date(2026, 11, 20), date(2026, 11, 23))
    1
    """
    weeks, days = divmod(max((until - since).days, 0), 7)
    return 5 * weeks + sum((since.weekday() + day) % 7 < _SATURDAY for day in range(1, days + 1))


def after_working_days(since: date, days: int) -> date:
    """The day on which so many working days have passed.

    >>> after_working_days(date(2026, 11, 20), 20)
    datetime.date(2026, 12, 18)
    """
    weeks, rest = divmod(days, 5)
    day = since + timedelta(days=7 * weeks)
    while rest or day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
        rest -= rest > 0 and day.weekday() < _SATURDAY
    return day
