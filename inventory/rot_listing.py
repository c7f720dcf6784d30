"""What is ROT, as reports and lists ask for it: sums by the database, and pages by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, func, select, tuple_

from domain.errors import ConfigurationError
from domain.rot import CopyGroup, Guard, RotItem, RotReason, RotSum
from domain.summary import Tally
from inventory.dialects import total
from inventory.engine import Database, reading
from inventory.rot_shown import names_in, numbered, path_of, shown, streamed
from inventory.rot_writing import FOUND
from inventory.scoped import Conditions
from inventory.tables import DirRow, ItemRow, RotRow, ServiceRow, SettingRow, SourceRow


@dataclass(frozen=True, slots=True)
class RotWanted:
    """Which items are listed; None narrows nothing. Those that guards keep out are a list of their own. Of services
    that are not `seen`, where some are named, no path is told.
    """

    reasons: tuple[RotReason, ...] = tuple(RotReason)
    service: str | None = None
    source: str | None = None
    guarded: bool = False
    seen: frozenset[str] | None = None


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
        select(DirRow.path, ItemRow.name, ServiceRow.name, some.c["items"], some.c["size"])
        .join(some, some.c.keeps_id == ItemRow.id).join(DirRow, DirRow.id == ItemRow.dir_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id).order_by(some.c["size"].desc(), ItemRow.id)
    )  # fmt: skip
    with reading(database) as connection:
        rows = connection.execute(named).all()
    return tuple(CopyGroup(path_of(row[0], row[1]), row[2], Tally(row[3], row[4])) for row in rows)


def rot_page(database: Database, wanted: RotWanted, mark: str | None, limit: int) -> RotPage:
    """A page of a list: reason after reason in their order, and of each the largest first.

    Raises ConfigurationError for a mark that is of no such list.
    """
    begins = _place(mark) if mark is not None else None
    found: list[tuple[str, str, int, int]] = []
    with reading(database) as connection:
        narrowed = _narrowed(connection, wanted)
        for reason, guard in _runs(wanted, begins):
            run = _of_run(narrowed, reason, guard, _behind(begins, reason, guard)).limit(limit + 1 - len(found))
            found += [(row[0], row[1], row[2], row[3]) for row in connection.execute(run)]
            if len(found) > limit:
                break
        items = numbered(connection, [row[3] for row in found[:limit]], wanted.seen)
    return RotPage(items, ".".join(map(str, found[limit - 1])) if len(found) > limit else None)


def rot_items(database: Database, wanted: RotWanted, most: int | None = None) -> Iterator[RotItem]:
    """Every item of a list, or the `most` largest of each reason, and of each guard where those are asked."""
    with reading(database) as connection:
        names, where = names_in(connection, wanted.seen), tuple(_where(connection, wanted))
        for reason, guard in _runs(wanted, None):
            run = _of_run(shown(RotReason(reason)), reason, guard, None).where(*where).limit(most)
            yield from streamed(connection, run, names)


def _runs(wanted: RotWanted, begins: tuple[Any, ...] | None) -> list[tuple[str, str]]:
    """The stretches of the index that make up a list, from where it goes on."""
    guards = [str(guard) for guard in Guard] if wanted.guarded else [""]
    runs = [(str(reason), guard) for reason in RotReason if reason in wanted.reasons for guard in guards]
    if begins is None:
        return runs
    if begins[:2] not in runs:
        raise ConfigurationError(_NO_MARK)
    return runs[runs.index(begins[:2]) :]


def _behind(begins: tuple[Any, ...] | None, reason: str, guard: str) -> tuple[Any, ...] | None:
    return begins if begins and begins[:2] == (reason, guard) else None


def _of_run(
    asked: Select[*tuple[Any, ...]], reason: str, guard: str, behind: tuple[Any, ...] | None
) -> Select[*tuple[Any, ...]]:
    asked = asked.where(RotRow.reason == reason, RotRow.guard == guard)
    if behind is not None:
        asked = asked.where(tuple_(RotRow.bytes, RotRow.item_id) < tuple_(behind[2], behind[3]))
    return asked.order_by(RotRow.bytes.desc(), RotRow.item_id.desc())


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


def rot_of(database: Database, number: int, seen: frozenset[str] | None = None) -> RotItem | None:
    """One item, as it stands in a list; None where it is no ROT."""
    with reading(database) as connection:
        return next(iter(numbered(connection, [number], seen)), None)


def _place(mark: str) -> tuple[str, str, int, int]:
    try:
        reason, guard, size, number = mark.split(".")
        place = (reason, guard, int(size), int(number))
    except ValueError as error:
        raise ConfigurationError(_NO_MARK) from error
    if not all(-(2**63) <= number < 2**63 for number in place[2:]):
        raise ConfigurationError(_NO_MARK)
    return place


_NO_MARK = "That is no mark of this list. Give the `next` of its last page."
