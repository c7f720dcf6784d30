"""The figures of the last day broken down: kept beside those of all days, for dashboards, and of one day alone."""

from __future__ import annotations

from sqlalchemy import Connection, delete, func, insert, select

from domain.figures import Breakdown, BrokenDown
from domain.summary import Tally
from inventory.engine import Database, reading
from inventory.tables import PeriodRow

_OURS = PeriodRow.measure.contains(":")
"""No measure of all days has it in its name, so that whoever reads those passes these over."""


def write_breakdown(connection: Connection, of: BrokenDown) -> None:
    """Keep the figures of a day broken down, in the place of those of the day before."""
    connection.execute(delete(PeriodRow).where(_OURS))
    rows = [
        {"day": of.day, "service": service, "measure": ":".join((by, *words)), "items": tally.items,
         "bytes": tally.bytes}
        for (service, by, words), tally in of.sums.items()
    ]  # fmt: skip
    if rows:
        connection.execute(insert(PeriodRow), rows)


def last_breakdown(database: Database) -> BrokenDown | None:
    """Those of the last day that figures were kept of; None where none are."""
    newest = select(func.max(PeriodRow.day)).scalar_subquery()
    columns = (PeriodRow.day, PeriodRow.service, PeriodRow.measure, PeriodRow.items, PeriodRow.bytes)
    with reading(database) as connection:
        rows = connection.execute(select(*columns).where(PeriodRow.day == newest, _OURS)).all()
    sums = {}
    for _, service, measure, items, size in rows:
        by, *words = measure.split(":")
        sums[service, Breakdown(by), tuple(words)] = Tally(items, size)
    return BrokenDown(rows[0].day, sums) if rows else None
