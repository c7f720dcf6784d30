"""What of a source waits to be examined, the most valuable first: a scan that is stopped has then done that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, bindparam, false, func, or_, select

from domain.access import Breadth
from inventory.engine import Database, reading
from inventory.noted import FACTS
from inventory.recording import AnyRow
from inventory.tables import AccessRow, DirRow, ItemRow, PrincipalRow

_PAGE = 500
_LARGE = 1024 * 1024
_MOST_LARGE = 10_000
"""Groups of large files of one size, the largest first: so many are kept in memory."""


class Worth(StrEnum):
    """Why something is examined now: the stages, in their order."""

    RECENT = "changed lately"
    RISKY = "in risky places"
    LARGE = "large, one of each size"
    REST = "the rest"


@dataclass(frozen=True, slots=True)
class FirstOf:
    """What is worth reading first: what was changed or made since a moment, what lies in folders whose path is risky
    or that everyone can read, and of large files of one size, which may be copies, one of each.
    """

    since: datetime
    is_risky: Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """What a scan met: the items up to the newest that there was when it began, in folders that it has listed."""

    source_id: int
    scan_id: int
    newest: int


def by_worth(database: Database, found: Found, first: FirstOf) -> Iterator[tuple[Worth, bytes, AnyRow]]:
    """What waits, each item once, with the path of its folder: stage by stage, and folder by folder in each.

    Read page by page, so that memory stays small and what is examined meanwhile is passed by. A row has `FACTS`.
    """
    waiting = _Waiting(database, found)
    lately = func.coalesce(or_(ItemRow.modified >= first.since, ItemRow.created >= first.since), false())
    earlier = lately.is_(False)
    for folder in waiting.folders():
        yield from ((Worth.RECENT, folder.path, row) for row in waiting.rows(folder.id, lately.is_(True)))
    for folder in waiting.folders():
        if _is_risky(folder, first):
            yield from ((Worth.RISKY, folder.path, row) for row in waiting.rows(folder.id, earlier))
    alike = waiting.one_of_each_size()
    for row in waiting.numbered(alike, earlier):
        if not _is_risky(row, first):
            yield Worth.LARGE, row.path, row
    for folder in waiting.folders():
        if not _is_risky(folder, first):
            rest = waiting.rows(folder.id, earlier)
            yield from ((Worth.REST, folder.path, row) for row in rest if row.id not in alike)


_OPEN = (Breadth.EVERYONE, Breadth.ORGANISATION)


def _is_risky(row: AnyRow, first: FirstOf) -> bool:
    return row.breadth in _OPEN or first.is_risky(row.path)


@dataclass(frozen=True, slots=True)
class _Waiting:
    """Asks for what waits, a page at a time. The index `item_waits` holds nothing else, in the order of the folders."""

    database: Database
    found: Found

    def folders(self) -> Iterator[AnyRow]:
        """The folders of this scan in which something waits: `id`, `path` and `breadth`."""
        after = 0
        while True:
            with reading(self.database) as connection:
                numbers = connection.execute(_WITH_ANY, {"after": after}).scalars().all()
                rows = connection.execute(_FOLDERS, self._named | {"numbers": numbers}).all() if numbers else ()
            yield from rows
            if len(numbers) < _PAGE:
                return
            after = numbers[-1]

    def rows(self, folder: int, *narrower: ColumnElement[bool]) -> Iterator[AnyRow]:
        statement, after = _ROWS.where(*narrower), b""
        while True:
            asked = {"dir": folder, "named": after, "newest": self.found.newest}
            with reading(self.database) as connection:
                rows = connection.execute(statement, asked).all()
            yield from rows
            if len(rows) < _PAGE:
                return
            after = rows[-1].name

    def one_of_each_size(self) -> dict[int, None]:
        """Of large files of one size the first, the largest first, by their numbers."""
        with reading(self.database) as connection:
            return dict.fromkeys(connection.execute(_ALIKE, self._named).scalars())

    def numbered(self, numbers: Iterable[int], *narrower: ColumnElement[bool]) -> Iterator[AnyRow]:
        """Those of these numbers that still wait, with `path` and `breadth` of their folders, in this order."""
        left = iter(numbers)
        while some := list(islice(left, _PAGE)):
            with reading(self.database) as connection:
                rows = connection.execute(_NUMBERED.where(*narrower), self._named | {"numbers": some}).all()
            yield from sorted(rows, key=lambda row: some.index(row.id))

    @property
    def _named(self) -> dict[str, Any]:
        return {"source": self.found.source_id, "scan": self.found.scan_id, "newest": self.found.newest}


_HERE = (DirRow.source_id == bindparam("source"), DirRow.scan_id == bindparam("scan"))
_UNREAD = (ItemRow.outcome.is_(None), ItemRow.gone.is_(None))
_WAITING = (*_UNREAD, ItemRow.part == "", ItemRow.id <= bindparam("newest"))

# Of one table alone, so that it is a walk along the index, which ends after a page.
_WITH_ANY = select(ItemRow.dir_id).where(*_UNREAD, ItemRow.dir_id > bindparam("after")).distinct().order_by(
    ItemRow.dir_id
).limit(_PAGE)  # fmt: skip

_FOLDERS = (
    select(DirRow.id, DirRow.path, AccessRow.breadth).outerjoin(AccessRow, AccessRow.id == DirRow.access_id)
    .where(*_HERE, DirRow.id.in_(bindparam("numbers", expanding=True))).order_by(DirRow.id)
)  # fmt: skip

_ROWS = (
    select(ItemRow.id, *FACTS).join(PrincipalRow, PrincipalRow.id == ItemRow.owner_id, isouter=True)
    .where(*_WAITING, ItemRow.dir_id == bindparam("dir"), ItemRow.name > bindparam("named"))
    .order_by(ItemRow.name).limit(_PAGE)
)  # fmt: skip

_NUMBERED = (
    select(ItemRow.id, DirRow.path, AccessRow.breadth, *FACTS).select_from(ItemRow)
    .join(DirRow, DirRow.id == ItemRow.dir_id).outerjoin(AccessRow, AccessRow.id == DirRow.access_id)
    .join(PrincipalRow, PrincipalRow.id == ItemRow.owner_id, isouter=True)
    .where(*_HERE, *_WAITING, ItemRow.id.in_(bindparam("numbers", expanding=True)))
)  # fmt: skip

_ALIKE = (
    select(func.min(ItemRow.id)).join(DirRow, DirRow.id == ItemRow.dir_id)
    .where(*_HERE, *_WAITING, ItemRow.size >= _LARGE)
    .group_by(ItemRow.size).having(func.count() > 1).order_by(ItemRow.size.desc()).limit(_MOST_LARGE)
)  # fmt: skip
