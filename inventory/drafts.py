"""The draft of a schedule that is looked at before it is approved, and what it was found to change."""

from __future__ import annotations

from sqlalchemy import Connection, select

from inventory.dialects import upsert
from inventory.schedules import Applied
from inventory.tables import ScheduleRow, SettingRow

DRAFT, FORESEEN = "schedule_draft", "schedule_foreseen"
_VERSIONS = 50


def keep(connection: Connection, name: str, value: str) -> None:
    """Put it in the place of what was kept under that name."""
    row = upsert(connection, SettingRow).values(name=name, value=value)
    connection.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def kept(connection: Connection, name: str) -> str:
    """What is kept under a name; "" where nothing is."""
    return connection.execute(select(SettingRow.value).where(SettingRow.name == name)).scalar_one_or_none() or ""


def versions(connection: Connection) -> tuple[Applied, ...]:
    """The versions that were applied, the last first."""
    chosen = select(ScheduleRow.digest, ScheduleRow.version, ScheduleRow.evaluated)
    rows = connection.execute(chosen.order_by(ScheduleRow.evaluated.desc(), ScheduleRow.id.desc()).limit(_VERSIONS))
    return tuple(Applied(*row) for row in rows)
