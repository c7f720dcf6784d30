"""What an object of OLE holds: a file that was packed into it, or a document that the object itself is.

Other documents keep what is embedded in them in objects ([MS-OLEDS] 2.3.6 and the manner of each program).
"""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from typing import BinaryIO

import olefile

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NATIVE = "\x01ole10native"
_WHOLE = ("package", "contents", "package_stream", "embeddedodf")
"""Streams that hold a file as it is: an Office Open XML package, a PDF document, an OpenDocument package."""
_LONGEST_NAME = 260
_SECTORS = (9, 12)  # Of 512 and 4,096 bytes ([MS-CFB] 2.2); others make olefile read as much as they say.
_FAULTS = (
    OSError, ValueError, IndexError, KeyError, TypeError, AttributeError, struct.error, OverflowError, AssertionError,
    RecursionError,
)  # fmt: skip
"""What olefile may raise of a damaged file."""


@dataclass(frozen=True, slots=True)
class PackedFile:
    """`name` is what the file was called when it was put in, "" where that is not told."""

    name: str
    content: bytes = field(repr=False)


def packed_file(file: BinaryIO, size: int) -> PackedFile | None:
    """The file inside an object of so many bytes; None where the object is a document itself, or is damaged."""
    file.seek(0)
    if not _is_bounded(file.read(512), size):
        return None
    try:
        with olefile.OleFileIO(file) as ole:
            if ole.root.size > size:
                return None
            entry = _holder(ole)
            if entry is None or ole.get_size(entry) > size:
                return None
            content: bytes = ole.openstream(entry).read()
    except _FAULTS:
        return None
    return _native(content) if entry.lower() == _NATIVE else PackedFile("", content)


def _is_bounded(header: bytes, size: int) -> bool:
    """Whether no table is longer than the file: chains of sectors may run in circles, and are followed that long."""
    if len(header) < 512 or header[30] not in _SECTORS or header[31]:
        return False
    tables, small_tables, more_tables = struct.unpack_from("<I16xI4xI", header, 44)
    return bool((tables + small_tables + more_tables) << header[30] <= size + 4096)


def _holder(ole: olefile.OleFileIO) -> str | None:
    """The stream that holds a file: the packer's own, or one of the known names if there is no other beside it.

    Streams whose names begin with a control character say something about the object.
    """
    names = [path[0] for path in ole.listdir() if len(path) == 1]
    native = next((name for name in names if name.lower() == _NATIVE), None)
    others = [path[0] for path in ole.listdir() if path[0][:1] >= " "]
    if native is not None:
        return native if not others else None
    return others[0] if len(others) == 1 and others[0] in names and others[0].lower() in _WHOLE else None


def _native(stream: bytes) -> PackedFile | None:
    """[MS-OLEDS] 2.3.6: a size, then what the packer keeps: a label, a path, the command, the content."""
    at = 6
    try:
        label, at = _text(stream, at)
        path, at = _text(stream, at)
        (length,) = struct.unpack_from("<I", stream, at + 4)
        at += 8 + length
        (size,) = struct.unpack_from("<I", stream, at)
    except (struct.error, ValueError):
        return None
    content = stream[at + 4 : at + 4 + size]
    name = (label or path).replace("\\", "/").rpartition("/")[2]
    return PackedFile(name, content) if size and len(content) == size else None


def _text(stream: bytes, at: int) -> tuple[str, int]:
    """A text that ends with a zero. Raises ValueError where none is near."""
    end = stream.index(0, at, at + _LONGEST_NAME + 1)
    return stream[at:end].decode("cp1252", "replace"), end + 1
