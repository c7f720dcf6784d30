"""Pages of what is held, each found by an index however long the list is: by key, never by offset.

What is asked for decides the order, and the order the index that the page is read from. A page begins behind a mark: of
the last item of the page before, the keys, and nothing that names anybody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, func, literal, select, tuple_
from sqlalchemy.exc import NoResultFound

from domain.decision import State
from domain.errors import ConfigurationError
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.held import (
    LOOKED_INTO,
    PRESENT,
    Held,
    Narrowing,
    conditions,
    held_of,
    joined_rights,
    of_kind,
    records,
)
from inventory.tables import ContentRow, DirRow, FindingRow, FlagRow, ItemRow, ServiceRow


@dataclass(frozen=True, slots=True)
class Page:
    """Some of what is held, in the order of what was asked for; `following` is the mark that the next begins behind."""

    held: tuple[Held, ...]
    following: str | None


@dataclass(frozen=True, slots=True)
class _Way:
    """An order in which an index holds a list. `lead` are the first of its `keys`, of the table that is gone along.

    A mark is the keys as text, each read back by `reads`; without these it is the item's number, by which its keys are
    looked up: they are names. `words` say the order to people.
    """

    keys: tuple[Any, ...]
    lead: tuple[Any, ...]
    reads: tuple[Callable[[str], Any], ...] = ()
    descending: bool = False
    words: str = "in the order in which they were first seen"

    def order(self) -> Iterator[ColumnElement[Any]]:
        return (key.desc() if self.descending else key.asc() for key in self.keys)

    def behind(self, values: tuple[Any, ...]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """The second says it all; the first is what the index understands of it, being of one table."""
        lead, whole, begins = tuple_(*self.lead), tuple_(*self.keys), _like(self.lead, values)
        if self.descending:
            return lead <= begins, whole < _like(self.keys, values)
        return lead >= begins, whole > _like(self.keys, values)


def _number(said: str) -> int:
    """A number that a database can hold."""
    number = int(said)
    if not 0 <= number < 2**63:
        raise ValueError(said)
    return number


_BY_NUMBER = _Way((ItemRow.id,), (ItemRow.id,), (_number,))
_BY_PLACE = _Way(
    (DirRow.path, DirRow.id, ItemRow.name, ItemRow.part), (DirRow.path, DirRow.id), words="by folder and name"
)
_BY_RISK = _Way(
    (ContentRow.risk, ContentRow.id, ItemRow.id), (ContentRow.risk, ContentRow.id), (_number,) * 3, descending=True,
    words="highest risk first",
)  # fmt: skip
_BY_DAY = _Way(
    (FlagRow.due, FlagRow.item_id), (FlagRow.due, FlagRow.item_id), (date.fromisoformat, _number),
    words="by the day on which they are due, the longest due first",
)  # fmt: skip
_BY_THEIR_DAY = (State.DUE, State.OBSERVED, State.KEPT, State.PROPOSED)
"""States of flags that have a day; those of the others have none."""
_BY_FLAG = _Way((FlagRow.item_id,), (FlagRow.item_id,), (_number,))
_BY_WAITING = _Way(
    (ItemRow.dir_id, ItemRow.name, ItemRow.part), (ItemRow.dir_id, ItemRow.name), words="folder by folder"
)
_BY_FOLDER = _Way((ItemRow.dir_id, ItemRow.id), (ItemRow.dir_id,), (_number, _number), words="folder by folder")
_BY_KIND = _Way(
    (ItemRow.content_id, ItemRow.id),
    (FindingRow.content_id,),
    (_number, _number),
    words="content by content, so that copies stand together",
)
_BY_PROBLEM = _Way(
    (ItemRow.problem_code, ItemRow.id), (ItemRow.problem_code, ItemRow.id), (str, _number), words="problem by problem"
)


def page_of(database: Database, narrowing: Narrowing, mark: str | None, limit: int) -> Page:
    """A page of what is meant: of a kind of finding by content, and in a service by path; what is due by day; problems
    by code; what is personal by risk, highest first; what waits or is of an owner by folder; of a service or a folder
    by path; all else by number.

    Raises ConfigurationError for a mark that is of no such list.
    """
    way = _way_for(narrowing)
    with reading(database) as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(_ALONE)
        asked = _asked(connection, narrowing, way)
        if mark is not None:
            asked = asked.where(*way.behind(_keys(connection, way, mark)))
        found = connection.execute(asked.order_by(*way.order()).limit(limit + 1)).all()
        held = held_numbered(connection, [row.number for row in found[:limit]])
    following = _mark(way, found[limit - 1]) if len(found) > limit else None
    return Page(held, following)


def order_of(narrowing: Narrowing) -> str:
    """The order in which a list stands, in words."""
    return _way_for(narrowing).words


_ALONE = "SET LOCAL max_parallel_workers_per_gather = 0"
"""A page is read in less time than it takes to begin with several processes."""


def _way_for(narrowing: Narrowing) -> _Way:
    """The first of these by which the list is narrowed."""
    ways = (
        # Content by content all others would be passed over to find those of a service.
        (narrowing.kind is not None and narrowing.service is not None, _BY_PLACE),
        (narrowing.kind is not None, _BY_KIND),
        (narrowing.flagged or narrowing.state in _BY_THEIR_DAY, _BY_DAY),
        (narrowing.state is not None, _BY_FLAG),
        (narrowing.code is not None or narrowing.with_problem, _BY_PROBLEM),
        (_is_risky(narrowing), _BY_RISK),
        (narrowing.waiting, _BY_WAITING),
        (narrowing.owner is not None, _BY_FOLDER),
        (narrowing.service is not None or narrowing.folder is not None, _BY_PLACE),
    )
    return next((way for is_so, way in ways if is_so), _BY_NUMBER)


def _is_risky(narrowing: Narrowing) -> bool:
    return narrowing.personal or narrowing.high or narrowing.band is not None or narrowing.theme is not None


def _asked(connection: Connection, narrowing: Narrowing, way: _Way) -> Select[*tuple[Any, ...]]:
    """The numbers of items, with the keys of the way: of no more tables than that takes, so that a plan is found."""
    keys = [key.label(f"key_{place}") for place, key in enumerate(way.keys)]
    asked = select(ItemRow.id.label("number"), *keys).select_from(ItemRow).where(PRESENT)
    rights = narrowing.left or narrowing.breadth is not None
    if rights or narrowing.service is not None or narrowing.folder is not None:
        asked = asked.join(DirRow, DirRow.id == ItemRow.dir_id)
    if _is_risky(narrowing):
        asked = asked.join(ContentRow, ContentRow.id == ItemRow.content_id)
    if narrowing.flagged or narrowing.state is not None:
        asked = asked.join(FlagRow, FlagRow.item_id == ItemRow.id)
    if way in (_BY_DAY, _BY_FLAG):
        asked = asked.where(FlagRow.due.is_not(None) if way is _BY_DAY else FlagRow.due.is_(None))
    if narrowing.kind is not None:
        # A sum is not looked up by an index, so that a plan begins with the few there are: SQLite, which does not
        # count by kind, would look for them in every folder of the service.
        rare = way is _BY_PLACE and _is_rare(connection, narrowing.kind)
        found_in = FindingRow.content_id + 0 if rare else FindingRow.content_id
        asked = asked.join(FindingRow, found_in == ItemRow.content_id)
        asked = asked.where(*of_kind(narrowing.kind), LOOKED_INTO)
    if rights:
        asked = joined_rights(asked)
    asked = asked.where(*_of_service(connection, narrowing))
    return asked.where(*conditions(replace(narrowing, service=None, kind=None)))


def _is_rare(connection: Connection, kind: str) -> bool:
    """So few contents that to look at all of them is quick."""
    some = select(literal(1)).select_from(FindingRow).where(*of_kind(kind)).limit(_FEW).subquery()
    return connection.execute(select(func.count()).select_from(some)).scalar_one() < _FEW


_FEW = 5_000


def _of_service(connection: Connection, narrowing: Narrowing) -> Iterator[ColumnElement[bool]]:
    """By its number, and in so many words: the plan hangs on how many items a service has."""
    if narrowing.service is not None:
        number = connection.execute(select(ServiceRow.id).filter_by(name=narrowing.service)).scalar_one_or_none()
        yield DirRow.service_id == bindparam("service", number or 0, literal_execute=True)


def _keys(connection: Connection, way: _Way, mark: str) -> tuple[Any, ...]:
    try:
        if way.reads:
            return tuple(read(said) for read, said in zip(way.reads, mark.split("."), strict=True))
        looked_up = select(*way.keys).join(DirRow, DirRow.id == ItemRow.dir_id).where(ItemRow.id == _number(mark))
        return tuple(connection.execute(looked_up).one())
    except (ValueError, NoResultFound) as error:
        raise ConfigurationError(f"{mark!r} is no mark of this list. Give the `next` of its last page.") from error


def _mark(way: _Way, row: Any) -> str:
    return ".".join(map(str, row[1:])) if way.reads else str(row.number)


def held_numbered(connection: Connection, numbers: Sequence[int]) -> tuple[Held, ...]:
    """The items of these numbers, in their order; each has to be there."""
    found: dict[int, Held] = {}
    for some in in_parts(numbers):
        for row in connection.execute(records().where(ItemRow.id.in_(some))):
            found[row.id] = held_of(row)
    return tuple(found[number] for number in numbers)


def _like(keys: tuple[Any, ...], values: tuple[Any, ...]) -> ColumnElement[Any]:
    return tuple_(*(literal(value, key.type) for key, value in zip(keys, values, strict=False)))
