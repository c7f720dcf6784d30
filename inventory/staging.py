"""Many rows at once: put where one statement can take them over from.

On PostgreSQL a few rows stand in the statement itself, and many go by COPY into a table of the connection's own, which
costs a third of what INSERT does. On SQLite many rows stand in one INSERT: to begin a statement costs as much as to
write a row, and more where the table has triggers. Statements here are the driver's own: the same words on both
databases, and nothing put together for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql

from inventory.tables import Base

Rows: TypeAlias = Sequence[Sequence[object]]

_FEW = 200
_MOST_VALUES = 999  # SQLite takes no more in a statement where it was built long ago.
_MOST_ROWS = 100
_POSTGRESQL: Any = postgresql.dialect()  # type: ignore[no-untyped-call]
_MAKE = {
    "sqlite": "CREATE TEMP TABLE IF NOT EXISTS {name} AS SELECT {columns} FROM {like} WHERE false",
    "postgresql": "CREATE TEMP TABLE IF NOT EXISTS {name} ON COMMIT DELETE ROWS AS "
    "SELECT {columns} FROM {like} WHERE false",
}


@dataclass(frozen=True, slots=True)
class Staged:
    """Rows that a statement names as one of its tables; the values that it then has to be executed with."""

    table: str
    values: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class Stage:
    """A place for rows with columns as another table has them, and some that are true or false."""

    name: str
    like: str
    columns: tuple[str, ...]
    flags: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (*self.columns, *self.flags)

    def put(self, connection: Connection, rows: Rows) -> Staged:
        """Have just these rows in it; their values in the order of `names`."""
        dialect = connection.dialect.name
        if dialect == "postgresql" and len(rows) <= _FEW:
            return self._in_the_statement(rows)
        columns = ", ".join((*self.columns, *(f"false AS {name}" for name in self.flags)))
        make = _MAKE[dialect].format(name=self.name, columns=columns, like=self.like)
        connection.exec_driver_sql(make)
        connection.exec_driver_sql(f"DELETE FROM {self.name}")  # noqa: S608  a name of ours
        copy(connection, self.name, self.names, rows)
        if dialect == "postgresql":
            # Without statistics the plan would be for another number of rows.
            connection.exec_driver_sql(f"ANALYZE {self.name}")
        return Staged(self.name)

    def put_over(self, connection: Connection, rows: Rows, key: Sequence[str], kept: Sequence[str]) -> None:
        """Have the table of the same columns hold these rows; of those with a `key` that was there, all but `kept`."""
        over = over_it(self.names, key, kept)
        if connection.dialect.name == "sqlite":
            _insert(connection, self.like, self.names, rows, over)
            return
        staged, columns = self.put(connection, rows), ", ".join(self.names)
        statement = f"INSERT INTO {self.like} ({columns}) SELECT {columns} FROM {staged.table}{over}"  # noqa: S608  ours
        connection.exec_driver_sql(statement, staged.values or None)

    def _in_the_statement(self, rows: Rows) -> Staged:
        types = self._types()
        first = ", ".join(f"%s::{kind}" for kind in types)
        others = f", ({', '.join(['%s'] * len(types))})" * (len(rows) - 1)
        table = f"(VALUES ({first}){others}) AS {self.name} ({', '.join(self.names)})"
        return Staged(table, tuple(value for row in rows for value in row))

    def _types(self) -> Sequence[str]:
        dialect, columns = _POSTGRESQL, Base.metadata.tables[self.like].columns
        own = (columns[name].type.compile(dialect) for name in self.columns)
        return (*own, *("BOOLEAN" for _ in self.flags))


def over_it(columns: Sequence[str], key: Sequence[str], kept: Sequence[str] = ()) -> str:
    """The end of an INSERT that writes over the row that is there."""
    told = ", ".join(f"{name} = excluded.{name}" for name in columns if name not in (*key, *kept))
    return f" ON CONFLICT ({', '.join(key)}) DO UPDATE SET {told}"


def copy(connection: Connection, table: str, columns: Sequence[str], rows: Rows) -> None:
    """Add rows that are not there. Values are as the driver takes them: dates as text, times in microseconds."""
    if not rows:
        return
    if connection.dialect.name == "sqlite":
        _insert(connection, table, columns, rows)
        return
    driver: Any = connection.connection.driver_connection
    with driver.cursor() as cursor, cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as into:
        for row in rows:
            into.write_row(row)


def _insert(connection: Connection, table: str, columns: Sequence[str], rows: Rows, behind: str = "") -> None:
    if not rows:
        return
    marks = ["?" if any(row[at] is not None for row in rows) else "NULL" for at in range(len(columns))]
    at_once = min(_MOST_ROWS, _MOST_VALUES // marks.count("?"))
    row = f"({', '.join(marks)})"
    insert = f"INSERT INTO {table} ({', '.join(columns)}) VALUES {row}"  # noqa: S608  names of ours
    whole = len(rows) - len(rows) % at_once
    driver: Any = connection.connection.driver_connection
    # One statement after the other, or all values would be in memory again, and looked through for what is garbage.
    together = (_values(rows[at : at + at_once], marks) for at in range(0, whole, at_once))
    driver.executemany(insert + f", {row}" * (at_once - 1) + behind, together)
    if left := rows[whole:]:
        driver.execute(insert + f", {row}" * (len(left) - 1) + behind, _values(left, marks))


def _values(rows: Rows, marks: Sequence[str]) -> Sequence[object]:
    """The values of rows, one behind the other. For nothing, truth and bytes sqlite3 asks all its adapters first, which
    takes ten times as long as a number: what no row has stands in the statement, the others are made what it knows.
    """
    columns = [_known(column) for mark, column in zip(marks, zip(*rows, strict=True), strict=True) if mark == "?"]
    return tuple(chain.from_iterable(zip(*columns, strict=True)))


def _known(column: Sequence[object]) -> Iterable[object]:
    known = _KNOWN_AS.get(type(column[0]))
    return column if known is None or None in column else map(known, column)


_KNOWN_AS: Mapping[type, Callable[[Any], object]] = {bool: int, bytes: bytearray}
