"""What lies in an inventory more than once, or nearly: read in pages, so that memory does not grow with the estate."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, LargeBinary, Select, func, literal, select
from sqlalchemy.orm import aliased

from domain.access import Breadth
from domain.copies import Copy
from domain.family import Family, family_of
from domain.finding import KINDS, Category
from domain.item import ItemKind, part_of
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.tables import (
    AccessRow,
    ContentRow,
    DirRow,
    FingerprintRow,
    HashedRow,
    ItemClassRow,
    ItemRow,
    MappingRow,
    PrincipalRow,
    SourceRow,
    TraitRow,
)

_A_WINDOW = 20_000
_A_PAGE = 2_000
_PRESENT = ItemRow.gone.is_(None)
_A_FILE = (ItemRow.kind == ItemKind.FILE) & (ItemRow.part == "")
_MAILBOXES = (b"imap://", b"graph://")
_PEOPLE = tuple(kind for kind, category in KINDS.items() if category in (Category.IDENTITY, Category.CONTACT))
_OUTER = aliased(ItemRow)
_IN_IT = (
    (ItemRow.part != "") & (_OUTER.dir_id == ItemRow.dir_id) & (_OUTER.name == ItemRow.name) & (_OUTER.part == "")
)  # fmt: skip

Together: TypeAlias = tuple[bytes, tuple[Copy, ...]]
"""By what items are the same, and these."""


def of_same_bytes(database: Database, *, inside: bool = False) -> Iterator[Together]:
    """Files by their digest, in its order; or files and the parts, `inside` others, that are the same. Messages apart.
    Of files that nobody read, what was hashed counts while they are as they were.
    """
    for low, high in _windows(database):
        with reading(database) as connection:
            read = _SAME_BYTES.where(*_between(ContentRow.digest, low, high))
            rows = [
                *connection.execute(read),
                *connection.execute(_HASHED.where(*_between(HashedRow.digest, low, high))),
            ]
            yield from _together(connection, rows if inside else [row for row in rows if row[2]], _several(inside))


def of_same_message(database: Database) -> Iterator[Together]:
    """Messages that are held more than once, by their fingerprint, in its order."""
    for low, high in _windows(database):
        with reading(database) as connection:
            rows = connection.execute(_SAME_MESSAGE.where(*_between(ContentRow.message, low, high))).all()
            yield from _together(connection, rows, lambda _whole, items: items > 1)


_SAME_BYTES = (
    select(ContentRow.digest, ItemRow.id, ItemRow.part == "").join(ItemRow, ItemRow.content_id == ContentRow.id)
    .where(ContentRow.message.is_(None), _PRESENT, ItemRow.size > 0)
)  # fmt: skip
_HASHED = (
    select(HashedRow.digest, ItemRow.id, ItemRow.part == "").join(ItemRow, ItemRow.id == HashedRow.item_id)
    .where(HashedRow.version == ItemRow.version, ItemRow.content_id.is_(None), _PRESENT)
)  # fmt: skip
_SAME_MESSAGE = (
    select(ContentRow.message, ItemRow.id, ItemRow.part == "").join(ItemRow, ItemRow.content_id == ContentRow.id)
    .where(ContentRow.message.is_not(None), _PRESENT)
)  # fmt: skip


def _windows(database: Database) -> Iterator[tuple[bytes, bytes | None]]:
    """Ranges of what hashes begin with, each of so many: they fall evenly, so that no window is much larger."""
    with reading(database) as connection:
        contents = connection.execute(select(func.count()).select_from(ContentRow)).scalar_one()
    count = contents // _A_WINDOW + 1
    marks = [(2**64 * place // count).to_bytes(8, "big") for place in range(count)]
    return zip(marks, [*marks[1:], None], strict=True)


def _between(column: Any, low: bytes, high: bytes | None) -> tuple[Any, ...]:
    begins = column >= literal(low, LargeBinary)
    return (begins,) if high is None else (begins, column < literal(high, LargeBinary))


def _several(inside: bool) -> Callable[[int, int], bool]:
    """Whether so many files among so many items are worth a look."""
    return (lambda whole, items: 1 <= whole < items) if inside else (lambda whole, _items: whole > 1)


def _together(connection: Connection, rows: Iterable[Any], are_meant: Callable[[int, int], bool]) -> Iterator[Together]:
    groups: dict[bytes, list[int]] = defaultdict(list)
    whole: dict[bytes, int] = defaultdict(int)
    for key, item, is_whole in rows:
        groups[key].append(item)
        whole[key] += is_whole
    several = {key: items for key, items in groups.items() if are_meant(whole[key], len(items))}
    found = copies(connection, [item for items in several.values() for item in items])
    for key in sorted(several):
        yield key, tuple(found[item] for item in sorted(several[key]) if item in found)


def copies(connection: Connection, items: Sequence[int]) -> Mapping[int, Copy]:
    """What the choice of a record copy looks at, of the items of these numbers."""
    classed = _classed(connection)
    found: dict[int, Copy] = {}
    for some in in_parts(items):
        for row in connection.execute(_FACTS.where(ItemRow.id.in_(some))):
            found[row.id] = _copy(row, classed)
    return found


_FACTS: Select[*tuple[Any, ...]] = (
    select(
        ItemRow.id, ItemRow.name, ItemRow.part, ItemRow.size, ItemRow.modified, ItemRow.file_id, DirRow.path,
        DirRow.source_id, SourceRow.root, AccessRow.breadth, ItemClassRow.record_class,
        PrincipalRow.id.label("owner"), PrincipalRow.left, _OUTER.media_type.label("outer_type"),
        _OUTER.name.label("outer"),
    )
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .outerjoin(_OUTER, _IN_IT)
    .outerjoin(AccessRow, AccessRow.id == func.coalesce(ItemRow.access_id, _OUTER.access_id, DirRow.access_id))
    .outerjoin(PrincipalRow, PrincipalRow.id == func.coalesce(ItemRow.owner_id, _OUTER.owner_id, AccessRow.owner_id))
    .outerjoin(ItemClassRow, ItemClassRow.item_id == ItemRow.id)
)  # fmt: skip

_Classed: TypeAlias = Mapping[int, tuple[bytes, ...]]


def _classed(connection: Connection) -> _Classed:
    """Folders that were given a class, by source."""
    found: dict[int, tuple[bytes, ...]] = {}
    for source, path in connection.execute(select(MappingRow.source_id, MappingRow.path)):
        found[source] = (*found.get(source, ()), path)
    return found


def _copy(row: Any, classed: _Classed) -> Copy:
    inside = row.part != ""
    below = (row.path == path or row.path.startswith(path + b"/") for path in classed.get(row.source_id, ()))
    in_a_mail = inside and row.outer is not None and family_of(row.outer_type, row.outer) is Family.EMAIL
    return Copy(
        row.id, row.name, row.path, row.size, row.modified, row.file_id, inside,
        in_a_mail or row.root.startswith(_MAILBOXES), row.record_class is not None or any(below),
        row.owner is not None and not row.left, Breadth(row.breadth or Breadth.UNKNOWN),
        part_of(row.part)[-1] if inside else "",
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Named:
    """A file by its name and the number of its content."""

    item: int
    name: bytes
    content: int


def folders(database: Database) -> Iterator[tuple[int, int, bytes]]:
    """Every folder: its number, its source's and its path, in the order of the numbers."""
    after = 0
    while True:
        with reading(database) as connection:
            rows = connection.execute(_FOLDERS.where(DirRow.id > after).limit(_A_PAGE)).all()
        yield from ((row.id, row.source_id, row.path) for row in rows)
        if len(rows) < _A_PAGE:
            return
        after = rows[-1].id


