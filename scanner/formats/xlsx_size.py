"""How large a sheet of an Office Open XML workbook is: which cells there are, by the marks of their tags alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.number_format import NumberFormat
from scanner.formats.sheet_size import CellFormats, Extent, SheetScan, whole_tags

_TAIL = 4 * MIB
_PLAIN_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"')
_LATER_SAID_CELL = re.compile(rb'<c(?: (?!r=)[A-Za-z:]+="[^"<>]*")* r="([A-Z]{1,3}[0-9]{1,7})"')
_ANY_CELL = re.compile(rb"<c(?=[\s/>])")
_PREFIXED = re.compile(rb":(?:c|row)[\s/>]")
_PLAIN_FULL_CELL = re.compile(rb'<c r="([A-Z]{1,3}[0-9]{1,7})"(?: [a-z]+="[^"<>]*")*>')
_PLAIN_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}"(?: [a-z]+="[^"<>]*")* ?/>')
_LETTERS, _DIGITS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"0123456789"
_STYLED_PLAIN_CELL = re.compile(rb'<c r="[A-Z]{1,3}[0-9]{1,7}" s="')
_STYLED_ROW = re.compile(rb'<row [^<>]*? s="')
_OTHER_STYLES = (b" s='", b" s =", b" s= ", b"\ts=", b"\ns=", b"\rs=")
_TAG = re.compile(rb"""<(/?)(?:[^\s<>/:"'=]*:)?(row|c)(?=[\s/>])([^>]*)>""")
_ATTRIBUTE = re.compile(rb"""([^\s="'/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_QUOTES = re.compile(rb"""["']""")
_REFERENCE = re.compile(rb"([A-Za-z]*)([0-9]*)")
_SHEET_DATA = re.compile(rb"sheetData\s*(/?)>")
_CLOSING = re.compile(rb"</(?:[\w.-]{1,60}:)?$")


def xlsx_scan(pieces: Iterable[bytes], styles: Mapping[int, NumberFormat], *, thorough: bool = False) -> SheetScan:
    """Measure a sheet of an Office Open XML workbook (ECMA-376 part 1, 18.3).

    Cells without content count, unless the pass is `thorough`, which is slower: where the first finds the rectangle
    absurd, ask again so. Those behind the end of the cells count as well: what is an end to us, in a comment or in
    quotes, may be none to another reader. Raises EscalateError where the markup itself is made to be read in two ways.
    """
    scan = _XlsxScan(styles)
    tail = bytearray()
    is_over = False
    for piece in whole_tags(pieces):
        if is_over:
            tail += piece[: _TAIL - len(tail)]
        elif (end := _end_of_cells(piece)) is not None:
            is_over = True
            tail += piece[end : end + _TAIL]
        scan.add(piece, thorough=thorough)
    return SheetScan(scan.extent, bytes(tail), scan.formats.found)


class _XlsxScan:
    """The state of a walk over rows and cells, which may leave out where they stand: then they follow each other."""

    def __init__(self, styles: Mapping[int, NumberFormat]) -> None:
        self.extent = Extent()
        self.formats = CellFormats(styles)
        self._row = self._column = 0
        self._is_begun = self._has_asides = False
        self._look_for_styles()

    def _look_for_styles(self) -> None:
        self._wanted = len(self.formats.styles)
        wanted = b"|".join(str(style).encode() for style in self.formats.styles)
        self._styled = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})" s="(%b)"' % wanted) if wanted else None

    def add(self, piece: bytes, *, thorough: bool) -> None:
        """Raises EscalateError where what is no markup, as a comment, may hide which cells and rows there are."""
        declarations = 0 if self._is_begun else piece.startswith((b"<?xml", b"\xef\xbb\xbf<?xml"))
        self._is_begun = True
        self._has_asides = self._has_asides or b"<!" in piece or piece.count(b"<?") > declarations
        if self._add_plain(piece, thorough=thorough):
            return
        if self._has_asides:
            raise EscalateError("markup")
        for closing, tag, written in _TAG.findall(piece):
            self._add_tag(closing, tag, written, thorough=thorough)

    def _add_plain(self, piece: bytes, *, thorough: bool) -> bool:
        """Add the cells of a piece in which each says where it stands, as programs write them; False for others."""
        cells = _plain_cells(piece, thorough=thorough)
        rows = _last_row(piece)
        if cells is None or rows is None or self._has_other_styles(piece):
            return False
        if cells:
            self._add_cells(cells)
        for closing, tag, written in rows:
            if tag == b"row":
                self._add_tag(closing, tag, written, thorough=thorough)
        for letters, digits, style in self._styled.findall(piece) if self._styled else ():
            self.formats.add(int(digits) - 1, _column(letters), int(style))
        if len(self.formats.styles) < self._wanted:
            self._look_for_styles()
        return True

    def _add_cells(self, references: Sequence[bytes]) -> None:
        joined = b" ".join(references)
        rows = np.fromstring(joined.translate(None, _LETTERS), np.int64, sep=" ")
        columns = {_column(letters) for letters in set(joined.translate(None, _DIGITS).split())}
        self.extent.add(int(rows.min()) - 1, min(columns), 0)
        self.extent.add(int(rows.max()) - 1, max(columns), len(references))
        self._column = _column(references[-1].rstrip(_DIGITS)) + 1

    def _has_other_styles(self, piece: bytes) -> bool:
        """Whether a cell has a style elsewhere than programs put it, right behind where it stands."""
        if self._styled is None:
            return False
        usual = len(_STYLED_PLAIN_CELL.findall(piece)) + len(_STYLED_ROW.findall(piece))
        return piece.count(b' s="') != usual or any(other in piece for other in _OTHER_STYLES)

    def _add_tag(self, closing: bytes, tag: bytes, written: bytes, *, thorough: bool) -> None:
        said = {} if closing else _attributes(written)
        place = _REFERENCE.fullmatch(said.get(b"r", b"-"))
        is_empty = written.endswith(b"/")
        if tag == b"c" and not closing:
            self._add_cell(place, said.get(b"s", b""), is_empty=thorough and is_empty)
        elif tag == b"row":
            if place:
                self._row = int(place[2][:9] or b"1") - 1
            if closing or is_empty:
                self._row, self._column = self._row + 1, 0

    def _add_cell(self, place: re.Match[bytes] | None, style: bytes, *, is_empty: bool) -> None:
        row = self._row
        if place:
            row, self._column = int(place[2][:9] or b"1") - 1, _column(place[1][:6])
        if not is_empty:
            self.extent.add(row, self._column)
        if self._wanted and style.isdigit():
            self.formats.add(row, self._column, int(style[:9]))
        self._column += 1


