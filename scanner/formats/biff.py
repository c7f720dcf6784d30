"""The records of an .xls workbook (BIFF5 and BIFF8), as far as measuring its sheets and reading what no cell holds
needs them.

After [MS-XLS]: the stream "Workbook" (BIFF5: "Book") is a row of records, each a number, a length and its bytes.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from scanner.extractor import EscalateError
from scanner.formats.number_format import BUILT_IN, NumberFormat, number_format
from scanner.formats.sheet_size import CellFormats, Extent

BIFF8 = 0x0600
_BOF, _EOF, _CONTINUE, _FILEPASS = 0x0809, 0x000A, 0x003C, 0x002F
_SHEET, _FORMAT, _XF, _STRINGS, _EXTERNAL_CELLS = 0x0085, 0x041E, 0x00E0, 0x00FC, 0x005A
_DIMENSIONS, _MANY_NUMBERS = 0x0200, 0x00BD
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, _MANY_NUMBERS, 0x00FD})
# Rich text of BIFF5, and what BIFF2 to BIFF4 call cells: calamine passes over them.
_CELLS_THAT_FEW_READ = frozenset({0x00D6, 0x0002, 0x0003, 0x0004, 0x0005, 0x0206, 0x0406})
_HEADER, _FOOTER, _MORE_HEADERS, _NOTE, _TEXT_BOX, _LINK, _SERIES_TEXT = 0x14, 0x15, 0x89C, 0x1C, 0x1B6, 0x1B8, 0x100D
_OBJECT, _PIVOT_STRING, _LABEL = 0x005D, 0x00CD, 0x0204
_OBJECTS_WITHOUT_TEXT = (1, 5, 8)  # line, chart, picture: of BIFF5, where the text is in the object's own record
_WORKSHEET, _MACRO_SHEET = 0, 1
_MAIL_LINK = re.compile(rb"m\0a\0i\0l\0t\0o\0:\0((?:[^\0]\0)+)|mailto:([^\0]+)")
_PLACES = 65_536 * 256


@dataclass(frozen=True, slots=True)
class OldSheet:
    """`notes` are the headers, footers, comments, text boxes, links and chart titles of the sheet."""

    name: str
    formats: Mapping[int, NumberFormat] = field(repr=False)
    notes: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class OldWorkbook:
    """`external` are the texts that are kept of cells in other workbooks."""

    sheets: tuple[OldSheet, ...]
    external: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class _Globals:
    is_biff8: bool
    sheets: tuple[tuple[int, str, bool], ...]
    styles: Mapping[int, NumberFormat]
    external: tuple[str, ...]


def scan_workbook(stream: bytes) -> OldWorkbook:
    """Measure every sheet of a workbook's stream.

    Raises EscalateError: where it is encrypted, absurd, an old kind, or has what this does not read.
    """
    book = _globals(stream)
    positions = [at for at, _, _ in book.sheets]
    if len(set(positions)) < len(positions) or len({name for _, name, _ in book.sheets}) < len(positions):
        raise EscalateError("same sheets")
    sheets = (_Sheet(stream, book, name).scanned(at, has_cells=has_cells) for at, name, has_cells in book.sheets)
    return OldWorkbook(tuple(sheets), book.external)


def pivot_texts(stream: bytes) -> list[str]:
    """The texts in a pivot table's copy of its source (a stream of the storage "_SX_DB_CUR")."""
    return [_unicode(stream, at, end) for kind, at, end in _records(stream, 0) if kind == _PIVOT_STRING]


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Number, beginning and end of each record. What is cut short at the end of the stream is left out."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        start, at = at + 4, at + 4 + length
        if at > len(stream):
            return
        yield kind, start, at


