"""How far proposals to dispose of files have got: what was approved to go, and what is gone for good."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Select, func, select

from domain.disposal import Fate
from domain.review import BatchState, VerdictKind
from domain.rot import Decided
from domain.summary import Tally
from inventory.dialects import total
from inventory.disposal_tables import DisposalRow
from inventory.engine import Database, reading
from inventory.review_tables import BatchRow
from inventory.tables import ServiceRow

_APPROVED = (BatchState.APPROVED, BatchState.PLANNED, BatchState.DONE)


def decided(database: Database, service: str | None = None) -> Decided:
    """Of everything, or of a service. What was archived or transferred, and then purged here, is gone too."""
    approved = select(total(BatchRow.items), total(BatchRow.bytes)).where(
        BatchRow.kind == VerdictKind.DISPOSE, BatchRow.state.in_(_APPROVED)
    )
    gone = select(func.count(), total(DisposalRow.size)).where(DisposalRow.fate == Fate.PURGED)
    if service is not None:
        approved = approved.join(ServiceRow, ServiceRow.id == BatchRow.service_id).where(ServiceRow.name == service)
        gone = gone.where(DisposalRow.service == service)
    with reading(database) as connection:
        return Decided(_tally(connection, approved), _tally(connection, gone))


def _tally(connection: Connection, summed: Select[*tuple[Any, ...]]) -> Tally | None:
    """None where nothing is recorded."""
    items, size = connection.execute(summed).one()
    return Tally(items, size) if items else None
