"""Families of copies as a person looks at them: those first with which most bytes would go, a page at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, exists, select, tuple_
from sqlalchemy.orm import aliased

from domain.copies import CopyKind, Role, Why
from domain.errors import ConfigurationError
from domain.item import Item, ItemKind, ItemRef, part_of
from inventory.dialects import in_parts
from inventory.engine import Database, reading
from inventory.tables import DirRow, FamilyRow, ItemRow, MemberRow, ServiceRow, SourceRow


@dataclass(frozen=True, slots=True)
class FamilyShown:
    """A family in a list: `record` is the path of what is proposed to stay, None where a person must choose."""

    number: int
    kind: CopyKind
    items: int
    goes: int
    record: str | None
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class MemberShown:
    """A member with what is needed to open it: `outer` is the file, of which it may be a part."""

    number: int
    role: Role
    goes: int
    alike: float | None
    service: str
    ref: ItemRef
    outer: Item


def page_of_families(
    database: Database, mark: str | None, limit: int, kind: CopyKind | None = None, service: str | None = None
) -> tuple[tuple[FamilyShown, ...], str | None]:
    """A page and the mark that the next begins behind; of a service, those that have a member there.

    Raises ConfigurationError for a mark that is of no such list.
    """
    asked = select(FamilyRow).with_only_columns(*_FAMILY).where(*_narrowed(kind, service))
    if mark is not None:
        asked = asked.where(tuple_(FamilyRow.goes, FamilyRow.id) < tuple_(*_read(mark)))
    asked = asked.order_by(FamilyRow.goes.desc(), FamilyRow.id.desc()).limit(limit + 1)
    with reading(database) as connection:
        rows = connection.execute(asked).all()
        refs = _refs(connection, [row.record_id for row in rows[:limit] if row.record_id is not None])
    shown = tuple(_shown(row, refs.get(row.record_id)) for row in rows[:limit])
    return shown, f"{rows[limit - 1].goes}.{rows[limit - 1].id}" if len(rows) > limit else None


def family_numbered(database: Database, number: int) -> tuple[FamilyShown, tuple[MemberShown, ...]]:
    """A family and its members, the record first. Raises ConfigurationError where there is none of this number."""
    with reading(database) as connection:
        row = connection.execute(select(FamilyRow).with_only_columns(*_FAMILY).filter_by(id=number)).one_or_none()
        if row is None:
            raise ConfigurationError(f"There is no family {number}. List them: muniment families")
        members = connection.execute(_MEMBERS.where(MemberRow.family_id == number)).all()
        shown = tuple(sorted(map(_member, members), key=lambda one: (_FIRST.index(one.role), one.number)))
        record = next((one.ref.path for one in shown if one.number == row.record_id), None)
    return _shown(row, record), shown


_FIRST = (Role.RECORD, Role.CHOOSE, Role.COPY)
_FAMILY = (FamilyRow.id, FamilyRow.kind, FamilyRow.items, FamilyRow.goes, FamilyRow.record_id, FamilyRow.facts)
_OUTER = aliased(ItemRow)
_PLACED = (ItemRow.id, ItemRow.name, ItemRow.part, DirRow.path, SourceRow.name.label("source"))
_MEMBERS: Select[*tuple[Any, ...]] = (
    select(
        *_PLACED, MemberRow.role, MemberRow.goes, MemberRow.facts, ServiceRow.name.label("service"),
        _OUTER.size, _OUTER.modified, _OUTER.version, _OUTER.file_id,
    )
    .join(ItemRow, ItemRow.id == MemberRow.item_id).join(DirRow, DirRow.id == ItemRow.dir_id)
    .join(SourceRow, SourceRow.id == DirRow.source_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
    .join(_OUTER, (_OUTER.dir_id == ItemRow.dir_id) & (_OUTER.name == ItemRow.name) & (_OUTER.part == ""))
)  # fmt: skip


def _narrowed(kind: CopyKind | None, service: str | None) -> Iterator[ColumnElement[bool]]:
    if kind is not None:
        yield FamilyRow.kind == kind
    if service is not None:
        yield exists().where(
            MemberRow.family_id == FamilyRow.id, ItemRow.id == MemberRow.item_id, DirRow.id == ItemRow.dir_id,
            DirRow.service_id == select(ServiceRow.id).filter_by(name=service).scalar_subquery(),
        )  # fmt: skip


def _read(mark: str) -> tuple[int, int]:
    goes, _, number = mark.partition(".")
    if not (goes.isdecimal() and number.isdecimal() and max(int(goes), int(number)) < 2**63):
        raise ConfigurationError(f"{mark!r} is no mark of this list. Give the `next` of its last page.")
    return int(goes), int(number)


def _refs(connection: Connection, numbers: list[int]) -> dict[int, str]:
    found: dict[int, str] = {}
    placed = select(*_PLACED).join(DirRow, DirRow.id == ItemRow.dir_id).join(
        SourceRow, SourceRow.id == DirRow.source_id
    )  # fmt: skip
    for some in in_parts(numbers):
        found |= {row.id: _ref(row).path for row in connection.execute(placed.where(ItemRow.id.in_(some)))}
    return found


def _ref(row: Any) -> ItemRef:
    return ItemRef(row.source, row.path + b"/" + row.name if row.path else row.name, part_of(row.part))


def _shown(row: Any, record: str | None) -> FamilyShown:
    reasons = tuple(map(Why, json.loads(row.facts)))
    return FamilyShown(row.id, CopyKind(row.kind), row.items, row.goes, record, reasons)


def _member(row: Any) -> MemberShown:
    ref = _ref(row)
    outer = Item(ItemRef(ref.source, ref.locator), ItemKind.FILE, row.size, row.modified, row.version, row.file_id)
    alike = json.loads(row.facts).get("alike") if row.facts else None
    return MemberShown(row.id, Role(row.role), row.goes, alike, row.service, ref, outer)
