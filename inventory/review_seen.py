"""What items are at this moment, as far as a verdict on them stands on it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, select

from domain.decision import State
from domain.item import ItemKind
from domain.review import BatchState, Odd, Seen, VerdictState
from inventory.dialects import in_parts
from inventory.review_odd import odd_bits, odd_of
from inventory.review_queue import PUT_FORWARD, ROT, ROT_RULE
from inventory.tables import (
    BatchRow,
    ContentRow,
    DirRow,
    FlagRow,
    ItemRow,
    RotRow,
    ScheduleRow,
    ServiceRow,
    VerdictRow,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """A file that is there: `service` is its folder's, `folder` the folder's number; `verdict` is the number of the
    current one on it, 0 where there is none, `batch_state` that of its batch. `flag` is empty where nothing is due and
    nothing put forward as ROT. `odd` are the outliers that it belongs to today.
    """

    item: int
    folder: int
    service: str
    version: bytes
    digest: bytes | None
    size: int
    flag: tuple[str, ...]
    rule: str | None
    schedule: str
    verdict: int
    batch_state: BatchState | None
    odd: tuple[Odd, ...]

    def seen(self, holds: tuple[str, ...] = ()) -> Seen:
        return Seen(self.version, self.flag, self.verdict, holds)


def facts_of(connection: Connection, items: Sequence[int], today: date) -> dict[int, Facts]:
    """By number, of those that are files and there."""
    asked = _FACTS.add_columns(odd_bits(today).label("odd"))
    return {
        row.id: _facts(row) for some in in_parts(items) for row in connection.execute(asked.where(ItemRow.id.in_(some)))
    }


_FACTS: Select[*tuple[Any, ...]] = (
    select(
        ItemRow.id, ItemRow.dir_id, ServiceRow.name.label("service"), ItemRow.version, ContentRow.digest, ItemRow.size,
        FlagRow.state, FlagRow.action, FlagRow.due, FlagRow.rule, ScheduleRow.digest.label("schedule"),
        RotRow.reason, VerdictRow.id.label("verdict"), BatchRow.state.label("batch_state"),
    )
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
    .outerjoin(ContentRow, ContentRow.id == ItemRow.content_id)
    .outerjoin(FlagRow, (FlagRow.item_id == ItemRow.id) & (FlagRow.state == State.DUE))
    .outerjoin(ScheduleRow, ScheduleRow.id == FlagRow.schedule_id)
    .outerjoin(RotRow, (RotRow.item_id == ItemRow.id) & PUT_FORWARD)
    .outerjoin(VerdictRow, (VerdictRow.item_id == ItemRow.id) & (VerdictRow.state == VerdictState.CURRENT))
    .outerjoin(BatchRow, BatchRow.id == VerdictRow.batch_id)
    .where(ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE)
)  # fmt: skip


def _facts(row: Any) -> Facts:
    flag: tuple[str, ...] = ()
    rule = None
    if row.state is not None:
        flag, rule = (row.state, row.action, str(row.due), row.rule or ""), row.rule
    elif row.reason is not None:
        flag, rule = (ROT, row.reason), ROT_RULE + row.reason
    return Facts(
        row.id, row.dir_id, row.service, row.version, row.digest, row.size, flag, rule, row.schedule or "",
        row.verdict or 0, BatchState(row.batch_state) if row.batch_state else None, odd_of(row.odd),
    )  # fmt: skip
