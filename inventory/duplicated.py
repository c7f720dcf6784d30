"""Which contents lie at the paths that a schedule names in `duplicate_of`, and so stay there when a copy goes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select
from sqlalchemy.orm import aliased

from domain.item import ItemKind, readable
from domain.record import Record
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.tables import ContentRow, DirRow, ItemRow


@dataclass(frozen=True, slots=True)
class Originals:
    """What lies at the paths of one glob: by the number of a content the first two files, each with its path.

    `unread` are the sizes of files there of which nobody knows the content.
    """

    files: Mapping[int, tuple[tuple[int, str], ...]]
    unread: frozenset[int]

    def beside(self, number: int, content: int | None) -> str | None:
        """The path of another file of that content."""
        found = self.files.get(content, ()) if content is not None else ()
        return next((path for each, path in found if each != number), None)


@dataclass(frozen=True, slots=True)
class Copies:
    """The originals of each glob. An empty file has no copies, since all such files are alike."""

    originals: Mapping[str, Originals] = field(default_factory=dict)

    def of(self, globs: Collection[str]) -> Copies:
        """What a schedule asks for; nothing where not all of that was looked for."""
        known = set(globs) <= self.originals.keys()
        return Copies({glob: self.originals[glob] for glob in globs}) if known else NO_COPIES

    def likeness(self, number: int, content: int | None, size: int) -> Hashable:
        return self._paths(number, content, size) if self.originals else None

    def record(self, number: int, content: int | None, record: Record) -> Record:
        return replace(record, copies=self._paths(number, content, record.size)) if self.originals else record

    def _paths(self, number: int, content: int | None, size: int) -> tuple[str, ...] | None:
        """A path for each glob that has another file of it; None where of one it cannot be told."""
        if size == 0:
            return ()
        found = [each.beside(number, content) for each in self.originals.values()]
        unsure = (content is None or size in each.unread for each in self.originals.values())
        if any(path is None and doubt for path, doubt in zip(found, unsure, strict=True)):
            return None
        return tuple(path for path in found if path is not None)


NO_COPIES = Copies()


def copies_of(database: Database, globs: Mapping[str, Callable[[str], bool]]) -> Copies:
    """By each glob and what says whether it means a path. What is remembered grows with what lies at such paths."""
    if not globs:
        return NO_COPIES
    with reading(database) as connection:
        return Copies({glob: _originals(connection, means) for glob, means in globs.items()})


def _originals(connection: Connection, means: Callable[[str], bool]) -> Originals:
    there: dict[int, tuple[tuple[int, str], ...]] = {}
    unread = set()
    for number, content, size, path in _files(connection):
        if not means(path):
            continue
        if content is None:
            unread.add(size)
        elif len(there.get(content, ())) < 2:
            there[content] = (*there.get(content, ()), (number, path))
    return Originals(_of_any_type(connection, there), frozenset(unread))


def _files(connection: Connection) -> Iterator[tuple[int, int | None, int, str]]:
    chosen = (
        select(ItemRow.id, ItemRow.content_id, ItemRow.size, DirRow.path, ItemRow.name)
        .join(DirRow, DirRow.id == ItemRow.dir_id)
        .where(ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE, ItemRow.part == "", ItemRow.size > 0)
        .order_by(ItemRow.id)
    )
    for row in connection.execution_options(yield_per=20_000).execute(chosen):
        yield row.id, row.content_id, row.size, readable(row.path + b"/" + row.name if row.path else row.name)


def _of_any_type(
    connection: Connection, there: Mapping[int, tuple[tuple[int, str], ...]]
) -> dict[int, tuple[tuple[int, str], ...]]:
    """The same bytes under another name are another content of the same digest."""
    found = dict[int, tuple[tuple[int, str], ...]]()
    chosen = select(_SAME.id, ContentRow.id).join(_SAME, _SAME.digest == ContentRow.digest)
    for some in in_parts(sorted(there)):
        for content, own in connection.execute(chosen.where(ContentRow.id.in_(some))):
            found[content] = (*found.get(content, ()), *there[own])[:2]
    return found


_SAME = aliased(ContentRow)
