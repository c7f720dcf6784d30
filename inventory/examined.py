"""Rows of items and parts as they are when they were examined, past SQLAlchemy's handling of single values."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TypeAlias

from sqlalchemy import Connection

from domain.entry import microseconds_of
from domain.examination import Cursor, Examination
from inventory.recording import Pipeline, rest_values
from inventory.staging import Stage
from inventory.tables import SHORT_TYPES
from inventory.twins import Place

Found: TypeAlias = tuple[int | None, str, str | None, str | None]
"""The number of the content, the outcome, and the code and the limit of the problem."""


def item_row(
    place: Place, examination: Examination, rest: Cursor | None, found: Found, pipeline: Pipeline, today: date
) -> tuple[object, ...]:
    item, (content_id, outcome, code, limit) = examination.item, found
    rests = _NO_REST if rest is None else tuple(rest_values(rest).values())
    return (
        *place, today.isoformat(), short_type(examination.media_type), content_id, pipeline.mark(code), outcome,
        examination.misnamed, code, limit, *rests, item.kind.value, item.size, microseconds_of(item.modified),
        item.version, item.file_id, microseconds_of(item.created), microseconds_of(item.accessed), item.allocated,
        item.mangled, None,
    )  # fmt: skip


def write_items(connection: Connection, rows: Sequence[tuple[object, ...]]) -> None:
    """Write rows over those that are there, but for the day on which these were first seen."""
    if rows:
        _ITEMS.put_over(connection, rows, ("dir_id", "name", "part"), ("first_seen",))


def short_type(media_type: str | None) -> str | None:
    """A media type as it is kept."""
    return None if media_type is None else SHORT_TYPES.get(media_type, media_type)


_NO_REST = tuple(rest_values(None).values())
_ITEMS = Stage(
    "staged_item", "item",
    ("dir_id", "name", "part", "first_seen", "media_type", "content_id", "pipeline", "outcome", "misnamed",
     "problem_code", "problem_limit", *rest_values(None), "kind", "size", "modified", "version", "file_id", "created",
     "accessed", "allocated", "mangled", "gone"),
)  # fmt: skip
