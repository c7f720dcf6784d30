"""A source lists items and opens them for reading. It cannot change anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from domain.item import Item, Listing


@dataclass(frozen=True, slots=True)
class Opened:
    """An item's bytes, open for reading. A `file` that can seek may be read where it lies.

    `version` is the item's as it is now, whatever the listing said: the same version, the same bytes. `taken` is how
    many bytes it takes up, holes apart.
    """

    file: BinaryIO
    version: bytes
    taken: int


class Source(Protocol):
    """One share, folder tree or mailbox, under the name that the configuration gives it."""

    @property
    def name(self) -> str: ...

    def list(self) -> Iterator[Listing]:
        """Yield every folder's listing, each item in it or the problem met in its place; drop nothing."""
        ...

    def open(self, item: Item) -> AbstractContextManager[Opened]:
        """Open an item's bytes, read-only.

        Raises ItemTroubleError (denied, vanished, link, not-a-file, locked) at entry, and (changed) at exit where
        the item moved under the reader.
        """
        ...
