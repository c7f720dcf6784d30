"""The statements with which listings are noted: what is known of the items of many folders, and how it is changed."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Select, Table, bindparam, select, update

from domain.examination import Outcome
from domain.item import Item, ItemKind, ItemRef
from inventory.recording import WAITING, AnyRow, Pipeline
from inventory.settled import WAITS, settled, unsettled_part
from inventory.tables import ContentRow, DirRow, ItemRow, PrincipalRow


def item_of(source: str, row: AnyRow, folder: bytes) -> Item:
    """An item as its row tells of it; the row has `FACTS`."""
    locator = folder + b"/" + row.name if folder else row.name
    return Item(
        ItemRef(source, locator), ItemKind(row.kind), row.size, row.modified, row.version, row.file_id,
        created=row.created, accessed=row.accessed, allocated=row.allocated, owner=row.account, mangled=row.mangled,
    )  # fmt: skip


FACTS = (
    ItemRow.name, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id, ItemRow.created,
    ItemRow.accessed, ItemRow.allocated, ItemRow.mangled, PrincipalRow.account,
)  # fmt: skip
"""What `item_of` makes an item from; the principal is that of `ItemRow.owner_id`."""

_DIRS: Table = DirRow.__table__  # type: ignore[assignment]
_ITEMS: Table = ItemRow.__table__  # type: ignore[assignment]

STAMP = update(_DIRS).where(_DIRS.c.id.in_(bindparam("folders", expanding=True))).values(scan_id=bindparam("scan"))

NUMBERS = select(DirRow.id, DirRow.path).where(
    DirRow.source_id == bindparam("source"), DirRow.path.in_(bindparam("paths", expanding=True))
)

_ITS_PARTS = (_ITEMS.c.dir_id == bindparam("dir"), _ITEMS.c.name == bindparam("named"), _ITEMS.c.gone.is_(None))
MISSED = update(_ITEMS).where(*_ITS_PARTS).values(gone=bindparam("scan"))
ASIDE = update(_ITEMS).where(*_ITS_PARTS, _ITEMS.c.part != "").values(gone=bindparam("scan"))

AGAIN = update(_ITEMS).where(_ITEMS.c.id == bindparam("number")).values({
    name: bindparam(name)
    for name in (*WAITING, "part", "kind", "size", "modified", "version", "file_id", "created", "accessed",
                 "allocated", "mangled", "gone", "owner_id", "access_id", "first_seen")
})  # fmt: skip

REFRESHED = (
    update(_ITEMS)
    .where(_ITEMS.c.id == bindparam("number"))
    .values(access_id=bindparam("access"), accessed=bindparam("read"), owner_id=bindparam("owner"))
)

AT = select(ItemRow.id).where(
    ItemRow.dir_id == bindparam("dir"), ItemRow.part == "", ItemRow.gone.is_(None)
).order_by(ItemRow.name).limit(1).offset(bindparam("place"))  # fmt: skip

DRAWN = select(DirRow.path, ContentRow.digest, *FACTS).select_from(ItemRow).join(
    DirRow, DirRow.id == ItemRow.dir_id
).join(ContentRow, ContentRow.id == ItemRow.content_id).join(
    PrincipalRow, PrincipalRow.id == ItemRow.owner_id, isouter=True
).where(
    ItemRow.id.in_(bindparam("numbers", expanding=True)), ItemRow.kind == ItemKind.FILE,
    ItemRow.outcome == Outcome.EXAMINED,
)  # fmt: skip


def known_rows(pipeline: Pipeline) -> Select[*tuple[Any, ...]]:
    return select(
        ItemRow.id, ItemRow.dir_id, ItemRow.gone, ItemRow.first_seen, ItemRow.problem_code, ItemRow.pipeline,
        ItemRow.rest_at, ItemRow.rest_parts, ItemRow.rest_expanded, ItemRow.rest_digest, ItemRow.rest_seconds,
        ItemRow.access_id,
        settled(pipeline).label("settled"), WAITS.label("waits"), *FACTS,
    ).join(PrincipalRow, PrincipalRow.id == ItemRow.owner_id, isouter=True).where(
        ItemRow.dir_id.in_(bindparam("dirs", expanding=True)), ItemRow.part == ""
    )  # fmt: skip


def unsettled_parts(pipeline: Pipeline) -> Select[int, bytes]:
    return select(ItemRow.dir_id, ItemRow.name).where(
        ItemRow.dir_id.in_(bindparam("dirs", expanding=True)), ItemRow.gone.is_(None), unsettled_part(pipeline)
    )
