"""The streams of an OLE compound file (the container of .doc, .xls, .ppt, .msg), as far as telling types needs them.

After [MS-CFB]. Damage never raises: what cannot be followed is as if it were not there.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from scanner.blob import Blob

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FREE = 0xFFFFFFFA  # From here on a sector number means that there is none.
_ENTRY = 128
_MINI = 64
_MINI_BELOW = 4096
_SECTORS = 4096  # No chain is followed further: a damaged one may run in a circle.


@dataclass(frozen=True, slots=True)
class _Entry:
    name: str
    kind: int
    left: int
    right: int
    child: int
    start: int
    size: int


@dataclass(frozen=True, slots=True)
class Ole:
    """The entries of the root storage by name in capitals, since case does not matter there, and its streams."""

    file: BinaryIO
    sector: int
    chains: tuple[int, ...]
    directory: tuple[_Entry, ...]
    entries: Mapping[str, _Entry]
    mini_fat: int

    def has(self, *names: str) -> bool:
        """Whether the root storage has an entry of any of these names."""
        return any(name.upper() in self.entries for name in names)

    def head(self, name: str, length: int = 512) -> bytes:
        """The first bytes of a stream of the root storage; empty where there is none."""
        entry = self.entries.get(name.upper())
        if entry is None:
            return b""
        wanted = min(length, entry.size)
        return (self._mini(entry, wanted) if entry.size < _MINI_BELOW else self._read(entry.start, wanted))[:wanted]

    def _read(self, start: int, wanted: int) -> bytes:
        return b"".join(islice(_sectors(self.file, self.sector, self.chains, start), -(-max(wanted, 1) // self.sector)))

    def _mini(self, entry: _Entry, wanted: int) -> bytes:
        chains = _numbers(self._read(self.mini_fat, _SECTORS * 4))
        stream = self._read(self.directory[0].start, self.directory[0].size)
        pieces = (stream[number * _MINI : number * _MINI + _MINI] for number in _chain(chains, entry.start))
        return b"".join(islice(pieces, -(-wanted // _MINI)))


def open_ole(blob: Blob) -> Ole | None:
    """The compound file, or None where this is not one or its directory cannot be found."""
    header = blob.head[:512]
    if len(header) < 512 or not header.startswith(MAGIC):
        return None
    sector = 1 << min(struct.unpack_from("<H", header, 30)[0], 16)
    (start,) = struct.unpack_from("<I", header, 48)
    (mini_fat,) = struct.unpack_from("<I", header, 60)
    tables = [number for number in struct.unpack_from("<109I", header, 76) if number < _FREE]
    chains = _numbers(b"".join(_sector(blob.file, sector, number) for number in tables))
    raw = b"".join(_sectors(blob.file, sector, chains, start)) or _sector(blob.file, sector, start)
    directory = tuple(_entry(raw, at) for at in range(0, len(raw) - _ENTRY + 1, _ENTRY))
    if not directory:
        return None
    return Ole(blob.file, sector, chains, directory, _children(directory, directory[0].child), mini_fat)


def _entry(raw: bytes, at: int) -> _Entry:
    length, kind, left, right, child = struct.unpack_from("<HBxIII", raw, at + 64)
    start, size = struct.unpack_from("<II", raw, at + 116)
    name = raw[at : at + max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return _Entry(name, kind, left, right, child, start, size)


def _children(directory: tuple[_Entry, ...], top: int) -> dict[str, _Entry]:
    found: dict[str, _Entry] = {}
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


def _sectors(file: BinaryIO, sector: int, chains: tuple[int, ...], start: int) -> Iterator[bytes]:
    return (_sector(file, sector, number) for number in _chain(chains, start))


def _chain(chains: tuple[int, ...], start: int) -> Iterator[int]:
    for _ in range(_SECTORS):
        if start >= len(chains):
            return
        yield start
        start = chains[start]


def _sector(file: BinaryIO, sector: int, number: int) -> bytes:
    file.seek((number + 1) * sector)
    return file.read(sector)


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])
