"""What evaluation reads of the inventory: of each file just what the schedule asks of it, and the flag that stands.

A folder comes once for many of its files, and what makes millions of files alike comes as one tuple by which a decision
can be looked up.
"""

from __future__ import annotations

import gc
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from functools import lru_cache
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
from domain.content import DatedBy
from domain.content import DateSource as Said
from domain.event import Reference
from domain.examination import LABELS, REFERENCES, Assessment, Outcome
from domain.item import ItemKind, ItemRef, readable
from domain.record import OwnDates, Record
from domain.record_class import ClassClaim
from domain.record_hint import RecordHint
from domain.rule import DateSource
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.tables import (
    LONG_TYPES,
    AccessRow,
    ContentRow,
    DirRow,
    FindingRow,
    FlagRow,
    ItemRow,
    PrincipalRow,
    ScheduleRow,
    ServiceRow,
    SourceRow,
    TraitRow,
)  # fmt: skip

_AT_ONCE = 20_000
_FOLDERS_KNOWN = 50_000
_DAY = 86_400_000_000
_EPOCH = date(1970, 1, 1).toordinal()
_LAST_DAY = date.max.toordinal()
_READ = (Outcome.EXAMINED, Outcome.PARTIAL)
_MESSAGES = ("message/rfc822", "application/vnd.ms-outlook")


@dataclass(frozen=True, slots=True)
class Folder:
    path: bytes
    service: str
    source: str

    @property
    def in_mailbox(self) -> str:
        """Where its messages lie in their mailbox, which the first folder of the path is."""
        return readable(self.path.partition(b"/")[2])


class Facts(NamedTuple):
    """What items may share, as the database has it; None where it is not there, or was not asked for."""

    outcome: str | None
    media_type: str | None
    terms: str | None
    hints: str | None
    owner: str | None
    pending: str | None
    personal: int | None
    special: str | None
    children: int | None
    criminal: int | None


class Dates(NamedTuple):
    """Days are ordinals, the first of the year 1 being 1; a media type says since when there are files like this."""

    media_type: str | None
    modified: int | None
    created: int | None
    accessed: int | None
    first_seen: str
    dates: str | None


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


class Folders:
    """By their numbers. Those met last are remembered, so that an estate of any number of them takes as much memory."""

    def __init__(self, connection: Connection, most: int = _FOLDERS_KNOWN) -> None:
        """`most` are remembered, or those of one page of files where that is more."""
        self._connection, self._most = connection, most
        self._known: dict[int, Folder] = {}

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._known)

    def __getitem__(self, number: int) -> Folder:
        if number not in self._known:
            self.meet([number])
        return self._known[number]

    def meet(self, numbers: Iterable[int]) -> None:
        """Those of many files that come next, in a few questions."""
        wanted = set(numbers)
        unknown = wanted - self._known.keys()
        if len(self._known) + len(unknown) > self._most:
            self._known.clear()
            unknown = wanted
        for some in in_parts(sorted(unknown)):
            self._known.update(_folders(self._connection.execute(_FOLDERS.where(DirRow.id.in_(some)))))

    def every(self) -> Iterator[tuple[int, Folder]]:
        """All of them, in the order of their numbers; none is remembered."""
        streamed = {"yield_per": _AT_ONCE}
        yield from _folders(self._connection.execute(_FOLDERS.order_by(DirRow.id), execution_options=streamed))


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

    def at(self, locator: bytes) -> Iterator[Considered]:
        """The file at a path, of every source that has it."""
        folder, _, name = locator.rpartition(b"/")
        there = _files(self._asked).join(DirRow, DirRow.id == ItemRow.dir_id)
        yield from self._considered(self._connection.execute(there.where(DirRow.path == folder, ItemRow.name == name)))

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
            looked = row[0] is not None and row[11] in _READ
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


_FOLDERS = (
    select(DirRow.id, DirRow.path, ServiceRow.name, SourceRow.name)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id).join(SourceRow, SourceRow.id == DirRow.source_id)
)  # fmt: skip


def _folders(rows: Iterable[Any]) -> Iterator[tuple[int, Folder]]:
    return ((row[0], Folder(*row[1:])) for row in rows)


def locator_of(folder: Folder, name: bytes) -> bytes:
    return folder.path + b"/" + name if folder.path else name


def record_of(one: Considered, folder: Folder, claims: tuple[ClassClaim, ...] = ()) -> Record:
    """The record as far as it was asked for; what was not is as if nobody had looked."""
    facts, dates = Facts(*one.facts), Dates(*one.dates)
    outcome = Outcome(facts.outcome) if facts.outcome else None
    media_type = facts.media_type or dates.media_type
    media_type = None if media_type is None else LONG_TYPES.get(media_type, media_type)
    is_message = media_type in _MESSAGES
    return Record(
        ItemRef(folder.source, locator_of(folder, one.name)), folder.service, one.size, _moment(dates.modified),
        date.fromisoformat(dates.first_seen), media_type, outcome,
        assessment=_assessment(facts) if facts.personal is not None and outcome in _READ else None,
        pending=tuple(filter(None, (facts.pending or "").split(","))), created=_moment(dates.created),
        accessed=_moment(dates.accessed), owner=facts.owner or "", item_type="message" if is_message else "file",
        mailbox_folder=folder.in_mailbox if is_message else None,
        dates=_written(dates.dates), claims=claims, hints=tuple(RecordHint(*hint) for hint in _listed(facts.hints)),
        terms=json.loads(facts.terms) if facts.terms else None, kinds=one.kinds, references=one.told[0],
        labels=one.told[1],
    )  # fmt: skip


def own_dates_of(one: Considered) -> OwnDates:
    """The dates of its record, without the rest of it."""
    short, modified, created, accessed, first_seen, written = one.dates
    media_type = short and LONG_TYPES.get(short, short)
    return OwnDates(
        media_type, _calendar_day(modified), _calendar_day(created), _calendar_day(accessed), _first_seen(first_seen),
        None, _written(written) if written else (),
    )  # fmt: skip


@lru_cache(maxsize=50_000)
def _written(dates: str | None) -> tuple[DatedBy, ...]:
    return tuple(DatedBy(Said(said), date.fromisoformat(on)) for said, on in _listed(dates))


@lru_cache
def _first_seen(text: str) -> date:
    return date.fromisoformat(text)


def _listed(text: str | None) -> Any:
    return json.loads(text) if text else ()


def _self_told(properties: str | None) -> SelfTold:
    written = json.loads(properties) if properties else {}
    references = (Reference(key, value, True) for key, value in _listed(written.get(REFERENCES)))
    return tuple(references), tuple(_listed(written.get(LABELS)))


def _assessment(facts: Facts) -> Assessment:
    special = tuple((facts.special or "").split(",")) if facts.special else ()
    return Assessment(bool(facts.personal), special, bool(facts.children), bool(facts.criminal))


def _moment(day: int | None) -> datetime | None:
    """Midnight of the day; None of a day that is not in the calendar."""
    on = _calendar_day(day)
    return None if on is None else datetime.combine(on, time(), UTC)


def _calendar_day(day: int | None) -> date | None:
    return date.fromordinal(day) if day is not None and 0 < day <= _LAST_DAY else None


def _files(asked: Asked) -> Select[*tuple[Any, ...]]:
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
    return statement.where(ItemRow.gone.is_(None), ItemRow.kind == ItemKind.FILE)


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
