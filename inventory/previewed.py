"""One item as it is asked for again at its source: where it lies, whose it is, and which rights a scan met on it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.orm import aliased

from domain.access import Access, Right
from domain.item import Item, ItemKind, ItemRef, part_of
from inventory.engine import Database, reading
from inventory.held import joined_rights
from inventory.tables import AccessRow, DirRow, ItemRow, PrincipalRow, ServiceRow, SourceRow


@dataclass(frozen=True, slots=True)
class Kept:
    """`access` are the rights that a scan met: its own where it has some, else its folder's; None where nobody told.

    Of what lies in a file they are that file's, and so are `owner` and the version of `item`.
    """

    item: Item
    service: str
    owner: str | None
    access: Access | None
    gone: bool


def kept(database: Database, number: int) -> Kept | None:
    """None where there is no item of this number."""
    if not 0 < number < 2**63:
        return None
    with reading(database) as connection:
        row = connection.execute(_ASKED.where(ItemRow.id == number)).one_or_none()
        if row is None:
            return None
        locator = row.path + b"/" + row.name if row.path else row.name
        ref = ItemRef(row.source, locator, part_of(row.part))
        item = Item(ref, ItemKind(row.kind), row.size, row.modified, row.of_version, row.file_id)
        access = None if row.readers is None else _access(connection, row)
        return Kept(item, row.service, row.account, access, row.gone is not None)


def _access(connection: Connection, row: Row[Any]) -> Access:
    may_read, may_write = json.loads(row.readers), json.loads(row.writers)
    listed = None if row.entries is None else json.loads(row.entries)
    numbers = {*may_read, *may_write, *map(abs, listed or ()), row.owner_id}
    asked = select(PrincipalRow.id, PrincipalRow.account).where(PrincipalRow.id.in_(numbers))
    names = {number: account for number, account in connection.execute(asked).all()}  # noqa: C416  typed as it is
    read, written = (tuple(names[number] for number in some) for some in (may_read, may_write))
    entries = None if listed is None else tuple(Right(names[abs(number)], number > 0) for number in listed)
    return Access(names[row.owner_id] if row.owner_id else None, read, written, entries)


_WHOLE = aliased(ItemRow)
"""The file itself, or the one that a part lies in."""

_VERSION = (
    select(_WHOLE.version)
    .where(_WHOLE.dir_id == ItemRow.dir_id, _WHOLE.name == ItemRow.name, _WHOLE.part == "")
    .correlate(ItemRow).scalar_subquery()
)  # fmt: skip
_ASKED = joined_rights(
    select(ItemRow.name, ItemRow.part, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.file_id, ItemRow.gone,
           _VERSION.label("of_version"), PrincipalRow.account,
           DirRow.path, SourceRow.name.label("source"), ServiceRow.name.label("service"),
           AccessRow.owner_id, AccessRow.readers, AccessRow.writers, AccessRow.entries)
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id)
)  # fmt: skip
