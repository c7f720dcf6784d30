"""What the inventory knows of the formats of files that are to be packed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from domain.disposal import Disposal
from inventory.dialects import in_parts
from inventory.disposals import disposals
from inventory.tables import ItemRow, PackageRow, TraitRow


@dataclass(frozen=True, slots=True)
class FormatFacts:
    """A file's format; "" is what is not known. `misnamed`: its extension and its content disagree."""

    media_type: str = ""
    pronom: str = ""
    misnamed: bool = False


def format_facts(connection: Connection, items: Sequence[int]) -> dict[int, FormatFacts]:
    """By the numbers of items that the inventory still knows."""
    chosen = (
        select(ItemRow.id, ItemRow.media_type, TraitRow.pronom, ItemRow.misnamed)
        .outerjoin(TraitRow, TraitRow.content_id == ItemRow.content_id)
    )  # fmt: skip
    rows = (connection.execute(chosen.where(ItemRow.id.in_(some))) for some in in_parts(items))
    return {
        number: FormatFacts(media_type or "", pronom or "", misnamed)
        for page in rows for number, media_type, pronom, misnamed in page
    }  # fmt: skip


def not_packed(connection: Connection, manifest: int) -> tuple[Disposal, ...]:
    """The files of a manifest of which no copy was verified at a target."""
    packed = set(connection.execute(select(PackageRow.disposal_id)).scalars())
    return tuple(one for one in disposals(connection, manifest) if one.number not in packed)
