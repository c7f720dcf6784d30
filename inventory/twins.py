"""Copies: the item that a content was recorded whole with, and that of another copy of the same message."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, bindparam, delete, insert, literal, select

from inventory.dialects import upsert
from inventory.staging import Stage
from inventory.tables import ContentRow, FindingRow, FingerprintRow, ItemRow, TraitRow

Place: TypeAlias = tuple[int, bytes, str]
"""The number of a folder, the name of an item in it, and the key of a part."""


class Twin(NamedTuple):
    """Where it is recorded, the number of its content, its outcome and its problem."""

    dir_id: int
    name: bytes
    part: str
    content_id: int
    outcome: str
    problem_code: str | None
    problem_limit: str | None

    @property
    def found(self) -> tuple[int, str, str | None, str | None]:
        return self[3:]


_TWIN = select(
    ItemRow.dir_id, ItemRow.name, ItemRow.part, ItemRow.content_id, ItemRow.outcome, ItemRow.problem_code,
    ItemRow.problem_limit,
).join(ContentRow, ContentRow.whole_item_id == ItemRow.id).where(
    ItemRow.content_id == ContentRow.id, ItemRow.rest_at.is_(None), ItemRow.outcome.is_not(None),
    ContentRow.media_type == bindparam("media_type"), ContentRow.pipeline == bindparam("version"),
)  # fmt: skip
_WHOLE = _TWIN.where(ContentRow.digest == bindparam("digest"))
_FIRST_OF_A_MESSAGE = _TWIN.where(ContentRow.message == bindparam("message")).order_by(ContentRow.id).limit(1)


def whole_twin(connection: Connection, digest: bytes, media_type: str, version: str) -> Twin | None:
    """The item that a content was recorded whole with by this pipeline, while it still stands."""
    asked = {"digest": digest, "media_type": media_type, "version": version}
    return _twin(connection.execute(_WHOLE, asked).one_or_none())


def message_twin(connection: Connection, message: bytes, media_type: str, version: str) -> Twin | None:
    """The same of any copy of a message, the first recorded. In another form it is read by another reader."""
    asked = {"message": message, "media_type": media_type, "version": version}
    return _twin(connection.execute(_FIRST_OF_A_MESSAGE, asked).one_or_none())


def _twin(row: Any) -> Twin | None:
    return None if row is None else Twin(*row)


def whole_twins(
    connection: Connection, keys: Collection[tuple[bytes, str]], version: str
) -> Mapping[tuple[bytes, str], Twin]:
    """The same of many contents, by their digests and media types as they are kept."""
    staged = _KEYS.put(connection, sorted(keys))
    told = connection.exec_driver_sql(_TWINS.format(staged=staged.table), staged.values or None)
    return {
        (bytes(digest), media_type): Twin(*twin) for digest, media_type, pipeline, *twin in told if pipeline == version
    }


def copy_parts(connection: Connection, copies: Mapping[Place, Twin], today: date) -> Collection[Place]:
    """Write below items and parts, by where they are, what lies below the twin of each; of which that was done. A twin
    that another host has written anew since it was found has given nothing.
    """
    if not copies:
        return ()
    staged = _PLACES.put(connection, sorted({twin[:3] for twin in copies.values()}))
    below: dict[Place, list[Any]] = defaultdict(list)
    own: dict[Place, int | None] = {}
    for dir_id, name, part, inner, *row in connection.exec_driver_sql(
        _BELOW.format(staged=staged.table), staged.values or None
    ):
        place = dir_id, bytes(name), part
        if inner == part:
            own[place] = row[_CONTENT]
        else:
            below[place].append((inner, *row))
    same = {place: twin for place, twin in copies.items() if own.get(twin[:3]) == twin.content_id}
    rows = (
        (dir_id, name, part + inner[len(twin.part) :], today.isoformat(), None, *rest)
        for (dir_id, name, part), twin in same.items()
        for inner, *rest in below.get(twin[:3], ())
    )
    while some := list(islice(rows, _MOST_AT_ONCE)):
        _PARTS.put_over(connection, some, ("dir_id", "name", "part"), ("first_seen",))
    return same.keys()


_KEYS = Stage("staged_key", "content", ("digest", "media_type"))
_PLACES = Stage("staged_place", "item", ("dir_id", "name", "part"))
_FACTS = (
    "kind", "size", "modified", "version", "file_id", "media_type", "content_id", "pipeline", "outcome",
    "problem_code", "problem_limit", "misnamed",
)  # fmt: skip
_CONTENT = _FACTS.index("content_id")
_MOST_AT_ONCE = 20_000
_PARTS = Stage("staged_copied", "item", ("dir_id", "name", "part", "first_seen", "gone", *_FACTS))
_TWINS = """
SELECT c.digest, c.media_type, c.pipeline,
i.dir_id, i.name, i.part, i.content_id, i.outcome, i.problem_code, i.problem_limit
FROM {staged} JOIN content c ON c.digest = staged_key.digest AND c.media_type = staged_key.media_type
JOIN item i ON i.id = c.whole_item_id
WHERE i.content_id = c.id AND i.rest_at IS NULL AND i.outcome IS NOT NULL
"""
# A range, and nothing that compares like to like: that would be blind to case, and refuse long names.
_BELOW = f"""
SELECT staged_place.dir_id, staged_place.name, staged_place.part, i.part, {", ".join(f"i.{name}" for name in _FACTS)}
FROM {{staged}} JOIN item i ON i.dir_id = staged_place.dir_id AND i.name = staged_place.name
AND i.part >= staged_place.part
AND (staged_place.part = '' OR i.part < substr(staged_place.part, 1, length(staged_place.part) - 1) || '0')
"""  # noqa: S608  names of ours


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
