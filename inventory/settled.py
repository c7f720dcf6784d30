"""What is settled: an item that need not be examined while it looks as it did. Said once, in the database's words."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_

from domain.errors import PASSING, ProblemCode
from inventory.recording import Pipeline
from inventory.tables import ItemRow

_LIMITED = (ProblemCode.LIMIT, ProblemCode.TOO_DEEP)

WAITS = and_(ItemRow.outcome.is_(None), ItemRow.rest_at.is_(None))
"""Whether an item is to be examined from its beginning."""


def settled(pipeline: Pipeline) -> ColumnElement[bool]:
    """Whether this pipeline has examined an item to its end, and no problem of it may be gone by now."""
    code = ItemRow.problem_code
    clean = and_(code.is_(None), ItemRow.pipeline == pipeline.mark(None))
    limited = and_(code.in_(_LIMITED), ItemRow.pipeline == pipeline.mark(ProblemCode.LIMIT))
    lasting = and_(code.not_in((*PASSING, *_LIMITED)), ItemRow.pipeline == pipeline.mark(None))
    # Damage that let no digest be made was met on the way, and may have been the way's.
    whole = or_(code != ProblemCode.CORRUPT, ItemRow.content_id.is_not(None))
    return and_(
        ItemRow.outcome.is_not(None),
        ItemRow.rest_at.is_(None),
        or_(clean, and_(code.is_not(None), or_(limited, lasting), whole)),
    )


def unsettled_part(pipeline: Pipeline) -> ColumnElement[bool]:
    """Whether a part had a problem that may be gone by now, or was left for a limit that has changed."""
    code = ItemRow.problem_code
    limited = and_(code.in_(_LIMITED), ItemRow.pipeline != pipeline.mark(ProblemCode.LIMIT))
    return and_(ItemRow.part != "", code.is_not(None), or_(code.in_(PASSING), limited))