def _globals(stream: bytes) -> _Globals:
    is_biff8 = _version(stream) == BIFF8
    sheets: list[tuple[int, str, bool]] = []
    formats: dict[int, NumberFormat] = {}
    styles: dict[int, NumberFormat] = {}
    external: list[str] = []
    style = 0
    for kind, at, end in _records(stream, 0):
        if kind == _EOF:
            break
        if kind == _FILEPASS:
            raise EscalateError("encrypted")
        if kind == _SHEET and end - at >= 8:
            sheets.append(_sheet_at(stream, at, end, is_biff8=is_biff8))
        elif kind == _FORMAT and (shape := number_format(_text(stream, at + 2, end, is_biff8=is_biff8))):
            formats[_short(stream, at)] = shape
        elif kind == _XF:
            number = _short(stream, at + 2)
            if shape := formats.get(number) or BUILT_IN.get(number):
                styles[style] = shape
            style += 1
        elif kind == _STRINGS:
            _check_strings(stream, at)
        elif kind == _EXTERNAL_CELLS and is_biff8:
            external += _external_texts(stream, at, end)
    return _Globals(is_biff8, tuple(sheets), styles, tuple(external))


def _version(stream: bytes) -> int:
    kind, _, version = struct.unpack_from("<HHH", stream.ljust(6, b"\0"))
    if kind != _BOF or version not in (BIFF8, 0x0500):
        raise EscalateError("old")
    return int(version)


def _sheet_at(stream: bytes, at: int, end: int, *, is_biff8: bool) -> tuple[int, str, bool]:
    """[MS-XLS] 2.4.28: where the sheet begins, its name, and whether it has cells."""
    if stream[at + 5] == _MACRO_SHEET:
        raise EscalateError("macro sheet")
    size = stream[at + 6]
    name = _characters(stream, at + 7, end, size) if is_biff8 else _bytes(stream, at + 7, min(end, at + 7 + size))
    return int.from_bytes(stream[at : at + 4], "little"), name.replace("\0", ""), stream[at + 5] == _WORKSHEET


def _check_strings(stream: bytes, at: int) -> None:
    """Room is made for as many shared strings as are claimed ([MS-XLS] 2.4.265); each takes three bytes or more."""
    claimed = int.from_bytes(stream[at + 4 : at + 8], "little")
    if claimed * 3 > len(stream):
        raise EscalateError("sparse")


def _external_texts(stream: bytes, at: int, end: int) -> Iterator[str]:
    """[MS-XLS] 2.4.65, 2.5.238: values of cells of another workbook; those that are text."""
    at += 4
    while at < end:
        kind, at = stream[at], at + 1
        if kind == 2:
            text = _unicode(stream, at, end)
            yield text
            at += 3 + len(text) * (2 if at + 2 < end and stream[at + 2] & 1 else 1)
        else:
            at += 8


