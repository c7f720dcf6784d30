"""Messages that lie in several places: in the mailboxes of all who got them, in stores put away, on shares."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import bindparam, func, select

from domain.item import ItemRef, part_of
from inventory.dialects import total
from inventory.engine import Database, reading
from inventory.tables import ContentRow, DirRow, ItemRow, SourceRow

_PAGE = 1000


@dataclass(frozen=True, slots=True)
class MessageCopies:
    """How often one message is held, and the bytes of all its copies. `message` is its fingerprint."""

    message: bytes
    copies: int
    bytes: int


def message_copies(database: Database) -> Iterator[MessageCopies]:
    """Every message that is held more than once, in the order of the fingerprints."""
    after = b""
    while True:
        with reading(database) as connection:
            rows = connection.execute(_SEVERAL, {"after": after, "page": _PAGE}).all()
        yield from (MessageCopies(row.message or b"", row.copies, row.bytes) for row in rows)
        if len(rows) < _PAGE:
            return
        after = rows[-1].message or b""


def places_of(database: Database, message: bytes) -> tuple[ItemRef, ...]:
    """Where the copies of one message lie, in the order in which they were met."""
    with reading(database) as connection:
        rows = connection.execute(_PLACES, {"message": message}).all()
    return tuple(
        ItemRef(row.source, row.path + b"/" + row.item if row.path else row.item, part_of(row.part)) for row in rows
    )


_SEVERAL = (
    select(ContentRow.message, func.count(ItemRow.id).label("copies"), total(ItemRow.size).label("bytes"))
    .join(ItemRow, ItemRow.content_id == ContentRow.id)
    .where(ContentRow.message.is_not(None), ContentRow.message > bindparam("after"), ItemRow.gone.is_(None))
    .group_by(ContentRow.message).having(func.count(ItemRow.id) > 1)
    .order_by(ContentRow.message).limit(bindparam("page"))
)  # fmt: skip

_PLACES = (
    select(SourceRow.name.label("source"), DirRow.path, ItemRow.name.label("item"), ItemRow.part)
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .join(ContentRow, ContentRow.id == ItemRow.content_id)
    .where(ContentRow.message == bindparam("message"), ItemRow.gone.is_(None)).order_by(ItemRow.id)
)  # fmt: skip
