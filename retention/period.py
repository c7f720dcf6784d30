"""Calendar time: ISO 8601 periods as councils write them, and the day on which one that began on a given day ends."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from domain.rule import Period, YearEnd

_CALENDAR = re.compile(r"P(?=[0-9])(?:([0-9]{1,5})Y)?(?:([0-9]{1,5})M)?(?:([0-9]{1,5})D)?")
_WEEKS = re.compile(r"P([0-9]{1,5})W")
_NO_TIME = "P0D"


def parse_period(text: str) -> Period:
    """The period that an ISO 8601 duration of whole years, months, weeks or days names. Weeks are seven days.

    Hours, signs and fractions are not periods of a schedule; no time at all is written "P0D" and in no other way, so
    that a 0 typed by mistake is not read as "at once". Raises ValueError with a sentence on what to write instead.
    """
    if weeks := _WEEKS.fullmatch(text):
        period = Period(days=7 * int(weeks[1]))
    elif calendar := _CALENDAR.fullmatch(text):
        period = Period(*(int(number or 0) for number in calendar.groups()))
    else:
        raise ValueError(f'"{text}" is not a period; write years, months, weeks or days as in {_EXAMPLES}')
    if period == Period() and text != _NO_TIME:
        raise ValueError(
            f'"{text}" is no time at all; write "{_NO_TIME}" if that is meant, or a period as in {_EXAMPLES}'
        )
    return period


_EXAMPLES = '"P6Y", "P21Y4M", "P2W" or "P30D"'


@lru_cache(maxsize=200_000)
def add_period(start: date, period: Period) -> date:
    """The day on which a period that began on `start` is over: years and months first, then days.

    Where the month reached has no such day, the answer is its last day: 31 January and a month is 28 or 29 February,
    and 29 February and a year is 28 February. That is the corresponding-date rule by which periods of months and years
    are counted in English law (Dodds v Walker [1981] 1 WLR 1027), and no database's own calendar is asked, because
    they disagree. A later start never ends sooner. The calendar ends with the year 9999: whatever lies beyond is
    `date.max`.
    """
    months = start.year * 12 + start.month - 1 + period.years * 12 + period.months
    year, month = months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    reached = date(year, month, min(start.day, monthrange(year, month)[1]))
    days_left = (date.max - reached).days
    return reached + timedelta(days=min(period.days, days_left))


def year_end(start: date, end: YearEnd) -> date:
    """The last day of the year of that kind that `start` lies in: the day itself where it is the last.

    The financial year of 31 March 2020 ends that day, the one of 1 April 2020 on 31 March 2021.
    """
    this = _last_day(start.year, end)
    if start <= this:
        return this
    return date.max if start.year == date.max.year else _last_day(start.year + 1, end)


def _last_day(year: int, end: YearEnd) -> date:
    """A 29 February is the last of February in every year."""
    return date(year, end.month, min(end.day, monthrange(year, end.month)[1]))
