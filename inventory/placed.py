"""Personal data where it lies: which is meant, with the rights, owner and flag of each item, and its score there.

An item's score is made as `domain.risk` makes it, in whole numbers, so that a sum and a list never disagree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, and_, case, exists, func, literal, literal_column, or_, select
from sqlalchemy.orm import aliased

from domain.access import Breadth
from domain.decision import State
from domain.risk import MILLIONTHS
from inventory.dialects import total
from inventory.held import LOOKED_INTO, PRESENT, SURE
from inventory.scoped import Conditions
from inventory.tables import AccessRow, ContentRow, DirRow, FindingRow, FlagRow, ItemRow, PrincipalRow, ServiceRow

_OUTER, FLAGGED = aliased(ItemRow), aliased(FlagRow)


@dataclass(frozen=True, slots=True)
class Among:
    """Which personal data is meant: of a `service`; with some of these `kinds`; `outside` these folders and all below;
    in `folders` alone.

    `factors` are what a content's score is multiplied by where an item lies, in millionths: by breadth, and whether it
    is late.
    """

    factors: Mapping[tuple[Breadth, bool], int]
    service: str | None = None
    kinds: frozenset[str] = frozenset()
    outside: tuple[bytes, ...] = ()
    folders: Conditions = ()


PERSONAL: ColumnElement[Any] = literal_column("content.personal")


def placed(among: Among, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Of items with personal data, with their rights, their owner, and as `FLAGGED` what their file's day is if it has
    passed: what lies in a file is as late as the file.
    """
    outer = (
        (ItemRow.part != "") & (_OUTER.dir_id == ItemRow.dir_id) & (_OUTER.name == ItemRow.name) & (_OUTER.part == "")
    )
    access = AccessRow.id == func.coalesce(ItemRow.access_id, _OUTER.access_id, DirRow.access_id)
    owner = PrincipalRow.id == func.coalesce(ItemRow.owner_id, _OUTER.owner_id, AccessRow.owner_id)
    flag = (FLAGGED.item_id == func.coalesce(_OUTER.id, ItemRow.id)) & (FLAGGED.state == State.DUE)
    chosen = (
        select(*columns).select_from(ItemRow).join(ContentRow, ContentRow.id == ItemRow.content_id)
        .join(DirRow, DirRow.id == ItemRow.dir_id).join(ServiceRow, ServiceRow.id == DirRow.service_id)
        .outerjoin(_OUTER, outer).outerjoin(AccessRow, access).outerjoin(PrincipalRow, owner).outerjoin(FLAGGED, flag)
        .where(PRESENT, PERSONAL, LOOKED_INTO, *in_service(among), *among.folders)
    )  # fmt: skip
    if among.kinds:
        kinds = exists().where(FindingRow.content_id == ContentRow.id, FindingRow.kind.in_(sorted(among.kinds)), SURE)
        chosen = chosen.where(kinds)
    for folder in among.outside:
        chosen = chosen.where(
            ~or_(DirRow.path == folder, and_(DirRow.path > folder + b"/", DirRow.path < folder + b"0"))
        )
    return chosen


def in_service(among: Among) -> tuple[ColumnElement[bool], ...]:
    """Of rows that are joined to their folder."""
    if among.service is None:
        return ()
    return (DirRow.service_id == select(ServiceRow.id).filter_by(name=among.service).scalar_subquery(),)


def score_in(among: Among) -> Any:
    """As `domain.risk.risk_in_place` makes it."""
    late = FLAGGED.item_id.is_not(None)
    raising = [
        (and_(AccessRow.breadth == breadth, late if is_late else ~late), _whole(factor))
        for (breadth, is_late), factor in among.factors.items()
        if breadth is not Breadth.UNKNOWN
    ]
    unknown = among.factors.get((Breadth.UNKNOWN, True), MILLIONTHS)
    factor = case(*raising, (late, _whole(unknown)), else_=_whole(MILLIONTHS))
    raised = (ContentRow.risk * factor + _whole(MILLIONTHS // 2)) // _whole(MILLIONTHS)
    return case((raised > 100, _whole(100)), else_=raised)


def _whole(number: int) -> Any:
    return literal(number, Integer, literal_execute=True)


def count_of(*conditions: Any) -> Any:
    return total(case((and_(*(each for each in conditions if each is not None)), 1), else_=0))
