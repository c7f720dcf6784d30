"""A source lists items and opens them for reading. It cannot change anything."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from typing import BinaryIO, Protocol

from domain.item import Item, Listing


class Source(Protocol):
    """One share, folder tree or mailbox, under the name that the configuration gives it."""

    @property
    def name(self) -> str: ...

    def list(self) -> Iterator[Listing]:
        """Yield every folder's listing, each item in it or the problem met in its place; drop nothing."""
        ...

    def open(self, item: Item) -> AbstractContextManager[BinaryIO]:
        """Open an item's bytes, read-only.

        Raises ItemTroubleError (denied, vanished, link, not-a-file, locked) at entry, and (changed) at exit where
        the item moved under the reader.
        """
        ...
