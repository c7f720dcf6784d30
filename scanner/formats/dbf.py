"""Tables in the format of dBase III and IV and of FoxPro: a header, columns of fixed width, rows.

After the documentation of dBase and of Visual FoxPro ("Table File Structure"). Deleted rows stay in the file until it
is packed, and are read.
"""

from __future__ import annotations

import codecs
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import chain

from scanner.blob import Blob
from scanner.decoding import charset_of_pieces
from scanner.extractor import EscalateError
from scanner.formats.cell_bytes import held_in, text_in
from scanner.streams import read_at

_KINDS = frozenset({0x03, 0x30, 0x31, 0x32, 0x43, 0x63, 0x83, 0x8B, 0x8E, 0xCB, 0xF5, 0xFB, 0xE5})
_HEADER, _COLUMN, _END_OF_COLUMNS = 32, 32, 0x0D
_MOST_COLUMNS = 2_048  # Visual FoxPro allows 255, dBase IV 255.
_DELETED = b"*"
_ROWS_AT_ONCE = 500
_LOOKED_AT = 5_000
_SYSTEM = 0x01
_FLAGS = "0"
_MEMOS = frozenset("MGPW")
_DOUBLE = 8
_ENCODINGS: dict[int, str] = {
    0x01: "cp437", 0x02: "cp850", 0x04: "mac_roman", 0x08: "cp865", 0x09: "cp437", 0x0A: "cp850",
    0x0B: "cp437", 0x0D: "cp437", 0x0E: "cp850", 0x0F: "cp437", 0x10: "cp850", 0x11: "cp437", 0x12: "cp850",
    0x13: "cp932", 0x14: "cp850", 0x15: "cp437", 0x16: "cp850", 0x17: "cp865", 0x18: "cp437", 0x19: "cp437",
    0x1A: "cp850", 0x1B: "cp437", 0x1C: "cp863", 0x1D: "cp850", 0x1F: "cp852", 0x22: "cp852", 0x23: "cp852",
    0x24: "cp860", 0x25: "cp850", 0x26: "cp866", 0x37: "cp850", 0x40: "cp852", 0x4D: "gb18030", 0x4E: "cp949",
    0x4F: "cp950", 0x50: "cp874", 0x64: "cp852", 0x65: "cp866",
    0x66: "cp865", 0x67: "cp861", 0x6A: "cp737", 0x6B: "cp857", 0x6C: "cp863", 0x78: "cp950", 0x79: "cp949",
    0x7A: "gb18030", 0x7B: "cp932", 0x7C: "cp874", 0x7D: "cp1255", 0x7E: "cp1256", 0x86: "cp737", 0x87: "cp852",
    0x88: "cp857", 0x96: "mac_cyrillic", 0x97: "mac_latin2", 0x98: "mac_greek", 0xC8: "cp1250", 0xC9: "cp1251",
    0xCA: "cp1254", 0xCB: "cp1253", 0xCC: "cp1257",
}  # fmt: skip
"""Byte 29 of the header, the language driver, to the encoding. Those of Windows-1252 are what programs write that do
not care, and so state nothing.
"""


@dataclass(frozen=True, slots=True)
class Column:
    """`kind` is the letter of its type; `start` counts from the mark of deletion."""

    name: str
    kind: str
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class DbfTable:
    """`count` rows are in the file, which may be fewer than its header claims: then it `is_short`."""

    columns: tuple[Column, ...]
    count: int
    is_short: bool
    encoding: str
    _blob: Blob = field(repr=False)
    _first: int
    _width: int

    def likely_encoding(self) -> str:
        """By the looks of the first rows."""
        found = charset_of_pieces(self._texts(range(min(self.count, _LOOKED_AT))))
        return "cp1252" if found.startswith(("utf-16", "utf-32")) else found

    def rows(self, wanted: range) -> Iterator[tuple[bool, list[str]]]:
        """Rows by their numbers, and of each whether it is deleted."""
        for rows in self._read(wanted):
            for row in rows:
                yield row[:1] == _DELETED, [self._value(row, column) for column in self.columns]

    def has_memos(self, wanted: range) -> bool:
        """Whether one of these rows points into the file of memos that stands beside the table."""
        memos = [column for column in self.columns if _is_memo(column)]
        rows = chain.from_iterable(self._read(wanted)) if memos else ()
        return any(_points(row[column.start :][: column.width]) for row in rows for column in memos)

    def _read(self, wanted: range) -> Iterator[list[bytes]]:
        for start in range(wanted.start, wanted.stop, _ROWS_AT_ONCE):
            stop = min(start + _ROWS_AT_ONCE, wanted.stop)
            held = read_at(self._blob, self._first + start * self._width, (stop - start) * self._width)
            yield [held[at : at + self._width] for at in range(0, len(held) - self._width + 1, self._width)]

    def _texts(self, wanted: range) -> Iterator[bytes]:
        texts = [column for column in self.columns if column.kind == "C"]
        for rows in self._read(wanted):
            yield b"\n".join(row[column.start :][: column.width] for row in rows for column in texts)

    def _value(self, row: bytes, column: Column) -> str:
        field_ = row[column.start : column.start + column.width]
        if _is_memo(column) or column.kind == _FLAGS:
            return ""
        if reader := _BINARY.get(column.kind):
            return reader(field_)
        return _written(column.kind, codecs.decode(field_, self.encoding, "replace").strip(" \0"))


