"""Bytes of a network source as the process that parses them gets them: a nameless file that the host process holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from domain.item import Item, Listing
from scanner.source import Known, Opened, nothing_known


@dataclass(frozen=True, slots=True)
class Carried:
    """Where the copy of an item is to be opened (in the host's /proc), and what its source said when it was made."""

    path: str
    version: bytes
    taken: int


@dataclass(frozen=True, slots=True)
class CarriedSource:
    """Stands for a network source where that has neither credential nor connection: opens the one item carried here."""

    name: str
    carried: Carried

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:  # noqa: ARG002
        """Nothing: what a network source holds only the host process can tell."""
        yield from ()

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:  # noqa: ARG002
        """The copy, under a file position of its own, however often it is opened."""
        with open(self.carried.path, "rb") as file:
            yield Opened(file, self.carried.version, self.carried.taken)
