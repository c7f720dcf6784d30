"""Sums over all items by service, outcome, family and risk, by year and by flag.

Triggers keep them with every change of an item, its content, its flag or its folder, whoever makes it.

On SQLite they change the sums themselves, but for the new files of a listing: `add_listed` adds these, for a trigger
would cost more than the row. On PostgreSQL, where many write at once and would wait for each other, they
add what changed to a table of deltas, and `fold` puts that away; whoever reads adds both. Of what two hosts change at
the very same time, one the item and one its content, a sum may miss one: `sums_differ` says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Row,
    Select,
    Subquery,
    cast,
    column,
    delete,
    func,
    insert,
    select,
    table,
    text,
    union_all,
)

from inventory.dialects import total
from inventory.engine import LOCKS, Database, reading, writing
from inventory.tables import FacetDeltaRow, FacetRow, SummaryDeltaRow, SummaryRow


@dataclass(frozen=True, slots=True)
class Kept:
    """Sums by some columns: where they are kept, what is to be added to them, and the view of items that they sum."""

    row: type[Any]
    delta: type[Any]
    view: str

    @property
    def key(self) -> tuple[str, ...]:
        return tuple(one.name for one in self.row.__table__.primary_key)

    def added(self, *names: str) -> Select[*tuple[Any, ...]]:
        """What is kept, by these columns of the key; of all else together."""
        both = union_all(*(
            select(*(getattr(row, name) for name in (*self.key, "items", "bytes"))) for row in (self.row, self.delta)
        )).subquery()  # fmt: skip
        keys = [both.c[name] for name in names]
        return select(*keys, total(both.c["items"]).label("items"), total(both.c["bytes"]).label("bytes")).group_by(
            *keys
        )

    def anew(self) -> Select[*tuple[Any, ...]]:
        """The same of the items themselves."""
        seen = table(self.view, *map(column, (*self.key, "bytes")))
        keys = [seen.c[name] for name in self.key]
        return select(*keys, func.count(), cast(func.sum(seen.c["bytes"]), BigInteger)).group_by(*keys)


BY_OUTCOME = Kept(SummaryRow, SummaryDeltaRow, "item_cell")
BY_FACET = Kept(FacetRow, FacetDeltaRow, "item_facet")
KEPT = (BY_OUTCOME, BY_FACET)


def sums() -> Subquery:
    """By service, kind, outcome and problem: one row for each."""
    return BY_OUTCOME.added("service_id", "is_file", "is_part", "outcome", "problem_code").subquery()


def newest(connection: Connection) -> int:
    """The highest number of an item: what is listed behind it is new."""
    return int(connection.exec_driver_sql("SELECT coalesce(max(id), 0) FROM item").scalar_one())


def add_listed(connection: Connection, behind: int) -> None:
    """Add the new files behind a number, which wait."""
    if connection.dialect.name == "sqlite":
        for statement in _ADD_LISTED:
            connection.exec_driver_sql(statement, (behind,))


def fold(connection: Connection) -> None:
    """Put away what has changed since this was done last; left to the other where another is at it."""
    if connection.dialect.name == "postgresql" and connection.execute(_ALONE).scalar_one():
        for kept in KEPT:
            connection.exec_driver_sql(_fold(kept))


def sums_differ(database: Database) -> int:
    """Add everything up anew and say how many of the sums that are kept are others: 0, or something is wrong."""
    with reading(database) as connection:
        return sum(_differ(connection, kept) for kept in KEPT)


def _differ(connection: Connection, kept: Kept) -> int:
    said = _by_key(row for row in connection.execute(kept.added(*kept.key)) if row.items or row.bytes)
    true = _by_key(connection.execute(kept.anew()))
    return sum(said.get(key) != true.get(key) for key in said.keys() | true.keys())


def _by_key(rows: Iterable[Row[*tuple[Any, ...]]]) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    return {tuple(row[:-2]): tuple(row[-2:]) for row in rows}


def mend_sums(database: Database) -> None:
    """Have the sums be what adding everything up anew comes to."""
    with writing(database) as connection:
        add_up_anew(connection)


def add_up_anew(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE item, dir, content, flag IN SHARE MODE")
    for kept in KEPT:
        for row in (kept.row, kept.delta):
            connection.execute(delete(row))
        connection.execute(insert(kept.row).from_select([*kept.key, "items", "bytes"], kept.anew()))


def _listed(kept: Kept) -> str:
    name, columns = kept.row.__tablename__, ", ".join(kept.key)
    return (
        f"INSERT INTO {name} ({columns}, items, bytes) SELECT {columns}, count(*), sum(bytes) FROM {kept.view} "  # noqa: S608
        f"WHERE id > ? AND waits AND NOT is_part GROUP BY {columns} "
        "ON CONFLICT DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes"
    )


_ADD_LISTED = tuple(map(_listed, KEPT))
_ALONE = text(f"SELECT pg_try_advisory_xact_lock({LOCKS['sums']})")


def _fold(kept: Kept) -> str:
    name, columns = kept.row.__tablename__, ", ".join(kept.key)
    return (
        f"WITH moved AS (DELETE FROM {name}_delta RETURNING *) "  # noqa: S608  names of ours
        f"INSERT INTO {name} ({columns}, items, bytes) SELECT {columns}, sum(items), sum(bytes) FROM moved "
        f"GROUP BY {columns} ON CONFLICT ({columns}) "
        f"DO UPDATE SET items = {name}.items + excluded.items, bytes = {name}.bytes + excluded.bytes"
    )
