"""One item as it is asked for again at its source: where it lies, whose it is, and which rights a scan met on it."""

from __future__ import annotations

import json
from dataclasses import dataclass

from sqlalchemy import Connection, select

from domain.access import Access
from domain.item import Item, ItemKind, ItemRef, part_of
from inventory.engine import Database, reading
from inventory.held import joined_rights
from inventory.tables import AccessRow, DirRow, ItemRow, PrincipalRow, ServiceRow, SourceRow


@dataclass(frozen=True, slots=True)
class Kept:
    """`access` are the rights that a scan met: its own where it has some, else its folder's; None where nobody told."""

    item: Item
    service: str
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
        item = Item(ref, ItemKind(row.kind), row.size, row.modified, row.version, row.file_id)
        access = None if row.readers is None else _access(connection, row.owner_id, row.readers, row.writers)
        return Kept(item, row.service, access, row.gone is not None)


def _access(connection: Connection, owner: int | None, readers: str, writers: str) -> Access:
    may_read, may_write = json.loads(readers), json.loads(writers)
    asked = select(PrincipalRow.id, PrincipalRow.account).where(PrincipalRow.id.in_([*may_read, *may_write, owner]))
    names = {number: account for number, account in connection.execute(asked).all()}  # noqa: C416  typed as it is
    read, written = (tuple(names[number] for number in some) for some in (may_read, may_write))
    return Access(names[owner] if owner else None, read, written)


_ASKED = joined_rights(
    select(ItemRow.name, ItemRow.part, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id,
           ItemRow.gone, DirRow.path, SourceRow.name.label("source"), ServiceRow.name.label("service"),
           AccessRow.owner_id, AccessRow.readers, AccessRow.writers)
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id)
)  # fmt: skip
