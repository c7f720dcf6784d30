"""The event register as it is stored: what was reported, of whom only by keyed fingerprints."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from domain.event import Event, EventRegister, Reference
from domain.privacy import FingerprintKey
from inventory.engine import Database, reading
from inventory.recording import AnyRow
from inventory.tables import EventRow

_CHUNK = 5_000


@dataclass(frozen=True, slots=True)
class Imported:
    """How many events of a feed are new, how many were known, and how many its source has taken back."""

    added: int
    known: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class Reported:
    """What one source has reported of one kind: how many events, of how many references, between which days."""

    known_by: str
    name: str
    source: str
    events: int
    references: int
    first: date = field(repr=False)
    last: date = field(repr=False)
    entered: date


def register(database: Database, key: FingerprintKey) -> EventRegister:
    """All that was reported so far, to be asked by references as paths and case systems write them."""
    with reading(database) as connection:
        return EventRegister(map(_event, connection.execute(select(*_COLUMNS))), key)


def is_empty(database: Database) -> bool:
    """Whether nothing was reported yet: then nobody needs the key."""
    with reading(database) as connection:
        return connection.execute(select(EventRow.name).limit(1)).first() is None


def import_events(
    connection: Connection, key: FingerprintKey, events: Iterable[Event], source: str, today: date, *, replaces: bool
) -> Imported:
    """Add what this source has not reported before; with `replaces`, take back what it reports no more."""
    told = {_row(event, key, source) for event in events}
    known = {tuple(row) for row in connection.execute(select(*_COLUMNS).where(EventRow.source == source))}
    fresh, stale = sorted(told - known), sorted(known - told) if replaces else []
    for rows in _chunks(fresh):
        connection.execute(insert(EventRow), [dict(zip(_NAMES, row, strict=True)) | {"entered": today} for row in rows])
    if stale:
        connection.execute(_TAKE_BACK, [dict(zip(_GONE, row, strict=True)) for row in stale])
    return Imported(len(fresh), len(told & known), len(stale))


def counts(connection: Connection) -> tuple[Reported, ...]:
    """What each source has reported, without saying of whom."""
    grouped = (EventRow.known_by, EventRow.name, EventRow.source)
    chosen = select(
        *grouped, func.count(), func.count(EventRow.reference.distinct()), func.min(EventRow.day),
        func.max(EventRow.day), func.max(EventRow.entered),
    ).group_by(*grouped).order_by(*grouped)  # fmt: skip
    return tuple(Reported(*row) for row in connection.execute(chosen))


def reported_of(connection: Connection, key: FingerprintKey, reference: Reference) -> tuple[Event, ...]:
    """All that was reported of one reference, the oldest first."""
    sealed = bytes.fromhex(reference.sealed_with(key).value)
    chosen = select(*_COLUMNS).where(EventRow.known_by == reference.key, EventRow.reference == sealed)
    rows = connection.execute(chosen.order_by(EventRow.day, EventRow.name, EventRow.outcome, EventRow.source))
    return tuple(map(_event, rows))


_COLUMNS = (EventRow.known_by, EventRow.reference, EventRow.name, EventRow.day, EventRow.outcome, EventRow.source)
_NAMES = tuple(column.key for column in _COLUMNS)
_GONE = tuple(f"gone_{name}" for name in _NAMES)
_TAKE_BACK = delete(EventRow).where(*(column == bindparam(name) for column, name in zip(_COLUMNS, _GONE, strict=True)))


def _event(row: AnyRow) -> Event:
    return Event(Reference(row.known_by, row.reference.hex(), True), row.name, row.day, row.outcome, row.source)


def _row(event: Event, key: FingerprintKey, source: str) -> tuple[Any, ...]:
    sealed = event.reference.sealed_with(key)
    return (sealed.key, bytes.fromhex(sealed.value), event.name, event.on, event.outcome, source)


def _chunks(rows: list[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    return (rows[at : at + _CHUNK] for at in range(0, len(rows), _CHUNK))
