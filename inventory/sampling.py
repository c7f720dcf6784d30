"""Contents drawn at random, so that people can say what they hold.

Digests are BLAKE3, so their order has nothing to do with what is in the contents: a run of it from a place chosen by
lot is a random sample, and found by the index however large the inventory is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import aliased

from domain.examination import Outcome
from domain.item import Item, ItemKind, ItemRef, part_of
from inventory.engine import Database, reading
from inventory.recording import AnyRow
from inventory.tables import ContentRow, DirRow, FindingRow, ItemRow, SourceRow


class Stratum(StrEnum):
    """What the detector made of a content: it is personal; it is not, though something was found in it; or nothing."""

    FLAGGED = "flagged"
    TRACES = "traces"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Told:
    """What the inventory says of a content, to be compared with what people say of it."""

    stratum: Stratum
    special: bool = False
    children: bool = False
    criminal: bool = False

    @property
    def personal(self) -> bool:
        return self.stratum is Stratum.FLAGGED


@dataclass(frozen=True, slots=True)
class Drawn:
    """A content, and where it lies: in a file below its source's root, or in a part inside that file."""

    digest: bytes
    media_type: str
    told: Told
    root: bytes
    file: Item
    part: tuple[str, ...]


def sizes(database: Database) -> Mapping[Told, int]:
    """How many contents can be drawn: those that some item still holds, that have text and were examined whole."""
    told = select(*_TOLD).where(*_FRAME).subquery()
    grouped = select(*told.c, func.count()).group_by(*told.c)
    counted: Counter[Told] = Counter()
    with reading(database) as connection:
        for *row, count in connection.execute(grouped):
            counted[_told(*row)] += count
    return counted


def without_text(database: Database) -> int:
    """How many contents were examined whole and have no text of their own, so that nothing could be found in them."""
    silent = select(func.count()).select_from(ContentRow).where(*_EXAMINED, ContentRow.text_chars == 0)
    with reading(database) as connection:
        return connection.execute(silent).scalar_one()


def draw(database: Database, start: bytes, count: int, stratum: Stratum | None = None) -> tuple[Drawn, ...]:
    """So many different contents (of one stratum, or of any), or all there are, in order of digest from `start` on."""
    wanted = _drawable(stratum).order_by(ContentRow.digest, ContentRow.media_type)
    with reading(database) as connection:
        found = connection.execute(wanted.where(ContentRow.digest >= start).limit(count)).all()
        rest = connection.execute(wanted.where(ContentRow.digest < start).limit(count - len(found))).all()
    return tuple(map(_drawn, (*found, *rest)))


_PRESENT = (ItemRow.content_id == ContentRow.id, ItemRow.gone.is_(None), ItemRow.outcome == Outcome.EXAMINED)
_HOLDER = select(func.min(ItemRow.id)).where(*_PRESENT).correlate(ContentRow).scalar_subquery()
_EXAMINED = (ContentRow.outcome == Outcome.EXAMINED, ContentRow.pending == "", _HOLDER.is_not(None))
_FRAME = (*_EXAMINED, ContentRow.text_chars > 0)
_TRACES = exists().where(FindingRow.content_id == ContentRow.id)
_OF: Mapping[Stratum, tuple[ColumnElement[bool], ...]] = {
    Stratum.FLAGGED: (ContentRow.personal.is_(True),),
    Stratum.TRACES: (ContentRow.personal.is_(False), _TRACES),
    Stratum.NOTHING: (ContentRow.personal.is_(False), ~_TRACES),
}
_TOLD = (
    ContentRow.personal.label("personal"), _TRACES.label("traces"), (ContentRow.special != "").label("special"),
    ContentRow.children.label("children"), ContentRow.criminal.label("criminal"),
)  # fmt: skip


def _drawable(stratum: Stratum | None) -> Select[*tuple[object, ...]]:
    """Each content with the item that holds it and was recorded first, and the file which that is or lies in."""
    file = aliased(ItemRow, name="file")
    columns = (
        ContentRow.digest, ContentRow.media_type, *_TOLD, SourceRow.name.label("source"), SourceRow.root, DirRow.path,
        ItemRow.part, file.name, file.kind, file.size, file.modified, file.version, file.file_id,
    )  # fmt: skip
    return (
        select(*columns).select_from(ContentRow).join(ItemRow, ItemRow.id == _HOLDER)
        .join(file, (file.dir_id == ItemRow.dir_id) & (file.name == ItemRow.name) & (file.part == ""))
        .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
        .where(*_FRAME, *(_OF[stratum] if stratum else ()))
    )  # fmt: skip


def _drawn(row: AnyRow) -> Drawn:
    locator = row.path + b"/" + row.name if row.path else row.name
    kind = ItemKind(row.kind)
    file = Item(ItemRef(row.source, locator), kind, row.size, row.modified, row.version, row.file_id)
    told = _told(row.personal, row.traces, row.special, row.children, row.criminal)
    return Drawn(row.digest, row.media_type, told, row.root, file, part_of(row.part))


def _told(personal: bool, traces: bool, special: bool, children: bool, criminal: bool) -> Told:
    unflagged = Stratum.TRACES if traces else Stratum.NOTHING
    return Told(Stratum.FLAGGED if personal else unflagged, special, children, criminal)
