"""An item as a listing tells it, in one tuple: of all that a scan lists little is ever made an `Item`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple, overload

from domain.access import Access
from domain.errors import Problem
from domain.item import Item, ItemKind, ItemRef

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Entry(NamedTuple):
    """What `Item` says, by its name in its folder; times are whole microseconds since 1970 (UTC)."""

    name: bytes
    kind: str
    size: int
    modified: int | None
    version: bytes
    file_id: str | None
    created: int | None
    accessed: int | None
    allocated: int | None
    mangled: bool
    owner: str | None
    access: Access | None
    problem: Problem | None

    def item(self, source: str, folder: bytes) -> Item:
        ref = ItemRef(source, folder + b"/" + self.name if folder else self.name)
        return Item(
            ref, ItemKind(self.kind), self.size, moment_of(self.modified), self.version, self.file_id, self.problem,
            moment_of(self.created), moment_of(self.accessed), self.allocated, self.owner, self.mangled, self.access,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entries(Sequence[Item]):
    """The items of a folder, each made when it is asked for."""

    source: str
    folder: bytes
    told: Sequence[Entry]

    def __len__(self) -> int:
        return len(self.told)

    def __iter__(self) -> Iterator[Item]:
        return (entry.item(self.source, self.folder) for entry in self.told)

    @overload
    def __getitem__(self, at: int) -> Item: ...
    @overload
    def __getitem__(self, at: slice) -> Entries: ...
    def __getitem__(self, at: int | slice) -> Item | Entries:
        if isinstance(at, slice):
            return Entries(self.source, self.folder, self.told[at])
        return self.told[at].item(self.source, self.folder)


def entries_of(items: Iterable[Item]) -> Sequence[Entry]:
    """The same items as entries."""
    return items.told if isinstance(items, Entries) else [_entry(item) for item in items]


def moment_of(microseconds: int | None) -> datetime | None:
    return None if microseconds is None else _EPOCH + timedelta(0, 0, microseconds)


def microseconds_of(moment: datetime | None) -> int | None:
    if moment is None:
        return None
    since = moment - _EPOCH
    return (since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds


def _entry(item: Item) -> Entry:
    return Entry(
        item.ref.name, item.kind.value, item.size, microseconds_of(item.modified), item.version, item.file_id,
        microseconds_of(item.created), microseconds_of(item.accessed), item.allocated, item.mangled, item.owner,
        item.access, item.problem,
    )  # fmt: skip
