"""What was sent to one person to decide on."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Connection, literal_column, select

from inventory.tables import QueuedRow


def sent_to(connection: Connection, account: str, after: int, limit: int) -> tuple[int, ...]:
    """The numbers of items that wait for an account, in their order, behind one of them."""
    asked = select(QueuedRow.item_id).where(QueuedRow.assignee == account, _SENT, QueuedRow.item_id > after)
    return tuple(connection.execute(asked.order_by(QueuedRow.item_id).limit(limit)).scalars())


_SENT: ColumnElement[Any] = literal_column("queued.assignee <> ''")
"""In the words of its index."""
