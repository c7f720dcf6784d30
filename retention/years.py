"""The kinds of year whose end a period may run from. Their ends are settings."""

from __future__ import annotations

import re

from domain.rule import YearEnd

YEARS = {"financial-year": (3, 31), "academic-year": (8, 31), "calendar-year": (12, 31)}
"""The last day of each, unless the schedule says otherwise."""

DAY_OF_YEAR = re.compile(r"(?!02-3|(?:0[2469]|11)-31)(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
"""A day that some year has."""


def year_named(name: str, ends: dict[str, str] | None = None) -> YearEnd | None:
    """The year of that name, or of the last day that is written for it ("06-30"); None where it is neither."""
    written = (ends or {}).get(name, name)
    if match := DAY_OF_YEAR.fullmatch(written):
        plainly = f"year to {written}" if written == name else name.replace("-", " ")
        return YearEnd(plainly, int(match[1]), int(match[2]))
    if name not in YEARS:
        return None
    return YearEnd(name.replace("-", " "), *YEARS[name])
