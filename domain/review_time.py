"""Working days, by which a review is late: Monday to Friday, but for bank holidays and days on which nobody works."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

_MONDAY, _SATURDAY = 0, 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Which days are worked on: Monday to Friday, but for the `closed` ones and, with `bank_holidays`, those of England
    and Wales.
    """

    bank_holidays: bool = True
    closed: frozenset[date] = frozenset()

    @property
    def words(self) -> str:
        """What they are, in a sentence."""
        off = ["the bank holidays of England and Wales"] if self.bank_holidays else []
        off += ["days on which the organisation is closed"] if self.closed else []
        return f"Working days are Monday to Friday{', but for ' * bool(off)}{' and '.join(off)}."

    def between(self, since: date, until: date) -> int:
        """How many working days lie behind `since`, up to and with `until`; 0 where that is not later.

        >>> WorkingDays().between(date(2026, 12, 24), date(2026, 12, 29))
        1
        """
        weeks, days = divmod(max((until - since).days, 0), 7)
        weekdays = 5 * weeks + sum((since.weekday() + day) % 7 < _SATURDAY for day in range(1, days + 1))
        return weekdays - sum(since < day <= until for day in self._off(since.year, max(until.year, since.year)))

    def after(self, since: date, days: int) -> date:
        """The day on which so many working days have passed.

        >>> WorkingDays().after(date(2026, 12, 18), 20)
        datetime.date(2027, 1, 20)
        """
        day, off = since, self._off(since.year, since.year + 1 + days // 200)
        while days:
            day += _DAY
            days -= day not in off and day.weekday() < _SATURDAY
        return day

    def _off(self, first: int, last: int) -> frozenset[date]:
        """Days from Monday to Friday that are not worked on, of some years."""
        years = range(first, last + 1)
        holidays = (day for year in years for day in bank_holidays(year)) if self.bank_holidays else ()
        return frozenset((*holidays, *(day for day in self.closed if day.weekday() < _SATURDAY)))


@lru_cache(maxsize=64)
def bank_holidays(year: int) -> tuple[date, ...]:
    """The bank holidays of England and Wales that are in every year, on the days on which they are taken: Schedule 1 to
    the Banking and Financial Dealings Act 1971, and those that are proclaimed each year. Those that are proclaimed for
    one year alone, or moved in it, nobody can compute.
    """
    easter = _easter(year)
    return (
        _weekday_from(date(year, 1, 1)), easter - 2 * _DAY, easter + _DAY,
        _monday_from(date(year, 5, 1)), _monday_from(date(year, 5, 25)), _monday_from(date(year, 8, 25)),
        *_christmas(year),
    )  # fmt: skip


def _christmas(year: int) -> Iterator[date]:
    """Of Christmas Day and Boxing Day those on a weekend are taken on the next days that are free."""
    first, second = date(year, 12, 25), date(year, 12, 26)
    yield first if first.weekday() < _SATURDAY else date(year, 12, 27)
    yield second if second.weekday() < _SATURDAY else date(year, 12, 28)


def _weekday_from(day: date) -> date:
    return day if day.weekday() < _SATURDAY else _monday_from(day)


def _monday_from(day: date) -> date:
    return day + (_MONDAY - day.weekday()) % 7 * _DAY


def _easter(year: int) -> date:
    """Easter Sunday, by the anonymous Gregorian algorithm (Nature, 20 April 1876)."""
    century, of_century = divmod(year, 100)
    moon = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - moon - of_century % 4) % 7
    late = (year % 19 + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
