"""New items as rows, past SQLAlchemy's handling of single values: it would cost more than the writing itself."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection

from domain.entry import Entry
from inventory.staging import copy
from inventory.sums import add_listed

_COLUMNS = (
    "dir_id", "name", "first_seen", "kind", "size", "modified", "version", "file_id", "accessed", "allocated",
    "mangled", "owner_id", "part", "pipeline", "misnamed",
)  # fmt: skip
_SELDOM = ("created", "access_id")
_NEITHER = (None, None)


def new_row(dir_id: int, entry: Entry, owner_id: int | None, access_id: int | None, today: str) -> tuple[Any, ...]:
    """An item of a folder that waits to be examined, in the order of the columns and as the database keeps them."""
    name, kind, size, modified, version, file_id, created, accessed, allocated, mangled, *_ = entry
    # A bytearray or a number is bound as it is; for bytes, truth and nothing sqlite3 asks all its adapters first.
    return (
        dir_id, bytearray(name), today, kind, size, modified, bytearray(version), file_id, accessed, allocated,
        int(mangled), owner_id, "", "", 0, created, access_id,
    )  # fmt: skip


def insert_items(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    """Write down rows that `new_row` made."""
    copy(connection, "item", _COLUMNS, [row[:-2] for row in rows if row[-2:] == _NEITHER])
    copy(connection, "item", (*_COLUMNS, *_SELDOM), [row for row in rows if row[-2:] != _NEITHER])
    add_listed(connection, ((row[0], row[3] == "file", row[4]) for row in rows))
