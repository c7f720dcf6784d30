"""Folders as files are considered in them: by their numbers, and no more of them remembered than is bounded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from domain.item import readable
from inventory.dialects import in_parts
from inventory.tables import DirRow, ServiceRow, SourceRow

_AT_ONCE = 20_000
_FOLDERS_KNOWN = 50_000


@dataclass(frozen=True, slots=True)
class Folder:
    path: bytes
    service: str
    source: str

    @property
    def in_mailbox(self) -> str:
        """Where its messages lie in their mailbox, which the first folder of the path is."""
        return readable(self.path.partition(b"/")[2])


class Folders:
    """By their numbers. Those met last are remembered, so that an estate of any number of them takes as much memory."""

    def __init__(self, connection: Connection, most: int = _FOLDERS_KNOWN) -> None:
        """`most` are remembered, or those of one page of files where that is more."""
        self._connection, self._most = connection, most
        self._known: dict[int, Folder] = {}

    def __len__(self) -> int:
        """How many are remembered."""
        return len(self._known)

    def __getitem__(self, number: int) -> Folder:
        if number not in self._known:
            self.meet([number])
        return self._known[number]

    def meet(self, numbers: Iterable[int]) -> None:
        """Those of many files that come next, in a few questions."""
        wanted = set(numbers)
        unknown = wanted - self._known.keys()
        if len(self._known) + len(unknown) > self._most:
            self._known.clear()
            unknown = wanted
        for some in in_parts(sorted(unknown)):
            self._known.update(_folders(self._connection.execute(_FOLDERS.where(DirRow.id.in_(some)))))

    def every(self) -> Iterator[tuple[int, Folder]]:
        """All of them, in the order of their numbers; none is remembered."""
        streamed = {"yield_per": _AT_ONCE}
        yield from _folders(self._connection.execute(_FOLDERS.order_by(DirRow.id), execution_options=streamed))


_FOLDERS = (
    select(DirRow.id, DirRow.path, ServiceRow.name, SourceRow.name)
    .join(ServiceRow, ServiceRow.id == DirRow.service_id).join(SourceRow, SourceRow.id == DirRow.source_id)
)  # fmt: skip


def _folders(rows: Iterable[Any]) -> Iterator[tuple[int, Folder]]:
    return ((row[0], Folder(*row[1:])) for row in rows)


def locator_of(folder: Folder, name: bytes) -> bytes:
    return folder.path + b"/" + name if folder.path else name
