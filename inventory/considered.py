"""What evaluation reads of the inventory: of each file just what the schedule asks of it, and the flag that stands.

A folder comes once for many of its files, and what makes millions of files alike comes as one tuple by which a decision
can be looked up.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import (
    BigInteger,
    Connection,
    Integer,
    Label,
    Select,
    Text,
    case,
    cast,
    func,
    null,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.orm import InstrumentedAttribute

from domain.asked import Asked
from domain.event import Reference
from domain.examination import LABELS, REFERENCES, Outcome
from domain.item import ItemKind
from domain.rule import DateSource
from inventory.considered_folders import Folders
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.tables import (
    AccessRow,
    ContentRow,
    DirRow,
    FindingRow,
    FlagRow,
    ItemRow,
    PrincipalRow,
    ScheduleRow,
    TraitRow,
)  # fmt: skip

_AT_ONCE = 20_000
_DAY = 86_400_000_000
_EPOCH = date(1970, 1, 1).toordinal()
READ = (Outcome.EXAMINED, Outcome.PARTIAL)


Standing: TypeAlias = tuple[Any, ...]
"""A flag as it is kept: its schedule's digest, state, action, due, rule, sentence; each None where there is no flag."""


SelfTold: TypeAlias = tuple[tuple[Reference, ...], tuple[str, ...]]
"""The references and labels in what a document says of itself."""
NOTHING_TOLD: SelfTold = ((), ())


class Considered(NamedTuple):
    """One file. `kinds` are kind → (count, confidence); None where nobody looked. `content` is its number."""

    number: int
    folder: int
    name: bytes
    size: int
    standing: Standing
    facts: tuple[Any, ...]
    dates: tuple[Any, ...]
    kinds: Mapping[str, tuple[int, float]] | None = None
    content: int | None = None
    told: SelfTold = NOTHING_TOLD


@dataclass(frozen=True, slots=True)
class Estate:
    """All files as they were at one moment. `folders` by number; a file's flag and facts come with it."""

    folders: Folders
    _connection: Connection = field(repr=False)
    _asked: Asked

    def files(self, only: Collection[int] | None = None) -> Iterator[Considered]:
        """Every file, in the order of their numbers: no parts, whose fate is their file's, and no links and pipes.

        With `only`, those of these folders, a folder after another.
        """
        if only is not None:
            for some in in_parts(sorted(only)):
                there = _files(self._asked).where(ItemRow.dir_id.in_(some))
                yield from self._considered(self._connection.execute(there))
            return
        last = self._connection.execute(select(func.max(ItemRow.id))).scalar_one() or 0
        statement = _files(self._asked)
        for start in range(0, last, _AT_ONCE):
            rows = self._connection.execute(statement.where(ItemRow.id > start, ItemRow.id <= start + _AT_ONCE))
            yield from self._considered(rows)

    def known(self, number: int) -> Considered | None:
        """The file of that number, gone or not; None where there is none."""
        asked = _files(self._asked, gone=True).where(ItemRow.id == number)
        return next(self._considered(self._connection.execute(asked)), None)

    def at(self, locator: bytes) -> Iterator[Considered]:
        """The file at a path, of every source that has it."""
        folder, _, name = locator.rpartition(b"/")
        there = _files(self._asked).join(DirRow, DirRow.id == ItemRow.dir_id)
        yield from self._considered(self._connection.execute(there.where(DirRow.path == folder, ItemRow.name == name)))

    def numbered(self, numbers: Sequence[int]) -> Iterator[Considered]:
        """The files of these numbers that are there."""
        for some in in_parts(numbers):
            yield from self._considered(self._connection.execute(_files(self._asked).where(ItemRow.id.in_(some))))

    def _considered(self, rows: Any) -> Iterator[Considered]:
        page = rows.all()
        self.folders.meet(row[2] for row in page)
        if not self._asked.kinds:
            for row in page:
                told = _self_told(row[27]) if row[27] else NOTHING_TOLD
                yield Considered(row[1], row[2], row[3], row[4], row[5:11], row[11:21], row[21:27], None, row[0], told)
            return
        contents = sorted({row[0] for row in page if row[0] is not None})
        kinds = _kinds(self._connection, contents, self._asked.kinds)
        for row in page:
            looked = row[0] is not None and row[11] in READ
            yield Considered(
                row[1], row[2], row[3], row[4], row[5:11], row[11:21], row[21:27],
                kinds.get(row[0], {}) if looked else None, row[0], _self_told(row[27]),
            )  # fmt: skip


