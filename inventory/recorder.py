"""One scan of one source as it is written down: its listings, what is to be examined, and what came of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeAlias

from sqlalchemy import Connection, bindparam, func, insert, select, update

from domain.entry import entries_of, microseconds_of
from domain.errors import ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, Listing
from inventory.again import again
from inventory.batches import record_batches
from inventory.changes import ThisScan
from inventory.dialects import in_parts
from inventory.engine import Database, reading, writing
from inventory.folders import FolderBook, KnownFolder
from inventory.moves import settle_moves
from inventory.noted import FACTS, NUMBERS, item_of
from inventory.noting import Noting, Unexamined
from inventory.places import Place, same_key, source_number
from inventory.recording import Pipeline
from inventory.states import as_told
from inventory.sums import fold
from inventory.tables import DirRow, ItemRow, PrincipalRow, ScanRow
from inventory.waiting import FirstOf, Found, Worth, by_worth

_FOLDED_AFTER = 1_000
_MOST_ASKED = 5_000
"""Folders that are kept in memory between the source's question and its listing."""

Came: TypeAlias = tuple[Item, Cursor | None, Batch]
"""A batch of an item, and the cursor that led to it."""


@dataclass(frozen=True, slots=True)
class RunningScan:
    """A scan by its number, with the source that it reads, as it is called, and what it reads that with."""

    id: int
    source_id: int
    source: str
    pipeline: str


class Recorder:
    """Writes one scan down.

    Every method is one transaction, so that a scan killed at any moment goes on from the last one. Recording the same
    batch twice changes nothing; what other hosts were in the way of is written again. Raises InventoryError where the
    database refuses.
    """

    def __init__(
        self, database: Database, place: Place, pipeline: Pipeline, today: date, service_of: Callable[[bytes], str]
    ) -> None:
        self._database, self._place, self._pipeline, self._today = database, place, pipeline, today
        self._service_of = service_of
        self._unlisted: set[bytes] = set()
        self._cut_short = False
        self._asked: dict[bytes, KnownFolder | None] = {}
        self._written = 0

    def begin(
        self,
        started: datetime,
        detector: str,
        key_id: str,
        policy: str = "",
        *,
        reads: bool = True,
        proof: float = 0.0,
    ) -> None:
        """Open the scan, which reads what `policy` allows: nothing at all, where not `reads`.

        Of items that have not changed `proof` are drawn to be read again. Raises InventoryError for another
        fingerprint key, or a root that overlaps another's.
        """
        with writing(self._database) as connection:
            same_key(connection, key_id)
            source_id = source_number(connection, self._place)
            last_whole = connection.execute(_LAST_WHOLE, {"source": source_id}).scalar_one() or 0
            run = {"started": started, "complete": False, "detector": detector, "policy": policy}
            values = {"source_id": source_id, "pipeline": self._pipeline.mark(ProblemCode.LIMIT), **run}
            scan_id = connection.execute(insert(ScanRow).values(values).returning(ScanRow.id)).scalar_one()
            looks = _looks(connection, source_id)
            self._newest = connection.execute(_NEWEST).scalar_one() or 0
        self._scan = ThisScan(
            scan_id, source_id, self._place.name, self._pipeline, self._today, last_whole, reads, looks
        )
        self._folders = FolderBook(self._database, source_id, self._pipeline)
        self._noting = Noting(self._scan, self._service_of, proof if reads else 0.0)

    def join(self, scan: RunningScan) -> None:
        """Write down what is examined for a scan that another process has begun, and that it alone lists and ends."""
        self._scan = ThisScan(scan.id, scan.source_id, self._place.name, self._pipeline, self._today)

    @property
    def scan(self) -> RunningScan:
        """The scan that is written down."""
        return RunningScan(
            self._scan.id, self._scan.source_id, self._place.name, self._pipeline.mark(ProblemCode.LIMIT)
        )

    @property
    def met(self) -> int:
        """How many items the listings of this scan told of, unchanged ones included."""
        return self._noting.met

    def state_of(self, folder: bytes) -> bytes:
        """What the source said of a folder when it was last listed; b"" where that is not known."""
        known = self._folders.of(folder)
        if len(self._asked) < _MOST_ASKED:
            self._asked[folder] = known
        return b"" if known is None else as_told(known.state)

    def note(self, *listings: Listing) -> tuple[Unexamined, ...]:
        """Write listings of folders down and say which of their items are to be examined now.

        What was probably but moved here is not: it waits until `settle` knows.
        """
        for listing in listings:
            if listing.items or not listing.complete:
                self._unlisted.update(_unlisted_by(listing))
            self._cut_short |= listing.problem is not None
        # In order, whatever order they came in: then a few questions answer for all.
        known = {folder: self._known(folder) for folder in sorted({listing.folder for listing in listings})}
        listed = [(listing, known[listing.folder]) for listing in listings]
        self._asked.clear()
        with writing(self._database) as connection:
            todo = self._noting.note(connection, listed)
        if self._noting.wrote:
            self._folders.forget()
        return todo

    def _known(self, folder: bytes) -> KnownFolder | None:
        """A folder as it was when its source asked for its state, or as it is now."""
        return self._asked.pop(folder) if folder in self._asked else self._folders.of(folder)

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        """Write a batch down: contents and findings once, then the item and its parts."""
        self.record_all(((item, after, batch),))

    def record_all(self, came: Iterable[Came]) -> None:
        """Write batches down, all or none of them."""
        together = tuple(came)
        if together:
            again(lambda: self._record_all(together))

    def _record_all(self, came: tuple[Came, ...]) -> None:
        with writing(self._database) as connection:
            numbers = self._folder_numbers(connection, {item.ref.folder for item, _, _ in came})
            placed = ((numbers[item.ref.folder], item, after, batch) for item, after, batch in came)
            record_batches(connection, placed, self._pipeline, self._today, self._scan.id)
            self._written += 1
            if self._written % _FOLDED_AFTER == 0:
                fold(connection)

    def _folder_numbers(self, connection: Connection, folders: Collection[bytes]) -> Mapping[bytes, int]:
        asked = {"source": self._scan.source_id}
        found = (connection.execute(NUMBERS, asked | {"paths": some}) for some in in_parts(sorted(folders)))
        return {row.path: row.id for rows in found for row in rows}

    def waiting(self) -> tuple[Unexamined, ...]:
        """Items of this scan that still wait: what was not moved after all, and copies whose twin changed too soon."""
        with reading(self._database) as connection:
            rows = connection.execute(_WAITING_ITEMS, self._here).all()
        return tuple(Unexamined(item_of(self._place.name, row, row.path)) for row in rows)

    def by_worth(self, first: FirstOf) -> Iterator[tuple[Worth, Item]]:
        """What waited before this scan and still does, the most valuable first; for when all is listed and settled."""
        found = Found(self._scan.source_id, self._scan.id, self._newest)
        for worth, folder, row in by_worth(self._database, found, first):
            yield worth, item_of(self._place.name, row, folder)

    def settle(self) -> int:
        """When all is listed: what lies in folders that were not met is gone, and what was moved is known again.

        Returns how many files were moved. Nothing is gone where the scan did not see everything.
        """
        return again(self._settle)

    def _settle(self) -> int:
        with writing(self._database) as connection:
            if not self._saw_everything(connection):
                return 0
            self._miss_folders(connection)
            return settle_moves(connection, self._scan.source_id, self._scan.last_whole, self._pipeline)

    def _saw_everything(self, connection: Connection) -> bool:
        if self._noting.bare_root is not None:
            held = connection.execute(_ANYTHING, {"source": self._scan.source_id}).first()
            self._cut_short |= held is not None
        return not self._cut_short

    def finish(self, ended: datetime, *, complete: bool) -> None:
        """Close the scan; `complete` where its source was listed to the end and `settle` was called."""
        with writing(self._database) as connection:
            complete = complete and not self._cut_short
            values = {"ended": ended, "complete": complete}
            connection.execute(update(ScanRow).where(ScanRow.id == self._scan.id).values(values))
            fold(connection)

    @property
    def _here(self) -> dict[str, int]:
        return {"source": self._scan.source_id, "scan": self._scan.id}

    def _miss_folders(self, connection: Connection) -> None:
        for row in connection.execute(_UNMET, self._here).all():
            # What lies below a folder that could not be listed is unknown, not gone.
            if self._unlisted.isdisjoint(_folders_to(row.path)):
                rows = (ItemRow.dir_id == row.id, ItemRow.gone.is_(None))
                connection.execute(update(ItemRow).where(*rows).values(gone=self._scan.id))
                # Should it come back looking as it did, all that is in it is to be told again.
                connection.execute(update(DirRow).where(DirRow.id == row.id, DirRow.state != b"").values(state=b""))


