"""What the databases say each in its own way, said once: rows that may be there already, and sums of sizes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

from sqlalchemy import BigInteger, ColumnElement, Connection, Table, cast, func
from sqlalchemy.dialects import postgresql, sqlite

Upsert: TypeAlias = postgresql.Insert | sqlite.Insert

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def upsert(connection: Connection, table: type[Any] | Table) -> Upsert:
    """An INSERT that can be told what to do where the row is there."""
    return upsert_for(connection.dialect.name, table)


def upsert_for(dialect: str, table: type[Any] | Table) -> Upsert:
    statement: Upsert = _INSERTS[dialect](table)
    return statement


def total(numbers: Any, *conditions: ColumnElement[bool]) -> ColumnElement[int]:
    """The sum of a column, of those rows that meet conditions: one whole number, 0 of none."""
    added = func.sum(numbers)
    return cast(func.coalesce(added.filter(*conditions) if conditions else added, 0), BigInteger)


_MOST_AT_ONCE = 500  # SQLite takes 999 variables in a statement where it was built long ago.


def in_parts(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    """The values, as many at a time as one statement can name."""
    return (values[at : at + _MOST_AT_ONCE] for at in range(0, len(values), _MOST_AT_ONCE))
