"""An .xls workbook taken out of its compound file ([MS-CFB]), which may be made to run in circles, into a plain one."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import BinaryIO

from olefile import OleFileIO

from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.ole import MAGIC

_SECTOR = 4096
_END, _NONE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_PER_SECTOR = _SECTOR // 4
_LARGEST = 256 * MIB
_SMALL = MIB
_EMBEDDED = ("MBD", "LNK", "\x01OLE10NATIVE")
_PIVOT = "_SX_DB_CUR"
_BAD_INPUT = (
    OSError, struct.error, IndexError, KeyError, ValueError, TypeError, AttributeError, OverflowError, RecursionError,
    MemoryError, AssertionError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class OldFile:
    """The streams of an .xls file that are read; an absent one is empty."""

    workbook: bytes = field(repr=False)
    summary: bytes = field(repr=False)
    document_summary: bytes = field(repr=False)
    pivots: tuple[bytes, ...] = field(repr=False)


def read_old_file(blob: Blob) -> OldFile:
    """Raises EscalateError where there is no workbook, objects are embedded in it, or it is damaged."""
    with _opened(blob) as ole:
        paths = ole.listdir()
        if any(name.upper().startswith(_EMBEDDED) for path in paths for name in path):
            raise EscalateError("embedded")
        if ole.exists("EncryptedPackage"):
            raise EscalateError("encrypted")
        name = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        if name is None:
            raise EscalateError("no workbook")
        pivots = [path for path in paths if len(path) == 2 and path[0].upper() == _PIVOT]
        return OldFile(
            _stream(ole, [name], _LARGEST),
            _stream(ole, ["\x05SummaryInformation"], _SMALL),
            _stream(ole, ["\x05DocumentSummaryInformation"], _SMALL),
            tuple(_stream(ole, path, _LARGEST) for path in pivots),
        )


def plain_file(workbook: bytes) -> bytes:
    """A compound file that holds this stream and nothing else, so that no reader can be led astray in it."""
    content = workbook.ljust(_SECTOR, b"\0")
    data = -(-len(content) // _SECTOR)
    tables = -(-(data + 2) // (_PER_SECTOR - 1))
    # Behind the tables: the directory, a stream for small streams, which has to be there, and the workbook.
    directory, small, first = tables, tables + 1, tables + 2
    chains = [_FAT] * tables + [_END, _END] + [*range(first + 1, first + data), _END]
    header = MAGIC + bytes(16) + struct.pack(
        "<HHHHH6xIIIIIIIII", 0x3E, 4, 0xFFFE, 12, 6, 1, tables, directory, 0, _SECTOR, _END, 0, _END, 0
    )  # fmt: skip
    where = [*range(tables), *[_NONE] * (109 - tables)]
    entries = _entry("Root Entry", 5, 1, small, _SECTOR) + _entry("Workbook", 2, _NONE, first, len(content))
    return b"".join((
        (header + struct.pack("<109I", *where)).ljust(_SECTOR, b"\0"),
        struct.pack(f"<{len(chains)}I", *chains).ljust(tables * _SECTOR, b"\xff"),
        entries.ljust(_SECTOR, b"\0"),
        bytes(_SECTOR),
        content.ljust(data * _SECTOR, b"\0"),
    ))  # fmt: skip


@contextmanager
def _opened(blob: Blob) -> Iterator[OleFileIO]:
    header = blob.head[:512]
    if len(header) < 512 or not header.startswith(MAGIC):
        raise EscalateError("load")
    sector, tables, more_tables = 1 << min(header[30], 16), *struct.unpack_from("<I24xI", header, 44)
    # As many sectors are read as the header claims, be they the same one again and again.
    if (tables + more_tables) * sector > blob.size + sector:
        raise EscalateError("load")
    try:
        blob.file.seek(0)
        with OleFileIO(blob.file) as ole:
            yield ole
    except _BAD_INPUT as error:
        raise EscalateError("load") from error


def _stream(ole: OleFileIO, path: list[str], limit: int) -> bytes:
    if not ole.exists(path):
        return b""
    if ole.get_size(path) > limit:
        raise EscalateError("large")
    stream: BinaryIO = ole.openstream(path)
    return stream.read()


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _NONE, _NONE, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)
