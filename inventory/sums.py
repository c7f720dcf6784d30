"""Sums over all items by service, outcome, family and risk, by year and by flag.

Triggers keep them with every change of an item, its content, its flag or its folder, whoever makes it; but for the new
items of a listing, which are counted as they are written (`inventory/counted.py`) and `stand_aside` keeps them from.

On SQLite they change the sums themselves. On PostgreSQL, where many write at once and would wait for each other, they
add what changed to a table of deltas, and `fold` puts that away; whoever reads adds both. There an item is counted
while nobody else changes its content or whose its folder is (migration 0025); of an item and its flag, changed by two
hosts in the same moment, a sum may miss one: `sums_differ` says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, TypeAlias

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
from inventory.staging import copy
from inventory.tables import FacetDeltaRow, FacetRow, SummaryDeltaRow, SummaryRow

Sums: TypeAlias = dict[tuple[Any, ...], tuple[int, int]]
"""Items and bytes by a key."""


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


@contextmanager
def stand_aside(connection: Connection) -> Iterator[None]:
    """Meanwhile new items are in no sum: whoever writes them adds them. It ends with the transaction at the latest:
    an error in it is not to be caught within that.
    """
    begin, end = _ASIDE[connection.dialect.name]
    connection.exec_driver_sql(begin)
    yield
    connection.exec_driver_sql(end)


def add(connection: Connection, kept: Kept, sums: Sums) -> None:
    """Add to what is kept."""
    columns, rows = (*kept.key, "items", "bytes"), [(*key, *told) for key, told in sums.items()]
    if connection.dialect.name == "postgresql":
        copy(connection, kept.delta.__tablename__, columns, rows)
    elif rows:
        connection.exec_driver_sql(_add(kept, columns), rows)


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


_ASIDE = {
    "sqlite": (
        "INSERT INTO setting (name, value) VALUES ('sums', 'aside')", "DELETE FROM setting WHERE name = 'sums'",
    ),
    "postgresql": ("SET LOCAL muniment.sums = 'aside'", "SET LOCAL muniment.sums = ''"),
}  # fmt: skip
"""What the triggers look for: migration 0024."""


def _add(kept: Kept, columns: Iterable[str]) -> str:
    return (
        f"INSERT INTO {kept.row.__tablename__} ({', '.join(columns)}) VALUES ({'?, ' * len(kept.key)}?, ?) "  # noqa: S608
        "ON CONFLICT DO UPDATE SET items = items + excluded.items, bytes = bytes + excluded.bytes"
    )


_ALONE = text(f"SELECT pg_try_advisory_xact_lock({LOCKS['sums']})")


def _fold(kept: Kept) -> str:
    name, columns = kept.row.__tablename__, ", ".join(kept.key)
    return (
        f"WITH moved AS (DELETE FROM {name}_delta RETURNING *) "  # noqa: S608  names of ours
        f"INSERT INTO {name} ({columns}, items, bytes) SELECT {columns}, sum(items), sum(bytes) FROM moved "
        f"GROUP BY {columns} ON CONFLICT ({columns}) "
        f"DO UPDATE SET items = {name}.items + excluded.items, bytes = {name}.bytes + excluded.bytes"
    )
