"""What listings change of items: gathered folder by folder, and written in few statements."""

from __future__ import annotations

import sys
from bisect import bisect_right
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlalchemy import Connection

from domain.access import Access
from domain.entry import Entry, microseconds_of, moment_of
from domain.item import Item
from inventory.noted import AGAIN, ASIDE, MISSED, REFRESHED
from inventory.recording import WAITING, AnyRow, Pipeline, facts
from inventory.rights import RightsBook
from inventory.rows import Row, insert_items, new_rows

_DAY = 86_400_000_000  # microseconds


@dataclass(frozen=True, slots=True)
class ThisScan:
    """What stamps the rows. `last_whole` is the scan of this source that last saw everything, 0 for none. Without
    `reads` nothing is to be opened in this one: of new items only those with a problem are told. `looks` are the times
    in which this and earlier scans read the source, in order and in microseconds.
    """

    id: int
    source_id: int
    source: str
    pipeline: Pipeline
    today: date
    last_whole: int = 0
    reads: bool = True
    looks: Sequence[tuple[int, int]] = ()


class Changes:
    """What one transaction writes to items. Each method speaks of one folder, by its number and its rights."""

    def __init__(self, scan: ThisScan, rights: RightsBook) -> None:
        self._scan, self._rights = scan, rights
        self._new: list[Row] = []
        self._again: list[dict[str, Any]] = []
        self._aside: list[dict[str, Any]] = []
        self._missed: list[dict[str, Any]] = []
        self._refreshed: list[dict[str, Any]] = []

    def add(self, connection: Connection, folder: int, own: Access | None, new: Collection[Entry]) -> None:
        """Have new items written down as waiting to be examined."""
        self._new += new_rows(
            folder, new, self._scan.today.isoformat(), partial(self._rights.principal, connection),
            own, lambda access: self._rights_apart(connection, access, own),
        )  # fmt: skip

    def begin_anew(self, connection: Connection, folder: int, own: Access | None, item: Item, row: AnyRow) -> None:
        """Have a known item written down as waiting to be examined."""
        self._aside.append({"dir": folder, "named": item.ref.name, "scan": self._scan.id})
        seen = self._scan.today if row.gone is not None else row.first_seen
        owner, access = self._rights.principal(connection, item.owner or row.account), item.access
        whose = {"owner_id": owner, "access_id": self._rights_apart(connection, access, own, row)}
        self._again.append(WAITING | facts(item) | {"number": row.id, "first_seen": seen} | whose)

    def refresh(self, connection: Connection, own: Access | None, entry: Entry, row: AnyRow) -> None:
        """Have written down whose an item is that stays as it was, who can read it, and when it was last read."""
        access, whose = self._rights_apart(connection, entry.access, own, row), entry.owner or row.account
        now = self._last_read(entry, row), access, whose
        if now != (row.accessed, row.access_id, row.account):
            owner = self._rights.principal(connection, whose)
            self._refreshed.append({"number": row.id, "read": now[0], "access": access, "owner": owner})

    def miss(self, folder: int, names: Iterable[bytes]) -> None:
        """Have items, with their parts, written down as gone."""
        self._missed += [{"dir": folder, "named": name, "scan": self._scan.id} for name in names]

    def write(self, connection: Connection) -> None:
        written = (ASIDE, self._aside), (AGAIN, self._again), (MISSED, self._missed), (REFRESHED, self._refreshed)
        for statement, rows in written:
            if rows:
                connection.execute(statement, rows)
        insert_items(connection, self._new)

    def _rights_apart(
        self, connection: Connection, access: Access | None, own: Access | None, row: AnyRow | None = None
    ) -> int | None:
        """The number of rights other than the folder's own, None for those; as it was where they are not told."""
        if access is None:
            return None if row is None else row.access_id
        return None if access is own or access == own else self._rights.rights(connection, access)

    def _last_read(self, entry: Entry, row: AnyRow) -> datetime | None:
        """The last access as it is to be kept: by the day, and not that of a scan, which may be its own doing."""
        before: datetime | None = row.accessed
        known, told = microseconds_of(before), entry.accessed
        if told is None or (known is not None and known // _DAY == told // _DAY):
            return before
        at = bisect_right(self._scan.looks, (told, sys.maxsize)) - 1
        is_ours = at >= 0 and told <= self._scan.looks[at][1]
        return before if is_ours else moment_of(told)
