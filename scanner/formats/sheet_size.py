"""How large a sheet of a zip package is, found before a reader makes room for it.

Readers of spreadsheets make room for the whole rectangle that the used cells span: A1 and XFD1048576 are two cells
and 17 thousand million places, for which the process dies. Here the rectangle is measured in one pass over the
unpacked bytes, which are never held, and their true number is counted: what a zip header says of sizes may be a lie.
"""

from __future__ import annotations

import struct
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.number_format import NumberFormat
from scanner.streams import Inflate, Packed, read_at, stretch, unpacked

ROWS, COLUMNS = 1_048_576, 16_384
_CHUNK = MIB
_ALWAYS = 4_000_000
_MOST = 10_000_000
_EMPTY_PER_CELL = 8
_MOST_FORMATS = 1_000_000
_MOST_SHOWN = 50_000
_LOCAL_HEADER = struct.Struct("<26xHH")  # APPNOTE 4.3.7: of it only the lengths of the name and of what follows.


class Extent:
    """The rectangle that cells span, as it grows, and how many they are."""

    __slots__ = ("cells", "columns", "first", "left", "rows")

    def __init__(self) -> None:
        self.first, self.left = ROWS, COLUMNS
        self.rows = self.columns = self.cells = 0

    def add(self, row: int, column: int, cells: int = 1) -> None:
        """A cell, or that many of which this is the one at the edge; counted from 0."""
        self.first, self.rows = min(self.first, row), max(self.rows, row + 1)
        self.left, self.columns = min(self.left, column), max(self.columns, column + 1)
        self.cells += cells

    @property
    def places(self) -> int:
        return (self.rows - self.first) * (self.columns - self.left) if self.cells else 0

    @property
    def is_absurd(self) -> bool:
        """Whether it is beyond any sheet, or much larger than its cells make it."""
        if self.rows > ROWS or self.columns > COLUMNS:
            return True
        return self.places > _ALWAYS and self.places > min(_MOST, self.cells * _EMPTY_PER_CELL)


@dataclass(frozen=True, slots=True)
class SheetScan:
    """`tail` is what follows the cells in the sheet's XML; `formats` are those of single cells, by `cell_key`."""

    extent: Extent
    tail: bytes = field(default=b"", repr=False)
    formats: Mapping[int, NumberFormat] = field(default_factory=dict, repr=False)


class CellFormats:
    """The number formats of single cells, by `cell_key`, as they are met.

    Where they are many, only those that add zeros are kept: how else a number is shown matters less than the room.
    """

    __slots__ = ("found", "styles")

    def __init__(self, styles: Mapping[int, NumberFormat]) -> None:
        self.styles = styles
        self.found: dict[int, NumberFormat] = {}

    def add(self, row: int, column: int, style: int) -> None:
        """Raises EscalateError where there are too many that add zeros."""
        shape = self.styles.get(style)
        if shape is None:
            return
        self.found[cell_key(row, column)] = shape
        if len(self.found) == _MOST_SHOWN:
            self.styles = {style: shape for style, shape in self.styles.items() if shape.adds_zeros}
            self.found = {key: shape for key, shape in self.found.items() if shape.adds_zeros}
        if len(self.found) > _MOST_FORMATS:
            raise EscalateError("formats")


def cell_key(row: int, column: int) -> int:
    """One number for a cell, counted from 0."""
    return row * COLUMNS + column


def inflated(blob: Blob, member: zipfile.ZipInfo, limit: int) -> Iterator[bytes]:
    """The bytes of a member, in pieces, whatever the headers say of its size.

    Raises ItemTroubleError (encrypted, corrupt; limit: expanded) and EscalateError where it is packed otherwise.
    """
    if member.flag_bits & 1:
        raise ItemTroubleError(ProblemCode.ENCRYPTED)
    if member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise EscalateError("packing")
    header = read_at(blob, member.header_offset, _LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise ItemTroubleError(ProblemCode.CORRUPT)
    start = member.header_offset + _LOCAL_HEADER.size + sum(_LOCAL_HEADER.unpack(header))
    end, size = start + member.compress_size, 0
    is_stored = member.compress_type == zipfile.ZIP_STORED
    for piece in stretch(blob, start, end) if is_stored else unpacked(Packed(blob, start, end), Inflate(-15)):
        size += len(piece)
        if size > limit:
            raise ItemTroubleError(ProblemCode.LIMIT, "expanded")
        yield piece


def whole_tags(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut behind the end of a tag or within a text. Raises EscalateError where a tag is longer than a
    mebibyte, when all has been unpacked: that it is a bomb says more.
    """
    held = b""
    left = iter(pieces)
    for piece in left:
        joined = held + piece
        end = joined.rfind(b">") + 1
        if len(joined) - end > _CHUNK:
            if joined.find(b"<", end) >= 0:
                deque(left, maxlen=0)
                raise EscalateError("long tag")
            end = len(joined)
        if end >= _CHUNK // 16:
            yield joined[:end]
            held = joined[end:]
        else:
            held = joined
    yield held
