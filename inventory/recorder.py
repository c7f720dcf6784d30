"""One scan of one source as it is written down: its listings, what is to be examined, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from domain.errors import PASSING, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemKind, ItemRef, Listing
from inventory.engine import Database, reading, writing
from inventory.moves import seen_elsewhere, settle_moves
from inventory.places import Place, same_key, service_number, source_number
from inventory.recording import WAITING, AnyRow, Pipeline, facts, record_batch, set_parts_aside
from inventory.rights import RightsBook
from inventory.tables import DirRow, ItemRow, ScanRow


@dataclass(frozen=True, slots=True)
class Unexamined:
    """An item that is new, changed or unfinished, and where to go on in it."""

    item: Item
    after: Cursor | None = None


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
        self._rights = RightsBook()
        self._unlisted: set[bytes] = set()
        self._bare_root: int | None = None
        self._cut_short = False
        self._scan_id = 0
        self._source_id = 0
        self._last_whole = 0

    def begin(self, started: datetime, detector: str, key_id: str) -> None:
        """Open the scan. Raises InventoryError for another fingerprint key, or a root that overlaps another's."""
        with writing(self._database) as connection:
            same_key(connection, key_id)
            self._source_id = source_number(connection, self._place)
            self._last_whole = connection.execute(_LAST_WHOLE, {"source": self._source_id}).scalar_one() or 0
            values = {"source_id": self._source_id, "started": started, "detector": detector, "complete": False}
            self._scan_id = connection.execute(insert(ScanRow).values(values).returning(ScanRow.id)).scalar_one()

    def state_of(self, folder: bytes) -> bytes:
        """What the source said of a folder when it was last listed; b"" where that is not known."""
        here = (DirRow.source_id == self._source_id, DirRow.path == folder)
        with reading(self._database) as connection:
            return connection.execute(select(DirRow.state).where(*here)).scalar_one_or_none() or b""

    def note(self, listing: Listing) -> tuple[Unexamined, ...]:
        """Write a folder's listing down and say which of its items are to be examined now.

        What was probably but moved here is not: it waits until `settle` knows.
        """
        self._unlisted.update(() if listing.complete else (listing.folder,))
        self._unlisted.update(item.ref.locator for item in listing.items if item.kind is ItemKind.FOLDER)
        self._cut_short |= listing.problem is not None
        with writing(self._database) as connection:
            dir_id = self._dir(connection, listing)
            known = {row.name: row for row in connection.execute(_KNOWN_IN_DIR, {"dir": dir_id})}
            unsettled = self._with_unsettled_parts(connection, dir_id)
            todo = [
                Unexamined(item, self._cursor(item, known.get(item.ref.name)))
                for item in self._present(listing, known)
                if item.ref.name in unsettled or not self._is_settled(item, known.get(item.ref.name))
            ]
            self._expect(connection, dir_id, todo, known)
            self._miss(connection, dir_id, self._absent(connection, listing, dir_id, known))
            moved = self._perhaps_moved(connection, todo, known)
        return tuple(one for one in todo if one.item.file_id not in moved)

    def _present(self, listing: Listing, known: Mapping[bytes, AnyRow]) -> Iterable[Item]:
        """What is in a folder: as listed, or as known before where only what changed was listed."""
        if not listing.since_known:
            return listing.items
        told = {item.ref.name for item in listing.items}.union(listing.gone)
        kept = (row for name, row in known.items() if name not in told and row.gone is None)
        return (*listing.items, *(_item_of(self._place.name, row, listing.folder) for row in kept))

    def _absent(
        self, connection: Connection, listing: Listing, dir_id: int, known: Mapping[bytes, AnyRow]
    ) -> Iterable[bytes]:
        """The items that left a folder. That a root was suddenly empty is believed once something else is listed."""
        if self._bare_root is not None and listing.folder:
            self._miss(connection, self._bare_root, None)
            self._bare_root = None
        if listing.since_known:
            return [name for name in listing.gone if name in known and known[name].gone is None]
        if not listing.complete:
            return ()
        if not listing.folder and not listing.items:
            self._bare_root = dir_id
            return ()
        return [name for name in known.keys() - {i.ref.name for i in listing.items} if known[name].gone is None]

    def _perhaps_moved(
        self, connection: Connection, todo: Iterable[Unexamined], known: Mapping[bytes, AnyRow]
    ) -> Collection[str]:
        if not self._last_whole:
            return ()
        new = (one.item for one in todo if one.item.ref.name not in known and one.item.problem is None)
        return seen_elsewhere(connection, self._source_id, new)

    def _dir(self, connection: Connection, listing: Listing) -> int:
        path, service = listing.folder, self._service_of(listing.folder)
        if service not in self._services:
            self._services[service] = service_number(connection, service)
        stamp: dict[str, Any] = {"service_id": self._services[service], "scan_id": self._scan_id}
        if listing.access is not None:
            stamp |= {"access_id": self._rights.rights(connection, listing.access)}
        if listing.complete:
            stamp |= {"state": listing.state}
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
                place = {"dir_id": dir_id, "name": one.item.ref.name, "first_seen": self._today}
                new.append(place | self._facts(connection, one.item))
            elif one.after is None:
                set_parts_aside(connection, dir_id, one.item.ref.name, self._scan_id)
                returned = {"first_seen": self._today} if row.gone is not None else {}
                values = {**self._facts(connection, one.item), **WAITING, **returned}
                connection.execute(update(ItemRow).where(ItemRow.id == row.id).values(values))
        if new:
            connection.execute(insert(ItemRow), new)

    def _facts(self, connection: Connection, item: Item) -> dict[str, Any]:
        return facts(item) | {"owner_id": self._rights.principal(connection, item.owner)}

    def _miss(self, connection: Connection, dir_id: int, names: Iterable[bytes] | None) -> None:
        """Mark items of a folder as gone, with their parts: those of these names, or all of them."""
        rows = (ItemRow.dir_id == dir_id, ItemRow.gone.is_(None))
        for named in ((),) if names is None else ((ItemRow.name == name,) for name in names):
            connection.execute(update(ItemRow).where(*rows, *named).values(gone=self._scan_id))

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
        return tuple(Unexamined(_item_of(self._place.name, row, row.path)) for row in rows)

    def settle(self) -> int:
        """When all is listed: what lies in folders that were not met is gone, and what was moved is known again.

        Returns how many files were moved. Nothing is gone where the scan did not see everything.
        """
        with writing(self._database) as connection:
            if not self._saw_everything(connection):
                return 0
            self._miss_folders(connection)
            return settle_moves(connection, self._source_id, self._last_whole, self._pipeline)

    def _saw_everything(self, connection: Connection) -> bool:
        if self._bare_root is not None:
            held = connection.execute(_ANYTHING, {"source": self._source_id}).first()
            self._cut_short |= held is not None
        return not self._cut_short

    def finish(self, ended: datetime, *, complete: bool) -> None:
        """Close the scan; `complete` where its source was listed to the end and `settle` was called."""
        with writing(self._database) as connection:
            complete = complete and not self._cut_short
            values = {"ended": ended, "complete": complete}
            connection.execute(update(ScanRow).where(ScanRow.id == self._scan_id).values(values))

    def _miss_folders(self, connection: Connection) -> None:
        unmet = (DirRow.source_id == self._source_id, DirRow.scan_id != self._scan_id)
        for row in connection.execute(select(DirRow.id, DirRow.path).where(*unmet)).all():
            # What lies below a folder that could not be listed is unknown, not gone.
            if self._unlisted.isdisjoint(_folders_to(row.path)):
                self._miss(connection, row.id, None)


