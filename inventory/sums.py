"""Sums over all items by service and outcome. Triggers keep them with every change of an item, whoever makes it.

On SQLite they change the sum itself, but for the new files of a listing: `add_listed` adds these by folder, for a
trigger would cost more than the row. On PostgreSQL, where many write at once and would wait for each other, they add
what changed to `summary_delta`, and `fold` puts that away; whoever reads adds both.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import BigInteger, Connection, Subquery, cast, delete, func, insert, select, text, union_all

from inventory.dialects import total
from inventory.engine import LOCKS, Database, reading, writing
from inventory.tables import DirRow, ItemRow, SummaryDeltaRow, SummaryRow

_KEY = ("service_id", "is_file", "is_part", "outcome", "problem_code")


def sums() -> Subquery:
    """The columns of `summary`, one row for each key."""
    both = union_all(*(
        select(*(getattr(row, name) for name in (*_KEY, "items", "bytes"))) for row in (SummaryRow, SummaryDeltaRow)
    )).subquery()  # fmt: skip
    keys = [both.c[name] for name in _KEY]
    return (
        select(*keys, total(both.c["items"]).label("items"), total(both.c["bytes"]).label("bytes"))
        .group_by(*keys)
        .subquery()
    )


def add_listed(connection: Connection, added: Sequence[tuple[int, bool, int, int]]) -> None:
    """Add new files that wait: the number of their folder, whether they are files, how many, and their bytes."""
    if added and connection.dialect.name == "sqlite":
        sums = [(is_file, items, size, folder) for folder, is_file, items, size in added]
        connection.exec_driver_sql(_ADD_LISTED, sums)


def fold(connection: Connection) -> None:
    """Put away what has changed since this was done last; left to the other where another is at it."""
    if connection.dialect.name == "postgresql" and connection.execute(_ALONE).scalar_one():
        connection.exec_driver_sql(_FOLD)


def sums_differ(database: Database) -> int:
    """Add everything up anew and say how many of the sums that are kept are others: 0, or something is wrong."""
    with reading(database) as connection:
        kept = {
            tuple(row[:-2]): tuple(row[-2:]) for row in connection.execute(select(sums())) if row.items or row.bytes
        }
        true = {tuple(row[:-2]): tuple(row[-2:]) for row in connection.execute(_ANEW)}
    return sum(kept.get(key) != true.get(key) for key in kept.keys() | true.keys())


def mend_sums(database: Database) -> None:
    """Have the sums be what adding everything up anew comes to."""
    with writing(database) as connection:
        add_up_anew(connection)


def add_up_anew(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE item, dir IN SHARE MODE")
    for row in (SummaryRow, SummaryDeltaRow):
        connection.execute(delete(row))
    columns: list[Any] = [*_KEY, "items", "bytes"]
    connection.execute(insert(SummaryRow).from_select(columns, _ANEW))


_OUTCOME, _CODE = func.coalesce(ItemRow.outcome, ""), func.coalesce(ItemRow.problem_code, "")
_ANEW = (
    select(DirRow.service_id, (ItemRow.kind == "file").label("f"), (ItemRow.part != "").label("p"), _OUTCOME.label("o"),
           _CODE.label("c"), func.count(), cast(func.sum(ItemRow.size), BigInteger))
    .join(DirRow, DirRow.id == ItemRow.dir_id).where(ItemRow.gone.is_(None)).group_by(text("1, 2, 3, 4, 5"))
)  # fmt: skip
_ADD_LISTED = """
INSERT INTO summary (service_id, is_file, is_part, outcome, problem_code, items, bytes)
SELECT service_id, ?, 0, '', '', ?, ? FROM dir WHERE id = ?
ON CONFLICT (service_id, is_file, is_part, outcome, problem_code)
DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes
"""
_ALONE = text(f"SELECT pg_try_advisory_xact_lock({LOCKS['sums']})")
_FOLD = """
WITH moved AS (DELETE FROM summary_delta RETURNING *)
INSERT INTO summary (service_id, is_file, is_part, outcome, problem_code, items, bytes)
SELECT service_id, is_file, is_part, outcome, problem_code, sum(items), sum(bytes) FROM moved GROUP BY 1, 2, 3, 4, 5
ON CONFLICT (service_id, is_file, is_part, outcome, problem_code)
DO UPDATE SET items = summary.items + excluded.items, bytes = summary.bytes + excluded.bytes
"""
