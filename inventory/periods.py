"""The figures of a day, kept for later days to be compared with."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select

from domain.asset import Location
from domain.figures import Measure, Period
from domain.pilot import Pilot, PilotScope
from domain.summary import Tally
from inventory.dialects import upsert
from inventory.engine import Database, reading
from inventory.tables import PeriodRow, PilotRow, PilotSumRow, SettingRow


def write_period(connection: Connection, period: Period, pilot: str | None = None) -> None:
    """Keep the figures of a day, of all that is held or of a pilot, in the place of those kept of it before."""
    table, of = _kept_of(pilot)
    connection.execute(delete(table).where(table.c.day == period.day, *_is(table, of)))
    rows = [
        {
            "day": period.day,
            "service": service,
            "measure": str(measure),
            "items": tally.items,
            "bytes": tally.bytes,
            **of,
        }
        for (service, measure), tally in period.sums.items()
    ]
    if rows:
        connection.execute(insert(table), rows)


def periods(database: Database, most: int = 400, pilot: str | None = None) -> tuple[Period, ...]:
    """The baseline, and the last days that were kept behind it, in their order; of all that is held, or of a pilot.

    The baseline is the day that was chosen, or else the first that was kept.
    """
    table, of = _kept_of(pilot)
    here = _is(table, of)
    with reading(database) as connection:
        first = baseline(connection, pilot) or connection.execute(select(func.min(table.c.day)).where(*here)).scalar()
        if first is None:
            return ()
        later = select(table.c.day).distinct().where(table.c.day >= first, *here).order_by(table.c.day.desc())
        kept = {first, *connection.execute(later.limit(most)).scalars()}
        columns = (table.c.day, table.c.service, table.c.measure, table.c["items"], table.c.bytes)
        rows = connection.execute(select(*columns).where(table.c.day.in_(kept), *here).order_by(table.c.day)).all()
    return tuple(
        Period(day, _sums((row[1], row[2], row[3], row[4]) for row in of_day))
        for day, of_day in groupby(rows, key=lambda row: row.day)
    )


def kept_days(connection: Connection, pilot: str | None = None) -> frozenset[date]:
    """The days of which figures are kept."""
    table, of = _kept_of(pilot)
    return frozenset(connection.execute(select(table.c.day).distinct().where(*_is(table, of))).scalars())


def baseline(connection: Connection, pilot: str | None = None) -> date | None:
    """The day that somebody chose to compare with; None where nobody did."""
    if pilot is not None:
        return connection.execute(select(PilotRow.baseline).where(PilotRow.name == pilot)).scalar_one_or_none()
    said = connection.execute(select(SettingRow.value).where(SettingRow.name == _BASELINE)).scalar_one_or_none()
    return None if said is None else date.fromisoformat(said)


def choose_baseline(connection: Connection, day: date) -> None:
    """Have all that is held be compared with this day."""
    statement = upsert(connection, SettingRow).values(name=_BASELINE, value=day.isoformat())
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_={"value": day.isoformat()}))


def pilots(connection: Connection) -> tuple[Pilot, ...]:
    rows = connection.execute(select(PilotRow.name, PilotRow.scope, PilotRow.baseline).order_by(PilotRow.name))
    return tuple(Pilot(row.name, _scope(json.loads(row.scope)), row.baseline) for row in rows)


def write_pilot(connection: Connection, pilot: Pilot) -> bool:
    """Put a pilot in the place of the one of its name. What was kept of another scope is dropped, being no like; return
    whether there was any.
    """
    told = json.dumps(_told(pilot.scope), ensure_ascii=False)
    before = connection.execute(select(PilotRow.scope).where(PilotRow.name == pilot.name)).scalar_one_or_none()
    anew = before not in (None, told)
    if anew:
        drop_pilot(connection, pilot.name)
    said = {"scope": told, "baseline": pilot.baseline}
    statement = upsert(connection, PilotRow).values(name=pilot.name, **said)
    connection.execute(statement.on_conflict_do_update(index_elements=["name"], set_=said))
    return anew


def drop_pilot(connection: Connection, name: str) -> None:
    connection.execute(delete(PilotSumRow).where(PilotSumRow.pilot == name))
    connection.execute(delete(PilotRow).where(PilotRow.name == name))


_BASELINE = "baseline"


def _kept_of(pilot: str | None) -> tuple[Any, dict[str, str]]:
    """Where the figures are kept, and what tells them from others there."""
    return (PeriodRow.__table__, {}) if pilot is None else (PilotSumRow.__table__, {"pilot": pilot})


def _is(table: Any, of: Mapping[str, str]) -> tuple[ColumnElement[bool], ...]:
    return tuple(table.c[name] == value for name, value in of.items())


def _told(scope: PilotScope) -> dict[str, Any]:
    return {
        "services": sorted(scope.services), "assets": sorted(scope.assets),
        "locations": sorted([at.source, at.path.hex()] for at in scope.locations),
    }  # fmt: skip


def _scope(told: Mapping[str, Any]) -> PilotScope:
    locations = tuple(Location(source, bytes.fromhex(path)) for source, path in told["locations"])
    return PilotScope(frozenset(told["services"]), locations, frozenset(told["assets"]))


_KNOWN = frozenset(Measure)


def _sums(rows: Iterable[tuple[str, str, int, int]]) -> Mapping[tuple[str, Measure], Tally]:
    """What a later program measured, and this one does not know, is passed over."""
    return {
        (service, Measure(measure)): Tally(items, size) for service, measure, items, size in rows if measure in _KNOWN
    }