_LAST_WHOLE = select(func.max(ScanRow.id)).where(ScanRow.source_id == bindparam("source"), ScanRow.complete)

_ANYTHING = select(ItemRow.id).join(DirRow, DirRow.id == ItemRow.dir_id).where(
    DirRow.source_id == bindparam("source"), ItemRow.gone.is_(None)
).limit(1)  # fmt: skip

_KNOWN_IN_DIR = select(
    ItemRow.id, ItemRow.name, ItemRow.version, ItemRow.kind, ItemRow.outcome, ItemRow.problem_code, ItemRow.pipeline,
    ItemRow.content_id, ItemRow.gone, ItemRow.rest_at, ItemRow.rest_parts, ItemRow.rest_expanded, ItemRow.rest_digest,
    ItemRow.rest_seconds, ItemRow.size, ItemRow.modified, ItemRow.file_id,
).where(ItemRow.dir_id == bindparam("dir"), ItemRow.part == "")  # fmt: skip

_WAITING_ITEMS = select(
    DirRow.path, ItemRow.name, ItemRow.kind, ItemRow.size, ItemRow.modified, ItemRow.version, ItemRow.file_id,
).join(DirRow, DirRow.id == ItemRow.dir_id).where(
    DirRow.source_id == bindparam("source"), DirRow.scan_id == bindparam("scan"), ItemRow.outcome.is_(None),
    ItemRow.gone.is_(None), ItemRow.part == "",
)  # fmt: skip


def _item_of(source: str, row: AnyRow, folder: bytes) -> Item:
    locator = folder + b"/" + row.name if folder else row.name
    return Item(ItemRef(source, locator), ItemKind(row.kind), row.size, row.modified, row.version, row.file_id)


def _folders_to(path: bytes) -> Iterator[bytes]:
    """The path itself and every folder above it, the root (b"") last."""
    while path:
        yield path
        path = path.rpartition(b"/")[0]
    yield b""