_FOLDERS = select(DirRow.id, DirRow.source_id, DirRow.path).order_by(DirRow.id)


def files_in(database: Database, numbers: Sequence[int]) -> Mapping[int, list[Named]]:
    """The files of which a content is known, by the folder."""
    found: dict[int, list[Named]] = defaultdict(list)
    with reading(database) as connection:
        for some in in_parts(numbers):
            for folder, item, name, content in connection.execute(_FILES_IN.where(ItemRow.dir_id.in_(some))):
                found[folder].append(Named(item, name, content or 0))
    return found


_FILES_IN = select(ItemRow.dir_id, ItemRow.id, ItemRow.name, ItemRow.content_id).where(
    _A_FILE, _PRESENT, ItemRow.content_id.is_not(None), ItemRow.size > 0
)


def texts_of(database: Database, contents: Sequence[int]) -> Mapping[int, bytes]:
    """The MinHashes of contents, of those that have one."""
    found: dict[int, bytes] = {}
    with reading(database) as connection:
        for some in in_parts(contents):
            rows = connection.execute(
                select(TraitRow.content_id, TraitRow.minhash).where(TraitRow.content_id.in_(some))
            )
            found |= {row.content_id: row.minhash for row in rows if row.minhash is not None}
    return found


def texts(database: Database) -> Iterator[tuple[int, bytes]]:
    """The MinHash of every content that has one, messages apart, in the order of their numbers."""
    return _traits(database, select(TraitRow.content_id, TraitRow.minhash).join(
        ContentRow, ContentRow.id == TraitRow.content_id
    ).where(TraitRow.minhash.is_not(None), ContentRow.message.is_(None)))  # fmt: skip


def pictures(database: Database) -> Iterator[tuple[int, int]]:
    """The hash of every picture, in the order of the contents' numbers."""
    return _traits(database, select(TraitRow.content_id, TraitRow.picture).where(TraitRow.picture.is_not(None)))


def _traits(database: Database, asked: Select[*tuple[Any, ...]]) -> Iterator[tuple[int, Any]]:
    after = 0
    while True:
        page = asked.where(TraitRow.content_id > after).order_by(TraitRow.content_id).limit(_A_WINDOW)
        with reading(database) as connection:
            rows = connection.execute(page).all()
        yield from ((row[0], row[1]) for row in rows)
        if len(rows) < _A_WINDOW:
            return
        after = rows[-1][0]


def copies_by_content(database: Database, contents: Sequence[int]) -> Mapping[int, list[Copy]]:
    """The files and attachments that hold these contents; what lies in other archives is no item of its own."""
    where: dict[int, int] = {}
    with reading(database) as connection:
        for some in in_parts(contents):
            rows = connection.execute(_HOLDING.where(ItemRow.content_id.in_(some)))
            where |= {row.id: row.content_id for row in rows}
        seen = copies(connection, list(where))
    found: dict[int, list[Copy]] = defaultdict(list)
    for item, copy in sorted(seen.items()):
        if copy.mailed or not copy.inside:
            found[where[item]].append(copy)
    return found


_HOLDING = select(ItemRow.id, ItemRow.content_id).where(_PRESENT, ItemRow.size > 0)


def people_in(database: Database, contents: Sequence[int]) -> Mapping[int, frozenset[bytes]]:
    """The fingerprints of those who are named in contents, or of what identifies them."""
    found: dict[int, set[bytes]] = defaultdict(set)
    asked = select(FingerprintRow.content_id, FingerprintRow.hmac).where(FingerprintRow.kind.in_(_PEOPLE))
    with reading(database) as connection:
        for some in in_parts(contents):
            for content, hmac in connection.execute(asked.where(FingerprintRow.content_id.in_(some))):
                found[content].add(hmac)
    return {content: frozenset(found.get(content, ())) for content in contents}