@contextmanager
def considered(database: Database, asked: Asked) -> Iterator[Estate]:
    """The files as they are now, for as long as one looks."""
    with reading(database) as connection, _uncollected():
        yield Estate(Folders(connection), connection, asked)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looking for cycles: what is remembered of millions of files has none, and looking took a third of all."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def listed(text: str | None) -> Any:
    return json.loads(text) if text else ()


def _self_told(properties: str | None) -> SelfTold:
    written = json.loads(properties) if properties else {}
    references = (Reference(key, value, True) for key, value in listed(written.get(REFERENCES)))
    return tuple(references), tuple(listed(written.get(LABELS)))


def _files(asked: Asked, *, gone: bool = False) -> Select[*tuple[Any, ...]]:
    """The columns of `Considered`, `Facts` and `Dates`; the content before them where more has to be asked of it."""
    dates, told = asked.dates, asked.content
    of_document = not dates.isdisjoint(_DOCUMENT)
    of_content = ItemRow.content_id if asked.kinds or asked.copies else _nothing()
    facts = (
        ItemRow.outcome if told else _nothing(),
        type_coerce(ItemRow.media_type, Text) if asked.media_types else _nothing(),
        TraitRow.terms if asked.terms else _nothing(), TraitRow.hints if asked.hints else _nothing(),
        PrincipalRow.account if asked.owners else _nothing(),
        *(column if told else _nothing() for column in (
            ContentRow.pending, type_coerce(ContentRow.personal, Integer), ContentRow.special,
            type_coerce(ContentRow.children, Integer), type_coerce(ContentRow.criminal, Integer),
        )),
        type_coerce(ItemRow.media_type, Text) if dates else _nothing(),
        _day(ItemRow.modified, DateSource.MODIFIED, dates), _day(ItemRow.created, DateSource.CREATED, dates),
        _day(ItemRow.accessed, DateSource.ACCESSED, dates), cast(ItemRow.first_seen, Text),
        TraitRow.dates if of_document else _nothing(), _TOLD if asked.self_told else _nothing(),
    )  # fmt: skip
    statement = select(
        of_content, ItemRow.id, ItemRow.dir_id, ItemRow.name, ItemRow.size, ScheduleRow.digest, FlagRow.state,
        FlagRow.action, cast(FlagRow.due, Text), FlagRow.rule, FlagRow.sentence, *facts,
    ).select_from(ItemRow).outerjoin(FlagRow, FlagRow.item_id == ItemRow.id)  # fmt: skip
    statement = statement.outerjoin(ScheduleRow, ScheduleRow.id == FlagRow.schedule_id)
    if told:
        statement = statement.outerjoin(ContentRow, ContentRow.id == ItemRow.content_id)
    if of_document or asked.terms or asked.hints or asked.self_told:
        statement = statement.outerjoin(TraitRow, TraitRow.content_id == ItemRow.content_id)
    if asked.owners:
        statement = _owned(statement)
    statement = statement.where(ItemRow.kind == ItemKind.FILE)
    return statement if gone else statement.where(ItemRow.gone.is_(None))


_TOLD = case(
    (or_(*(TraitRow.properties.contains(f'"{name}": ', autoescape=True) for name in (REFERENCES, LABELS))),
     TraitRow.properties),
)  # fmt: skip
_DOCUMENT = {DateSource.MODIFIED, DateSource.CREATED, DateSource.SENT, DateSource.RECEIVED}


def _nothing() -> Label[Any]:
    return null().label(None)


def _day(column: InstrumentedAttribute[Any], source: DateSource, asked: frozenset[DateSource]) -> Any:
    """A moment's day as its ordinal, whole numbers rounded down before 1970 too."""
    if source not in asked:
        return _nothing()
    return (type_coerce(column, BigInteger) + _EPOCH * _DAY) // _DAY


def _owned(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    folder = select(DirRow.id, DirRow.access_id).subquery()
    access = AccessRow.id == func.coalesce(ItemRow.access_id, folder.c.access_id)
    owner = PrincipalRow.id == func.coalesce(ItemRow.owner_id, AccessRow.owner_id)
    return (
        statement.join(folder, folder.c.id == ItemRow.dir_id)
        .outerjoin(AccessRow, access)
        .outerjoin(PrincipalRow, owner)
    )


def _kinds(
    connection: Connection, contents: list[int], kinds: frozenset[str]
) -> Mapping[int, Mapping[str, tuple[int, float]]]:
    found: dict[int, dict[str, tuple[int, float]]] = {}
    chosen = select(FindingRow.content_id, FindingRow.kind, FindingRow.count, FindingRow.confidence)
    for some in in_parts(contents):
        rows = connection.execute(chosen.where(FindingRow.content_id.in_(some), FindingRow.kind.in_(kinds)))
        for content, kind, count, confidence in rows:
            found.setdefault(content, {})[kind] = (count, confidence)
    return found