def open_dbf(blob: Blob) -> DbfTable:
    """Raises EscalateError where this is no such table, or an older or newer kind."""
    head = blob.head
    if len(head) < _HEADER + 1 or head[0] not in _KINDS:
        raise EscalateError("load")
    claimed, first, width = struct.unpack_from("<IHH", head, 4)
    stated = _ENCODINGS.get(head[29], "")
    columns = _columns(head[:first], stated or "cp1252")
    needed = max((column.start + column.width for column in columns), default=0)
    if not columns or width < needed or first < _HEADER:
        raise EscalateError("load")
    count = min(claimed, max(blob.size - first, 0) // width)
    unstated = DbfTable(columns, count, count < claimed, stated, blob, first, width)
    return unstated if stated else replace(unstated, encoding=unstated.likely_encoding())


def _columns(head: bytes, encoding: str) -> tuple[Column, ...]:
    columns: list[Column] = []
    start = 1
    for at in range(_HEADER, len(head) - _COLUMN + 1, _COLUMN):
        if head[at] == _END_OF_COLUMNS or len(columns) >= _MOST_COLUMNS:
            break
        name = codecs.decode(head[at : at + 11].split(b"\0", 1)[0], encoding, "replace")
        kind, width = chr(head[at + 11]), head[at + 16]
        if kind == "C":
            width += head[at + 17] << 8  # Clipper and FoxPro keep the rest of a long width where decimals stand.
        if not head[at + 18] & _SYSTEM or kind != "0":
            columns.append(Column(name, kind, start, width))
        start += width
    return tuple(columns)


def _written(kind: str, value: str) -> str:
    if kind == "D" and len(value) == 8 and value.isdecimal():
        return f"{value[:4]}-{value[4:6]}-{value[6:]}"
    if kind == "L":
        return {"T": "TRUE", "Y": "TRUE", "F": "FALSE", "N": "FALSE"}.get(value.upper(), "")
    return value


def _is_memo(column: Column) -> bool:
    """Memos, pictures, objects: what stands in another file. "B" is a memo of dBase, and a number of FoxPro."""
    return column.kind in _MEMOS or (column.kind == "B" and column.width != _DOUBLE)


def _points(value: bytes) -> bool:
    """The number of a block, in digits or, where it has four bytes, as it is."""
    return any(value) if len(value) == 4 else bool(value.strip(b" \0").strip(b"0"))


def _whole(value: bytes) -> str:
    return str(int.from_bytes(value, "little", signed=True)) if len(value) == 4 else ""


def _money(value: bytes) -> str:
    return f"{int.from_bytes(value, 'little', signed=True) / 10_000:.15g}" if len(value) == 8 else ""


def _double(value: bytes) -> str:
    return f"{struct.unpack('<d', value)[0]:.15g}" if len(value) == 8 else ""


def _moment(value: bytes) -> str:
    """Days since the Julian epoch and milliseconds of the day."""
    if len(value) != 8:
        return ""
    day, milliseconds = struct.unpack("<II", value)
    try:
        on = date.fromordinal(day - 1_721_425).isoformat() if day else ""
    except (ValueError, OverflowError):
        return ""
    return f"{on} {timedelta(seconds=milliseconds // 1000)}" if on and milliseconds else on


def _varying(value: bytes) -> str:
    """Of FoxPro: bytes, which may be text. Where they do not fill the column, its last byte says how many they are."""
    length = value[-1] if value else 0
    written = value if any(value[length:-1]) else value[:length]
    return text_in(written, held_in(written))


_BINARY = {"I": _whole, "+": _whole, "Y": _money, "O": _double, "B": _double, "T": _moment, "@": _moment, "Q": _varying}
