"""A whole inventory moved into another database, or put into a file beside it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Boolean, Connection, Date, Integer, Table, func, select

from inventory.address import InventoryError, connectable, conninfo, file_of
from inventory.dialects import total
from inventory.engine import only_scan, open_inventory, reading, writing
from inventory.staging import copy
from inventory.sums import KEPT, add_up_anew
from inventory.tables import Base, ItemRow

_AT_ONCE = 5_000
_KEPT_BY_TRIGGERS = frozenset(row.__tablename__ for kept in KEPT for row in (kept.row, kept.delta))


def copy_inventory(url: str, to: str) -> Mapping[str, int]:
    """Copy every table into the empty inventory at `to`, made where there is none, all or nothing; the rows of each.

    Raises InventoryError where something is there already, where either is being scanned, or where the counts or sums
    of the two come out otherwise.
    """
    source, target = open_inventory(url, create=False), open_inventory(to, create=True)
    try:
        with only_scan(url), only_scan(to), reading(source) as here, writing(target) as there:
            _refuse_filled(there)
            copied = {table.name: _copied(here, there, table) for table in _tables()}
            number_on(there)
            add_up_anew(there)
            if {table.name: _count(there, table) for table in _tables()} != copied or _bytes(here) != _bytes(there):
                raise InventoryError("The copy is not what was copied, so it was taken back. The original is whole.")
            return copied
    finally:
        source.dispose()
        target.dispose()


def back_up(url: str, path: Path) -> None:
    """Write a whole copy into a new file, as it is at this moment: SQLite's own form, or that of `pg_dump`.

    Raises InventoryError where the file is there already, or cannot be written.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except OSError as error:
        raise InventoryError(f"{path} cannot be made: {error.strerror}. Name a new file.") from error
    try:
        _copy_file(file, path) if (file := file_of(url)) is not None else _dump(url, path)
    except BaseException:  # Whatever ended it, a person too: half a copy must not lie there as if it were one.
        path.unlink()
        raise


def number_on(connection: Connection) -> None:
    """New rows take numbers behind those that came."""
    if connection.dialect.name != "postgresql":
        return
    for table in _tables():
        if "id" in table.columns and isinstance(table.columns["id"].type, Integer):
            connection.exec_driver_sql(
                f"SELECT setval(pg_get_serial_sequence('\"{table.name}\"', 'id'), max(id)) "  # noqa: S608  names of ours
                f'FROM "{table.name}" HAVING max(id) IS NOT NULL'
            )


def _tables() -> Iterator[Table]:
    """In an order in which each stands behind those that it refers to."""
    return (table for table in Base.metadata.sorted_tables if table.name not in _KEPT_BY_TRIGGERS)


def _refuse_filled(connection: Connection) -> None:
    filled = [table.name for table in _tables() if _count(connection, table)]
    if filled:
        raise InventoryError("There is an inventory at that place already. Name an empty database, or a new file.")


def _copied(here: Connection, there: Connection, table: Table) -> int:
    columns = [column.name for column in table.columns]
    order = ", ".join(column.name for column in table.primary_key)
    quoted = [f'"{name}"' for name in columns]
    asked = f'SELECT {", ".join(quoted)} FROM "{table.name}" ORDER BY {order}'  # noqa: S608  names of ours
    count = 0
    with here.execution_options(stream_results=True).exec_driver_sql(asked) as rows:
        while some := rows.fetchmany(_AT_ONCE):
            copy(there, f'"{table.name}"', quoted, [_as_taken(table, row) for row in some])
            count += len(some)
    return count


def _as_taken(table: Table, row: Sequence[Any]) -> tuple[Any, ...]:
    """What the one driver gives as the other takes it."""
    taken = list(row)
    for at, column in enumerate(table.columns):
        if taken[at] is not None and isinstance(column.type, Boolean):
            taken[at] = bool(taken[at])
        elif taken[at] is not None and isinstance(column.type, Date):
            taken[at] = str(taken[at])
    return tuple(taken)


def _count(connection: Connection, table: Table) -> int:
    return connection.execute(select(func.count()).select_from(table)).scalar_one()


def _bytes(connection: Connection) -> int:
    return connection.execute(select(total(ItemRow.size))).scalar_one()


def _copy_file(file: str, path: Path) -> None:
    with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as here, closing(sqlite3.connect(path)) as there:
        here.backup(there)


def _dump(url: str, path: Path) -> None:
    program = shutil.which("pg_dump")
    if program is None:
        raise InventoryError("pg_dump is not on this machine. Install PostgreSQL's client, or run it on the server.")
    address = connectable(url)
    environment = os.environ | ({"PGPASSWORD": str(address.password)} if address.password else {})
    named = conninfo(address._replace(password=None))  # `set` would leave it
    ended = subprocess.run(  # noqa: S603  the file is named by whoever runs this
        [program, "--format=custom", "--no-owner", f"--file={path}", f"--dbname={named}"], env=environment,
        stdin=subprocess.DEVNULL, capture_output=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise InventoryError("pg_dump could not copy the inventory: may this role read all its tables?")
