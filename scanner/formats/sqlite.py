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
from scanner.formats.cell_bytes import KEY, Held, held_in, text_in

_LARGEST = 512 * MIB
_LARGEST_CELL = 64 * MIB
_LONGEST_CELL = 1_000_000
_MOST_TABLES = 10_000
_STEP = 100_000
_MOST_STEPS = 2_000  # of so many instructions of SQLite's machine; a table of ten million rows is counted within.
_WAL = slice(18, 20)
_CORRUPT = Problem(ProblemCode.CORRUPT)


@dataclass(frozen=True, slots=True)
class SqliteTable:
    """`is_index`: its blobs are those of an index of words or of places on a map, whose content stands elsewhere."""

    name: str
    columns: tuple[str, ...] = field(repr=False)
    count: int
    is_index: bool = False


@dataclass(frozen=True, slots=True)
class CellBlob:
    """Bytes in a cell, by the name of its column; `content` is None where it is larger than is held at once."""

    column: str = field(repr=False)
    size: int
    content: bytes | None = field(repr=False)


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
        names = [str(row[0]) for row in islice(listed, _MOST_TABLES + 1)]
        if len(names) > _MOST_TABLES:
            self._meet(Problem(ProblemCode.LIMIT, "tables"))
        shadows = {row[1] for row in self._asked("PRAGMA table_list") if row[2] == "shadow"}
        for name in names[:_MOST_TABLES]:
            if name.startswith("sqlite_"):
                continue
            # The last field tells columns that are computed or hidden; those are 1 to 3.
            described = self._asked(f"PRAGMA table_xinfo({_quoted(name)})")
            columns = tuple(str(row[1]) for row in described if not row[6])
            counted = next(iter(self._asked(f"SELECT count(*) FROM {_quoted(name)}")), None)  # noqa: S608  quoted
            if columns and counted is not None:
                is_index = name in shadows and not name.endswith("_content")
                yield SqliteTable(name, columns, int(str(counted[0])), is_index)

    def rows(self, table: SqliteTable, wanted: range) -> Iterator[Sequence[object]]:
        """Rows by their numbers; of a text that is longer than a cell may be its beginning, of blobs what is text."""
        cells = ", ".join(_as_read(column, has_blobs=not table.is_index) for column in map(_quoted, table.columns))
        query = f"SELECT {cells} FROM {_quoted(table.name)} LIMIT {len(wanted)} OFFSET {wanted.start}"  # noqa: S608  quoted
        for row in self._asked(query):
            yield [self._cell(cell) for cell in row]

    def blobs(self, table: SqliteTable) -> Iterator[CellBlob]:
        """The blobs of a table, all its rows, that are longer than a key."""
        columns = [] if table.is_index else list(map(_quoted, table.columns))
        longer = [f"typeof({column}) = 'blob' AND length({column}) > " for column in columns]
        cells = ", ".join(
            f"CASE WHEN {than}{_LARGEST_CELL} THEN length({column}) WHEN {than}{KEY} THEN {column} END"
            for column, than in zip(columns, longer, strict=True)
        )
        wanted = ", ".join(f"{than}{KEY}" for than in longer)
        query = f"SELECT {cells} FROM {_quoted(table.name)} WHERE 1 IN ({wanted})"  # noqa: S608  quoted
        for row in self._asked(query) if columns else ():
            for column, cell in zip(table.columns, row, strict=True):
                if isinstance(cell, int):
                    yield CellBlob(column, cell, None)
                elif isinstance(cell, bytes):
                    yield CellBlob(column, len(cell), cell)

    def _cell(self, cell: object) -> object:
        if isinstance(cell, bytes):
            held = held_in(cell, are_parts=True)
            if held is Held.OTHER:
                self._meet(Problem(ProblemCode.LIMIT, "blobs"))
            cell = text_in(cell, held)
        if isinstance(cell, str) and len(cell) > _LONGEST_CELL:
            self._meet(Problem(ProblemCode.LIMIT, "text"))
            cell = cell[:_LONGEST_CELL]
        return cell

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
        """The first, but damage before all else: then another reader may do better."""
        self.problem = problem if problem == _CORRUPT else self.problem or problem

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
    # Of a whole row: one that is longer ends the reading of its table. None is longer than the file.
    connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LARGEST)
    connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
        connection.execute(f"PRAGMA {pragma}")


def _as_read(column: str, *, has_blobs: bool) -> str:
    blob = f"CASE WHEN length({column}) <= {_LARGEST_CELL} THEN {column} END" if has_blobs else "NULL"
    text = f"substr({column}, 1, {_LONGEST_CELL + 1})"
    return f"CASE typeof({column}) WHEN 'blob' THEN {blob} WHEN 'text' THEN {text} ELSE {column} END"


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
