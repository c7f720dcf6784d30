"""A source lists items and opens them for reading. It cannot change anything."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from domain.errors import ItemTroubleError, Problem
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


Known = Callable[[bytes], bytes]
"""The state of a folder, by its locator, with which the last scan ended; b"" where it was never listed whole."""


def nothing_known(folder: bytes) -> bytes:  # noqa: ARG001
    """Of a source that is listed for the first time."""
    return b""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an account gets in one place of a source that has several: a mailbox, a drive, a site.

    `folders` are those it was told of, None where they were not counted, and `unreadable` those of them that it may not
    read; `problem` is what keeps it out of all. `changing` are the rights, in words or as the server calls them, by
    which it could change something: () is none, None is not told. `too_wide` are those that open more than this place;
    `unseen` says which other rights there may be that this account is not told of.
    """

    title: str
    folders: int | None = None
    unreadable: int = 0
    problem: Problem | None = None
    changing: tuple[str, ...] | None = None
    too_wide: tuple[str, ...] = ()
    unseen: str = ""


class Source(Protocol):
    """One share, folder tree or mailbox, under the name that the configuration gives it."""

    @property
    def name(self) -> str: ...

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        """Yield every folder's listing, each item in it or the problem met in its place; drop nothing."""
        ...

    def open(self, item: Item) -> AbstractContextManager[Opened]:
        """Open an item's bytes, read-only.

        Raises ItemTroubleError (denied, vanished, link, not-a-file, locked) at entry, and (changed) at exit where
        the item moved under the reader.
        """
        ...


class RemoteSource(Source, Protocol):
    """A source with credentials and connections: it lives in the host process and is never sent to a worker."""

    @property
    def connections(self) -> int:
        """How many threads may read from it at once."""
        ...

    def fetch(self, items: Sequence[Item]) -> Iterator[tuple[Item, bytes | ItemTroubleError]]:
        """The bytes of small items in as few round trips as can be, each item once, in any order."""
        ...

    def close(self) -> None:
        """Close its connections; it may be used again."""
        ...
