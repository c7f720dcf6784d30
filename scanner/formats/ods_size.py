"""How large the tables of an OpenDocument spreadsheet are, which says how often a row and a cell repeat."""

from __future__ import annotations

import re
from collections.abc import Iterable

from scanner.extractor import EscalateError
from scanner.formats.sheet_size import ROWS, Extent, whole_tags

_TAG = re.compile(rb"<(/?)table:(table|table-row|table-cell|covered-table-cell)(?=[\s/>])([^>]*)>")
_REPEATED = re.compile(rb"""table:number-(?:rows|columns)-repeated\s*=\s*["']\s*\+?([0-9]+)""")
_SPACES = re.compile(rb"""text:c\s*=\s*["']\s*\+?[0-9]{5,}""")


def ods_extents(pieces: Iterable[bytes]) -> list[Extent]:
    """Measure the tables of an OpenDocument spreadsheet (ODF 1.3 part 3, 9.1), which says how often a cell repeats.

    Raises EscalateError where a repetition alone is absurd.
    """
    extents: list[Extent] = []
    row = column = rows = 0
    for piece in whole_tags(pieces):
        if _SPACES.search(piece):
            raise EscalateError("sparse")
        for closing, tag, attributes in _TAG.findall(piece):
            if tag == b"table" and not closing:
                extents.append(Extent())
                row = 0
            elif tag == b"table-row" and not closing:
                column, rows = 0, _repeated(attributes)
            if (tag == b"table-row" and (closing or attributes.endswith(b"/"))) or not extents:
                row += rows
            elif tag.endswith(b"cell") and not closing:
                columns = _repeated(attributes)
                if b"value" in attributes or b"formula" in attributes:
                    extents[-1].add(row, column, 0)
                    extents[-1].add(row + rows - 1, column + columns - 1, rows * columns)
                column += columns
    return extents


def _repeated(attributes: bytes) -> int:
    found = _REPEATED.search(attributes)
    count = int(found[1][:9]) if found else 1
    if count > ROWS:
        raise EscalateError("sparse")
    return count