def _plain_cells(piece: bytes, *, thorough: bool) -> list[bytes] | None:
    """Where the cells of a piece stand, by expressions that match each in a form that no reader reads otherwise; None
    where that is not all of them.
    """
    if (b":c" in piece or b":row" in piece) and _PREFIXED.search(piece):
        return None
    cells = (_PLAIN_FULL_CELL if thorough else _PLAIN_CELL).findall(piece)
    if not thorough and len(cells) == piece.count(b"<c") - _columns_and_such(piece):
        return cells
    expected = len(_ANY_CELL.findall(piece)) - (len(_PLAIN_EMPTY_CELL.findall(piece)) if thorough else 0)
    if len(cells) != expected and not thorough:
        cells = _LATER_SAID_CELL.findall(piece)
    return cells if len(cells) == expected else None


def _columns_and_such(piece: bytes) -> int:
    """How many tags in front of all rows and behind them but begin like a cell's."""
    outside = piece[: piece.find(b"<sheetData") + 1] + piece[max(0, piece.rfind(b"</sheetData>")) :]
    if len(outside) > len(piece):
        return 0
    return outside.count(b"<c") - len(_ANY_CELL.findall(outside))


def _last_row(piece: bytes) -> list[tuple[bytes, bytes, bytes]] | None:
    """The tags from the beginning of the last row on, after which cells may follow that do not say where they stand;
    None where it does not say so itself, or rows are not written plainly.
    """
    at = piece.rfind(b"<row ")
    if piece.count(b"<row") != piece.count(b"<row ") + piece.count(b"<rowBreaks"):
        return None
    if at < 0:
        return None if b"</row" in piece else []
    tags: list[tuple[bytes, bytes, bytes]] = _TAG.findall(piece[at:])
    return tags if tags and b"r" in _attributes(tags[0][2]) else None


def _attributes(written: bytes) -> dict[bytes, bytes]:
    """Of two of one name the first. Raises EscalateError where quotes do not come in pairs: a tag that holds the end of
    a tag in quotes, and so was cut short.
    """
    if _QUOTES.search(_ATTRIBUTE.sub(b"", written)):
        raise EscalateError("markup")
    found = ((name, double or single) for name, double, single in _ATTRIBUTE.findall(written))
    return dict(reversed(list(found)))


def _end_of_cells(piece: bytes) -> int | None:
    for found in _SHEET_DATA.finditer(piece):
        if found[1] or _CLOSING.search(piece, max(0, found.start() - 64), found.start()):
            return found.end()
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return max(number - 1, 0)
