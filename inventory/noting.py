"""Writes listings of folders down, many in one transaction, and says what of them is to be examined.

A folder that is as it was costs one row of one query and one stamp; of the others only what changed is written.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, update

from domain.entry import Entry, entries_of
from domain.examination import Cursor
from domain.item import Item, ItemKind, Listing
from inventory.changes import Changes, ThisScan
from inventory.folders import FolderRow, KnownFolder, Left, write_folders
from inventory.moves import seen_elsewhere
from inventory.noted import (
    AT,
    DRAWN,
    STAMP,
    item_of,
    known_rows,
    unsettled_parts,
)
from inventory.places import service_number
from inventory.proof import Draw
from inventory.recording import AnyRow
from inventory.rights import RightsBook
from inventory.states import as_told, is_look, state_of
from inventory.tables import ItemRow

_MOST_AT_ONCE = 500  # SQLite takes 999 variables in a statement where it was built long ago.

Listed = tuple[Listing, KnownFolder | None]
_Stated = tuple[Listing, KnownFolder | None, bytes]


@dataclass(frozen=True, slots=True)
class Unexamined:
    """An item that is new, changed or unfinished, and where to go on in it.

    With `proof` it is none of these, but was drawn to be read again: that is the digest its content should have. One
    that `waited` was found by an earlier scan, and has not changed since.
    """

    item: Item
    after: Cursor | None = None
    proof: bytes | None = None
    waited: bool = False


@dataclass(slots=True)
class _Held:
    """What the inventory holds of one folder: its rows by name, and the items with parts that are not settled."""

    rows: dict[bytes, AnyRow] = field(default_factory=dict)
    unsettled: set[bytes] = field(default_factory=set)


class Noting:
    """Goes through the listings of one scan. `met` counts the items that it was told of, unchanged ones included.

    `bare_root` is the root's row while the root was listed as empty, and nothing else was listed since; `wrote` says
    that a folder of those noted last was not as it was.
    """

    def __init__(self, scan: ThisScan, service_of: Callable[[bytes], str], proof: float) -> None:
        self._scan, self._service_of = scan, service_of
        self._draw = Draw(proof, scan.id)
        self._services: dict[str, int] = {}
        self._rights = RightsBook()
        self._known = known_rows(scan.pipeline)
        self._parts = unsettled_parts(scan.pipeline)
        self.bare_root: int | None = None
        self.wrote = False
        self.met = 0

    def note(self, connection: Connection, listed: Sequence[Listed]) -> tuple[Unexamined, ...]:
        """Write listings down, each with what is known of its folder."""
        changed, drawn, unchanged = [], [], []
        for listing, folder in listed:
            state = state_of(listing)
            if folder is not None and self._is_unchanged(connection, listing, folder, state):
                self.met += folder.present
                unchanged.append(folder.id)
                drawn += [self._at(connection, folder, place) for place in self._draw.among(folder.present)]
            else:
                changed.append((listing, folder, state))
        for some in _some(unchanged):
            connection.execute(STAMP, {"folders": some, "scan": self._scan.id})
        self.wrote = bool(changed)
        todo = self._write(connection, changed, drawn) if changed else []
        if self.bare_root is not None and any(listing.folder for listing, _ in listed):
            self._miss_all(connection, self.bare_root)
            self.bare_root = None
        return (*todo, *self._proofs(connection, drawn))

    def _is_unchanged(self, connection: Connection, listing: Listing, folder: KnownFolder, state: bytes) -> bool:
        if not listing.complete or not _is_known(listing, folder, state):
            return False
        if folder.left > (Left.NOTHING if self._scan.reads else Left.WAITING):
            return False
        access = self._rights.rights(connection, listing.access) or folder.access_id
        return (self._service(connection, listing.folder), access) == (folder.service_id, folder.access_id)

    def _service(self, connection: Connection, folder: bytes) -> int:
        service = self._service_of(folder)
        if service not in self._services:
            self._services[service] = service_number(connection, service)
        return self._services[service]

    def _at(self, connection: Connection, folder: KnownFolder, place: int) -> int | None:
        """The number of the item that stands at this place in a folder."""
        return connection.execute(AT, {"dir": folder.id, "place": place}).scalar_one_or_none()

    def _write(self, connection: Connection, changed: Sequence[_Stated], drawn: list[int | None]) -> list[Unexamined]:
        numbers = write_folders(connection, [self._row(connection, listing, state) for listing, _, state in changed])
        held = self._held(connection, [folder.id for _, folder, _ in changed if folder is not None])
        changes = Changes(self._scan, self._rights)
        todo: list[Unexamined] = []
        new: list[Unexamined] = []
        for listing, _, _ in changed:
            dir_id = numbers[listing.folder]
            known = held.get(dir_id) or _Held()
            self._missing(listing, dir_id, known.rows, changes)
            present = self._present(listing, known.rows)
            self.met += len(present)
            fresh = [entry for entry in present if entry.name not in known.rows] if known.rows else present
            changes.add(connection, dir_id, listing.access, fresh)
            new += self._new(listing, fresh)
            if known.rows:
                todo += self._again(connection, listing, dir_id, present, known, changes, drawn)
        changes.write(connection)
        return todo + self._unmoved(connection, new)

    def _new(self, listing: Listing, new: Iterable[Entry]) -> Iterator[Unexamined]:
        """Of what is new, what is told."""
        told = new if self._scan.reads else (entry for entry in new if entry.problem is not None)
        return (Unexamined(entry.item(self._scan.source, listing.folder)) for entry in told)

    def _again(
        self, connection: Connection, listing: Listing, dir_id: int, present: Iterable[Entry], known: _Held,
        changes: Changes, drawn: list[int | None],
    ) -> Iterator[Unexamined]:  # fmt: skip
        """Of what is known, what is to be examined again; of the rest, what is said otherwise is written down."""
        for entry in present:
            row = known.rows.get(entry.name)
            if row is None:
                continue
            is_the_same = _looks_the_same(entry, row)
            if entry.name in known.unsettled or not (row.settled and is_the_same):
                item = entry.item(self._scan.source, listing.folder)
                yield (one := Unexamined(item, self._cursor(item, row), waited=bool(row.waits) and is_the_same))
                if one.after is None and not one.waited:
                    changes.begin_anew(connection, dir_id, listing.access, item, row)
                    continue
            elif self._draw.among(1):
                drawn.append(row.id)
            changes.refresh(connection, listing.access, entry, row)

    def _row(self, connection: Connection, listing: Listing, state: bytes) -> FolderRow:
        told: bytes | None = state if listing.complete else None
        if listing.items and not listing.complete and not listing.since_known:
            told = b""  # The rows are no longer what the state before was of.
        return (
            self._scan.source_id, listing.folder, self._scan.id, self._service(connection, listing.folder), told,
            self._rights.rights(connection, listing.access),
        )  # fmt: skip

    def _held(self, connection: Connection, folders: Sequence[int]) -> dict[int, _Held]:
        held: dict[int, _Held] = {folder: _Held() for folder in folders}
        for some in _some(folders):
            for row in connection.execute(self._known, {"dirs": some}):
                held[row.dir_id].rows[row.name] = row
            for part in connection.execute(self._parts, {"dirs": some}):
                held[part.dir_id].unsettled.add(part.name)
        return held

    def _present(self, listing: Listing, known: Mapping[bytes, AnyRow]) -> Sequence[Entry]:
        """What is in a folder: as listed, or as known before where only what changed was listed. Folders that cannot be
        listed are told each time.
        """
        told = entries_of(listing.items)
        if not listing.since_known:
            return told
        changed = {entry.name for entry in told}.union(listing.gone)
        kept = (
            row for name, row in known.items()
            if name not in changed and row.gone is None and row.kind != ItemKind.FOLDER
        )  # fmt: skip
        return (*told, *entries_of(item_of(self._scan.source, row, listing.folder) for row in kept))

    def _missing(self, listing: Listing, dir_id: int, known: Mapping[bytes, AnyRow], changes: Changes) -> None:
        """The items that left a folder. That a root was suddenly empty is believed once something else is listed."""
        if listing.since_known:
            folders = {name for name, row in known.items() if row.kind == ItemKind.FOLDER}
            left: Collection[bytes] = folders.difference(entry.name for entry in entries_of(listing.items)).union(
                listing.gone
            )
        elif not listing.complete:
            left = ()
        elif not listing.folder and not listing.items:
            self.bare_root, left = dir_id, ()
        else:
            left = known.keys() - {entry.name for entry in entries_of(listing.items)} if known else ()
        changes.miss(dir_id, (name for name in left if name in known and known[name].gone is None))

    def _cursor(self, item: Item, row: AnyRow) -> Cursor | None:
        """Where an interrupted container goes on; None where it must begin anew."""
        if row.gone is not None or row.rest_at is None:
            return None
        if row.version != item.version or row.pipeline != self._scan.pipeline.mark(row.problem_code):
            return None
        at = tuple(int(position) for position in row.rest_at.split(","))
        rest = row.rest_parts, row.rest_expanded, row.rest_digest or b"", row.rest_seconds
        return Cursor(at, *rest, version=item.version)  # Unchanged since it was listed, so since the digest was made.

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


def _is_known(listing: Listing, folder: KnownFolder, state: bytes) -> bool:
    """Whether a complete listing says nothing that is new. A root that is empty is news, whatever it was before."""
    if listing.since_known:
        return not listing.items and not listing.gone and state == as_told(folder.state)
    if not listing.items:
        return bool(listing.folder) and not folder.present and state == folder.state
    return is_look(state) and state == folder.state


def _looks_the_same(entry: Entry, row: AnyRow) -> bool:
    return row.gone is None and row.version == entry.version and row.kind == entry.kind


def _some(values: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (values[at : at + _MOST_AT_ONCE] for at in range(0, len(values), _MOST_AT_ONCE))