class _Sheet:
    """One walk over the records of a sheet and of the charts in it."""

    def __init__(self, stream: bytes, book: _Globals, name: str) -> None:
        self._stream, self._book, self._name = stream, book, name
        self._extent = Extent()
        self._formats = CellFormats(book.styles)
        self._notes: list[str] = []
        self._box = 0

    def scanned(self, start: int, *, has_cells: bool) -> OldSheet:
        """Up to the end of the sheet. What stands within it between a beginning and an end of its own is a chart's."""
        depth = 0
        for kind, at, end in _records(self._stream, start):
            if kind == _BOF:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth < 1:
                    break
            elif not (has_cells and depth < 2 and self._is_of_cells(kind, at, end)):
                self._add_note(kind, at, end)
        if self._extent.is_absurd:
            raise EscalateError("sparse")
        return OldSheet(self._name, self._formats.found, tuple(filter(None, self._notes)))

    def _is_of_cells(self, kind: int, at: int, end: int) -> bool:
        if kind in _CELLS_THAT_FEW_READ:
            raise EscalateError("cells")
        if kind == _DIMENSIONS:
            self._check_dimensions(at, end)
        elif kind in _CELLS:
            self._add_cells(kind, at, end)
        else:
            return False
        return True

    def _add_cells(self, kind: int, at: int, end: int) -> None:
        if end - at < 6:
            return
        row, column = struct.unpack_from("<HH", self._stream, at)
        count = (end - at - 6) // 6 if kind == _MANY_NUMBERS else 1
        self._extent.add(row, column)
        if count > 1:
            self._extent.add(row, column + count - 1, count - 1)
        if self._book.styles:
            for index in range(count):
                self._formats.add(row, column + index, _short(self._stream, at + 4 + index * 6))

    def _check_dimensions(self, at: int, end: int) -> None:
        """Room is made for the rectangle that the sheet claims to be ([MS-XLS] 2.4.90), whatever it holds."""
        wanted = "<IIHH" if end - at == 14 else "<HHHH"
        if end - at < struct.calcsize(wanted):
            return
        first, rows, left, columns = struct.unpack_from(wanted, self._stream, at)
        if (rows and columns) and (rows < first or columns < left or (rows - first) * (columns - left) > _PLACES):
            raise EscalateError("sparse")

    def _add_box(self, at: int, end: int) -> None:
        """The text of a box stands in the records that continue its own ([MS-XLS] 2.4.329)."""
        text = _characters(self._stream, at, end, self._box)
        self._notes[-1] += text
        self._box -= len(text) or self._box

    def _add_note(self, kind: int, at: int, end: int) -> None:
        stream, is_biff8 = self._stream, self._book.is_biff8
        if kind == _TEXT_BOX:
            self._box = _short(stream, at + 10) if end - at >= 12 else 0
            self._notes.append("")
        elif kind == _CONTINUE and self._box:
            self._add_box(at, end)
        elif kind in (_HEADER, _FOOTER) and end > at:
            self._notes.append(_text(stream, at, end, is_biff8=is_biff8))
        elif kind == _MORE_HEADERS:
            self._notes += _more_headers(stream, at, end)
        elif kind == _NOTE:
            self._notes.append(_unicode(stream, at + 8, end) if is_biff8 else _bytes(stream, at + 6, end))
        elif kind == _SERIES_TEXT and end - at >= 4:
            text = _characters(stream, at + 3, end, stream[at + 2])
            self._notes.append(text if is_biff8 else _bytes(stream, at + 3, end))
        elif kind == _LABEL and end - at >= 8:  # Of a chart: what it keeps of the cells that it shows.
            self._notes.append(_unicode(stream, at + 6, end) if is_biff8 else _bytes(stream, at + 8, end))
        elif kind == _LINK:
            found = _MAIL_LINK.search(stream, at, end)
            self._notes.append(_address(found) if found else "")
        elif kind == _OBJECT and not is_biff8 and _short(stream, at + 4) not in _OBJECTS_WITHOUT_TEXT:
            raise EscalateError("drawings")


def _more_headers(stream: bytes, at: int, end: int) -> Iterator[str]:
    """[MS-XLS] 2.4.137: headers and footers of even and of first pages."""
    place = at + 38
    for index in range(4):
        if _short(stream, at + 30 + index * 2) and place + 3 <= end:
            text = _unicode(stream, place, end)
            yield text
            place += 3 + len(text) * (2 if stream[place + 2] & 1 else 1)


def _address(found: re.Match[bytes]) -> str:
    return found[1].decode("utf-16-le", "replace") if found[1] else found[2].decode("cp1252", "replace")


def _text(stream: bytes, at: int, end: int, *, is_biff8: bool) -> str:
    """A string behind its length, which before BIFF8 is a byte."""
    if is_biff8:
        return _unicode(stream, at, end)
    return stream[at + 1 : min(end, at + 1 + stream[at])].decode("cp1252", "replace") if at < end else ""


def _unicode(stream: bytes, at: int, end: int) -> str:
    """[MS-XLS] 2.5.294: the number of characters, then they."""
    return _characters(stream, at + 2, end, _short(stream, at))


def _characters(stream: bytes, at: int, end: int, count: int) -> str:
    """Characters of one byte or of two, as the flag before them says ([MS-XLS] 2.5.294)."""
    if at >= end:
        return ""
    if stream[at] & 1:
        return stream[at + 1 : min(end, at + 1 + count * 2)].decode("utf-16-le", "replace")
    return stream[at + 1 : min(end, at + 1 + count)].decode("latin-1")


def _bytes(stream: bytes, at: int, end: int) -> str:
    return stream[at:end].decode("cp1252", "replace")


def _short(stream: bytes, at: int) -> int:
    return int.from_bytes(stream[at : at + 2], "little")
