"""What a document says of itself: who wrote it, when, and with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from domain.content import DatedBy, DateSource
from scanner.dating import whole_date

WRITTEN = {
    "title": "Title",
    "author": "Author",
    "last_author": "Last author",
    "subject": "Subject",
    "keywords": "Keywords",
    "comments": "Description",
    "category": "Category",
    "status": "Status",
    "company": "Company",
    "manager": "Manager",
}
"""The properties that people write, and what they are called in the text."""
_LIMIT = 50_000
_VALUE = 4_000


@dataclass(frozen=True, slots=True)
class Stated:
    """`text` has a line for each property that people write, their own ones behind: they name people."""

    properties: Mapping[str, str] = field(default_factory=dict, repr=False)
    dates: tuple[DatedBy, ...] = ()
    text: str = field(default="", repr=False)


def stated(
    values: Mapping[str, str],
    custom: Iterable[tuple[str, str]] = (),
    dates: Iterable[tuple[DateSource, str]] = (),
    limit: int = _LIMIT,
) -> Stated:
    """Values by their keys in lower case, custom ones by the names their writers gave them, dates in ISO 8601."""
    kept = {key: value.strip()[:_VALUE] for key, value in values.items() if value.strip()}
    lines = [f"{label}: {kept[key]}\n" for key, label in WRITTEN.items() if key in kept]
    lines += [f"{name}: {value}\n" for name, value in custom if value.strip()]
    on = (DatedBy(source, day) for source, value in dates if (day := plausible(value)))
    return Stated(kept, tuple(on), "".join(dict.fromkeys(lines))[: min(limit, _LIMIT)])


def plausible(value: str) -> date | None:
    """The day of a date in ISO 8601, or None where it is no date or one that no document is of."""
    try:
        day = date.fromisoformat(value.strip()[:10])
    except ValueError:
        return None
    return whole_date(day.year, day.month, day.day)
