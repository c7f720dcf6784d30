"""One item with all that the inventory tells of it: what was found in it, what lies in it, and where its copies are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select

from domain.copies import CopyKind, Role, Why
from domain.finding import Finding
from domain.item import ItemRef, part_of
from inventory.engine import Database, reading
from inventory.held import PRESENT, Held, held_of, records
from inventory.tables import (
    DirRow,
    FamilyRow,
    FindingRow,
    ItemRow,
    MemberRow,
    ServiceRow,
    SourceRow,
)


@dataclass(frozen=True, slots=True)
class Placed:
    """An item by its number, its place and its service."""

    number: int
    ref: ItemRef
    service: str


@dataclass(frozen=True, slots=True)
class InFamily:
    """A family of copies that an item is in: in which role, of how many, and which is proposed to stay and why."""

    number: int
    kind: CopyKind
    role: Role
    items: int
    record: Placed | None
    reasons: tuple[Why, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """`gone`: it was not there when it was listed last. `copies` are other items of the same content, by service;
    `outer` is the file that it is a part of, and `inside` how many parts lie in it.
    """

    held: Held
    gone: bool
    findings: tuple[Finding, ...]
    copies: Mapping[str, int]
    families: tuple[InFamily, ...]
    outer: Placed | None
    inside: int


def told_of(database: Database, number: int) -> Told | None:
    """All of one item; None where there is none of this number."""
    if not 0 < number < 2**63:
        return None
    with reading(database) as connection:
        row = connection.execute(records().where(ItemRow.id == number)).one_or_none()
        if row is None:
            return None
        facts = connection.execute(
            select(ItemRow.gone, ItemRow.content_id, ItemRow.dir_id, ItemRow.name).where(ItemRow.id == number)
        ).one()
        held = held_of(row)
        is_read = held.record.assessment is not None
        return Told(
            held, facts.gone is not None, _findings(connection, facts.content_id) if is_read else (),
            _copies(connection, facts.content_id, number), _families(connection, number),
            _outer(connection, facts.dir_id, facts.name) if held.record.ref.part else None,
            0 if held.record.ref.part else _inside(connection, facts.dir_id, facts.name),
        )  # fmt: skip


def _findings(connection: Connection, content: int) -> tuple[Finding, ...]:
    """The surest first."""
    columns = (FindingRow.kind, FindingRow.count, FindingRow.confidence, FindingRow.places, FindingRow.shape,
               FindingRow.overflow, FindingRow.sampled)  # fmt: skip
    asked = select(*columns).where(FindingRow.content_id == content)
    rows = connection.execute(asked.order_by(FindingRow.confidence.desc(), FindingRow.kind))
    return tuple(
        Finding(kind, count, confidence, tuple(json.loads(places)), shape, overflow=overflow, sampled=sampled)
        for kind, count, confidence, places, shape, overflow, sampled in rows
    )


def _copies(connection: Connection, content: int | None, number: int) -> Mapping[str, int]:
    if content is None:
        return {}
    counted = (
        select(ServiceRow.name, func.count()).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id)
        .join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .where(PRESENT, ItemRow.content_id == content, ItemRow.id != number).group_by(ServiceRow.name)
        .order_by(ServiceRow.name)
    )  # fmt: skip
    return {row[0]: row[1] for row in connection.execute(counted)}


_PLACED = (
    ItemRow.id,
    ItemRow.name,
    ItemRow.part,
    DirRow.path,
    SourceRow.name.label("source"),
    ServiceRow.name.label("service"),
)
_PLACES = (
    select(*_PLACED).join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id)
)  # fmt: skip


def _families(connection: Connection, number: int) -> tuple[InFamily, ...]:
    asked = (
        select(FamilyRow.id, FamilyRow.kind, FamilyRow.items, FamilyRow.record_id, FamilyRow.facts, MemberRow.role)
        .join(MemberRow, MemberRow.family_id == FamilyRow.id).where(MemberRow.item_id == number).order_by(FamilyRow.id)
    )  # fmt: skip
    return tuple(
        InFamily(row.id, CopyKind(row.kind), Role(row.role), row.items, _placed(connection, row.record_id),
                 tuple(map(Why, json.loads(row.facts))))
        for row in connection.execute(asked).all()
    )  # fmt: skip


def _placed(connection: Connection, number: int | None) -> Placed | None:
    row = connection.execute(_PLACES.where(ItemRow.id == number)).one_or_none()
    if row is None:
        return None
    locator = row.path + b"/" + row.name if row.path else row.name
    return Placed(row.id, ItemRef(row.source, locator, part_of(row.part)), row.service)


def _outer(connection: Connection, folder: int, name: bytes) -> Placed | None:
    number = connection.execute(select(ItemRow.id).filter_by(dir_id=folder, name=name, part="")).scalar_one_or_none()
    return _placed(connection, number)


def _inside(connection: Connection, folder: int, name: bytes) -> int:
    counted = select(func.count()).select_from(ItemRow).where(PRESENT, ItemRow.part != "")
    return connection.execute(counted.filter_by(dir_id=folder, name=name)).scalar_one()
