"""Legal holds as they are stored, and what the parts of a file were found to hold of what they ask for."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from sqlalchemy import Connection, insert, select, update

from domain.hold import Hold, HoldKind, HoldScope, HoldStatus, RequestKind
from inventory.engine import Database, InventoryError, reading
from inventory.recording import AnyRow
from inventory.tables import HoldRow


def active(database: Database, today: date) -> tuple[Hold, ...]:
    """The holds that freeze something on that day, late for their review or not."""
    with reading(database) as connection:
        return tuple(hold for hold in holds(connection) if hold.is_active(today))


def holds(connection: Connection) -> tuple[Hold, ...]:
    """Every hold, those that are over too, by id."""
    return tuple(map(_hold, connection.execute(select(*_COLUMNS).order_by(HoldRow.id))))


def add_hold(connection: Connection, hold: Hold) -> None:
    """Raises InventoryError where there is, or was, one of that id: reasons and the audit trail name holds by it."""
    known = {each.id.casefold() for each in holds(connection)}
    if hold.id.casefold() in known:
        raise InventoryError(f"There is, or was, a hold {hold.id!r} already. Give this one another --id.")
    connection.execute(insert(HoldRow).values(_values(hold)))


def change_hold(connection: Connection, hold: Hold) -> None:
    """Write what became of the hold of that id."""
    connection.execute(update(HoldRow).where(HoldRow.id == hold.id).values(_values(hold)))


def note_release(connection: Connection, hold: Hold, day: date, why: str) -> None:
    values = {"status": str(HoldStatus.RELEASED), "released": day, "release_reason": why}
    connection.execute(update(HoldRow).where(HoldRow.id == hold.id).values(values))


_COLUMNS = (HoldRow.id, HoldRow.kind, HoldRow.reason, HoldRow.authorised_by, HoldRow.scope, HoldRow.status,
            HoldRow.placed, HoldRow.review_by, HoldRow.request, HoldRow.answered, HoldRow.ends_on)  # fmt: skip
_LISTS = ("classes", "paths", "services", "sources", "terms", "people")


def _hold(row: AnyRow) -> Hold:
    scope = json.loads(row.scope)
    begins, ends = (date.fromisoformat(scope[name]) if scope.get(name) else None for name in ("begins", "ends"))
    lists = {name: tuple(scope.get(name, ())) for name in _LISTS}
    return Hold(
        row.id, HoldKind(row.kind), row.reason, row.authorised_by, HoldScope(**lists, begins=begins, ends=ends),
        HoldStatus(row.status), row.placed, row.review_by, RequestKind(row.request) if row.request else None,
        row.answered, row.ends_on,
    )  # fmt: skip


def _values(hold: Hold) -> dict[str, Any]:
    return {
        "id": hold.id, "kind": str(hold.kind), "reason": hold.reason, "authorised_by": hold.authorised_by,
        "scope": json.dumps(_scope(hold.scope), ensure_ascii=False, sort_keys=True), "status": str(hold.status),
        "placed": hold.placed, "review_by": hold.review_by, "request": hold.request and str(hold.request),
        "answered": hold.answered, "ends_on": hold.ends_on,
    }  # fmt: skip


def _scope(scope: HoldScope) -> dict[str, list[str] | str]:
    given: dict[str, list[str] | str] = {name: list(getattr(scope, name)) for name in _LISTS if getattr(scope, name)}
    days = {"begins": scope.begins, "ends": scope.ends}
    return given | {name: day.isoformat() for name, day in days.items() if day}
