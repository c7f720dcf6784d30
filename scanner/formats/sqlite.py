"""The tables of an SQLite database, which is opened in memory: nothing beside the file is read, made or changed.

A hostile schema has nothing to run: only real tables are asked for, by their plain columns, never a view or what is
computed, and every statement has an end (https://www.sqlite.org/security.html).
"""

from __future__ import annotations

import mmap
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB

_LARGEST = 512 * MIB
_LONGEST_CELL = 1_000_000
_MOST_TABLES = 10_000
_STEP = 100_000
_MOST_STEPS = 2_000  # of so many instructions of SQLite's machine; a table of ten million rows is counted within.
_WAL = slice(18, 20)
_CORRUPT = Problem(ProblemCode.CORRUPT)


@dataclass(frozen=True, slots=True)
class SqliteTable:
    name: str
    columns: tuple[str, ...] = field(repr=False)
    count: int


class Database:
    """An open database. Whatever goes wrong is remembered as `problem`: no table takes another with it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._steps = 0
        self.problem: Problem | None = None
        connection.set_progress_handler(self._stop, _STEP)

    def tables(self) -> Iterator[SqliteTable]:
        """Those that hold rows; what they hold of a full-text index, too, but not the index itself."""
        listed = self._asked("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage > 0")
        names = [str(row[0]) for row in islice(listed, _MOST_TABLES)]
        for name in names:
            if name.startswith("sqlite_"):
                continue
            # The last field tells columns that are computed or hidden; those are 1 to 3.
            described = self._asked(f"PRAGMA table_xinfo({_quoted(name)})")
            columns = tuple(str(row[1]) for row in described if not row[6])
            counted = next(iter(self._asked(f"SELECT count(*) FROM {_quoted(name)}")), None)  # noqa: S608  quoted
            if columns and counted is not None:
                yield SqliteTable(name, columns, int(str(counted[0])))

    def rows(self, table: SqliteTable, wanted: range) -> Iterator[Sequence[object]]:
        """Rows by their numbers; of a text that is longer than a cell may be its beginning, of a blob nothing."""
        cells = ", ".join(
            f"CASE typeof({column}) WHEN 'blob' THEN NULL WHEN 'text' THEN substr({column}, 1, {_LONGEST_CELL + 1})"
            f" ELSE {column} END"
            for column in map(_quoted, table.columns)
        )
        query = f"SELECT {cells} FROM {_quoted(table.name)} LIMIT {len(wanted)} OFFSET {wanted.start}"  # noqa: S608  quoted
        for row in self._asked(query):
            if any(isinstance(cell, str) and len(cell) > _LONGEST_CELL for cell in row):
                self._meet(Problem(ProblemCode.LIMIT, "text"))
            yield row

    def _asked(self, query: str) -> Iterator[tuple[object, ...]]:
        self._steps = 0
        try:
            yield from self._connection.execute(query)
        except sqlite3.OperationalError as error:
            is_stopped = "interrupted" in str(error)
            self._meet(Problem(ProblemCode.LIMIT, "rows") if is_stopped else _CORRUPT)
        except (sqlite3.Error, OverflowError, ValueError):
            self._meet(_CORRUPT)

    def _meet(self, problem: Problem) -> None:
        self.problem = self.problem or problem

    def _stop(self) -> bool:
        self._steps += 1
        return self._steps > _MOST_STEPS


@contextmanager
def open_sqlite(blob: Blob) -> Iterator[Database]:
    """Raises ItemTroubleError (limit: database) where it is too large to be held in memory."""
    if blob.size > _LARGEST:
        raise ItemTroubleError(ProblemCode.LIMIT, "database")
    connection = sqlite3.connect(":memory:")
    try:
        _load(connection, blob)
        _restrain(connection)
        yield Database(connection)
    finally:
        connection.close()


def _load(connection: sqlite3.Connection, blob: Blob) -> None:
    """A copy, whose header no longer asks for a write-ahead log: what stands in one beside the file is not in it."""
    if blob.path is None:
        content = bytearray(blob.bytes)
        content[_WAL] = b"\x01\x01"
        connection.deserialize(content)
        return
    with mmap.mmap(blob.file.fileno(), blob.size, access=mmap.ACCESS_COPY) as mapped:
        mapped[_WAL] = b"\x01\x01"
        connection.deserialize(mapped)


def _restrain(connection: sqlite3.Connection) -> None:
    connection.text_factory = lambda written: written.decode("utf-8", "replace")
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, 64 * MIB)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
