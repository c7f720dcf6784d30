"""The families of copies, written as differences, so that a night on which nothing was copied writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, bindparam, delete, insert, select, update

from domain.copies import CopyFamily, CopyKind, Member
from inventory.dialects import in_parts
from inventory.engine import Database, reading, writing
from inventory.staging import Stage
from inventory.tables import FamilyRow, ItemRow, MemberRow

_AT_ONCE = 2_000
_STAGE = Stage("new_member", "member", ("family_id", "item_id", "role", "goes", "facts"))

_Stored: TypeAlias = tuple[int, tuple[Any, ...], frozenset[tuple[Any, ...]]]
"""The number of a family, its own values and those of its members."""


@dataclass(frozen=True, slots=True)
class Written:
    """How many families of a kind there are now, what would go with them, and how many rows that changed."""

    families: int = 0
    members: int = 0
    goes: int = 0
    changed: int = 0

    def __add__(self, other: Written) -> Written:
        return Written(
            self.families + other.families, self.members + other.members, self.goes + other.goes,
            self.changed + other.changed,
        )  # fmt: skip


def write_families(database: Database, kind: CopyKind, families: Iterable[CopyFamily]) -> Written:
    """Have the families of a kind be just these, which come in the order of their keys; page by page, each in a
    transaction of its own.
    """
    written, after = Written(), b""
    for page in _pages(families):
        upto = page[-1].key
        written += _settle(database, kind, after, upto, {family.key: family for family in page})
        after = upto
    return written + _settle(database, kind, after, None, {})


def families_by_content(database: Database, kind: CopyKind, contents: Sequence[int]) -> Mapping[int, frozenset[int]]:
    """Of each content, the numbers of the written families of a kind that an item with it is in."""
    found: dict[int, set[int]] = {content: set() for content in contents}
    asked: Select[*tuple[Any, ...]] = (
        select(ItemRow.content_id, MemberRow.family_id).join(MemberRow, MemberRow.item_id == ItemRow.id)
        .join(FamilyRow, FamilyRow.id == MemberRow.family_id).where(FamilyRow.kind == kind)
    )  # fmt: skip
    with reading(database) as connection:
        for some in in_parts(list(found)):
            for content, family in connection.execute(asked.where(ItemRow.content_id.in_(some))):
                found[content].add(family)
    return {content: frozenset(families) for content, families in found.items()}


def _pages(families: Iterable[CopyFamily]) -> Iterator[list[CopyFamily]]:
    page: list[CopyFamily] = []
    members = 0
    for family in families:
        page.append(family)
        members += len(family.members)
        if members >= _AT_ONCE:
            yield page
            page, members = [], 0
    if page:
        yield page


def _settle(
    database: Database, kind: CopyKind, after: bytes, upto: bytes | None, families: Mapping[bytes, CopyFamily]
) -> Written:
    """Make what is stored of keys behind `after` what is here, where it is otherwise."""
    with reading(database) as connection:
        stored = _stored(connection, kind, after, upto)
    stale = [number for key, (number, _, _) in stored.items() if key not in families]
    other = [one for one in families.values() if one.key not in stored or stored[one.key][1:] != _values(one)]
    changed = 0
    if stale or other:
        with writing(database) as connection:
            changed = _ended(connection, stale)
            changed += _put(connection, other, stored)
    return Written(
        len(families), sum(len(one.members) for one in families.values()), sum(one.goes for one in families.values()),
        changed,
    )  # fmt: skip


def _stored(connection: Connection, kind: CopyKind, after: bytes, upto: bytes | None) -> dict[bytes, _Stored]:
    within = [FamilyRow.kind == kind, FamilyRow.key > after, *([] if upto is None else [FamilyRow.key <= upto])]
    rows = connection.execute(select(FamilyRow).with_only_columns(*_FAMILY, FamilyRow.id, FamilyRow.key).where(*within))
    found = {row.key: (row.id, tuple(row)[: len(_FAMILY)]) for row in rows}
    members: dict[int, set[tuple[Any, ...]]] = {number: set() for number, _ in found.values()}
    asked = select(MemberRow.family_id, *_MEMBER).join(FamilyRow, FamilyRow.id == MemberRow.family_id).where(*within)
    for number, *values in connection.execute(asked):
        members[number].add(tuple(values))
    return {key: (number, values, frozenset(members[number])) for key, (number, values) in found.items()}


_FAMILY = (FamilyRow.record_id, FamilyRow.items, FamilyRow.goes, FamilyRow.facts)
_MEMBER = (MemberRow.item_id, MemberRow.role, MemberRow.goes, MemberRow.facts)


def _values(family: CopyFamily) -> tuple[tuple[Any, ...], frozenset[tuple[Any, ...]]]:
    own = (family.record, len(family.members), family.goes, json.dumps([str(why) for why in family.reasons]))
    return own, frozenset(_member(one) for one in family.members)


def _member(member: Member) -> tuple[Any, ...]:
    facts = "" if member.alike is None else json.dumps({"alike": round(member.alike, 2)})
    return (member.item, str(member.role), member.goes, facts)


def _ended(connection: Connection, numbers: Sequence[int]) -> int:
    """Their members go with them."""
    return sum(
        connection.execute(delete(FamilyRow).where(FamilyRow.id.in_(some))).rowcount for some in in_parts(numbers)
    )


def _put(connection: Connection, families: Sequence[CopyFamily], stored: Mapping[bytes, _Stored]) -> int:
    """An item that went since it was read is passed over. A family that stands keeps its number."""
    numbers = {key: number for key, (number, _, _) in stored.items()}
    numbers |= dict(_added(connection, [one for one in families if one.key not in numbers]))
    changed, rows = len(families), list[tuple[Any, ...]]()
    for family in families:
        own, members = _values(family)
        before = stored[family.key][2] if family.key in stored else frozenset()
        if family.key in stored:
            connection.execute(_OWN, {"number": numbers[family.key], **dict(zip(_NAMES, own, strict=True))})
        for item in {one[0] for one in before - members}:
            connection.execute(_LEAVES, {"number": numbers[family.key], "item": item})
        rows += [(numbers[family.key], *one) for one in members - before]
        changed += len({one[0] for one in before ^ members})
    _join(connection, rows)
    return changed


_NAMES = tuple(column.key for column in _FAMILY)
_OWN = update(FamilyRow).where(FamilyRow.id == bindparam("number")).values({name: bindparam(name) for name in _NAMES})
_LEAVES = delete(MemberRow).where(MemberRow.family_id == bindparam("number"), MemberRow.item_id == bindparam("item"))


def _added(connection: Connection, families: Sequence[CopyFamily]) -> Iterator[tuple[bytes, int]]:
    """New ones, by their keys and numbers."""
    if not families:
        return iter(())
    values = [
        {"kind": str(one.kind), "key": one.key, **dict(zip(_NAMES, _values(one)[0], strict=True))} for one in families
    ]
    numbers = connection.execute(insert(FamilyRow).returning(FamilyRow.id, sort_by_parameter_order=True), values)
    return zip((one.key for one in families), numbers.scalars().all(), strict=True)


def _join(connection: Connection, rows: Sequence[tuple[Any, ...]]) -> None:
    if not rows:
        return
    staged = _STAGE.put(connection, rows)
    names = ", ".join(_STAGE.names)
    chosen = ", ".join(f"{_STAGE.name}.{name}" for name in _STAGE.names)
    connection.exec_driver_sql(
        f"INSERT INTO member ({names}) SELECT {chosen} FROM {staged.table} "  # noqa: S608  names of ours
        f"JOIN item ON item.id = {_STAGE.name}.item_id",
        staged.values or None,
    )
