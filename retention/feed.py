"""The feed of an event register: what a case system, personnel or contracts report, row by row, all of it or none."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from domain.errors import ConfigurationError
from domain.event import BIRTH, Event, Reference
from domain.written_date import written_day
from retention.exchange import Row

NEEDED = ("key", "reference", "event", "date")
_EARLIEST = date(1880, 1, 1)
_FARTHEST_YEARS = 100
_TOLD = 20


def events_of(rows: Iterable[Row], today: date, source: str) -> tuple[Event, ...]:
    """The events of a feed's rows (key, reference, event, date, and outcome where there is one), each once.

    Raises ConfigurationError naming the lines that cannot be, the first of them and how many more: what they say of
    whom is not repeated. Nothing is loaded then.
    """
    events: dict[Event, None] = {}
    complaints = []
    for row in rows:
        try:
            events.setdefault(_event(row, today, source))
        except ValueError as error:
            complaints.append(f"{row.place}:{row.line}: {error}")
    if complaints:
        more = len(complaints) - _TOLD
        told = [*complaints[:_TOLD], *([f"and {more:,} lines more"] if more > 0 else [])]
        raise ConfigurationError("\n".join(told))
    return tuple(events)


def _event(row: Row, today: date, source: str) -> Event:
    key, reference, name = (_needed(row, column) for column in NEEDED[:3])
    on = _day(row.cells.get("date"))
    if on < _EARLIEST or on.year > today.year + _FARTHEST_YEARS:
        raise ValueError(f"date: the year {on.year} cannot be; write the day it happened, or leave out the row")
    if name == BIRTH and on > today:
        raise ValueError("date: a birth lies in the future; write the day it happened, or leave out the row")
    outcome = str(row.cells.get("outcome") or "").strip().casefold()
    return Event(Reference(key, reference), name, on, outcome, source)


def _needed(row: Row, column: str) -> str:
    cell = row.cells.get(column)
    whole = int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    if text := "" if whole is None else str(whole).strip():
        return text
    raise ValueError(f"{column}: this is empty; each row has {', '.join(NEEDED)}")


def _day(cell: object) -> date:
    if isinstance(cell, date):
        return cell
    day = written_day(cell) if isinstance(cell, str) else None
    if day is None:
        raise ValueError("date: it is not a day of the calendar; write it like 2026-04-01")
    return day
