"""Files that nobody read, as they are told from others of their size without reading them whole."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Integer, Select, and_, bindparam, cast, func, select, update
from sqlalchemy.sql.elements import ColumnElement

from domain.errors import ProblemCode
from domain.item import Item, ItemKind, ItemRef
from inventory.dialects import upsert
from inventory.engine import Database, reading, writing
from inventory.tables import DirRow, HashedRow, ItemRow, SourceRow

Numbered: TypeAlias = tuple[int, Item]
"""An item and its number."""

_A_PAGE = 1_000
_A_FILE = (ItemRow.kind == ItemKind.FILE, ItemRow.part == "", ItemRow.gone.is_(None), ItemRow.size > 0)
_UNREAD = and_(
    ItemRow.content_id.is_(None),
    ItemRow.problem_code.is_(None)
    | ((ItemRow.problem_code == ProblemCode.LIMIT) & ItemRow.problem_limit.in_(("bytes", "store"))),
)


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes that more than one file has, at least one of them unread: `read` where one of them was read."""

    shared: frozenset[int]
    read: frozenset[int]


def sizes(database: Database) -> Sizes:
    """Of hard links one counts. What it takes is memory for the sizes that are shared, and no more."""
    shared, read = set[int](), set[int]()
    with reading(database) as connection:
        rows = connection.execution_options(yield_per=_A_PAGE).execute(_SIZES)
        for size, count_read in rows:
            shared.add(size)
            if count_read:
                read.add(size)
    return Sizes(frozenset(shared), frozenset(read))


_IS_UNREAD: ColumnElement[int] = cast(_UNREAD, Integer)
_SIZES = (
    select(ItemRow.size, func.sum(cast(ItemRow.content_id.is_not(None), Integer)))
    .where(*_A_FILE, _UNREAD | ItemRow.content_id.is_not(None))
    .group_by(ItemRow.size)
    .having(func.count() > 1, func.sum(_IS_UNREAD) > 0,
            (func.count(func.distinct(ItemRow.file_id)) > 1) | (func.count(ItemRow.file_id) < func.count()))
)  # fmt: skip


def without_ends(database: Database, shared: Collection[int]) -> Iterator[Numbered]:
    """Unread files of these sizes of which the ends are not known as they are now, in the order of their numbers."""
    known = (HashedRow.item_id == ItemRow.id) & (HashedRow.version == ItemRow.version)
    asked = _ITEMS.outerjoin(HashedRow, known).where(HashedRow.item_id.is_(None))
    return ((number, item) for number, item in _items(database, asked) if item.size in shared)


def without_digest(database: Database, read: Collection[int]) -> Iterator[Numbered]:
    """Of those whose ends are known, which have to be read whole: another has the same ends, or was read before."""
    asked = _ITEMS.join(HashedRow, HashedRow.item_id == ItemRow.id).where(
        HashedRow.version == ItemRow.version, HashedRow.digest.is_(None)
    )
    with reading(database) as connection:
        alike = _with_the_same_ends(connection)
    return ((number, item) for number, item in _items(database, asked) if item.size in read or number in alike)


def _with_the_same_ends(connection: Connection) -> frozenset[int]:
    """Of hard links the first."""
    rows = connection.execute(_ENDS).all()
    seen: dict[tuple[int, bytes], dict[object, int]] = {}
    for number, size, ends, file_id in rows:
        seen.setdefault((size, ends), {}).setdefault(file_id or number, number)
    return frozenset(number for files in seen.values() if len(files) > 1 for number in files.values())


_ENDS = (
    select(ItemRow.id, ItemRow.size, HashedRow.ends, ItemRow.file_id)
    .join(HashedRow, HashedRow.item_id == ItemRow.id)
    .where(HashedRow.version == ItemRow.version, ItemRow.gone.is_(None)).order_by(ItemRow.id)
)  # fmt: skip


def _items(database: Database, asked: Select[*tuple[Any, ...]]) -> Iterator[Numbered]:
    after = 0
    while True:
        with reading(database) as connection:
            rows = connection.execute(asked.where(ItemRow.id > after).limit(_A_PAGE)).all()
        for row in rows:
            locator = row.path + b"/" + row.name if row.path else row.name
            ref = ItemRef(row.source, locator)
            yield row.id, Item(ref, ItemKind.FILE, row.size, row.modified, row.version, row.file_id)
        if len(rows) < _A_PAGE:
            return
        after = rows[-1].id


_ITEMS = (
    select(ItemRow.id, ItemRow.name, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id, DirRow.path,
           SourceRow.name.label("source"))
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .where(*_A_FILE, _UNREAD).order_by(ItemRow.id)
)  # fmt: skip


def note_ends(database: Database, rows: Sequence[tuple[int, bytes, bytes, bytes | None]]) -> None:
    """Write down number, version, hash of the ends, and digest where that is known."""
    if not rows:
        return
    with writing(database) as connection:
        statement = upsert(connection, HashedRow)
        fresh = {name: getattr(statement.excluded, name) for name in ("version", "ends", "digest")}
        statement = statement.on_conflict_do_update(index_elements=["item_id"], set_=fresh)
        names = ("item_id", "version", "ends", "digest")
        connection.execute(statement, [dict(zip(names, row, strict=True)) for row in rows])


def note_digests(database: Database, rows: Sequence[tuple[int, bytes, bytes]]) -> None:
    """Write down number, version and digest of files, but of those that are another version by now."""
    with writing(database) as connection:
        for number, version, digest in rows:
            connection.execute(_DIGEST, {"number": number, "as_it_was": version, "digest": digest})


_DIGEST = (
    update(HashedRow)
    .where(HashedRow.item_id == bindparam("number"), HashedRow.version == bindparam("as_it_was"))
    .values(digest=bindparam("digest"))
)
