"""Which items families of copies let go, and which they propose to stay, as ROT goes by them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Select, case, exists, func, literal, select
from sqlalchemy.orm import aliased

from domain.copies import CopyKind, Role
from domain.decision import State
from domain.item import ItemKind
from domain.rule import Action
from inventory.engine import Database, reading
from inventory.tables import ContentRow, FamilyRow, FlagRow, HashedRow, ItemRow, MemberRow

LIKE = (CopyKind.VERSIONS, CopyKind.APART, CopyKind.NEAR, CopyKind.MESSAGE, CopyKind.ARCHIVE)
"""Families whose members beside the record copy are redundant; pictures that look the same are for people to see."""


def superseded(database: Database) -> Iterator[tuple[int, int]]:
    """Yield each item that a family of like ones would let go, and the item that stays, by item.

    What stays is a file that is there and not past due. An archive goes only where that holds of all that was unpacked
    from it, and no copy family would let go of any.
    """
    due = select(FlagRow.item_id).where(FlagRow.state == State.DUE, FlagRow.action == Action.DISPOSE)
    chosen = (
        select(MemberRow.item_id, FamilyRow.record_id)
        .join(FamilyRow, FamilyRow.id == MemberRow.family_id).join(_RECORD, _RECORD.id == FamilyRow.record_id)
        .where(MemberRow.role == Role.COPY, MemberRow.goes > 0, FamilyRow.kind.in_(LIKE))
        .where(FamilyRow.record_id != MemberRow.item_id, FamilyRow.record_id.not_in(due))
        .where(_RECORD.gone.is_(None), _RECORD.kind == ItemKind.FILE, _RECORD.part == "")
        .where((FamilyRow.kind != CopyKind.ARCHIVE) | ~(_unpacked_ends(due) | _UNPACKED_GOES))
        .order_by(MemberRow.item_id, FamilyRow.kind, FamilyRow.record_id)
    )  # fmt: skip
    with reading(database) as connection:
        yield from map(tuple, connection.execute(chosen.execution_options(yield_per=5_000)))


def proposed(database: Database) -> Iterator[tuple[int, int]]:
    """Yield each item that a family proposes to stay, with 1, and with 0 each copy from which a person must choose; by
    item. A family of exact copies counts for what still has its bytes, read or hashed.
    """
    like = (
        select(MemberRow.item_id.label("item"), literal(0).label("choose"))
        .join(FamilyRow, FamilyRow.id == MemberRow.family_id)
        .where(MemberRow.role == Role.RECORD, FamilyRow.kind.in_(LIKE), FamilyRow.kind != CopyKind.ARCHIVE)
    )
    same = (
        select(MemberRow.item_id, case((MemberRow.role == Role.RECORD, 0), else_=1))
        .join(FamilyRow, FamilyRow.id == MemberRow.family_id).join(ItemRow, ItemRow.id == MemberRow.item_id)
        .outerjoin(ContentRow, ContentRow.id == ItemRow.content_id).outerjoin(HashedRow, _HASHED)
        .where(FamilyRow.kind == CopyKind.COPY, MemberRow.role != Role.COPY)
        .where(func.coalesce(ContentRow.digest, HashedRow.digest) == FamilyRow.key)
    )  # fmt: skip
    both = like.union_all(same).subquery()
    ordered = select(both.c["item"], 1 - both.c.choose).order_by(both.c["item"], both.c.choose)
    with reading(database) as connection:
        yield from map(tuple, connection.execute(ordered.execution_options(yield_per=5_000)))


_RECORD, _UNPACKED = aliased(ItemRow), aliased(ItemRow)
_HASHED = (HashedRow.item_id == ItemRow.id) & (HashedRow.version == ItemRow.version) & ItemRow.content_id.is_(None)
_FILE, _COPIES = aliased(MemberRow), aliased(MemberRow)
_OF_COPIES = aliased(FamilyRow)
_UNPACKED_GOES = exists().where(
    _FILE.family_id == FamilyRow.id, _FILE.role == Role.RECORD, _COPIES.item_id == _FILE.item_id,
    _COPIES.role != Role.RECORD, _OF_COPIES.id == _COPIES.family_id, _OF_COPIES.kind.in_((*LIKE, CopyKind.COPY)),
    _OF_COPIES.kind != CopyKind.ARCHIVE,
)  # fmt: skip


def _unpacked_ends(due: Select[*tuple[Any, ...]]) -> ColumnElement[bool]:
    """Whether any file of the family that would stay is there no more, or past due."""
    ended = exists().where(_FILE.family_id == FamilyRow.id, _FILE.role == Role.RECORD, _UNPACKED.id == _FILE.item_id)
    return ended.where(_UNPACKED.gone.is_not(None) | _UNPACKED.id.in_(due))
