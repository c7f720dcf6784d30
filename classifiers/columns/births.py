"""Which columns of dates can only be dates of birth."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from classifiers.columns.values import date_in

_FEWEST = 5
_SHARE = 0.95
_OLDEST = 1900
_THREE_YEARS = timedelta(days=3 * 365)
_SPREAD_ALONE = 20
_SPREAD_OF_FEW = 30
_ENOUGH_FOR_WEEKENDS = 15


def births(
    cells: Sequence[Sequence[str]], open_to: Sequence[bool], latest: date | None, *, of_pupils: bool = False
) -> list[int]:
    """The columns whose dates are births, of a table that names people; `open_to` says which may be.

    At least five dates, 95 of 100 cells, from 1900 on, not all of one year, and all more than three years before the
    latest date of the table or the document. Where there is no later date to compare with, they must be spread over
    twenty years, or thirty where they are few. People are born on any day of the week, while what an office dates
    falls on working days: of fifteen dates or more a tenth must be of weekends. The only dates of a table
    `of_pupils`, beside their numbers, need but be of several years.
    """
    days = [_days(column) for column in cells]
    known = [max(column) for column in days if column]
    newest = max([*known, *((latest,) if latest else ())], default=None)
    if newest is None:
        return []
    if of_pupils and sum(map(bool, days)) == 1:
        newest = date.max
    return [at for at, column in enumerate(days) if open_to[at] and _are_births(column, newest)]


def _days(cells: Sequence[str]) -> list[date]:
    """The dates of a column that has little else."""
    if len(cells) < _FEWEST or (date_in(cells[0]) is None and date_in(cells[-1]) is None):
        return []
    days = [day for cell in cells if (day := date_in(cell)) is not None]
    return days if len(days) >= len(cells) * _SHARE else []


def _are_births(days: Sequence[date], newest: date) -> bool:
    if len(days) < _FEWEST or min(days).year < _OLDEST or len({day.year for day in days}) < 2:
        return False
    are_many = len(days) >= _ENOUGH_FOR_WEEKENDS
    if are_many and sum(day.weekday() >= 5 for day in days) * 10 < len(days):
        return False
    spread = _SPREAD_ALONE if are_many else _SPREAD_OF_FEW
    return newest - max(days) > _THREE_YEARS or max(days).year - min(days).year >= spread
