"""One scan of one source as it is written down: its listings, what is to be examined, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.errors import PASSING, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemKind, ItemRef, Listing
from inventory.engine import Database, InventoryError, reading, writing
from inventory.recording import WAITING, AnyRow, Pipeline, facts, record_batch, set_parts_aside
from inventory.tables import DirRow, ItemRow, ScanRow, ServiceRow, SettingRow, SourceRow


@dataclass(frozen=True, slots=True)
class Unexamined:
    """An item that is new, changed or unfinished, and where to go on in it."""

    item: Item
    after: Cursor | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A source as the inventory knows it: by its root. No two may overlap, or files would be counted twice."""

    name: str
    root: bytes

    def overlaps(self, root: bytes) -> bool:
        return _is_below(self.root, root) or _is_below(root, self.root)


class Recorder:
    """Writes one scan down.

    Every method is one transaction, so that a scan killed at any moment goes on from the last one. Recording the same
    batch twice changes nothing. Raises InventoryError where the database refuses.
    """

    def __init__(
        self, database: Database, place: Place, pipeline: Pipeline, today: date, service_of: Callable[[bytes], str]
    ) -> None:
        self._database, self._place, self._pipeline, self._today = database, place, pipeline, today
        self._service_of = service_of
        self._services: dict[str, int] = {}
        self._unlisted: set[bytes] = set()
        self._cut_short = False
        self._scan_id = 0
        self._source_id = 0

    def begin(self, started: datetime, detector: str, key_id: str) -> None:
        """Open the scan. Raises InventoryError for another fingerprint key, or a root that overlaps another's."""
        with writing(self._database) as connection:
            _same_key(connection, key_id)
            self._source_id = _source_id(connection, self._place)
            values = {"source_id": self._source_id, "started": started, "detector": detector, "complete": False}
            self._scan_id = connection.execute(insert(ScanRow).values(values).returning(ScanRow.id)).scalar_one()

    def note(self, listing: Listing) -> tuple[Unexamined, ...]:
        """Write a folder's listing down and say which of its items are to be examined."""
        self._unlisted.update(() if listing.complete else (listing.folder,))
        self._unlisted.update(item.ref.locator for item in listing.items if item.kind is ItemKind.FOLDER)
        self._cut_short |= listing.problem is not None
        with writing(self._database) as connection:
            dir_id = self._dir(connection, listing.folder)
            known = {row.name: row for row in connection.execute(_KNOWN_IN_DIR, {"dir": dir_id})}
            unsettled = self._with_unsettled_parts(connection, dir_id)
            todo = [
                Unexamined(item, self._cursor(item, known.get(item.ref.name)))
                for item in listing.items
                if item.ref.name in unsettled or not self._is_settled(item, known.get(item.ref.name))
            ]
            self._expect(connection, dir_id, todo, known)
            if listing.complete:
                absent = known.keys() - {item.ref.name for item in listing.items}
                self._miss(connection, dir_id, [name for name in absent if known[name].gone is None])
        return tuple(todo)

    def _dir(self, connection: Connection, path: bytes) -> int:
        service = self._service_of(path)
        if service not in self._services:
            self._services[service] = _service_id(connection, service)
        stamp = {"service_id": self._services[service], "scan_id": self._scan_id}
        row = {"source_id": self._source_id, "path": path, **stamp}
        statement = upsert(DirRow).values(row).on_conflict_do_update(index_elements=["source_id", "path"], set_=stamp)
        return connection.execute(statement.returning(DirRow.id)).scalar_one()

    def _is_settled(self, item: Item, row: AnyRow | None) -> bool:
        return (
            row is not None
            and row.gone is None
            and row.version == item.version
            and row.kind == item.kind
            and row.outcome is not None
            and row.rest_at is None
            and row.pipeline == self._pipeline.mark(row.problem_code)
            and row.problem_code not in PASSING
            # Damage that let no digest be made was met on the way, and may have been the way's.
            and not (row.problem_code == ProblemCode.CORRUPT and row.content_id is None)
        )

    def _with_unsettled_parts(self, connection: Connection, dir_id: int) -> Collection[bytes]:
        """The items in which a part had a problem that may be gone by now, or was left for a limit that has changed."""
        limited = ItemRow.problem_code.in_((ProblemCode.LIMIT, ProblemCode.TOO_DEEP))
        again = or_(
            ItemRow.problem_code.in_(PASSING), limited & (ItemRow.pipeline != self._pipeline.mark(ProblemCode.LIMIT))
        )
        parts = select(ItemRow.name).where(ItemRow.dir_id == dir_id, ItemRow.part != "", ItemRow.gone.is_(None), again)
        return frozenset(connection.execute(parts).scalars())

    def _cursor(self, item: Item, row: AnyRow | None) -> Cursor | None:
        """Where an interrupted container goes on; None where it must begin anew."""
        if row is None or row.gone is not None or row.rest_at is None:
            return None
        if row.version != item.version or row.pipeline != self._pipeline.mark(row.problem_code):
            return None
        at = tuple(int(position) for position in row.rest_at.split(","))
        rest = row.rest_parts, row.rest_expanded, row.rest_digest or b"", row.rest_seconds
        return Cursor(at, *rest, version=item.version)  # Unchanged since it was listed, so since the digest was made.

    def _expect(
        self, connection: Connection, dir_id: int, todo: Iterable[Unexamined], known: Mapping[bytes, AnyRow]
    ) -> None:
        """Write new and changed items down as waiting to be examined, before they are."""
        new = []
        for one in todo:
            row = known.get(one.item.ref.name)
            if row is None:
                new.append({"dir_id": dir_id, "name": one.item.ref.name, "first_seen": self._today, **facts(one.item)})
            elif one.after is None:
                set_parts_aside(connection, dir_id, one.item.ref.name, self._scan_id)
                returned = {"first_seen": self._today} if row.gone is not None else {}
                values = {**facts(one.item), **WAITING, **returned}
                connection.execute(update(ItemRow).where(ItemRow.id == row.id).values(values))
        if new:
            connection.execute(insert(ItemRow), new)

    def _miss(self, connection: Connection, dir_id: int, names: Iterable[bytes]) -> None:
        """Mark items as gone, with their parts."""
        for name in names:
            rows = (ItemRow.dir_id == dir_id, ItemRow.name == name, ItemRow.gone.is_(None))
            connection.execute(update(ItemRow).where(*rows).values(gone=self._scan_id))

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        """Write a batch down: contents and findings once, then the item and its parts."""
        with writing(self._database) as connection:
            here = (DirRow.source_id == self._source_id, DirRow.path == item.ref.folder)
            dir_id = connection.execute(select(DirRow.id).where(*here)).scalar_one()
            record_batch(connection, dir_id, item, after, batch, self._pipeline, self._today, self._scan_id)

    def waiting(self) -> tuple[Unexamined, ...]:
        """Items of this scan that still wait, such as copies whose twin changed before they could be linked."""
        with reading(self._database) as connection:
            rows = connection.execute(_WAITING_ITEMS, {"source": self._source_id, "scan": self._scan_id}).all()
        return tuple(Unexamined(_item_of(self._place.name, row)) for row in rows)

    def finish(self, ended: datetime, *, complete: bool) -> None:
        """Close the scan. Where it saw everything, what lies in folders that it did not meet is gone."""
        complete = complete and not self._cut_short
        with writing(self._database) as connection:
            if complete:
                self._miss_folders(connection)
            values = {"ended": ended, "complete": complete}
            connection.execute(update(ScanRow).where(ScanRow.id == self._scan_id).values(values))

    def _miss_folders(self, connection: Connection) -> None:
        unmet = (DirRow.source_id == self._source_id, DirRow.scan_id != self._scan_id)
        for row in connection.execute(select(DirRow.id, DirRow.path).where(*unmet)).all():
            # What lies below a folder that could not be listed is unknown, not gone.
            if self._unlisted.isdisjoint(_folders_to(row.path)):
                lost = (ItemRow.dir_id == row.id, ItemRow.gone.is_(None))
                connection.execute(update(ItemRow).where(*lost).values(gone=self._scan_id))


