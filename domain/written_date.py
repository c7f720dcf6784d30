"""A day as people in the United Kingdom write it."""

from __future__ import annotations

import re
from datetime import date

_PART = re.compile(r"\d+|[^\W\d_]{3,}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_THIS_CENTURY_UP_TO = 29


def written_day(value: str) -> date | None:
    """The day that "12/03/50", "2 March 1950", "March 2nd, 1950" or "1950-03-12" says; None where there is none such.

    The day stands before the month, but in ISO 8601. A year of two digits is of 1930 to 2029.
    """
    parts = [part.lower()[:3] if part[0].isalpha() else part for part in _PART.findall(value)]
    parts = [part for part in parts if part.isdecimal() or part in _MONTHS]
    if len(parts) != 3:
        return None
    first, second, third = parts
    if len(first) == 4:
        first, third = third, first
    elif not first.isdecimal():
        first, second = second, first
    try:
        return date(_year(third), _month(second), int(first))
    except ValueError:
        return None


def _month(part: str) -> int:
    return int(part) if part.isdecimal() else _MONTHS.index(part) + 1


def _year(part: str) -> int:
    year = int(part)
    if len(part) != 2:
        return year
    return year + (2000 if year <= _THIS_CENTURY_UP_TO else 1900)
