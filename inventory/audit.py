"""The audit trail as it is stored: one appender, and reading from the first entry to the last."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import TypeAlias

from sqlalchemy import Connection, insert, select, text

from domain.audit import BEFORE_THE_FIRST, Act, AuditKey, Entry, Event
from inventory.dialects import upsert
from inventory.engine import Database, InventoryError, reading, writing
from inventory.tables import AuditRow, SettingRow

Transaction: TypeAlias = Connection
"""What other rooms hold while they change something; only this room knows what it is."""

_PAGE = 5_000
_KEY_ID = "audit_key_id"
_ALONE_TO_THE_END = text("SELECT pg_advisory_xact_lock(7305808875)")
"""Beside the numbers that `inventory.engine` takes locks by."""

_COLUMNS = (
    AuditRow.number, AuditRow.at, AuditRow.account, AuditRow.role, AuditRow.on_behalf_of, AuditRow.proof,
    AuditRow.door, AuditRow.act, AuditRow.subject, AuditRow.facts, AuditRow.mac,
)  # fmt: skip
_NAMES = tuple(column.key for column in _COLUMNS)


def alone(connection: Connection) -> None:
    """Let nobody else append before this transaction ends: what others decide, such as a hold, is there or comes after.
    On SQLite a transaction that writes is alone from its beginning.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(_ALONE_TO_THE_END)


def append(connection: Connection, key: AuditKey, events: Sequence[Event]) -> None:
    """Put events at the end of the trail, in the transaction of what they tell of, as the last thing that it does.

    Of several processes one at a time: SQLite has one writer; on PostgreSQL the trail is locked until the transaction
    ends.
    """
    if not events:
        return
    alone(connection)
    number, previous = _end(connection)
    rows = []
    for event in events:
        number += 1
        entry = Entry.of(number, event)
        previous = key.mac(previous, entry.content)
        rows.append(dict(zip(_NAMES, (*entry.content, previous), strict=True)))
    connection.execute(insert(AuditRow), rows)


def entries(database: Database) -> Iterator[Entry]:
    """The whole trail as it is now, in order."""
    chosen, after = select(*_COLUMNS).order_by(AuditRow.number).limit(_PAGE), -(2**63)
    with reading(database) as connection:
        while page := connection.execute(chosen.where(AuditRow.number > after)).all():
            yield from (Entry(*row) for row in page)
            after = page[-1].number


def latest(database: Database, count: int, subject: str | None = None) -> tuple[Entry, ...]:
    """The last entries, or the last that tell of one subject, in order."""
    chosen = select(*_COLUMNS).order_by(AuditRow.number.desc()).limit(count)
    if subject is not None:
        chosen = chosen.where(AuditRow.subject == subject)
    with reading(database) as connection:
        page = connection.execute(chosen).all()
    return tuple(Entry(*row) for row in reversed(page))


def last_time(connection: Connection, subject: str, acts: Collection[Act]) -> datetime | None:
    """When one of these acts was last done to a subject."""
    told = select(AuditRow.at).where(AuditRow.subject == subject, AuditRow.act.in_(acts))
    at = connection.execute(told.order_by(AuditRow.number.desc()).limit(1)).scalar_one_or_none()
    return None if at is None else datetime.fromtimestamp(at / 1e6, UTC)


def audit_key_id(database: Database) -> str | None:
    """The id of the key that the trail is sealed with; None where there is no trail yet."""
    with reading(database) as connection:
        return connection.execute(_KNOWN_KEY).scalar_one_or_none()


def keep_audit_key(database: Database, key: AuditKey) -> None:
    """Seal the trail with this key from its first entry on. Raises InventoryError where it is another's."""
    if audit_key_id(database) is None:
        with writing(database) as connection:
            # Another host may be doing the same just now: the first one's stays.
            first = upsert(connection, SettingRow).values(name=_KEY_ID, value=key.id)
            connection.execute(first.on_conflict_do_nothing())
    if audit_key_id(database) != key.id:
        raise InventoryError(
            "The audit key is not the one that this inventory's trail is sealed with. Put the old key back."
        )


def _end(connection: Connection) -> tuple[int, bytes]:
    last = connection.execute(select(AuditRow.number, AuditRow.mac).order_by(AuditRow.number.desc()).limit(1)).first()
    return (last.number, last.mac) if last else (0, BEFORE_THE_FIRST)


_KNOWN_KEY = select(SettingRow.value).where(SettingRow.name == _KEY_ID)