_KNOWN_IN_DIR = select(
    ItemRow.id, ItemRow.name, ItemRow.version, ItemRow.kind, ItemRow.outcome, ItemRow.problem_code, ItemRow.pipeline,
    ItemRow.content_id, ItemRow.gone, ItemRow.rest_at, ItemRow.rest_parts, ItemRow.rest_expanded, ItemRow.rest_digest,
    ItemRow.rest_seconds,
).where(ItemRow.dir_id == bindparam("dir"), ItemRow.part == "")  # fmt: skip

_WAITING_ITEMS = select(
    DirRow.path, ItemRow.name, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id,
).join(DirRow, DirRow.id == ItemRow.dir_id).where(
    DirRow.source_id == bindparam("source"), DirRow.scan_id == bindparam("scan"), ItemRow.outcome.is_(None),
    ItemRow.gone.is_(None), ItemRow.part == "",
)  # fmt: skip


def _same_key(connection: Connection, key_id: str) -> None:
    known = connection.execute(select(SettingRow.value).where(SettingRow.name == "key_id")).scalar_one_or_none()
    if known is None:
        connection.execute(insert(SettingRow).values(name="key_id", value=key_id))
    elif known != key_id:
        raise InventoryError(
            "The key file is not the one this inventory was made with, so fingerprints would not agree. "
            "Put the old key back, or begin a new inventory in another folder with: muniment init DIR"
        )


def _source_id(connection: Connection, place: Place) -> int:
    """The source of this root, under its present name. Raises InventoryError where roots overlap or names clash."""
    known = connection.execute(select(SourceRow.id, SourceRow.name, SourceRow.root)).all()
    same = next((row for row in known if row.root == place.root), None)
    for row in known:
        if row is not same and row.name == place.name:
            raise InventoryError(
                f"Source {place.name!r} had another root before. Give the new root a new name, "
                "or put the old one back; what the inventory holds of it stays."
            )
        if row is not same and place.overlaps(row.root):
            raise InventoryError(
                f"The folder of source {place.name!r} overlaps that of {row.name!r}, so files would be counted twice. "
                "Scan only one of them."
            )
    if same is None:
        statement = insert(SourceRow).values(name=place.name, root=place.root).returning(SourceRow.id)
        return connection.execute(statement).scalar_one()
    connection.execute(update(SourceRow).where(SourceRow.id == same.id).values(name=place.name))
    return int(same.id)


def _service_id(connection: Connection, name: str) -> int:
    connection.execute(upsert(ServiceRow).values(name=name).on_conflict_do_nothing())
    return connection.execute(select(ServiceRow.id).where(ServiceRow.name == name)).scalar_one()


def _item_of(source: str, row: AnyRow) -> Item:
    locator = row.path + b"/" + row.name if row.path else row.name
    return Item(ItemRef(source, locator), ItemKind(row.kind), row.size, row.modified, row.version, row.file_id)


def _folders_to(path: bytes) -> Iterator[bytes]:
    """The path itself and every folder above it, the root (b"") last."""
    while path:
        yield path
        path = path.rpartition(b"/")[0]
    yield b""


def _is_below(path: bytes, folder: bytes) -> bool:
    return path == folder or path.startswith(folder.rstrip(b"/") + b"/") or not folder
