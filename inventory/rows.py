"""New items as rows, past SQLAlchemy's handling of single values: it would cost more than the writing itself."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import TypeAlias

from sqlalchemy import Connection

from domain.access import Access
from domain.entry import Entry
from inventory.counted import add_waiting
from inventory.staging import copy
from inventory.sums import stand_aside

Row: TypeAlias = tuple[object, ...]

_COLUMNS = (
    "dir_id", "name", "first_seen", "kind", "size", "modified", "version", "file_id", "accessed", "allocated",
    "mangled", "owner_id", "part", "pipeline", "misnamed",
)  # fmt: skip
_SELDOM = ("created", "access_id")


def new_rows(
    dir_id: int, entries: Collection[Entry], today: str, owner_of: Callable[[str | None], int | None],
    own: Access | None = None, apart: Callable[[Access | None], int | None] = lambda _: None,
) -> list[Row]:  # fmt: skip
    """Items of a folder with rights of its `own` that wait to be examined, in the order of the columns and as the
    database keeps them; `owner_of` and `apart` give the numbers of an owner, and of rights other than the folder's.
    """
    owners = {owner: owner_of(owner) for owner in {entry.owner for entry in entries}}
    # A bytearray or a number is bound as it is; for bytes, truth and nothing sqlite3 asks all its adapters first.
    return [
        (
            dir_id, bytearray(name), today, kind, size, modified, bytearray(version), file_id, accessed, allocated,
            1 if mangled else 0, owners[owner], "", "", 0, created, None if access is own else apart(access),
        )
        for name, kind, size, modified, version, file_id, created, accessed, allocated, mangled, owner, access, _
        in entries
    ]  # fmt: skip


def insert_items(connection: Connection, rows: Sequence[Row]) -> None:
    """Write down rows that `new_rows` made."""
    if not rows:
        return
    plain = [row[:-2] for row in rows if row[-1] is row[-2] is None]
    told = [row for row in rows if not row[-1] is row[-2] is None] if len(plain) < len(rows) else ()
    with stand_aside(connection):
        copy(connection, "item", _COLUMNS, plain)
        copy(connection, "item", (*_COLUMNS, *_SELDOM), told)
    add_waiting(connection, rows)  # Behind them, by the services that their folders have now.
