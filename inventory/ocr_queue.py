"""What waits to have the text in its pictures read, and what came of it: a second pass over what was examined."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select

from domain.examination import Batch
from domain.item import Item, ItemKind, ItemRef
from inventory.engine import Database, reading, writing
from inventory.queries import AWAITS_OCR
from inventory.recording import AnyRow, record_recognised
from inventory.tables import ContentRow, DirRow, ItemRow, SourceRow

_PAGE = 500


@dataclass(frozen=True, slots=True)
class OcrQueue:
    """Contents of one source that wait for character recognition: pictures, or documents with pages that are such.

    One that `recogniser` (its version) has tried before and could not read waits for another.
    """

    database: Database
    source: str
    recogniser: str
    pictures: bool = True
    documents: bool = True

    def __len__(self) -> int:
        with reading(self.database) as connection:
            counted = select(func.count()).select_from(self._waiting().subquery())
            return int(connection.execute(counted).scalar_one())

    def items(self) -> Iterator[Item]:
        """One file for each content that waits, whether it is the content or holds it; each file once."""
        after = 0
        while True:
            with reading(self.database) as connection:
                page = connection.execute(self._files(after)).all()
            yield from (_item_of(self.source, row) for row in page)
            if len(page) < _PAGE:
                return
            after = page[-1].id

    def awaits(self, digest: bytes, media_type: str) -> bool:
        """Whether this content waits in a queue such as this one, whatever its source."""
        waits = select(ContentRow.id).filter_by(digest=digest, media_type=media_type).where(self._wanted())
        with reading(self.database) as connection:
            return connection.execute(waits).first() is not None

    def record(self, item: Item, batch: Batch) -> None:
        with writing(self.database) as connection:
            dir_id = self._dir_id(connection, item)
            for examination in batch.examinations:
                record_recognised(connection, dir_id, item.ref.name, examination, self.recogniser)

    def _dir_id(self, connection: Connection, item: Item) -> int:
        here = (SourceRow.name == self.source, DirRow.path == item.ref.folder)
        joined = select(DirRow.id).join(SourceRow, SourceRow.id == DirRow.source_id)
        return connection.execute(joined.where(*here)).scalar_one()

    def _waiting(self) -> Select[int]:
        """The first item or part in this source that holds each content which waits."""
        return (
            select(func.min(ItemRow.id)).join(ContentRow, ContentRow.id == ItemRow.content_id)
            .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
            .where(SourceRow.name == self.source, ItemRow.gone.is_(None), self._wanted())
            .group_by(ContentRow.id)
        )  # fmt: skip

    def _wanted(self) -> ColumnElement[bool]:
        is_picture = ContentRow.media_type.startswith("image/")
        of_a_kind = or_(is_picture & literal(self.pictures), ~is_picture & literal(self.documents))
        untried = or_(ContentRow.recognised.is_(None), ContentRow.recognised != self.recogniser)
        return and_(AWAITS_OCR, of_a_kind, untried)

    def _files(self, after: int) -> Select[*tuple[object, ...]]:
        part = select(ItemRow.dir_id, ItemRow.name).where(ItemRow.id.in_(self._waiting())).distinct().subquery()
        columns = (
            ItemRow.id, DirRow.path, ItemRow.name, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version,
            ItemRow.file_id,
        )  # fmt: skip
        return (
            select(*columns).join(part, (part.c.dir_id == ItemRow.dir_id) & (part.c.name == ItemRow.name))
            .join(DirRow, DirRow.id == ItemRow.dir_id)
            .where(ItemRow.part == "", ItemRow.gone.is_(None), ItemRow.id > after).order_by(ItemRow.id).limit(_PAGE)
        )  # fmt: skip


def _item_of(source: str, row: AnyRow) -> Item:
    locator = row.path + b"/" + row.name if row.path else row.name
    return Item(ItemRef(source, locator), ItemKind(row.kind), row.size, row.modified, row.version, row.file_id)
