"""The storages and streams of an OLE compound file (the container of .doc, .xls, .ppt, .msg).

After [MS-CFB]. Damage never raises: what cannot be followed is as if it were not there. Nothing is followed in a
circle, and never more is read than the file holds, whatever it says of itself.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import BinaryIO

from scanner.blob import Blob
from scanner.budget import MIB

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA  # From here on a sector number means that there is none.
_ENTRY = 128
_MINI = 64
_MINI_BELOW = 4096
_DIRECTORY_LIMIT = 16 * MIB
_TABLES_IN_HEADER = 109
_WORDS_ARE_LITTLE = array("I", b"\1\0\0\0")[0] == 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A storage or stream; `number` is its place in the directory, the others are places too, or none."""

    number: int
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int

    @property
    def is_storage(self) -> bool:
        return self.kind in (1, 5)


@dataclass(frozen=True, slots=True)
class Ole:
    """`entries` are those of the root storage by name in capitals, since case does not matter there."""

    file: BinaryIO
    size: int
    sector: int
    chains: array[int]
    directory: tuple[Entry, ...]
    entries: Mapping[str, Entry]
    mini_fat: int
    _kept: dict[str, tuple[array[int], bytes]] = field(default_factory=dict, repr=False, compare=False)

    @property
    def root(self) -> Entry:
        return self.directory[0]

    def has(self, *names: str) -> bool:
        """Whether the root storage has an entry of any of these names."""
        return any(name.upper() in self.entries for name in names)

    def head(self, name: str, length: int = 512) -> bytes:
        """The first bytes of a stream of the root storage; empty where there is none."""
        entry = self.entries.get(name.upper())
        return b"" if entry is None else self.read(entry, length)

    def children(self, storage: Entry) -> Mapping[str, Entry]:
        """The entries in a storage by name in capitals."""
        return _children(self.directory, storage.child)

    def read(self, stream: Entry, limit: int | None = None) -> bytes:
        """The first bytes of a stream, as many as there are of it up to the limit."""
        wanted = stream.size if limit is None else min(limit, stream.size)
        if self._is_large(stream):
            return self._read(stream.start, wanted)
        chains, content = self._mini()
        pieces = (content[number * _MINI : number * _MINI + _MINI] for number in _chain(chains, stream.start))
        return b"".join(islice(pieces, -(-wanted // _MINI)))[:wanted]

    def is_short(self) -> bool:
        """Whether some stream is not there to its end."""
        streams = [entry for entry in self.directory if entry.kind in (2, 5) and self._is_large(entry) and entry.size]
        if sum(-(-stream.size // self.sector) for stream in streams) > len(self.chains):
            return True
        return any(map(self._lacks, streams))

    def _lacks(self, stream: Entry) -> bool:
        needed = -(-stream.size // self.sector)
        numbers = list(islice(_chain(self.chains, stream.start), needed))
        if len(numbers) < needed:
            return True
        last = stream.size - (needed - 1) * self.sector
        ends = (*((number + 2) * self.sector for number in numbers[:-1]), (numbers[-1] + 1) * self.sector + last)
        return max(ends) > self.size

    @staticmethod
    def _is_large(stream: Entry) -> bool:
        return stream.size >= _MINI_BELOW or stream.number == 0

    def _read(self, start: int, wanted: int) -> bytes:
        return b"".join(_sectors(self.file, self.sector, self.chains, start, wanted))[:wanted]

    def _mini(self) -> tuple[array[int], bytes]:
        """The chains of the small streams, and the stream that holds them all; read once."""
        if "mini" not in self._kept:
            chains = _numbers(self._read(self.mini_fat, len(self.chains) * self.sector))
            self._kept["mini"] = chains, self._read(self.root.start, self.root.size)
        return self._kept["mini"]


def open_ole(blob: Blob) -> Ole | None:
    """The compound file, or None where this is not one or its directory cannot be found."""
    header = blob.head[:512]
    if len(header) < 512 or not header.startswith(MAGIC):
        return None
    sector = 1 << max(7, min(struct.unpack_from("<H", header, 30)[0], 16))
    (start,) = struct.unpack_from("<I", header, 48)
    (mini_fat,) = struct.unpack_from("<I", header, 60)
    chains = _numbers(b"".join(_sector(blob.file, sector, number) for number in _tables(blob, header, sector)))
    pieces = _sectors(blob.file, sector, chains, start, _DIRECTORY_LIMIT)
    raw = b"".join(pieces) or _sector(blob.file, sector, start)
    is_wide = sector > 512  # Only then is the upper half of a size to be trusted (2.6.3).
    directory = tuple(_entry(raw, number, is_wide=is_wide) for number in range(len(raw) // _ENTRY))
    if not directory:
        return None
    entries = _children(directory, directory[0].child)
    return Ole(blob.file, blob.size, sector, chains, directory, entries, mini_fat)


def _tables(blob: Blob, header: bytes, sector: int) -> Iterator[int]:
    """The sectors that hold the chains: 109 of them in the header, the rest in sectors chained by their last number."""
    yield from (number for number in struct.unpack_from(f"<{_TABLES_IN_HEADER}I", header, 76) if number < _FREE)
    (following,) = struct.unpack_from("<I", header, 68)
    seen: set[int] = set()
    while following < _FREE and following not in seen and following * sector < blob.size:
        seen.add(following)
        *numbers, following = _numbers(_sector(blob.file, sector, following)) or array("I", [_FREE])
        yield from (number for number in numbers if number < _FREE)


def _entry(raw: bytes, number: int, *, is_wide: bool) -> Entry:
    at = number * _ENTRY
    length, kind, left, right, child = struct.unpack_from("<HBxIII", raw, at + 64)
    start, size = struct.unpack_from("<IQ" if is_wide else "<II", raw, at + 116)
    name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Entry(number, name, kind, left, right, child, start, size)


def _children(directory: tuple[Entry, ...], top: int) -> dict[str, Entry]:
    found: dict[str, Entry] = {}
    seen: set[int] = set()
    pending = [top]
    while pending:
        number = pending.pop()
        if number < len(directory) and number not in seen:
            seen.add(number)
            entry = directory[number]
            found[entry.name.upper()] = entry
            pending += [entry.left, entry.right]
    return found


def _sectors(file: BinaryIO, sector: int, chains: array[int], start: int, wanted: int) -> Iterator[bytes]:
    """What a chain holds, in as few reads as its sectors lie in stretches."""
    begin = end = -1
    for number in islice(_chain(chains, start), -(-wanted // sector)):
        if number != end:
            yield _stretch(file, sector, begin, end)
            begin = number
        end = number + 1
    yield _stretch(file, sector, begin, end)


def _chain(chains: array[int], start: int) -> Iterator[int]:
    # No chain is longer than there are sectors: one that goes on runs in a circle.
    for _ in range(len(chains)):
        if start >= len(chains):
            return
        yield start
        start = chains[start]


def _sector(file: BinaryIO, sector: int, number: int) -> bytes:
    return _stretch(file, sector, number, number + 1)


def _stretch(file: BinaryIO, sector: int, begin: int, end: int) -> bytes:
    if begin < 0:
        return b""
    file.seek((begin + 1) * sector)
    return file.read((end - begin) * sector)


def _numbers(raw: bytes) -> array[int]:
    numbers = array("I", raw[: len(raw) // 4 * 4])
    if not _WORDS_ARE_LITTLE:
        numbers.byteswap()
    return numbers
