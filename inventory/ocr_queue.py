"""What waits to have the text in its pictures read, and what came of it: a second pass over what was examined."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, or_, select
from sqlalchemy.orm import aliased

from domain.examination import Batch
from domain.item import Item, ItemKind, ItemRef
from inventory.engine import Database, reading, writing
from inventory.queries import AWAITS_OCR
from inventory.recording import AnyRow, record_recognised
from inventory.tables import ContentRow, DirRow, ItemRow, SourceRow

_PAGE = 500
_REMEMBERED = 2_000


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
        """One file for each content that waits, whether it is the content or holds it; seldom a file twice."""
        after = 0
        given: deque[tuple[bytes, bytes]] = deque(maxlen=_REMEMBERED)
        while True:
            with reading(self.database) as connection:
                page = connection.execute(self._files(after)).all()
            for row in page:
                if (row.path, row.name) not in given:
                    given.append((row.path, row.name))
                    yield _item_of(self.source, row)
            if len(page) < _PAGE:
                return
            after = page[-1].holder

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

    def _waiting(self) -> Select[*tuple[object, ...]]:
        """The first item or part in this source that holds each content which waits."""
        other, of_other = aliased(ItemRow), aliased(DirRow)
        earlier = (
            select(other.id).join(of_other, of_other.id == other.dir_id)
            .where(other.content_id == ItemRow.content_id, other.id < ItemRow.id, other.gone.is_(None),
                   of_other.source_id == DirRow.source_id)
        )  # fmt: skip
        return (
            select(ItemRow.id).join(ContentRow, ContentRow.id == ItemRow.content_id)
            .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
            .where(SourceRow.name == self.source, ItemRow.gone.is_(None), self._wanted(), ~earlier.exists())
        )  # fmt: skip

    def _wanted(self) -> ColumnElement[bool]:
        is_picture = ContentRow.media_type.startswith("image/")
        of_a_kind = or_(is_picture & literal(self.pictures), ~is_picture & literal(self.documents))
        untried = or_(ContentRow.recognised.is_(None), ContentRow.recognised != self.recogniser)
        return and_(AWAITS_OCR, of_a_kind, untried)

    def _files(self, after: int) -> Select[*tuple[object, ...]]:
        """A page of those, by their number, each with the file that it is or lies in."""
        outer = aliased(ItemRow)
        of_file = (outer.dir_id == ItemRow.dir_id, outer.name == ItemRow.name, outer.part == "", outer.gone.is_(None))
        columns = (
            ItemRow.id.label("holder"), DirRow.path, outer.name, outer.kind, outer.size, outer.modified, outer.version,
            outer.file_id,
        )  # fmt: skip
        return (
            self._waiting().with_only_columns(*columns).join(outer, and_(*of_file))
            .where(ItemRow.id > after).order_by(ItemRow.id).limit(_PAGE)
        )  # fmt: skip


def _item_of(source: str, row: AnyRow) -> Item:
    locator = row.path + b"/" + row.name if row.path else row.name
    return Item(ItemRef(source, locator), ItemKind(row.kind), row.size, row.modified, row.version, row.file_id)
