"""On which day who answers for a service was last told of what waits in it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from inventory.dialects import upsert
from inventory.tables import ReminderRow, ServiceRow


def last_told(connection: Connection) -> dict[tuple[str, str], date]:
    """By service and by who was told."""
    asked = select(ServiceRow.name, ReminderRow.told, ReminderRow.day)
    rows = connection.execute(asked.join(ServiceRow, ServiceRow.id == ReminderRow.service_id))
    return {(name, told): day for name, told, day in rows}


def note_told(transaction: Connection, services: Iterable[str], told: str, day: date) -> None:
    numbers = select(ServiceRow.id).where(ServiceRow.name.in_(list(services)))
    for number in transaction.execute(numbers).scalars().all():
        statement = upsert(transaction, ReminderRow).values(service_id=number, told=told, day=day)
        transaction.execute(statement.on_conflict_do_update(index_elements=["service_id", "told"], set_={"day": day}))
