"""What the inventory knows of files that are to go: as they are now, who holds the same, and what was done since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlalchemy import Connection, func, select

from domain.entry import microseconds_of
from domain.item import ItemKind, ItemRef
from inventory.dialects import in_parts
from inventory.disposals import spoken_for
from inventory.recording import AnyRow
from inventory.tables import AuditRow, ContentRow, DirRow, HashedRow, ItemRow, RotRow, ServiceRow, SourceRow


@dataclass(frozen=True, slots=True)
class FileFacts:
    """A file as the last scan found it. `digest` is None where nobody has read it to its end in this version."""

    item: int
    ref: ItemRef = field(repr=False)
    service: str
    size: int
    modified: datetime | None
    version: bytes
    file_id: str | None
    digest: bytes | None
    is_there: bool


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the list of ROT says of an item: why it could go, and what keeps it, "" where nothing does."""

    reason: str
    guard: str
    keeps: int | None


def file_facts(connection: Connection, items: Sequence[int]) -> dict[int, FileFacts]:
    """Of those of these items that are files, by their numbers."""
    rows = (connection.execute(_FILES.where(ItemRow.id.in_(some))) for some in in_parts(items))
    return {row.id: _facts(row) for page in rows for row in page}


def others_of(connection: Connection, item: int, digest: bytes, most: int) -> Iterator[FileFacts]:
    """Other files of the same bytes that are there, that no second name of it are, and that nothing was planned for."""
    own = connection.execute(select(ItemRow.file_id).where(ItemRow.id == item)).scalar_one_or_none()
    there = (ItemRow.gone.is_(None), ItemRow.part == "", ItemRow.id != item)
    rows = [
        *connection.execute(_FILES.where(ContentRow.digest == digest, *there)),
        *connection.execute(_FILES.where(HashedRow.digest == digest, HashedRow.version == ItemRow.version, *there)),
    ]
    going = spoken_for(connection, [row.id for row in rows])
    free = {row.id: row for row in rows if row.id not in going and (own is None or row.file_id != own)}
    return (_facts(row) for row in list(free.values())[:most])


def proposed(connection: Connection, item: int) -> Proposed | None:
    """What the list of ROT says of an item; None where it is not on it."""
    row = connection.execute(select(RotRow.reason, RotRow.guard, RotRow.keeps_id).where(RotRow.item_id == item)).first()
    return None if row is None else Proposed(row.reason, row.guard, row.keeps_id)


def acts_since(connection: Connection, number: int) -> tuple[int, frozenset[str]]:
    """The number of the trail's last entry, and what was done since an earlier one."""
    last = connection.execute(select(func.max(AuditRow.number))).scalar_one() or 0
    asked = select(AuditRow.act).where(AuditRow.number > number, AuditRow.number <= last).distinct()
    return last, frozenset(connection.execute(asked).scalars())


def last_act_before(connection: Connection, moment: datetime) -> datetime | None:
    """When the trail last tells of anything before a moment; None where it does not."""
    asked = select(AuditRow.at).where(AuditRow.at < microseconds_of(moment))
    at = connection.execute(asked.order_by(AuditRow.number.desc()).limit(1)).scalar_one_or_none()
    return None if at is None else datetime.fromtimestamp(at / 1_000_000, UTC)


_FILES = (
    select(
        ItemRow.id, ItemRow.name, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id, ItemRow.gone,
        DirRow.path, SourceRow.name.label("source"), ServiceRow.name.label("service"),
        ContentRow.digest.label("read"), HashedRow.digest.label("hashed"), HashedRow.version.label("hashed_version"),
    )
    .join(DirRow, DirRow.id == ItemRow.dir_id).join(SourceRow, SourceRow.id == DirRow.source_id)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id)
    .outerjoin(ContentRow, ContentRow.id == ItemRow.content_id).outerjoin(HashedRow, HashedRow.item_id == ItemRow.id)
    .where(ItemRow.kind == ItemKind.FILE)
)  # fmt: skip


def _facts(row: AnyRow) -> FileFacts:
    hashed = row.hashed if row.hashed_version == row.version else None
    locator = row.path + b"/" + row.name if row.path else row.name
    return FileFacts(
        row.id, ItemRef(row.source, locator), row.service, row.size, row.modified, row.version, row.file_id,
        row.read or hashed, row.gone is None,
    )  # fmt: skip