_UNMET = select(DirRow.id, DirRow.path).where(
    DirRow.source_id == bindparam("source"), DirRow.scan_id != bindparam("scan")
)  # fmt: skip

_SCANS = select(ScanRow.started, ScanRow.ended).where(ScanRow.source_id == bindparam("source")).order_by(ScanRow.id)

_NEWEST = select(func.max(ItemRow.id))

_LAST_WHOLE = select(func.max(ScanRow.id)).where(ScanRow.source_id == bindparam("source"), ScanRow.complete)

_ANYTHING = select(ItemRow.id).join(DirRow, DirRow.id == ItemRow.dir_id).where(
    DirRow.source_id == bindparam("source"), ItemRow.gone.is_(None)
).limit(1)  # fmt: skip

_WAITING_ITEMS = select(DirRow.path, *FACTS).select_from(ItemRow).join(DirRow, DirRow.id == ItemRow.dir_id).join(
    PrincipalRow, PrincipalRow.id == ItemRow.owner_id, isouter=True
).where(
    DirRow.source_id == bindparam("source"), DirRow.scan_id == bindparam("scan"), ItemRow.outcome.is_(None),
    ItemRow.gone.is_(None), ItemRow.part == "",
)  # fmt: skip


def _looks(connection: Connection, source_id: int) -> tuple[tuple[int, int], ...]:
    """From when to when each scan of a source read it, in microseconds; one that was killed, until the next began."""
    scans = connection.execute(_SCANS, {"source": source_id}).all()
    begun = [microseconds_of(scan.started) or 0 for scan in scans]
    ends = (microseconds_of(scan.ended) for scan in scans)
    return tuple(
        (start, end or after) for start, end, after in zip(begun, ends, (*begun[1:], sys.maxsize), strict=True)
    )


def _unlisted_by(listing: Listing) -> Iterator[bytes]:
    """The folders of which a listing says that they could not be listed, or not to the end."""
    if not listing.complete:
        yield listing.folder
    for entry in entries_of(listing.items):
        if entry.kind == "folder":
            yield listing.folder + b"/" + entry.name if listing.folder else entry.name


def _folders_to(path: bytes) -> Iterator[bytes]:
    """The path itself and every folder above it, the root (b"") last."""
    while path:
        yield path
        path = path.rpartition(b"/")[0]
    yield b""
