"""Writes listings of folders down, many in one transaction, and says what of them is to be examined.

A folder that is as it was costs one row of one query and one stamp; of the others only what changed is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, update

from domain.examination import Cursor
from domain.item import Item, Listing
from inventory.folders import KnownFolder, Left
from inventory.moves import seen_elsewhere
from inventory.noted import (
    AGAIN,
    ASIDE,
    AT,
    DRAWN,
    LISTED,
    MISSED,
    NUMBERS,
    STAMP,
    item_of,
    known_rows,
    unsettled_parts,
)
from inventory.places import service_number
from inventory.proof import Draw
from inventory.recording import WAITING, AnyRow, Pipeline, facts
from inventory.rights import RightsBook
from inventory.rows import insert_items, new_row
from inventory.tables import ItemRow

_MOST_AT_ONCE = 500  # SQLite takes 999 variables in a statement where it was built long ago.

Listed = tuple[Listing, KnownFolder | None]


@dataclass(frozen=True, slots=True)
class Unexamined:
    """An item that is new, changed or unfinished, and where to go on in it.

    With `proof` it is none of these, but was drawn to be read again: that is the digest its content should have.
    """

    item: Item
    after: Cursor | None = None
    proof: bytes | None = None


@dataclass(frozen=True, slots=True)
class ThisScan:
    """What stamps the rows. `last_whole` is the scan of this source that last saw everything, 0 for none. Without
    `reads` nothing is to be opened in this one: of new items only those with a problem are told.
    """

    id: int
    source_id: int
    source: str
    pipeline: Pipeline
    today: date
    last_whole: int = 0
    reads: bool = True


@dataclass(slots=True)
class _Changes:
    """What one transaction writes to items, gathered to be written in few statements."""

    new: list[tuple[object, ...]] = field(default_factory=list)
    again: list[dict[str, Any]] = field(default_factory=list)
    aside: list[dict[str, Any]] = field(default_factory=list)
    missed: list[dict[str, Any]] = field(default_factory=list)

    def write(self, connection: Connection) -> None:
        for statement, rows in ((ASIDE, self.aside), (AGAIN, self.again), (MISSED, self.missed)):
            if rows:
                connection.execute(statement, rows)
        insert_items(connection, self.new)


@dataclass(slots=True)
class _Held:
    """What the inventory holds of one folder: its rows by name, and the items with parts that are not settled."""

    rows: dict[bytes, AnyRow] = field(default_factory=dict)
    unsettled: set[bytes] = field(default_factory=set)


class Noting:
    """Goes through the listings of one scan. `met` counts the items that it was told of, unchanged ones included.

    `bare_root` is the root's row while the root was listed as empty, and nothing else was listed since.
    """

    def __init__(self, scan: ThisScan, service_of: Callable[[bytes], str], proof: float) -> None:
        self._scan, self._service_of = scan, service_of
        self._draw = Draw(proof, scan.id)
        self._services: dict[str, int] = {}
        self._rights = RightsBook()
        self._known = known_rows(scan.pipeline)
        self._parts = unsettled_parts(scan.pipeline)
        self.bare_root: int | None = None
        self.met = 0

    def note(self, connection: Connection, listed: Sequence[Listed]) -> tuple[Unexamined, ...]:
        """Write listings down, each with what is known of its folder."""
        changed, drawn = [], []
        unchanged: list[dict[str, Any]] = []
        for listing, folder in listed:
            if folder is not None and self._is_unchanged(connection, listing, folder):
                self.met += folder.present
                unchanged.append({"folder": folder.id, "scan": self._scan.id})
                drawn += [self._at(connection, folder, place) for place in self._draw.among(folder.present)]
            else:
                changed.append((listing, folder))
        if unchanged:
            connection.execute(STAMP, unchanged)
        todo = self._write(connection, changed, drawn) if changed else []
        if self.bare_root is not None and any(listing.folder for listing, _ in listed):
            self._miss_all(connection, self.bare_root)
            self.bare_root = None
        return (*todo, *self._proofs(connection, drawn))

    def _is_unchanged(self, connection: Connection, listing: Listing, folder: KnownFolder) -> bool:
        told = listing.items or listing.gone or not listing.complete
        if told or not (listing.since_known or (listing.folder and not folder.present)):
            return False
        if folder.left > (Left.NOTHING if self._scan.reads else Left.WAITING):
            return False
        access = self._rights.rights(connection, listing.access) or folder.access_id
        now = listing.state, self._service(connection, listing.folder), access
        return now == (folder.state, folder.service_id, folder.access_id)

    def _service(self, connection: Connection, folder: bytes) -> int:
        service = self._service_of(folder)
        if service not in self._services:
            self._services[service] = service_number(connection, service)
        return self._services[service]

    def _at(self, connection: Connection, folder: KnownFolder, place: int) -> int | None:
        """The number of the item that stands at this place in a folder."""
        return connection.execute(AT, {"dir": folder.id, "place": place}).scalar_one_or_none()

    def _write(self, connection: Connection, changed: Sequence[Listed], drawn: list[int | None]) -> list[Unexamined]:
        numbers = self._stamped(connection, [listing for listing, _ in changed])
        held = self._held(connection, [folder.id for _, folder in changed if folder is not None])
        changes = _Changes()
        todo: list[Unexamined] = []
        new: list[Unexamined] = []
        today = self._scan.today.isoformat()
        for listing, _ in changed:
            dir_id = numbers[listing.folder]
            known = held.get(dir_id) or _Held()
            self._missing(listing, dir_id, known.rows, changes)
            for item in self._present(listing, known.rows):
                self.met += 1
                name = item.ref.name
                row = known.rows.get(name)
                if row is None:
                    if self._scan.reads or item.problem is not None:
                        new.append(Unexamined(item))
                    owner = self._rights.principal(connection, item.owner)
                    changes.new.append(new_row(dir_id, name, item, owner, today))
                elif name in known.unsettled or not _is_settled(item, row):
                    todo.append(Unexamined(item, self._cursor(item, row)))
                    self._expect(connection, todo[-1], dir_id, row, changes)
                elif self._draw.among(1):
                    drawn.append(row.id)
        changes.write(connection)
        return todo + self._unmoved(connection, new)

    def _stamped(self, connection: Connection, listings: Sequence[Listing]) -> dict[bytes, int]:
        """Write the folders' rows; their numbers by their paths."""
        connection.execute(LISTED, [self._dir(connection, listing) for listing in listings])
        paths = [listing.folder for listing in listings]
        found = (connection.execute(NUMBERS, {"source": self._scan.source_id, "paths": some}) for some in _some(paths))
        return {row.path: row.id for rows in found for row in rows}

    def _dir(self, connection: Connection, listing: Listing) -> dict[str, Any]:
        state = listing.state if listing.complete else None
        if listing.items and not listing.complete and not listing.since_known:
            state = b""  # The rows are no longer what the state before was of.
        return {
            "source": self._scan.source_id, "path": listing.folder, "scan": self._scan.id, "state": state,
            "service": self._service(connection, listing.folder),
            "access": self._rights.rights(connection, listing.access),
        }  # fmt: skip

    def _held(self, connection: Connection, folders: Sequence[int]) -> dict[int, _Held]:
        held: dict[int, _Held] = {folder: _Held() for folder in folders}
        for some in _some(folders):
            for row in connection.execute(self._known, {"dirs": some}):
                held[row.dir_id].rows[row.name] = row
            for part in connection.execute(self._parts, {"dirs": some}):
                held[part.dir_id].unsettled.add(part.name)
        return held

    def _present(self, listing: Listing, known: Mapping[bytes, AnyRow]) -> Iterable[Item]:
        """What is in a folder: as listed, or as known before where only what changed was listed."""
        if not listing.since_known:
            return listing.items
        told = {item.ref.name for item in listing.items}.union(listing.gone)
        kept = (row for name, row in known.items() if name not in told and row.gone is None)
        return (*listing.items, *(item_of(self._scan.source, row, listing.folder) for row in kept))

    def _missing(self, listing: Listing, dir_id: int, known: Mapping[bytes, AnyRow], changes: _Changes) -> None:
        """The items that left a folder. That a root was suddenly empty is believed once something else is listed."""
        if listing.since_known:
            left: Collection[bytes] = listing.gone
        elif not listing.complete:
            left = ()
        elif not listing.folder and not listing.items:
            self.bare_root, left = dir_id, ()
        else:
            left = known.keys() - {item.ref.name for item in listing.items} if known else ()
        gone = (name for name in left if name in known and known[name].gone is None)
        changes.missed += [{"dir": dir_id, "named": name, "scan": self._scan.id} for name in gone]

    def _cursor(self, item: Item, row: AnyRow) -> Cursor | None:
        """Where an interrupted container goes on; None where it must begin anew."""
        if row.gone is not None or row.rest_at is None:
            return None
        if row.version != item.version or row.pipeline != self._scan.pipeline.mark(row.problem_code):
            return None
        at = tuple(int(position) for position in row.rest_at.split(","))
        rest = row.rest_parts, row.rest_expanded, row.rest_digest or b"", row.rest_seconds
        return Cursor(at, *rest, version=item.version)  # Unchanged since it was listed, so since the digest was made.

    def _expect(self, connection: Connection, one: Unexamined, dir_id: int, row: AnyRow, changes: _Changes) -> None:
        """Have a known item written down as waiting to be examined, unless it waits just so."""
        item = one.item
        if one.after is not None or (row.waits and _looks_the_same(item, row)):
            return
        changes.aside.append({"dir": dir_id, "named": item.ref.name, "scan": self._scan.id})
        seen = self._scan.today if row.gone is not None else row.first_seen
        owner = self._rights.principal(connection, item.owner)
        changes.again.append(WAITING | facts(item) | {"number": row.id, "first_seen": seen, "owner_id": owner})

    def _unmoved(self, connection: Connection, new: list[Unexamined]) -> list[Unexamined]:
        """Of new items, those that are not probably but moved: these wait until that is settled."""
        if not self._scan.last_whole:
            return new
        readable = (one.item for one in new if one.item.problem is None)
        moved = seen_elsewhere(connection, self._scan.source_id, readable)
        return [one for one in new if one.item.file_id not in moved]

    def _miss_all(self, connection: Connection, dir_id: int) -> None:
        rows = (ItemRow.dir_id == dir_id, ItemRow.gone.is_(None))
        connection.execute(update(ItemRow).where(*rows).values(gone=self._scan.id))

    def _proofs(self, connection: Connection, drawn: Sequence[int | None]) -> Iterator[Unexamined]:
        """Of the rows that were drawn, those whose content is known."""
        numbers = [number for number in drawn if number is not None]
        for some in _some(numbers):
            for row in connection.execute(DRAWN, {"numbers": some}):
                yield Unexamined(item_of(self._scan.source, row, row.path), proof=row.digest)


def _is_settled(item: Item, row: AnyRow) -> bool:
    return bool(row.settled) and _looks_the_same(item, row)


def _looks_the_same(item: Item, row: AnyRow) -> bool:
    return row.gone is None and row.version == item.version and row.kind == item.kind


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _MOST_AT_ONCE] for at in range(0, len(values), _MOST_AT_ONCE))
