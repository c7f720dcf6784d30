"""Databases that people keep on shares: Access, SQLite, dBase and FoxPro. Of large tables a sample is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version as version_of
from itertools import chain

from domain.content import Content
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.extractor import EscalateError
from scanner.formats.access import AccessDatabase, open_access
from scanner.formats.dbf import DbfTable, open_dbf
from scanner.formats.sqlite import Database, SqliteTable, open_sqlite
from scanner.tables import Passage, cell_text, in_stretches, sampled, table

_ROWS = 10_000
_PAGES = 300
_PAGES_IN_ALL = 3_000
_LARGEST_WHOLE = 1e21
_CORRUPT = Problem(ProblemCode.CORRUPT)
_NOT_ALL = Problem(ProblemCode.LIMIT, "rows")
_BLOBS = Problem(ProblemCode.LIMIT, "blobs")
_MEMOS = Problem(ProblemCode.LIMIT, "memos")
_SQLITE = b"SQLite format 3\0"
_ACCESS = (b"\0\1\0\0Standard Jet DB", b"\0\1\0\0Standard ACE DB")
_Passages = Iterator[Passage | Problem]


@dataclass(frozen=True, slots=True)
class DatabaseExtractor:
    """Each table is a place of its name: how many rows it has, its columns, its rows.

    Text in blobs is read with its row; a file in one of SQLite is a part of the container. For what else there is in
    them, and all that is not text in those of Access, the content carries `limit: blobs`; for the memos of dBase and
    FoxPro, which stand in a file beside it, `limit: memos`.

    Of a table of more than 10,000 rows the first, the middle and the last are read (of Access: pages, by the hundred),
    and the content then carries the problem `limit: rows`, so that it never counts as examined.
    """

    @property
    def version(self) -> str:
        return f"access-parser {version_of('access-parser')} / 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  told from the bytes
        content = in_stretches(_passages_of(blob), limit, Content(reader="database"))
        if content.problem == _CORRUPT:
            raise EscalateError("damaged", content)
        return content


def _passages_of(blob: Blob) -> _Passages:
    head = blob.head
    reader: Callable[[Blob], _Passages] = _dbf
    if head.startswith(_SQLITE):
        reader = _sqlite
    elif head.startswith(_ACCESS):
        reader = _access
    return reader(blob)


def _sqlite(blob: Blob) -> _Passages:
    with open_sqlite(blob) as database:
        for described in database.tables():
            yield from _sqlite_table(database, described)
        if database.problem:
            yield database.problem


def _sqlite_table(database: Database, described: SqliteTable) -> _Passages:
    wanted = sampled(described.count, _ROWS)
    rows = chain.from_iterable(database.rows(described, part) for part in wanted)
    above = (_counted(described.name, described.count),)
    yield table(cell_text(described.name), described.columns, (list(map(_cell, row)) for row in rows), above)
    if len(wanted) > 1:
        yield _NOT_ALL


def _dbf(blob: Blob) -> _Passages:
    """The rows, and behind them those that were deleted and are in the file still."""
    opened = open_dbf(blob)
    wanted = sampled(opened.count, _ROWS)
    columns = [column.name for column in opened.columns]
    above = (_counted("table", opened.count),)
    yield table("table", columns, _dbf_rows(opened, wanted, are_deleted=False), above)
    deleted = _dbf_rows(opened, wanted, are_deleted=True)
    if first := next(deleted, None):
        yield table("deleted rows", columns, chain([first], deleted))
    if opened.is_short:
        yield _CORRUPT
    if len(wanted) > 1:
        yield _NOT_ALL
    if any(map(opened.has_memos, wanted)):
        yield _MEMOS


def _dbf_rows(opened: DbfTable, wanted: tuple[range, ...], *, are_deleted: bool) -> Iterator[list[str]]:
    for part in wanted:
        for is_deleted, row in opened.rows(part):
            if is_deleted is are_deleted:
                yield list(map(cell_text, row))


def _access(blob: Blob) -> _Passages:
    """A table that is damaged takes no other with it."""
    left = _PAGES_IN_ALL
    with open_access(blob) as database:
        for name in database.names:
            try:
                count, pages = database.size(name)
                wanted = sampled(pages, min(_PAGES, left))
                yield from _access_table(database, name, count, wanted)
            except EscalateError:
                yield _CORRUPT
                continue
            left -= sum(map(len, wanted))
            if len(wanted) > 1:
                yield _NOT_ALL
        if database.has_blobs:
            yield _BLOBS


def _access_table(database: AccessDatabase, name: str, count: int, wanted: tuple[range, ...]) -> _Passages:
    parts = [database.read(name, part) for part in wanted]
    rows = chain.from_iterable(part.rows for part in parts)
    above = (_counted(name, count),)
    yield table(cell_text(name), parts[0].columns, (list(map(_cell, row)) for row in rows), above)
    if not all(part.is_sound for part in parts):
        yield _CORRUPT


def _counted(name: str, count: int) -> str:
    return f"{cell_text(name)}: {count} rows"


def _cell(value: object) -> str:
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        is_whole = value.is_integer() and abs(value) < _LARGEST_WHOLE
        return str(int(value)) if is_whole else f"{value:.15g}"
    return "" if value is None or isinstance(value, bytes) else cell_text(str(value))
