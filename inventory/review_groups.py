"""A queue in groups, as people think of it, and the items of a group: pages by key, found by an index or by sums."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from domain.copies import SENTENCES, CopyKind
from domain.errors import ConfigurationError
from domain.item import ItemRef
from domain.review import Odd
from domain.summary import Tally
from inventory.dialects import in_parts, total
from inventory.review_odd import odd_of
from inventory.tables import DirRow, FamilyRow, QueuedRow, QueueSumRow, ServiceRow, SourceRow

NO_MARK = "That is no mark of this list. Give the `next` of its last page."


class GroupBy(StrEnum):
    """By what a queue is put together. A class is that of the rule, as the schedule tells it: see `Within`."""

    FOLDER = "folder"
    RULE = "rule"
    CLASS = "class"
    ACTION = "action"
    FAMILY = "family"


class Order(StrEnum):
    """Which groups come first: of the most items, of the most bytes, or due for the longest time."""

    MOST = "most"
    LARGEST = "largest"
    EARLIEST = "earliest"


class First(StrEnum):
    """Which items come first: due for the longest time, or the largest."""

    DUE = "due"
    LARGEST = "largest"


@dataclass(frozen=True, slots=True)
class Within:
    """One group of a queue: `key` is the number of a folder or family, a rule's id or an action. Of a class it is the
    class's id, and `rules` are those that are about it.
    """

    by: GroupBy
    key: str
    rules: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """What waits in a group: `due` and `entered` are the earliest days, `odd` how many are outliers; `title` is text
    for people.
    """

    by: GroupBy
    key: str
    title: str
    items: int
    bytes: int
    odd: int
    due: date
    entered: date


@dataclass(frozen=True, slots=True)
class Queued:
    """An item's place in a queue."""

    item: int
    service: str
    ground: str
    action: str
    rule: str
    due: date
    entered: date
    bytes: int
    odd: tuple[Odd, ...]
    assignee: str


def groups_of(
    connection: Connection, service: str, by: GroupBy, order: Order, mark: str | None, limit: int
) -> tuple[tuple[Group, ...], str | None]:
    """A page of groups, by what comes first, and the mark that the next begins behind. What is in no family of copies
    is in no group of them; by class is for `operations`, which knows the schedule.

    Raises ConfigurationError for a mark that is of no such list.
    """
    key, columns = _grouped(by)
    first = {Order.MOST: columns["items"], Order.LARGEST: columns["bytes"], Order.EARLIEST: columns["due"]}[order]
    chosen = select(key.label("key"), *(column.label(name) for name, column in columns.items()))
    chosen = chosen.where(key.is_not(None), key.class_.service_id == _service(connection, service)).group_by(key)
    is_day = order is Order.EARLIEST
    if mark is not None:
        begins = _read(mark, is_day=is_day, is_text=by in (GroupBy.RULE, GroupBy.ACTION))
        here = tuple_(first, key)
        chosen = chosen.having(here > tuple_(*begins) if is_day else here < tuple_(*begins))
    ways = (first.asc(), key.asc()) if is_day else (first.desc(), key.desc())
    rows = connection.execute(chosen.order_by(*ways).limit(limit + 1)).all()
    page = rows[:limit]
    titles = _titles(connection, by, [row.key for row in page])
    groups = tuple(Group(by, str(row.key), titles[row.key], *list(row)[1:]) for row in page)
    last = page[-1] if len(rows) > limit else None
    leading = {Order.MOST: "items", Order.LARGEST: "bytes", Order.EARLIEST: "due"}[order]
    return groups, None if last is None else f"{getattr(last, leading)}.{last.key}"


def queued_page(
    connection: Connection, service: str, within: Within | None, mark: str | None, limit: int,
    first: First = First.DUE, *, odd: bool = False,
) -> tuple[tuple[Queued, ...], str | None]:  # fmt: skip
    """A page of what waits in a queue, or in one group of it, or of its outliers alone (`odd`); and the mark that the
    next begins behind.

    Raises ConfigurationError for a mark that is of no such list, or a group that cannot be.
    """
    if within is not None and within.by is GroupBy.CLASS and not within.rules:
        return (), None
    asked = _QUEUED.where(QueuedRow.service_id == _service(connection, service), *_within(within))
    if odd:
        asked = asked.where(QueuedRow.odd != 0)
    is_day = first is First.DUE
    leading = QueuedRow.due if is_day else QueuedRow.bytes
    if mark is not None:
        here, begins = tuple_(leading, QueuedRow.item_id), tuple_(*_read(mark, is_day=is_day))
        asked = asked.where(here > begins if is_day else here < begins)
    ways = (leading, QueuedRow.item_id) if is_day else (leading.desc(), QueuedRow.item_id.desc())
    rows = connection.execute(asked.order_by(*ways).limit(limit + 1)).all()
    page = tuple(map(_queued, rows[:limit]))
    last = page[-1] if len(rows) > limit else None
    return page, None if last is None else f"{last.due if is_day else last.bytes}.{last.item}"


