"""Writes what the schedule decided: flags as differences, so that a night on which nothing fell due writes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, Engine, delete, exists, select

from domain.decision import Flag
from domain.item import ItemKind
from domain.rule import Schedule
from domain.summary import Tally
from inventory.dialects import in_parts, upsert
from inventory.engine import writing
from inventory.staging import Stage
from inventory.tables import ComplianceRow, FlagRow, ItemRow, ScheduleRow, ServiceRow

_CHUNK = 20_000
_STAGE = Stage("new_flag", "flag", ("item_id", "schedule_id", "state", "action", "due", "rule", "sentence"))


def write_evaluation(
    engine: Engine,
    schedule: Schedule,
    today: date,
    changes: Mapping[int, Flag | None],
    under_rule: Mapping[str, Tally],
) -> int:
    """Have the flags of these items be what they are here (None: no flag); return how many rows that changed.

    What is no file any more loses its flag. `under_rule` is each service's holding that some rule applied to.
    """
    with writing(engine) as connection:
        schedule_id = _schedule_id(connection, schedule, today)
        fresh = (_row(number, schedule_id, flag) for number, flag in changes.items() if flag is not None)
        changed = sum(_put(connection, rows) for rows in _chunks(fresh))
        for numbers in in_parts([number for number, flag in changes.items() if flag is None]):
            changed += connection.execute(delete(FlagRow).where(FlagRow.item_id.in_(numbers))).rowcount
        changed += connection.execute(_OF_NO_FILE).rowcount
        _write_compliance(connection, under_rule)
        return changed


_OF_NO_FILE = delete(FlagRow).where(
    exists().where(ItemRow.id == FlagRow.item_id, ItemRow.gone.is_not(None) | (ItemRow.kind != ItemKind.FILE))
)


def _schedule_id(connection: Connection, schedule: Schedule, today: date) -> int:
    values = {"name": schedule.id, "version": schedule.version, "title": schedule.title, "evaluated": today}
    statement = upsert(connection, ScheduleRow).values(digest=schedule.digest, **values)
    statement = statement.on_conflict_do_update(index_elements=["digest"], set_={"evaluated": today})
    return connection.execute(statement.returning(ScheduleRow.id)).scalar_one()


def _row(number: int, schedule_id: int, flag: Flag) -> tuple[Any, ...]:
    due = flag.due and str(flag.due)
    return (number, schedule_id, str(flag.state), str(flag.action), due, flag.rule, flag.sentence)


def _chunks(rows: Iterable[tuple[Any, ...]]) -> Iterator[list[tuple[Any, ...]]]:
    left = iter(rows)
    while some := list(islice(left, _CHUNK)):
        yield some


def _put(connection: Connection, rows: list[tuple[Any, ...]]) -> int:
    """An item that went since it was read is passed over."""
    staged = _STAGE.put(connection, rows)
    names = ", ".join(_STAGE.names)
    chosen = ", ".join(f"{_STAGE.name}.{name}" for name in _STAGE.names)
    values = ", ".join(f"{name} = excluded.{name}" for name in _STAGE.names[1:])
    statement = (
        f"INSERT INTO flag ({names}) SELECT {chosen} FROM {staged.table} "  # noqa: S608  names of ours
        f"JOIN item ON item.id = {_STAGE.name}.item_id WHERE true "
        f"ON CONFLICT (item_id) DO UPDATE SET {values}"
    )
    return connection.exec_driver_sql(statement, staged.values or None).rowcount


def _write_compliance(connection: Connection, under_rule: Mapping[str, Tally]) -> None:
    known = {row.service_id: (row.items, row.bytes) for row in connection.execute(_COMPLIANCE)}
    for service_id, name in connection.execute(select(ServiceRow.id, ServiceRow.name)).all():
        tally = under_rule.get(name, Tally())
        if known.get(service_id) != (tally.items, tally.bytes):
            said = {"items": tally.items, "bytes": tally.bytes}
            statement = upsert(connection, ComplianceRow).values(service_id=service_id, **said)
            connection.execute(statement.on_conflict_do_update(index_elements=["service_id"], set_=said))


_COMPLIANCE = select(ComplianceRow.service_id, ComplianceRow.items, ComplianceRow.bytes)
