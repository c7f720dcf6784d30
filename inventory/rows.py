"""New items as rows, past SQLAlchemy's handling of single values: it would cost more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from sqlalchemy import Connection

from domain.item import Item, ItemKind

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_FILE = ItemKind.FILE

_COLUMNS = (
    "dir_id", "name", "first_seen", "kind", "size", "modified", "version", "file_id", "created", "accessed",
    "allocated", "mangled", "owner_id",
)  # fmt: skip
_INSERT = (
    f"INSERT INTO item ({', '.join(_COLUMNS)}, part, pipeline, misnamed) "  # noqa: S608  names of columns
    f"VALUES ({', '.join('?' * len(_COLUMNS))}, '', '', 0)"
)


def new_row(dir_id: int, name: bytes, item: Item, owner_id: int | None, today: str) -> tuple[object, ...]:
    """An item of a folder that waits to be examined, in the order of the columns and as the database keeps them."""
    kind = "file" if item.kind is _FILE else item.kind.value
    # A bytearray is bound as it is; for bytes sqlite3 asks all its adapters first.
    created = item.created and _microseconds(item.created)
    return (
        dir_id, bytearray(name), today, kind, item.size, _microseconds(item.modified),
        bytearray(item.version), item.file_id, created, _microseconds(item.accessed),
        item.allocated, int(item.mangled), owner_id,
    )  # fmt: skip


def insert_items(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Write down rows that `new_row` made."""
    if rows:
        connection.exec_driver_sql(_INSERT, list(rows))


def _microseconds(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds
