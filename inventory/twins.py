"""Copies: the item that a content was recorded whole with, and that of another copy of the same message."""

from __future__ import annotations

from typing import Any, TypeAlias

from sqlalchemy import Connection, Row, delete, insert, literal, select

from inventory.dialects import upsert
from inventory.tables import ContentRow, FindingRow, FingerprintRow, ItemRow, TraitRow

Twin: TypeAlias = Row[*tuple[Any, ...]]
"""Where it is recorded, the number of its content, its outcome and its problem."""

_TWIN = select(
    ItemRow.dir_id, ItemRow.name, ItemRow.part, ItemRow.content_id, ItemRow.outcome, ItemRow.problem_code,
    ItemRow.problem_limit,
).join(ContentRow, ContentRow.whole_item_id == ItemRow.id).where(
    ItemRow.content_id == ContentRow.id, ItemRow.rest_at.is_(None), ItemRow.outcome.is_not(None)
)  # fmt: skip


def whole_twin(connection: Connection, digest: bytes, media_type: str, version: str) -> Twin | None:
    """The item that a content was recorded whole with by this pipeline, while it still stands."""
    same = (ContentRow.digest == digest, ContentRow.media_type == media_type, ContentRow.pipeline == version)
    return connection.execute(_TWIN.where(*same)).one_or_none()


def message_twin(connection: Connection, message: bytes, media_type: str, version: str) -> Twin | None:
    """The same of any copy of a message, the first recorded. In another form it is read by another reader."""
    same = (ContentRow.message == message, ContentRow.media_type == media_type, ContentRow.pipeline == version)
    return connection.execute(_TWIN.where(*same).order_by(ContentRow.id).limit(1)).one_or_none()


def content_like(connection: Connection, content_id: int, digest: bytes) -> int:
    """The number of the content of this digest, of which all is written that is known of another."""
    like = dict(connection.execute(select(ContentRow.__table__).filter_by(id=content_id)).mappings().one())
    values = {name: value for name, value in like.items() if name != "id"} | {"digest": digest, "whole_item_id": None}
    statement = upsert(connection, ContentRow).values(values)
    statement = statement.on_conflict_do_update(index_elements=["digest", "media_type"], set_=values)
    number = int(connection.execute(statement.returning(ContentRow.id)).scalar_one())
    if number != content_id:
        for table in (FindingRow, FingerprintRow, TraitRow):
            _copy(connection, table, content_id, number)
    return number


def _copy(connection: Connection, table: type[FindingRow | FingerprintRow | TraitRow], of: int, to: int) -> None:
    connection.execute(delete(table).where(table.content_id == to))
    others = [column for column in table.__table__.columns if column.name != "content_id"]
    rows = select(literal(to), *others).where(table.content_id == of)
    connection.execute(insert(table).from_select(["content_id", *(column.name for column in others)], rows))
