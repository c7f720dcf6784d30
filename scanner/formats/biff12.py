"""The records of a binary workbook (.xlsb), as far as measuring its sheets and reading what no cell holds needs them.

After [MS-XLSB]: a part is a row of records, each a number, a length and its bytes (2.1.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.errors import ItemTroubleError, ProblemCode
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.number_format import BUILT_IN, NumberFormat, number_format
from scanner.formats.sheet_size import ROWS, CellFormats, Extent

_ROW = 0
_CELLS = frozenset(range(2, 12))
_CELLS_THAT_FEW_READ = frozenset({*range(12, 19), 62})
_FORMAT, _STYLE, _STYLES, _END_OF_STYLES = 44, 47, 617, 618
_SHEET = 156
_HEADER_AND_FOOTER, _LINK = 479, 494
_COMMENT_AUTHOR, _COMMENT_TEXT = 632, 637
_LONGEST = 16 * MIB
_NULL = 0xFFFFFFFF


@dataclass(frozen=True, slots=True)
class BinarySheet:
    """`notes` are the headers, footers and links of the sheet."""

    extent: Extent
    formats: Mapping[int, NumberFormat] = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)


def sheet_targets(workbook: Iterable[bytes]) -> dict[str, str]:
    """The sheets of a workbook by name, and the relation that each is found by."""
    found = (_strings(record, 8, 2) for kind, record in _records(workbook) if kind == _SHEET)
    return {strings[1]: strings[0] for strings in found if len(strings) == 2}


def number_styles(styles: Iterable[bytes]) -> dict[int, NumberFormat]:
    """The cell styles, by their index, whose number format changes what is seen."""
    formats: dict[int, NumberFormat] = {}
    found: dict[int, NumberFormat] = {}
    is_within, index = False, 0
    for kind, record in _records(styles):
        if kind in (_STYLES, _END_OF_STYLES):
            is_within = kind == _STYLES
        elif kind == _FORMAT and (code := _strings(record, 2, 1)) and (shape := number_format(code[0])):
            formats[_number(record, 0, 2)] = shape
        elif kind == _STYLE and is_within:
            number = _number(record, 2, 2)
            if shape := formats.get(number) or BUILT_IN.get(number):
                found[index] = shape
            index += 1
    return found


def scan_sheet(pieces: Iterable[bytes], styles: Mapping[int, NumberFormat]) -> BinarySheet:
    """Measure a sheet. Raises EscalateError where it has cells that readers pass over."""
    extent = Extent()
    formats = CellFormats(styles)
    notes: list[str] = []
    row = 0
    for kind, record in _records(pieces):
        if kind == _ROW:
            row = _number(record, 0, 4)
        elif kind in _CELLS:
            column = _number(record, 0, 4)
            extent.add(row, column)
            if styles and row < ROWS:
                formats.add(row, column, _number(record, 4, 3))
        elif kind in _CELLS_THAT_FEW_READ:
            raise EscalateError("cells")
        elif kind == _HEADER_AND_FOOTER:
            notes += _strings(record, 2, 6)
        elif kind == _LINK:
            notes += _strings(record, 16, 4)[1:]
    return BinarySheet(extent, formats.found, tuple(filter(None, notes)))


def comments(pieces: Iterable[bytes]) -> Iterator[str]:
    """Who wrote comments, and the comments."""
    for kind, record in _records(pieces):
        if kind in (_COMMENT_AUTHOR, _COMMENT_TEXT):
            yield from _strings(record, 0 if kind == _COMMENT_AUTHOR else 1, 1)


def _records(pieces: Iterable[bytes]) -> Iterator[tuple[int, bytes]]:
    """Number and bytes of each record. Raises ItemTroubleError (corrupt) where the part ends within one."""
    held = b""
    for piece in pieces:
        held, at = held + piece, 0
        while (head := _head(held, at)) and head[0] + head[2] <= len(held):
            start, kind, length = head
            at = start + length
            yield kind, held[start:at]
        held = held[at:]
        if len(held) > _LONGEST:
            raise ItemTroubleError(ProblemCode.CORRUPT)
    if held:
        raise ItemTroubleError(ProblemCode.CORRUPT)


def _head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """Where the bytes of the record at an offset begin, its number and their length; None where more is needed."""
    try:
        kind, length = held[at], 0
        at += 1
        if kind & 0x80:
            kind = kind & 0x7F | (held[at] & 0x7F) << 7
            at += 1
        for shift in (0, 7, 14, 21):
            byte = held[at]
            at += 1
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                break
    except IndexError:
        return None
    return at, kind, length


def _number(record: bytes, at: int, length: int) -> int:
    return int.from_bytes(record[at : at + length], "little")


def _strings(record: bytes, at: int, count: int) -> list[str]:
    """So many strings ([MS-XLSB] 2.5.168) from an offset; fewer where the record ends before."""
    found: list[str] = []
    while len(found) < count and at + 4 <= len(record):
        (length,) = struct.unpack_from("<I", record, at)
        at += 4
        size = 0 if length == _NULL else length * 2
        found.append(record[at : at + size].decode("utf-16-le", "replace"))
        at += size
    return found
