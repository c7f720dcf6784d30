"""Tables in text: which heading a cell stands under. Delimited by tabs, or by commas as CSV is."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from itertools import accumulate

import regex

from classifiers.columns.records import Records
from classifiers.columns.rows import LONGEST_ROW, Grid, cells_of_row
from domain.content import Table

_BLANK = r"[ \t]*+\r?+\n"
_BLANK_AT_START = re.compile(rf"(?:{_BLANK})*+")
_BLANK_LINES = re.compile(rf"\n(?:{_BLANK})++")
_FILLED = re.compile(r"[ \t]*+\S")
_QUOTED = regex.compile(r'"[^"\n]*"')
_LETTER = regex.compile(r"\p{L}")
_VALUE = regex.compile(r"\d{5}|@|\d[/.-]\d")
_LONGEST_HEADER = 4_000
_TITLES = 3


@dataclass(frozen=True, slots=True)
class Headings:
    """The headings of the tables that the text's reader knew of; else of every block that looks like one.

    A block ends at an empty line. Its first line is a head where it could name columns (see `is_head`), or the one
    under a few lines that have but one cell: the name of a sheet, a title.
    """

    text: str = field(repr=False)
    tables: tuple[Table, ...] = field(default=(), repr=False)
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _heads: dict[int, tuple[int, str]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, text: str, tables: tuple[Table, ...] = ()) -> Headings:
        first = _BLANK_AT_START.match(text)
        start = first.end() if first else 0
        ends = (start, *(lines.end() for lines in _BLANK_LINES.finditer(text, start)))
        return cls(text, tables, tuple(end for end in ends if _FILLED.match(text, end)))

    def line_of(self, offset: int) -> str:
        """The head of the table that `offset` stands in; "" where it stands in none, or in the head itself."""
        index = bisect_right(self._starts, offset)
        start = self._starts[index - 1] if index else 0
        if start not in self._heads:
            self._heads[start] = self._head_below(start)
        head_start, head = self._heads[start]
        return head if offset > head_start + len(head) else ""

    def _head_below(self, start: int) -> tuple[int, str]:
        """Where the head of the block that begins at `start` stands, and the head; "" where it has none."""
        for titles in range(_TITLES + 1):
            line = self.text[start : start + _LONGEST_HEADER].partition("\n")[0]
            cells = len(cells_of(line))
            if cells != 1:
                # Below a line of one cell stands prose as often as a table, so the head must be surer.
                sure = is_head(line) and cells >= (3 if titles else 2)
                return start, line.rstrip("\r") if sure else ""
            start += len(line) + 1
        return start, ""

    def over(self, offset: int) -> str:
        """The heading of the column that `offset` stands in, or ""."""
        if table := self._table_at(offset):
            return self._heading_in(table, offset)
        head = self.line_of(offset)
        if not head:
            return ""
        delimiter = delimiter_of(head)
        line_start = self.text.rfind("\n", 0, offset) + 1
        row = self.text[line_start : offset + _LONGEST_HEADER].partition("\n")[0]
        if delimiter == "," and _QUOTED.sub("", row).count(",") < head.count(","):
            return ""  # a line of prose, whose commas are few
        column = _QUOTED.sub("", row[: offset - line_start]).count(delimiter)
        cells = head.split(delimiter)
        return cells[column].strip(' "') if column < len(cells) else ""

    def _table_at(self, offset: int) -> Table | None:
        index = bisect_right(self.tables, offset, key=lambda table: table.start)
        table = self.tables[index - 1] if index else None
        return table if table is not None and offset < table.end and any(table.columns) else None

    def _heading_in(self, table: Table, offset: int) -> str:
        if isinstance(table, Records):
            at = table.column_at(offset)
            return table.columns[at] if at >= 0 else ""
        low = max(0, table.start)
        line_start = self.text.rfind("\n", low, offset) + 1
        if offset < table.body if isinstance(table, Grid) else line_start <= low == table.start:
            return ""  # in the line of headings itself
        column = self._cells_before(max(low, line_start), offset, table)
        return table.columns[column].strip() if column < len(table.columns) else ""

    def _cells_before(self, start: int, offset: int, table: Table) -> int:
        if not isinstance(table, Grid) or table.delimiter == "\t":
            return self.text.count("\t", start, offset)
        if len(table.delimiter) > 1:
            line = self.text[start : min(start + LONGEST_ROW, table.end)].partition("\n")[0]
            ends = accumulate(len(cell) + 1 for cell in cells_of_row(line, table.delimiter))
            return sum(end <= offset - start for end in ends)
        before = self.text[max(start, offset - LONGEST_ROW) : offset]
        return str(_QUOTED.sub("", before)).partition('"')[0].count(table.delimiter)


def delimiter_of(line: str) -> str:
    return "\t" if "\t" in line else ","


def cells_of(line: str) -> list[str]:
    """The cells of a line that hold something."""
    return [cell for cell in map(str.strip, line.split(delimiter_of(line))) if cell]


def is_head(line: str) -> bool:
    """Whether a line could name columns: two short cells or more, each with a letter, and nothing that is a value."""
    filled = cells_of(line)
    wordy = all(len(cell) <= 40 and _LETTER.search(cell) and not cell.endswith((".", "!")) for cell in filled)
    return len(filled) >= 2 and wordy and not _VALUE.search(line)
