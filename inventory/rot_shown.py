"""ROT as people see it, an item a row, of which there may be a million."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Select, null, select, type_coerce
from sqlalchemy.orm import aliased

from domain.item import readable
from domain.rot import Guard, RotItem, RotReason, in_words
from inventory.dialects import in_parts
from inventory.tables import DirRow, FlagRow, ItemRow, RotRow, ServiceRow, SourceRow

_AT_ONCE = 5_000
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_KEPT_ITEM, _KEPT_DIR = aliased(ItemRow), aliased(DirRow)
_REASONS = {str(reason): reason for reason in RotReason}
_GUARDS = {"": None, **{str(guard): guard for guard in Guard}}
_BY_FLAG = (RotReason.PAST_DUE, RotReason.REVIEW)
_BESIDE_ANOTHER = (RotReason.COPY, RotReason.VERSION)


@dataclass(frozen=True, slots=True)
class Names:
    """Sources and services by their numbers. Where some are `seen`, no path of a copy in another service is told."""

    sources: dict[int, str]
    services: dict[int, str]
    seen: frozenset[str] | None = None

    def tells(self, service: int | None) -> bool:
        return service is not None and (self.seen is None or self.services[service] in self.seen)


def names_in(connection: Connection, seen: frozenset[str] | None = None) -> Names:
    sources = connection.execute(select(SourceRow.id, SourceRow.name)).all()
    services = connection.execute(select(ServiceRow.id, ServiceRow.name)).all()
    return Names({row[0]: row[1] for row in sources}, {row[0]: row[1] for row in services}, seen)


def shown(*reasons: RotReason) -> Select[*tuple[Any, ...]]:
    """What is shown of items that have one of these primary reasons; a sentence is made of no more than that."""
    by_flag, beside = not set(reasons).isdisjoint(_BY_FLAG), not set(reasons).isdisjoint(_BESIDE_ANOTHER)
    kept = (_KEPT_ITEM.name, _KEPT_DIR.path, _KEPT_DIR.service_id)
    of_others = (column if beside else null().label(None) for column in kept)
    chosen = (
        select(ItemRow.id, ItemRow.name, type_coerce(ItemRow.modified, BigInteger), DirRow.path, DirRow.source_id,
               DirRow.service_id, RotRow.reason, RotRow.also, RotRow.guard, RotRow.bytes, RotRow.facts,
               FlagRow.sentence if by_flag else null().label(None), *of_others)
        .select_from(RotRow).join(ItemRow, ItemRow.id == RotRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
    )  # fmt: skip
    if by_flag:
        chosen = chosen.outerjoin(FlagRow, FlagRow.item_id == RotRow.item_id)
    if beside:
        chosen = chosen.outerjoin(_KEPT_ITEM, _KEPT_ITEM.id == RotRow.keeps_id)
        chosen = chosen.outerjoin(_KEPT_DIR, _KEPT_DIR.id == _KEPT_ITEM.dir_id)
    return chosen


def streamed(connection: Connection, asked: Select[*tuple[Any, ...]], names: Names) -> Iterator[RotItem]:
    """The items of a statement, as they come."""
    found = connection.execute(asked.execution_options(yield_per=_AT_ONCE))
    for rows in found.partitions():
        for row in rows:
            yield _item(row, names)


def numbered(connection: Connection, numbers: Sequence[int], seen: frozenset[str] | None = None) -> tuple[RotItem, ...]:
    """The items of these numbers, in their order."""
    names, found = names_in(connection, seen), dict[int, RotItem]()
    for some in in_parts(numbers):
        asked = shown(*RotReason).where(RotRow.item_id.in_(some))
        found |= {item.number: item for item in streamed(connection, asked, names)}
    return tuple(found[number] for number in numbers if number in found)


def _item(row: Sequence[Any], names: Names) -> RotItem:
    number, name, modified, folder, source, service, reason, also, guard, size, facts, sentence, *kept = row
    why, kept_out = _REASONS[reason], _GUARDS[guard]
    keeps = path_of(kept[1], kept[0]) if names.tells(kept[2]) else None
    detail = in_words(why, _facts(facts), keeps, sentence)
    return RotItem(
        number, path_of(folder, name), names.services[service], names.sources[source], why, _also(also), kept_out,
        f"{kept_out.sentence} {detail}" if kept_out else detail, size,
        None if modified is None else _EPOCH + timedelta(microseconds=modified),
    )  # fmt: skip


def path_of(folder: bytes, name: bytes) -> str:
    return readable(folder + b"/" + name if folder else name)


@lru_cache(maxsize=4_096)
def _facts(text: str) -> dict[str, Any]:
    """They are read, and never changed."""
    found: dict[str, Any] = json.loads(text or "{}")
    return found


@lru_cache
def _also(text: str) -> tuple[RotReason, ...]:
    return tuple(map(RotReason, filter(None, text.split(","))))
