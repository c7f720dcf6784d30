"""What ROT is told by: pages of files with what stands of them, and those of one content beside each other."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sqlalchemy import BigInteger, Connection, Select, Text, func, null, or_, select, type_coerce

from domain.access import Breadth
from domain.examination import Outcome
from domain.item import ItemKind
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.tables import (
    LONG_TYPES,
    AccessRow,
    ContentRow,
    DirRow,
    FindingRow,
    FlagRow,
    ItemClassRow,
    ItemRow,
    MappingRow,
    PrincipalRow,
    RotRow,
    SourceRow,
    TraitRow,
)

AT_ONCE = 20_000
_CHUNK = 5_000
_PRESENT = (ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE)


class RotFile(NamedTuple):
    """One file. Times are microseconds since 1970. From `reason` on it is what the inventory keeps of it as ROT, None
    where that is nothing.
    """

    number: int
    folder: int
    name: bytes
    size: int
    modified: int | None
    accessed: int | None
    owner: int | None
    access: int | None
    file: str | None
    content: int | None
    type: str | None
    state: str | None
    action: str | None
    reason: str | None
    also: str | None
    guard: str | None
    bytes: int | None
    keeps: int | None
    facts: str | None

    @property
    def media_type(self) -> str:
        return LONG_TYPES.get(self.type or "", self.type or "")

    @property
    def link(self) -> str | None:
        """What further names of the same file on a disk share. A message's number is not of a disk."""
        return self.file if self.file and ":" in self.file else None


class RotFolder(NamedTuple):
    number: int
    path: bytes
    source: str
    access: int | None


class Told(NamedTuple):
    """What a content was found to hold; `unread` where nobody could tell."""

    unread: bool
    people: bool
    kinds: frozenset[str]


@dataclass(frozen=True, slots=True)
class Rights:
    """Who has left, and of each set of rights the owner, and whether few can read by it."""

    left: frozenset[int]
    owners: Mapping[int, int | None] = field(repr=False)
    narrow: frozenset[int] = field(repr=False)


def pages(database: Database) -> Iterator[list[RotFile]]:
    """Every file, in the order of their numbers, some thousands at a time, each page as it is when it is read."""
    statement = select(*_COLUMNS, *_KEPT).select_from(ItemRow).outerjoin(FlagRow, FlagRow.item_id == ItemRow.id)
    statement = statement.outerjoin(RotRow, RotRow.item_id == ItemRow.id).where(*_PRESENT)
    for start in range(0, _last(database, ItemRow.id), AT_ONCE):
        with reading(database) as connection:
            rows = connection.execute(statement.where(ItemRow.id > start, ItemRow.id <= start + AT_ONCE))
            # No column needs to be made anything else of: straight from the driver, which halves what a row costs.
            page = list(map(RotFile._make, rows.cursor.fetchall()))
        if page:
            yield page


def copies(database: Database) -> Iterator[list[RotFile]]:
    """Every file of which another has the content, some at a time: those of one content come one after another."""
    for start in range(0, _last(database, ItemRow.content_id), AT_ONCE):
        there = (ItemRow.content_id > start, ItemRow.content_id <= start + AT_ONCE, ItemRow.size > 0, *_PRESENT)
        many = select(ItemRow.content_id).where(*there).group_by(ItemRow.content_id).having(func.count() > 1)
        chosen = files().where(*there, ItemRow.content_id.in_(many)).order_by(ItemRow.content_id)
        with reading(database) as connection:
            found = connection.execute(chosen.execution_options(yield_per=_CHUNK))
            yield from (list(map(RotFile._make, some)) for some in found.partitions(_CHUNK))


def twins(database: Database) -> Mapping[int, int]:
    """Contents that are the same bytes read as different media types → the first of them."""
    several = select(ContentRow.digest, func.min(ContentRow.id).label("first")).group_by(ContentRow.digest)
    same = several.having(func.count() > 1).subquery()
    with reading(database) as connection:
        chosen = select(ContentRow.id, same.c.first).join(same, same.c.digest == ContentRow.digest)
        return {row[0]: row[1] for row in connection.execute(chosen)}


def of_items(database: Database, numbers: Collection[int]) -> Iterator[RotFile]:
    for some in in_parts(sorted(numbers)):
        with reading(database) as connection:
            yield from map(RotFile._make, connection.execute(files().where(ItemRow.id.in_(some))))


def of_contents(database: Database, contents: Sequence[int]) -> Iterator[RotFile]:
    """The files of these contents, empty ones apart."""
    for some in in_parts(contents):
        chosen = files().where(ItemRow.content_id.in_(some), ItemRow.size > 0, *_PRESENT)
        with reading(database) as connection:
            yield from map(RotFile._make, connection.execute(chosen))


def rights(database: Database) -> Rights:
    with reading(database) as connection:
        left = frozenset(connection.execute(select(PrincipalRow.id).where(PrincipalRow.left.is_(True))).scalars())
        rows = connection.execute(select(AccessRow.id, AccessRow.owner_id, AccessRow.breadth)).all()
    few = frozenset(row[0] for row in rows if row[2] in (Breadth.NAMED, Breadth.GROUP))
    return Rights(left, {row[0]: row[1] for row in rows}, few)


def classed(database: Database) -> tuple[frozenset[int], Mapping[str, tuple[bytes, ...]]]:
    """The items of which a person said of what class they are, and by source the folders of which one did."""
    folders: dict[str, tuple[bytes, ...]] = {}
    with reading(database) as connection:
        items = frozenset(connection.execute(select(ItemClassRow.item_id)).scalars())
        for source, path in connection.execute(select(SourceRow.name, MappingRow.path).join(SourceRow)):
            folders[source] = (*folders.get(source, ()), path)
    return items, folders


