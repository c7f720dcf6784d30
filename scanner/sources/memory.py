"""A source that is a mapping: for tests, and the second kind that keeps the port honest."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO

from domain.errors import ItemTroubleError, ProblemCode
from domain.item import Item, ItemRef, Listing
from scanner.source import Known, Opened, nothing_known


@dataclass(frozen=True, slots=True)
class MemorySource:
    """`files` maps a locator (names joined by "/") to its bytes; the folders are those that the locators name."""

    name: str
    files: Mapping[bytes, bytes] = field(repr=False)

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:  # noqa: ARG002
        folders: defaultdict[bytes, list[bytes]] = defaultdict(list)
        for locator in sorted(self.files):
            folders[locator.rpartition(b"/")[0]].append(locator)
        for folder in sorted(_with_parents(folders), key=lambda folder: folder.split(b"/")):
            yield Listing(folder, tuple(self._item(locator) for locator in folders.get(folder, ())))

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        try:
            content = self.files[item.ref.locator]
        except KeyError as error:
            raise ItemTroubleError(ProblemCode.VANISHED) from error
        with BytesIO(content) as file:
            yield Opened(file, _version(content), len(content))
        if self.files.get(item.ref.locator) != content:
            raise ItemTroubleError(ProblemCode.CHANGED)

    def _item(self, locator: bytes) -> Item:
        content = self.files[locator]
        return Item(ItemRef(self.name, locator), size=len(content), version=_version(content))


def _version(content: bytes) -> bytes:
    return hashlib.blake2b(content, digest_size=8).digest()


def _with_parents(folders: Mapping[bytes, object]) -> set[bytes]:
    found = {b""}
    for folder in folders:
        while folder not in found:
            found.add(folder)
            folder = folder.rpartition(b"/")[0]  # noqa: PLW2901  climbs to the root
    return found
