"""What sets a file apart from others of its group, as the database tells it: a bit for each kind of outlier."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import ColumnElement, Integer, SQLColumnExpression, case, cast, func, or_, select
from sqlalchemy.orm import aliased

from domain.examination import Outcome
from domain.review import Odd
from inventory.tables import ContentRow, ItemRow

_BITS = {odd: 1 << place for place, odd in enumerate(Odd)}
_FIRST_FILES = datetime(1980, 1, 1, tzinfo=UTC)
"""The earliest day that a disk of a PC can tell; what is older was never set."""
_VERY_LARGE = 1 << 30
_PART, _READ = aliased(ItemRow), aliased(ContentRow)


def odd_of(bits: int) -> tuple[Odd, ...]:
    return tuple(odd for odd, bit in _BITS.items() if bits & bit)


def odd_bits(today: date) -> ColumnElement[int]:
    """Of a row of `item` in a statement: by what lies inside it too, for its fate is that of all of it."""
    tomorrow = datetime.combine(today + timedelta(days=1), time(), UTC)
    itself = (
        _bit(Odd.DATE, or_(ItemRow.modified.is_(None), ItemRow.modified < _FIRST_FILES, ItemRow.modified >= tomorrow)),
        _bit(Odd.PICTURE, ItemRow.media_type.startswith("image/")),
        _bit(Odd.LARGE, ItemRow.size >= _VERY_LARGE),
    )
    inside = (
        _bit(Odd.SPECIAL, _READ.special != ""),
        _bit(Odd.CHILDREN, _READ.children),
        _bit(Odd.CRIMINAL, _READ.criminal),
        _bit(Odd.UNREAD, func.coalesce(_PART.outcome, "") != Outcome.EXAMINED),
    )
    there = (_PART.dir_id == ItemRow.dir_id, _PART.name == ItemRow.name, _PART.gone.is_(None))
    sums: ColumnElement[int] = func.max(inside[0])
    for one in inside[1:]:
        sums = sums + func.max(one)
    read = select(sums).select_from(_PART).outerjoin(_READ, _READ.id == _PART.content_id).where(*there)
    bits: ColumnElement[int] = cast(func.coalesce(read.correlate(ItemRow).scalar_subquery(), 0), Integer)
    for one in itself:
        bits = bits + one
    return bits


def _bit(odd: Odd, condition: SQLColumnExpression[bool]) -> ColumnElement[int]:
    return case((condition, _BITS[odd]), else_=0)
