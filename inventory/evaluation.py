"""Writes what the schedule decided: flags as differences, so that a night on which nothing fell due writes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, delete, insert, select

from domain.decision import Flag
from domain.rule import Schedule
from domain.summary import Tally
from inventory.dialects import upsert
from inventory.engine import writing
from inventory.tables import ComplianceRow, FlagRow, ScheduleRow, ServiceRow

_CHUNK = 5_000
_COLUMNS = (
    FlagRow.item_id, FlagRow.schedule_id, FlagRow.state, FlagRow.action, FlagRow.due, FlagRow.rule, FlagRow.sentence,
)  # fmt: skip


def write_evaluation(
    engine: Engine, schedule: Schedule, today: date, flags: Mapping[int, Flag], under_rule: Mapping[str, Tally]
) -> int:
    """Make the flags be `flags` (item number → flag) and nothing else; return how many rows that changed.

    `under_rule` is each service's holding that some rule applied to.
    """
    with writing(engine) as connection:
        schedule_id = _schedule_id(connection, schedule, today)
        known = {row.item_id: tuple(row) for row in connection.execute(select(*_COLUMNS))}
        wanted = {number: _row(number, schedule_id, flag) for number, flag in flags.items()}
        stale = [number for number, row in known.items() if tuple(wanted.get(number, {}).values()) != row]
        fresh = [row for number, row in wanted.items() if known.get(number) != tuple(row.values())]
        for start in range(0, len(stale), _CHUNK):
            connection.execute(delete(FlagRow).where(FlagRow.item_id.in_(stale[start : start + _CHUNK])))
        if fresh:
            connection.execute(insert(FlagRow), fresh)
        _write_compliance(connection, under_rule)
        return len(set(stale) | {row["item_id"] for row in fresh})


def _schedule_id(connection: Connection, schedule: Schedule, today: date) -> int:
    values = {"name": schedule.id, "version": schedule.version, "title": schedule.title, "evaluated": today}
    statement = upsert(connection, ScheduleRow).values(digest=schedule.digest, **values)
    statement = statement.on_conflict_do_update(index_elements=["digest"], set_={"evaluated": today})
    return connection.execute(statement.returning(ScheduleRow.id)).scalar_one()


def _row(number: int, schedule_id: int, flag: Flag) -> dict[str, Any]:
    return {
        "item_id": number, "schedule_id": schedule_id, "state": str(flag.state), "action": str(flag.action),
        "due": flag.due, "rule": flag.rule, "sentence": flag.sentence,
    }  # fmt: skip


def _write_compliance(connection: Connection, under_rule: Mapping[str, Tally]) -> None:
    connection.execute(delete(ComplianceRow))
    for service_id, name in connection.execute(select(ServiceRow.id, ServiceRow.name)).all():
        tally = under_rule.get(name, Tally())
        connection.execute(insert(ComplianceRow).values(service_id=service_id, items=tally.items, bytes=tally.bytes))
