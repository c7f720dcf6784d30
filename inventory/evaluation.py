"""Writes what the schedule decided: flags as differences, so that a night on which nothing fell due writes nothing."""

from __future__ import annotations

import marshal
from collections.abc import Iterator, Mapping
from datetime import date
from tempfile import TemporaryFile
from typing import Any, Self, TypeAlias

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
_Row: TypeAlias = tuple[Any, ...]
_STAGE = Stage("new_flag", "flag", ("item_id", "schedule_id", "state", "action", "due", "rule", "sentence"))
Told: TypeAlias = tuple[str | None, ...]
"""A flag as its row has it behind item and schedule: state, action, due, rule, sentence; () where none is to be."""


def told(flag: Flag | None) -> Told:
    """Made once for all items that have it."""
    if flag is None:
        return ()
    due = str(flag.due) if flag.due else None
    return (str(flag.state), str(flag.action), due, flag.rule, flag.sentence)


class Changes:
    """What flags are to be, item by item. A first night's are millions: they wait in a file without a name, to be
    written in one transaction.
    """

    def __init__(self) -> None:
        self._some: list[_Row] = []
        self._sizes: list[int] = []
        self._file = TemporaryFile()  # noqa: SIM115  closed by __exit__

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def add(self, number: int, told: Told) -> None:
        self._some.append((number, *told))
        if len(self._some) == _CHUNK:
            self._sizes.append(self._file.write(marshal.dumps(self._some)))
            self._some = []

    def chunks(self) -> Iterator[list[_Row]]:
        """All of them, in their order, once they are all there."""
        self._file.seek(0)
        for size in self._sizes:
            yield marshal.loads(self._file.read(size))  # noqa: S302  ours, from a file that nobody else can name
        yield self._some


def write_evaluation(
    engine: Engine, schedule: Schedule, today: date, changes: Changes, under_rule: Mapping[str, Tally]
) -> int:
    """Have flags be what they are to be; return how many rows that changed.

    What is no file any more loses its flag. `under_rule` is each service's holding that some rule applied to.
    """
    with writing(engine) as connection:
        schedule_id = _schedule_id(connection, schedule, today)
        changed = sum(_change(connection, schedule_id, rows) for rows in changes.chunks())
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


def _change(connection: Connection, schedule_id: int, rows: list[_Row]) -> int:
    changed = _put(connection, [(row[0], schedule_id, *row[1:]) for row in rows if len(row) > 1])
    for numbers in in_parts([row[0] for row in rows if len(row) == 1]):
        changed += connection.execute(delete(FlagRow).where(FlagRow.item_id.in_(numbers))).rowcount
    return changed


def _put(connection: Connection, rows: list[_Row]) -> int:
    """An item that went since it was read is passed over."""
    if not rows:
        return 0
    staged = _STAGE.put(connection, rows)
    names = ", ".join(_STAGE.names)
    chosen = ", ".join(f"{_STAGE.name}.{name}" for name in _STAGE.names)
    values = ", ".join(f"{name} = excluded.{name}" for name in _STAGE.names[1:])
    # Without bounds a chunk is merged with all items before it, so that the last ones cost as much as all the rest.
    numbers = [row[0] for row in rows]
    bounds = f"item.id BETWEEN {min(numbers)} AND {max(numbers)}"
    statement = (
        f"INSERT INTO flag ({names}) SELECT {chosen} FROM {staged.table} "  # noqa: S608  names and numbers of ours
        f"JOIN item ON item.id = {_STAGE.name}.item_id WHERE {bounds} "
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
