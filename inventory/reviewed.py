"""How long items waited for their verdicts, and how long those wait that have none: a few rows for each service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, func, select

from domain.figures import Reviewed
from domain.review import VerdictKind, VerdictState
from inventory.review_tables import BatchRow, QueuedRow, VerdictRow
from inventory.tables import ServiceRow

_GIVEN = (VerdictState.CURRENT, VerdictState.SUPERSEDED)


def reviewed(connection: Connection) -> tuple[Reviewed, ...]:
    """What waits and what was decided, by service and days. Verdicts of which nobody kept since when they had waited
    are left out, and so is what was only sent on to somebody else.
    """
    counted = Counter[tuple[str, date, date | None]]()
    for service, entered, decided, items in (*_waiting(connection), *_decided(connection)):
        counted[service, entered, decided] += items
    return tuple(Reviewed(*key, items) for key, items in sorted(counted.items(), key=str))


def _waiting(connection: Connection) -> Iterator[tuple[str, date, None, int]]:
    asked = select(ServiceRow.name, QueuedRow.entered, func.count()).join(
        ServiceRow, ServiceRow.id == QueuedRow.service_id
    )
    for service, entered, items in connection.execute(asked.group_by(ServiceRow.name, QueuedRow.entered)):
        yield service, entered, None, items


def _decided(connection: Connection) -> Iterator[tuple[str, date, date, int]]:
    given = (
        select(VerdictRow.batch_id, VerdictRow.entered, func.count().label("number"))
        .where(VerdictRow.entered.is_not(None), VerdictRow.state.in_(_GIVEN), VerdictRow.kind != VerdictKind.REFER)
        .group_by(VerdictRow.batch_id, VerdictRow.entered)
        .subquery()
    )
    asked = select(ServiceRow.name, given.c.entered, BatchRow.at, given.c.number)
    asked = asked.join(BatchRow, BatchRow.id == given.c.batch_id).join(ServiceRow, ServiceRow.id == BatchRow.service_id)
    for service, entered, at, items in connection.execute(asked):
        yield service, entered, at.date(), items
