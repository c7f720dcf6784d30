"""What the inventory knows of the folders of a source, read some ahead: they mostly come in their paths' order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from enum import IntEnum
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, Select, and_, bindparam, case, func, or_, select

from domain.item import ItemKind
from inventory.engine import Database, reading
from inventory.recording import Pipeline
from inventory.settled import WAITS, settled, unsettled_part
from inventory.staging import Stage
from inventory.tables import DirRow, ItemRow

_FEW, _MANY = 16, 1024
_LEFT = 2**40


class Left(IntEnum):
    """What is left to do in a folder though nothing in it has changed."""

    NOTHING = 0
    WAITING = 1
    MORE = 2


class KnownFolder(NamedTuple):
    """A folder's row, what is left to do in it, and how many items are in it: files, parts apart."""

    id: int
    path: bytes
    state: bytes
    service_id: int
    access_id: int | None
    left: int
    present: int


FolderRow: TypeAlias = tuple[int, bytes, int, int, bytes | None, int | None]
"""A folder as a listing tells it: its source, path, scan, service, state and rights, by their numbers."""


def write_folders(connection: Connection, rows: Sequence[FolderRow]) -> dict[bytes, int]:
    """Write rows of folders; their numbers by their paths. A state, or rights, of None stay as they were."""
    once = {row[1]: row for row in rows}.values()
    told = [row for row in once if row[4] is not None]
    untold = [(*row[:4], b"", row[5]) for row in once if row[4] is None]
    return _written(connection, told, "excluded.state") | _written(connection, untold, "dir.state")


def _written(connection: Connection, rows: Collection[FolderRow], state: str) -> dict[bytes, int]:
    if not rows:
        return {}
    staged = _FOLDERS.put(connection, tuple(rows))
    told = connection.exec_driver_sql(_WRITE.format(staged=staged.table, state=state), staged.values or None)
    return {bytes(path): number for number, path in told}


_FOLDERS = Stage("staged_dir", "dir", ("source_id", "path", "scan_id", "service_id", "state", "access_id"))
_WRITE = f"""
INSERT INTO dir ({", ".join(_FOLDERS.names)}) SELECT {", ".join(_FOLDERS.names)} FROM {{staged}} WHERE true
ON CONFLICT (source_id, path) DO UPDATE SET scan_id = excluded.scan_id, service_id = excluded.service_id,
state = {{state}}, access_id = coalesce(excluded.access_id, dir.access_id) RETURNING id, path
"""  # noqa: S608  names of ours


class FolderBook:
    """Answers from one query for many folders, as long as they come in order; else from one for each."""

    def __init__(self, database: Database, source_id: int, pipeline: Pipeline) -> None:
        self._database, self._source_id = database, source_id
        self._statement = _ahead(pipeline)
        self._ahead = _FEW
        self._asked = 0
        self.forget()

    def of(self, path: bytes) -> KnownFolder | None:
        """The folder as it was when it was last read here; None where it was never listed."""
        if not self._covers(path):
            self._read(path)
        self._asked += 1
        return self._known.get(path)

    def forget(self) -> None:
        """Read anew: something was written."""
        self._known: dict[bytes, KnownFolder] = {}
        self._from: bytes = b""
        self._to: bytes | None = b""
        self._is_empty = True

    def _covers(self, path: bytes) -> bool:
        return not self._is_empty and self._from <= path and (self._to is None or path <= self._to)

    def _read(self, path: bytes) -> None:
        self._ahead = min(_MANY, self._ahead * 4) if self._asked * 2 >= self._ahead else _FEW
        with reading(self._database) as connection:
            asked: dict[str, Any] = {"source": self._source_id, "path": path, "ahead": self._ahead}
            rows = connection.execute(self._statement, asked).all()
        self._known = {row[1]: KnownFolder._make((*row[:5], *divmod(row[5] or 0, _LEFT))) for row in rows}
        self._from, self._to = path, max(self._known) if len(rows) == self._ahead else None
        self._asked, self._is_empty = 0, False


def _ahead(pipeline: Pipeline) -> Select[*tuple[Any, ...]]:
    outer = ItemRow.part == ""
    left = case(
        (ItemRow.kind == ItemKind.FOLDER, Left.MORE),  # It could not be listed, and may be by now.
        (and_(outer, settled(pipeline)), Left.NOTHING),
        (and_(outer, WAITS), Left.WAITING),
        (or_(outer, unsettled_part(pipeline)), Left.MORE),
        else_=Left.NOTHING,
    )
    # One look at each item: both figures in one number.
    both = func.sum(case((outer, 1), else_=0)) + func.max(left) * _LEFT
    counted = select(both).where(ItemRow.dir_id == DirRow.id, ItemRow.gone.is_(None)).scalar_subquery()
    return (
        select(DirRow.id, DirRow.path, DirRow.state, DirRow.service_id, DirRow.access_id, counted)
        .where(DirRow.source_id == bindparam("source"), DirRow.path >= bindparam("path"))
        .order_by(DirRow.path)
        .limit(bindparam("ahead"))
    )
