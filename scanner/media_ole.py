"""What a compound file is (the container of .doc, .xls, .ppt, .msg), by the names in its root storage.

After [MS-CFB], 2.3 and 2.6.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import islice

from scanner.blob import Blob

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OLE = "application/x-tika-msoffice"
PROTECTED_OOXML = "application/x-tika-ooxml-protected"
_MS = "application/vnd.ms-"
_STAR = "application/vnd.stardivision."

_ENTRIES: tuple[tuple[str, str], ...] = (
    ("__properties_version1.0", _MS + "outlook"),
    ("EncryptedPackage", PROTECTED_OOXML),
    ("WordDocument", "application/msword"),
    ("Workbook", _MS + "excel"),
    ("Book", _MS + "excel"),
    ("PowerPoint Document", _MS + "powerpoint"),
    ("PP40", _MS + "powerpoint"),
    ("VisioDocument", "application/vnd.visio"),
    ("Catalog", "application/x-thumbs-db"),
    ("Quill", "application/x-mspublisher"),
    ("MatOST", _MS + "works"),
    ("SPELLING", _MS + "works"),
    ("   114", _MS + "project"),
    ("   112", _MS + "project"),
    ("   19", _MS + "project"),
    ("Props9", _MS + "project"),
    ("Props12", _MS + "project"),
    ("Props14", _MS + "project"),
    ("SlideShow", "application/x-corelpresentations"),
    ("NativeContent_MAIN", "application/x-quattro-pro"),
    ("PerfectOffice_OBJECTS", "application/x-quattro-pro"),
    ("PerfectOffice_MAIN", "application/vnd.wordperfect"),
    ("StarWriterDocument", _STAR + "writer"),
    ("StarCalcDocument", _STAR + "calc"),
    ("StarImpressDocument", _STAR + "impress"),
    ("StarDrawDocument3", _STAR + "draw"),
    ("StarDrawDocument", _STAR + "draw"),
    ("Dgn~H", "image/vnd.dgn"),
    ("BodyText", "application/x-hwp-v5"),
    ("ISolidWorksInformation", "application/sldworks"),
    ("\u4840\u3b3f\u43f2\u4438\u45b1", "application/x-ms-installer"),
)
"""Entries of the root storage. The last is `_Columns` as Windows Installer packs names."""

_NONE = 0xFFFFFFFA  # From here on a sector number means that there is none.
_ENTRY = 128
_MOST_SECTORS = 4096
_MOST_SIBLINGS = 10_000


def ole_type(blob: Blob, head: bytes) -> str:
    """The media type of a compound file, whose beginning is given; damage never raises."""
    names = set(_root_names(blob, head))
    return next((kind for name, kind in _ENTRIES if name.upper() in names), OLE)


def _root_names(blob: Blob, head: bytes) -> Iterator[str]:
    """The names in the root storage in capitals, since case does not matter there. Only what leads to them is read."""
    if len(head) < 512:
        return
    directory = _Directory(blob, head)
    pending = [directory.links(0)[2]]
    for _ in range(_MOST_SIBLINGS):
        if not pending:
            return
        number = pending.pop()
        name = directory.name(number)
        if name:
            yield name.upper()
            left, right, _child = directory.links(number)
            pending += [link for link in (left, right) if link < _NONE and directory.is_new(link)]


class _Directory:
    """The entries of a compound file, read sector by sector as they are asked for."""

    def __init__(self, blob: Blob, head: bytes) -> None:
        self._file = blob.file
        self._head = head
        self._size = 1 << min(max(struct.unpack_from("<H", head, 30)[0], 7), 16)
        self._tables = struct.unpack_from("<109I", head, 76)
        (start,) = struct.unpack_from("<I", head, 48)
        self._chain = self._sectors(start)
        self._numbers: list[int] = []
        self._seen: set[int] = set()

    def name(self, number: int) -> str:
        entry = self._entry(number)
        length = struct.unpack_from("<H", entry, 64)[0] if entry else 0
        return entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")

    def links(self, number: int) -> tuple[int, int, int]:
        """The left and right sister, and the first child."""
        entry = self._entry(number)
        return struct.unpack_from("<3I", entry, 68) if entry else (_NONE, _NONE, _NONE)

    def is_new(self, number: int) -> bool:
        """Whether it was not asked for before: damaged links may run in a circle."""
        is_new = number not in self._seen
        self._seen.add(number)
        return is_new

    def _entry(self, number: int) -> bytes:
        index, at = divmod(number * _ENTRY, self._size)
        if index >= len(self._numbers):
            self._numbers += islice(self._chain, index + 1 - len(self._numbers))
        if index >= len(self._numbers):
            return b""
        entry = self._read(self._numbers[index], at, _ENTRY)
        return entry if len(entry) == _ENTRY else b""

    def _sectors(self, start: int) -> Iterator[int]:
        for _ in range(_MOST_SECTORS):
            if start >= _NONE:
                return
            yield start
            start = self._next(start)

    def _next(self, sector: int) -> int:
        """[MS-CFB] 2.3: the FAT; of its sectors those are known that the header itself names."""
        table, at = divmod(sector * 4, self._size)
        if table >= len(self._tables) or self._tables[table] >= _NONE:
            return _NONE
        found = self._read(self._tables[table], at, 4)
        return int.from_bytes(found, "little") if len(found) == 4 else _NONE

    def _read(self, sector: int, at: int, length: int) -> bytes:
        position = (sector + 1) * self._size + at
        if position + length <= len(self._head):
            return self._head[position : position + length]
        self._file.seek(position)
        return self._file.read(length)
