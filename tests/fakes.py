"""Stand-ins that live in memory, and a reader that misbehaves on order."""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.content import Content
from domain.errors import ItemTroubleError, MunimentError, ProblemCode
from domain.finding import Finding
from domain.item import Item
from operations.examine import Toolkit
from scanner.blob import Blob
from scanner.budget import MIB, Budget
from scanner.extractor import Extractor
from scanner.sources.memory import MemorySource


@dataclass(frozen=True)
class ShoutedWords:
    """A classifier that takes every text with NAMED in it for personal."""

    version: str = "shouted words 1"

    def find(self, content: Content) -> tuple[Finding, ...]:
        count = content.text.count("NAMED")
        return (Finding("UK_NINO", count, 0.95, fingerprints=(b"f" * 16,)),) if count else ()


_kept: list[bytes] = []


class OrderedExtractor:
    """Reads plain text, and does what the text orders: hang (with the GIL or without), exit, segfault, eat memory or
    keep some, or break unless the process would end at once when asked to.
    """

    version = "ordered 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        order = blob.bytes.decode("utf-8", "replace").strip()
        if order == "hang":
            threading.Event().wait()
        if order == "hang with the GIL":
            ctypes.PyDLL(None).sleep(3600)
        if order == "exit":
            os._exit(7)
        if order == "segfault":
            os.kill(os.getpid(), signal.SIGSEGV)
        if order == "eat memory":
            eaten = []
            while True:
                eaten.append(b"x" * 16 * MIB)
        if order == "keep memory":
            _kept.append(b"x" * 40 * MIB)
        mortal = signal.getsignal(signal.SIGTERM) is signal.SIG_DFL
        if order == "raise" or (order == "raise unless mortal" and not mortal):
            raise ValueError(order)
        return Content(order[:limit])


@dataclass(frozen=True)
class FarMemory(MemorySource):
    """Files in memory that only the host process can reach, read some at a time as a network source reads them.

    What `lost` names does not come with the others, but alone; what `broken` names comes in neither way.
    """

    connections: int = 2
    lost: frozenset[bytes] = frozenset()
    broken: frozenset[bytes] = frozenset()

    def fetch(self, items: Sequence[Item]) -> Iterator[tuple[Item, bytes | ItemTroubleError]]:
        for item in reversed(items):
            if item.ref.locator in self.broken:
                yield item, ItemTroubleError(ProblemCode.DENIED)
            elif item.ref.locator not in self.lost:
                yield item, self.files.get(item.ref.locator) or ItemTroubleError(ProblemCode.VANISHED)

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class MakeTools:
    """Builds a toolkit over files in memory; picklable, as workers need it."""

    files: Mapping[bytes, bytes]
    budget: Budget = field(default_factory=Budget)
    extractor: type[Extractor] = OrderedExtractor
    fails: bool = False

    def __call__(self) -> Toolkit:
        if self.fails:
            raise MunimentError("The model is missing. Install it.")
        extractor = self.extractor()

        def extractor_for(media_type: str) -> Extractor | None:
            return None if media_type in ("application/zip", "application/mbox", "application/x-empty") else extractor

        source = MemorySource("memory", self.files)
        return Toolkit({"memory": source}, ShoutedWords(), "pipeline 1", extractor_for, budget=self.budget)


@dataclass(frozen=True)
class FakeEntry:
    """A property of an item of a libpff store."""

    entry_type: int
    value_type: int
    data: bytes

    @property
    def data_as_integer(self) -> int:
        return int.from_bytes(self.data, "little")


@dataclass(frozen=True)
class FakeItem:
    """An item of a libpff store: a message, a recipient, an attachment or, with the numbers of others, a folder.

    `breaks` are the names of what raises when it is asked for, as libpff does on damage.
    """

    identifier: int = 0
    name: str | None = None
    properties: tuple[FakeEntry, ...] = ()
    attachments: tuple[FakeItem, ...] = ()
    table: tuple[FakeItem, ...] = ()
    inner: tuple[FakeItem, ...] = ()
    content: bytes = b""
    messages: Sequence[FakeItem | None] = ()
    folders: tuple[FakeItem | None, ...] = ()
    breaks: frozenset[str] = frozenset()
    opened: list[int] = field(default_factory=list, compare=False, repr=False)

    def __getattribute__(self, name: str) -> object:
        if name != "breaks" and not name.startswith("_") and name in self.breaks:
            raise OSError(f"libpff: unable to read {name}")
        return object.__getattribute__(self, name)

    @property
    def number_of_record_sets(self) -> int:
        return len(self.table) or 1

    def get_record_set(self, number: int) -> FakeRecordSet:
        return FakeRecordSet(self.table[number].properties if self.table else self.properties)

    @property
    def recipients(self) -> FakeItem | None:
        return FakeItem(table=self.inner) if self.inner and not self.content else None

    @property
    def number_of_attachments(self) -> int:
        return len(self.attachments)

    def get_attachment(self, number: int) -> FakeItem:
        return self.attachments[number]

    @property
    def size(self) -> int:
        return len(self.content)

    def seek_offset(self, offset: int, whence: int) -> None:
        pass

    def read_buffer(self, size: int) -> bytes:
        return self.content[:size]

    @property
    def number_of_sub_items(self) -> int:
        return len(self.folders)

    def get_sub_item(self, number: int) -> FakeItem:
        return self._found(self.folders[number])

    @property
    def number_of_sub_messages(self) -> int:
        return len(self.messages)

    def get_sub_message(self, number: int) -> FakeItem:
        self.opened.append(number)
        return self._found(self.messages[number])

    @property
    def number_of_sub_folders(self) -> int:
        return len(self.folders)

    def get_sub_folder(self, number: int) -> FakeItem:
        return self._found(self.folders[number])

    def _found(self, item: FakeItem | None) -> FakeItem:
        if item is None:
            raise OSError("libpff: unable to retrieve item")
        return item


@dataclass(frozen=True)
class FakeRecordSet:
    entries: tuple[FakeEntry, ...]

    @property
    def number_of_entries(self) -> int:
        return len(self.entries)

    def get_entry(self, number: int) -> FakeEntry:
        return self.entries[number]


@dataclass(frozen=True)
class FakeStore:
    """A libpff store in memory."""

    root: FakeItem
    orphans: tuple[FakeItem | None, ...] = ()
    ascii_codepage: bytes = b"cp1252"

    def get_name_to_id_map(self) -> FakeItem | None:
        return None

    def get_root_folder(self) -> FakeItem:
        return self.root

    @property
    def number_of_orphan_items(self) -> int:
        return len(self.orphans)

    def get_orphan_item(self, number: int) -> FakeItem:
        found = self.orphans[number]
        if found is None:
            raise OSError("libpff: unable to retrieve item")
        return found
