"""The figures of a day, kept for later days to be compared with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from sqlalchemy import Connection, delete, func, insert, select

from domain.figures import Measure, Period
from domain.summary import Tally
from inventory.engine import Database, reading
from inventory.tables import PeriodRow


def write_period(connection: Connection, period: Period) -> None:
    """Keep the figures of a day, in the place of those that were kept of it before."""
    connection.execute(delete(PeriodRow).where(PeriodRow.day == period.day))
    rows = [
        {"day": period.day, "service": service, "measure": str(measure), "items": tally.items, "bytes": tally.bytes}
        for (service, measure), tally in period.sums.items()
    ]
    if rows:
        connection.execute(insert(PeriodRow), rows)


def periods(database: Database, most: int = 400) -> tuple[Period, ...]:
    """The first that was kept, which is the baseline, and the last of them, in order of their days."""
    with reading(database) as connection:
        first = connection.execute(select(func.min(PeriodRow.day))).scalar_one()
        days = select(PeriodRow.day).distinct().order_by(PeriodRow.day.desc()).limit(most)
        kept = {first, *connection.execute(days).scalars()} - {None}
        rows = connection.execute(select(*_COLUMNS).where(PeriodRow.day.in_(kept)).order_by(PeriodRow.day)).all()
    return tuple(
        Period(day, _sums((row.service, row.measure, row.items, row.bytes) for row in of_day))
        for day, of_day in groupby(rows, key=lambda row: row.day)
    )


_COLUMNS = (PeriodRow.day, PeriodRow.service, PeriodRow.measure, PeriodRow.items, PeriodRow.bytes)
_KNOWN = frozenset(Measure)


def _sums(rows: Iterable[tuple[str, str, int, int]]) -> Mapping[tuple[str, Measure], Tally]:
    """What a later program measured, and this one does not know, is passed over."""
    return {
        (service, Measure(measure)): Tally(items, size) for service, measure, items, size in rows if measure in _KNOWN
    }
