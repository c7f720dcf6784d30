"""What is ROT, as reports and lists ask for it: sums by the database, and pages by key."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_
from sqlalchemy.orm import aliased

from domain.errors import ConfigurationError
from domain.item import ItemRef
from domain.rot import CopyGroup, Guard, RotItem, RotReason, RotSum, in_words
from domain.summary import Tally
from inventory.dialects import in_parts, total
from inventory.engine import Database, reading
from inventory.rot_writing import FOUND
from inventory.scoped import Conditions
from inventory.tables import DirRow, FlagRow, ItemRow, RotRow, ServiceRow, SettingRow, SourceRow

_AT_ONCE = 5_000
_KEPT_ITEM, _KEPT_DIR = aliased(ItemRow), aliased(DirRow)


@dataclass(frozen=True, slots=True)
class RotWanted:
    """Which items are listed; None narrows nothing. Those that guards keep out are a list of their own."""

    reasons: tuple[RotReason, ...] = tuple(RotReason)
    service: str | None = None
    source: str | None = None
    guarded: bool = False


@dataclass(frozen=True, slots=True)
class RotPage:
    """Some items; `following` is the mark that the next page begins behind."""

    items: tuple[RotItem, ...]
    following: str | None


def rot_found(database: Database) -> date | None:
    """The day on which ROT was last looked for; None where it never was."""
    with reading(database) as connection:
        said = connection.execute(select(SettingRow.value).where(SettingRow.name == FOUND)).scalar_one_or_none()
    return None if said is None else date.fromisoformat(said)


def rot_sums(database: Database, folders: Conditions = ()) -> tuple[RotSum, ...]:
    """Items and bytes by service, source, primary reason and guard: every item once; of some folders."""
    by = (ServiceRow.name, SourceRow.name, RotRow.reason, RotRow.guard)
    chosen = (
        select(DirRow.service_id, DirRow.source_id, RotRow.reason, RotRow.guard, func.count().label("items"),
               total(RotRow.bytes).label("bytes"))
        .select_from(RotRow).join(ItemRow, ItemRow.id == RotRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
        .where(*folders).group_by(DirRow.service_id, DirRow.source_id, RotRow.reason, RotRow.guard).subquery()
    )  # fmt: skip
    named = select(ServiceRow.name, SourceRow.name, *list(chosen.c)[2:])
    named = named.join(chosen, chosen.c.service_id == ServiceRow.id)
    named = named.join(SourceRow, SourceRow.id == chosen.c.source_id).order_by(*by[:2], chosen.c.reason, chosen.c.guard)
    with reading(database) as connection:
        return tuple(
            RotSum(service, source, RotReason(reason), Guard(guard) if guard else None, Tally(items, size))
            for service, source, reason, guard, items, size in connection.execute(named)
        )


def copy_groups(database: Database, most: int, service: str | None = None) -> tuple[CopyGroup, ...]:
    """The groups of exact copies that would free the most, those in a service where one is named."""
    size = total(RotRow.bytes).label("size")
    groups = select(RotRow.keeps_id, func.count().label("items"), size)
    groups = groups.where(RotRow.reason == RotReason.COPY, RotRow.guard == "").group_by(RotRow.keeps_id)
    if service is not None:
        groups = groups.join(ItemRow, ItemRow.id == RotRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
        groups = groups.join(ServiceRow, ServiceRow.id == DirRow.service_id).where(ServiceRow.name == service)
    some = groups.order_by(size.desc(), RotRow.keeps_id).limit(most).subquery()
    named = (
        select(SourceRow.name, DirRow.path, ItemRow.name, ServiceRow.name, some.c["items"], some.c["size"])
        .join(some, some.c.keeps_id == ItemRow.id).join(DirRow, DirRow.id == ItemRow.dir_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id).join(SourceRow, SourceRow.id == DirRow.source_id)
        .order_by(some.c["size"].desc(), ItemRow.id)
    )  # fmt: skip
    with reading(database) as connection:
        rows = connection.execute(named).all()
    return tuple(CopyGroup(_path(row[0], row[1], row[2]), row[3], Tally(row[4], row[5])) for row in rows)


def rot_page(database: Database, wanted: RotWanted, mark: str | None, limit: int) -> RotPage:
    """A page of a list: reason after reason in their order, and of each the largest first.

    Raises ConfigurationError for a mark that is of no such list.
    """
    begins = _place(mark) if mark is not None else None
    found: list[tuple[str, str, int, int]] = []
    with reading(database) as connection:
        narrowed = _narrowed(connection, wanted)
        for reason, guard in _runs(wanted, begins):
            behind = begins if begins and begins[:2] == (reason, guard) else None
            found += _run(connection, narrowed, reason, guard, behind, limit + 1 - len(found))
            if len(found) > limit:
                break
        items = _items(connection, [row[3] for row in found[:limit]])
    return RotPage(items, ".".join(map(str, found[limit - 1])) if len(found) > limit else None)


def rot_items(database: Database, wanted: RotWanted) -> Iterator[RotItem]:
    """Every item of a list, a page after another."""
    mark = None
    while True:
        page = rot_page(database, wanted, mark, _AT_ONCE)
        yield from page.items
        mark = page.following
        if mark is None:
            return


def _runs(wanted: RotWanted, begins: tuple[Any, ...] | None) -> list[tuple[str, str]]:
    """The stretches of the index that make up a list, from where it goes on."""
    guards = [str(guard) for guard in Guard] if wanted.guarded else [""]
    runs = [(str(reason), guard) for reason in RotReason if reason in wanted.reasons for guard in guards]
    if begins is None:
        return runs
    if begins[:2] not in runs:
        raise ConfigurationError(_NO_MARK)
    return runs[runs.index(begins[:2]) :]


def _run(
    connection: Connection, narrowed: Select[*tuple[Any, ...]], reason: str, guard: str,
    behind: tuple[Any, ...] | None, most: int,
) -> list[tuple[str, str, int, int]]:  # fmt: skip
    asked = narrowed.where(RotRow.reason == reason, RotRow.guard == guard)
    if behind is not None:
        asked = asked.where(tuple_(RotRow.bytes, RotRow.item_id) < tuple_(behind[2], behind[3]))
    asked = asked.order_by(RotRow.bytes.desc(), RotRow.item_id.desc()).limit(most)
    return [(row[0], row[1], row[2], row[3]) for row in connection.execute(asked)]


def _narrowed(connection: Connection, wanted: RotWanted) -> Select[*tuple[Any, ...]]:
    asked = select(RotRow.reason, RotRow.guard, RotRow.bytes, RotRow.item_id)
    where = tuple(_where(connection, wanted))
    if where:
        asked = asked.join(ItemRow, ItemRow.id == RotRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
    return asked.where(*where)


def _where(connection: Connection, wanted: RotWanted) -> Iterator[ColumnElement[bool]]:
    for name, row, column in (
        (wanted.service, ServiceRow, DirRow.service_id), (wanted.source, SourceRow, DirRow.source_id),
    ):  # fmt: skip
        if name is not None:
            number = connection.execute(select(row.id).where(row.name == name)).scalar_one_or_none()
            yield column == (number or 0)


def _items(connection: Connection, numbers: Sequence[int]) -> tuple[RotItem, ...]:
    found: dict[int, RotItem] = {}
    for some in in_parts(numbers):
        for row in connection.execute(_SHOWN.where(RotRow.item_id.in_(some))):
            found[row.id] = _item(row)
    return tuple(found[number] for number in numbers if number in found)


_SHOWN = (
    select(
        ItemRow.id, ItemRow.name, ItemRow.modified, DirRow.path, SourceRow.name.label("source"),
        ServiceRow.name.label("service"), RotRow.reason, RotRow.also, RotRow.guard, RotRow.bytes, RotRow.facts,
        FlagRow.sentence, _KEPT_ITEM.name.label("kept_name"), _KEPT_DIR.path.label("kept_path"),
    )
    .select_from(RotRow).join(ItemRow, ItemRow.id == RotRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
    .join(SourceRow, SourceRow.id == DirRow.source_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
    .outerjoin(FlagRow, FlagRow.item_id == RotRow.item_id).outerjoin(_KEPT_ITEM, _KEPT_ITEM.id == RotRow.keeps_id)
    .outerjoin(_KEPT_DIR, _KEPT_DIR.id == _KEPT_ITEM.dir_id)
)  # fmt: skip


def _item(row: Any) -> RotItem:
    reason, guard = RotReason(row.reason), Guard(row.guard) if row.guard else None
    keeps = None if row.kept_name is None else _path("", row.kept_path, row.kept_name)
    detail = in_words(reason, json.loads(row.facts or "{}"), keeps, row.sentence)
    return RotItem(
        row.id, _path(row.source, row.path, row.name), row.service, row.source, reason,
        tuple(RotReason(also) for also in row.also.split(",") if also), guard,
        f"{guard.sentence} {detail}" if guard else detail, row.bytes, row.modified,
    )  # fmt: skip


def _path(source: str, folder: bytes, name: bytes) -> str:
    return ItemRef(source, folder + b"/" + name if folder else name).path


def _place(mark: str) -> tuple[str, str, int, int]:
    try:
        reason, guard, size, number = mark.split(".")
        place = (reason, guard, int(size), int(number))
    except ValueError as error:
        raise ConfigurationError(_NO_MARK) from error
    if max(place[2:]) >= 2**63:
        raise ConfigurationError(_NO_MARK)
    return place


_NO_MARK = "That is no mark of this list. Give the `next` of its last page."
