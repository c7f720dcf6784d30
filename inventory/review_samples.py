"""Samples of batches as they are stored: which items have to be opened, and what came of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, literal_column, select, update

from inventory.dialects import in_parts
from inventory.tables import BatchRow, BatchSampleRow


@dataclass(frozen=True, slots=True)
class Sampled:
    """An item that has to be opened: when it was and by whom, None where nobody did yet; whether it is to be kept."""

    item: int
    opened: datetime | None
    account: str
    keep: bool


def sample_of(connection: Connection, batch: int) -> tuple[Sampled, ...]:
    asked = select(BatchSampleRow.item_id, BatchSampleRow.opened, BatchSampleRow.account, BatchSampleRow.keep)
    asked = asked.where(BatchSampleRow.batch_id == batch).order_by(BatchSampleRow.item_id)
    return tuple(Sampled(*row) for row in connection.execute(asked))


def draw(transaction: Connection, batch: int, items: Iterable[int]) -> None:
    rows = [{"batch_id": batch, "item_id": item} for item in items]
    if rows:
        transaction.execute(insert(BatchSampleRow), rows)


def note_opened(transaction: Connection, batch: int, item: int, at: datetime, account: str, *, keep: bool) -> bool:
    """Write down that an item of a sample was opened; whether it is one of it."""
    here = (BatchSampleRow.batch_id == batch, BatchSampleRow.item_id == item)
    values = {"opened": at, "account": account, "keep": keep}
    return transaction.execute(update(BatchSampleRow).where(*here).values(values)).rowcount > 0


def to_keep(connection: Connection, items: Sequence[int]) -> frozenset[int]:
    """Those that somebody opened in any sample, and said that they are to be kept."""
    kept = select(BatchSampleRow.item_id).where(literal_column("batch_sample.keep"))  # In the words of its index.
    found = (connection.execute(kept.where(BatchSampleRow.item_id.in_(some))).scalars() for some in in_parts(items))
    return frozenset(item for some in found for item in some)


def leave_out(transaction: Connection, batch: int, items: Sequence[int]) -> None:
    """Have items that are not in the batch any more be none of its sample."""
    for some in in_parts(items):
        gone = delete(BatchSampleRow).where(BatchSampleRow.batch_id == batch, BatchSampleRow.item_id.in_(some))
        transaction.execute(gone)


def aside_of(connection: Connection, batch: int) -> Mapping[str, int]:
    """How many items a draft left out, by why."""
    said = connection.execute(select(BatchRow.draft).where(BatchRow.id == batch)).scalar_one_or_none()
    left_out: Mapping[str, int] = json.loads(said or "{}")
    return left_out