def queued_tally(connection: Connection, service: str, within: Within | None) -> Tally:
    """How much waits in a queue, or in one group of it. Raises ConfigurationError for a group that cannot be."""
    asked = select(func.count(), total(QueuedRow.bytes))
    asked = asked.where(QueuedRow.service_id == _service(connection, service), *_within(within))
    return Tally(*connection.execute(asked).one())


def queued(connection: Connection, items: Sequence[int]) -> dict[int, Queued]:
    """The places of items, by their numbers; of those that wait for nobody none."""
    return {
        row.item_id: _queued(row)
        for some in in_parts(items)
        for row in connection.execute(_QUEUED.where(QueuedRow.item_id.in_(some)))
    }


_QUEUED: Select[*tuple[Any, ...]] = select(QueuedRow.__table__, ServiceRow.name.label("service")).join(
    ServiceRow, ServiceRow.id == QueuedRow.service_id
)
_SUMS: dict[GroupBy, Any] = {
    GroupBy.FOLDER: QueueSumRow.dir_id, GroupBy.RULE: QueueSumRow.rule, GroupBy.ACTION: QueueSumRow.action,
}  # fmt: skip
_COLUMNS: dict[GroupBy, Any] = {
    GroupBy.FOLDER: QueuedRow.dir_id, GroupBy.RULE: QueuedRow.rule, GroupBy.ACTION: QueuedRow.action,
    GroupBy.FAMILY: QueuedRow.family_id,
}  # fmt: skip


def _grouped(by: GroupBy) -> tuple[Any, dict[str, ColumnElement[Any]]]:
    """By what is grouped, and what is told of each group: from the sums, or of families from the rows themselves."""
    if by is GroupBy.FAMILY:
        return QueuedRow.family_id, {
            "items": func.count(), "bytes": total(QueuedRow.bytes), "odd": func.count().filter(QueuedRow.odd != 0),
            "due": func.min(QueuedRow.due), "entered": func.min(QueuedRow.entered),
        }  # fmt: skip
    sums = {name: total(getattr(QueueSumRow, name)) for name in ("items", "bytes", "odd")}
    return _SUMS[by], sums | {"due": func.min(QueueSumRow.due), "entered": func.min(QueueSumRow.entered)}


def _within(within: Within | None) -> Iterator[ColumnElement[bool]]:
    if within is None:
        return
    if within.by is GroupBy.CLASS:
        yield QueuedRow.rule.in_(within.rules)
        return
    is_text = within.by in (GroupBy.RULE, GroupBy.ACTION)
    if not is_text and not within.key.isdecimal():
        raise ConfigurationError("There is no such group. Choose one of the list.")
    yield _COLUMNS[within.by] == (within.key if is_text else _number(within.key))


def _service(connection: Connection, name: str) -> int:
    return connection.execute(select(ServiceRow.id).where(ServiceRow.name == name)).scalar_one_or_none() or 0


def _titles(connection: Connection, by: GroupBy, keys: Sequence[Any]) -> dict[Any, str]:
    known: dict[Any, str] = {"": "No rule"}
    for some in in_parts(keys) if by is GroupBy.FOLDER else ():
        known |= {row.id: _place(row) for row in connection.execute(_FOLDERS.where(DirRow.id.in_(some)))}
    for some in in_parts(keys) if by is GroupBy.FAMILY else ():
        kinds = select(FamilyRow.id, FamilyRow.kind).where(FamilyRow.id.in_(some))
        known |= {row.id: SENTENCES[CopyKind(row.kind)] for row in connection.execute(kinds)}
    return {key: known.get(key, str(key)) for key in keys}


_FOLDERS = select(DirRow.id, SourceRow.name, DirRow.path).join(SourceRow, SourceRow.id == DirRow.source_id)


def _place(row: Any) -> str:
    """A folder for people to read; the top of a source by the source's name alone."""
    return f"{row.name}: {ItemRef(row.name, row.path).path}" if row.path else row.name


def _queued(row: Any) -> Queued:
    return Queued(
        row.item_id, row.service, row.ground, row.action, row.rule, row.due, row.entered, row.bytes, odd_of(row.odd),
        row.assignee,
    )  # fmt: skip


def _read(mark: str, *, is_day: bool, is_text: bool = False) -> tuple[Any, Any]:
    leading, _, key = mark.partition(".")
    try:
        first = date.fromisoformat(leading) if is_day else _number(leading)
        return first, key if is_text else _number(key)
    except ValueError as error:
        raise ConfigurationError(NO_MARK) from error


def _number(said: str) -> int:
    """A number that a database can hold."""
    number = int(said)
    if not 0 <= number < 2**63:
        raise ConfigurationError(NO_MARK)
    return number
