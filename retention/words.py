"""Days and lists as sentences write them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from domain.rule import Period

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def in_words(day: date) -> str:
    """4 May 2012, whatever language the machine is set to."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


@lru_cache
def spelt(period: Period) -> str:
    """6 years and 4 months."""
    return str(period)


def listed(words: Sequence[str], last: str = "and") -> str:
    """a, b and c."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"