def folders(database: Database, numbers: Collection[int]) -> Iterator[RotFolder]:
    chosen = select(DirRow.id, DirRow.path, SourceRow.name, DirRow.access_id)
    chosen = chosen.join(SourceRow, SourceRow.id == DirRow.source_id)
    with reading(database) as connection:
        for some in in_parts(sorted(numbers)):
            yield from map(RotFolder._make, connection.execute(chosen.where(DirRow.id.in_(some))))


def with_programs(database: Database, folders: Collection[int]) -> Iterator[int]:
    """Those in which two parts of a program lie or more, told by the ends of names, which may be written in three ways.

    One alone is what somebody left behind.
    """
    ends = (func.substr(ItemRow.name, func.length(ItemRow.name) - len(part)) for part in _OF_PROGRAMS)
    is_one = or_(*(end.in_(_written(part)) for end, part in zip(ends, _OF_PROGRAMS, strict=True)))
    chosen = select(ItemRow.dir_id).where(is_one, ItemRow.part == "", *_PRESENT).group_by(ItemRow.dir_id)
    chosen = chosen.having(func.count() > 1)
    with reading(database) as connection:
        for some in in_parts(sorted(folders)):
            yield from connection.execute(chosen.where(ItemRow.dir_id.in_(some))).scalars()


# Of programs alone: an .exe may be an installer that somebody kept, a .sys what a machine wrote down of its memory.
_OF_PROGRAMS = (b"dll", b"jar", b"ocx", b"exe.config")


def _written(part: bytes) -> tuple[bytes, ...]:
    return tuple(b"." + written for written in (part, part.upper(), part.title()))


def hints(database: Database, contents: Collection[int]) -> Mapping[int, frozenset[str]]:
    """What kinds of record these contents seem to be, where they seem to be any."""
    chosen = select(TraitRow.content_id, TraitRow.hints).where(TraitRow.hints.is_not(None))
    with reading(database) as connection:
        return {
            content: frozenset(hint[0] for hint in json.loads(said or "[]"))
            for some in in_parts(sorted(contents))
            for content, said in connection.execute(chosen.where(TraitRow.content_id.in_(some)))
        }


def told(database: Database, contents: Collection[int], kinds: Collection[str]) -> Mapping[int, Told]:
    """What these contents hold: whether people of a sensitive kind, and findings of these kinds."""
    with reading(database) as connection:
        return {
            content: said for some in in_parts(sorted(contents)) for content, said in _told(connection, some, kinds)
        }


def linked(database: Database, files: Collection[str]) -> frozenset[str]:
    """Those of these files on a disk that have several names."""
    counted = select(ItemRow.file_id).where(*_PRESENT).group_by(ItemRow.file_id).having(func.count() > 1)
    with reading(database) as connection:
        found = (
            connection.execute(counted.where(ItemRow.file_id.in_(some))).scalars() for some in in_parts(sorted(files))
        )
        return frozenset(file for some in found for file in some if file)


def opened(database: Database, most: int = 400, pages: int = 50) -> Iterator[tuple[str, int | None, int | None]]:
    """Yield source, time of last change and of last access of some files, taken evenly from all there are."""
    last = _last(database, ItemRow.id)
    columns = (SourceRow.name, type_coerce(ItemRow.modified, BigInteger), type_coerce(ItemRow.accessed, BigInteger))
    chosen = select(*columns).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow)
    with reading(database) as connection:
        for start in range(0, last, max(last // pages, most)):
            rows = connection.execute(chosen.where(ItemRow.id > start, ItemRow.id <= start + most, *_PRESENT))
            yield from map(tuple, rows)


def _last(database: Database, column: Any) -> int:
    with reading(database) as connection:
        return int(connection.execute(select(func.max(column))).scalar_one() or 0)


def files(*before: Any) -> Select[*tuple[Any, ...]]:
    """The columns of `RotFile` behind others, of all files that are there."""
    chosen = select(*before, *_COLUMNS, *_NOT_ASKED).select_from(ItemRow)
    return chosen.outerjoin(FlagRow, FlagRow.item_id == ItemRow.id).where(*_PRESENT)


_COLUMNS = (
    ItemRow.id, ItemRow.dir_id, ItemRow.name, ItemRow.size, type_coerce(ItemRow.modified, BigInteger),
    type_coerce(ItemRow.accessed, BigInteger), ItemRow.owner_id, ItemRow.access_id, ItemRow.file_id,
    ItemRow.content_id, type_coerce(ItemRow.media_type, Text), FlagRow.state, FlagRow.action,
)  # fmt: skip
_NOT_ASKED = tuple(null().label(None) for _ in range(6))
_KEPT = (RotRow.reason, RotRow.also, RotRow.guard, RotRow.bytes, RotRow.keeps_id, RotRow.facts)


def _told(connection: Connection, contents: Sequence[int], kinds: Collection[str]) -> Iterator[tuple[int, Told]]:
    found: dict[int, set[str]] = {}
    met = select(FindingRow.content_id, FindingRow.kind)
    met = met.where(FindingRow.content_id.in_(contents), FindingRow.kind.in_(kinds))
    for content, kind in connection.execute(met):
        found.setdefault(content, set()).add(kind)
    marks = (ContentRow.outcome, ContentRow.children, ContentRow.criminal, ContentRow.special)
    marked = select(ContentRow.id, *marks).where(ContentRow.id.in_(contents))
    for content, outcome, children, criminal, special in connection.execute(marked):
        people = bool(children or criminal or special)
        yield content, Told(outcome != Outcome.EXAMINED, people, frozenset(found.get(content, ())))
