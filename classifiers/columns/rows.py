"""The rows and cells of a table in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import NamedTuple

from classifiers.columns.printout import RAGGED, cells_between, fields, is_rule
from domain.content import Table

LONGEST_ROW = 40_000
"""Characters: more than the 32,767 that Excel takes in a cell. A longer line is no row."""
MOST_COLUMNS = 256
DELIMITERS = "\t|;,"
_MOST_LINES_IN_CELL = 50
_AROUND = ' "\r\xa0'
_QUOTED = {delimiter: re.compile(rf'"(?:[^"]|"")*+"(?=\s*(?:{re.escape(delimiter)}|$))|[^{re.escape(delimiter)}]+|')
           for delimiter in DELIMITERS}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Grid(Table):
    """A table of which it is known where its rows begin and what parts their cells; offsets as in `Table`.

    `delimiter` is the character between cells, or where the columns of a printout begin, or how many it has (see
    `printout`).
    `head` is the length of the line of headings with its end, 0 where there is none.
    """

    head: int = 0
    delimiter: str = "\t"

    @property
    def body(self) -> int:
        """Where the rows begin."""
        return self.start + self.head


class Row(NamedTuple):
    """A line of a table, by its offset in the text."""

    start: int
    line: str


def rows_of(text: str, grid: Grid) -> Iterator[Row]:
    """The rows below the head that hold something. A row cut off by the beginning of the text is none, nor is one too
    long, nor what stands behind the first line of a cell with several.
    """
    low = max(grid.body, 0)
    if grid.delimiter == "\t":
        yield from _lines_of(text, grid, low)
        return
    open_for = 0
    for start, line in lines_in(text, low, min(grid.end, len(text))):
        is_odd = grid.delimiter in _QUOTED and line.count('"') % 2
        if open_for:
            open_for = 0 if is_odd else open_for - 1
            continue
        open_for = _MOST_LINES_IN_CELL if is_odd else 0
        is_whole = not (start == low and grid.body < 0) and not _is_no_row(line, grid.delimiter)
        if line and len(line) <= LONGEST_ROW and is_whole:
            yield Row(start, line)


def _lines_of(text: str, grid: Grid, low: int) -> Iterator[Row]:
    """The rows of a table in which a line is a row and nothing else."""
    cut_off = low if grid.body < 0 else -1
    for start, line in lines_in(text, low, min(grid.end, len(text))):
        if line and len(line) <= LONGEST_ROW and start != cut_off:
            yield Row(start, line)


def cells_of_row(line: str, delimiter: str) -> list[str]:
    """The cells as they stand, with quotes and spaces; one after the other, with a delimiter between, they are the
    line. What goes past `MOST_COLUMNS` stands in the last.
    """
    if delimiter[0].isdecimal():
        return cells_between(line, delimiter)
    if delimiter[0] == RAGGED:
        return fields(line, int(delimiter[1:]))
    if delimiter == "\t" or '"' not in line:
        return line.split(delimiter, MOST_COLUMNS)
    cells: list[str] = []
    at = 0
    while at <= len(line) and len(cells) < MOST_COLUMNS:
        found = _QUOTED[delimiter].match(line, at)
        end = found.end() if found else at
        following = line.find(delimiter, end)
        end = following if following >= 0 else len(line)
        cells.append(line[at:end])
        at = end + 1
    return [*cells, line[at:]] if at <= len(line) else cells


def columns_of(rows: Sequence[Sequence[str]]) -> list[Sequence[str]]:
    """The cells of rows column by column, a row shorter than others filled up with ""; where that would be mostly
    filling, as of one row much longer than the others, what goes past the usual length is left out of it.
    """
    widths = Counter(map(len, rows))
    width = max(widths, default=0)
    if width * len(rows) > 4 * sum(length * count for length, count in widths.items()):
        width = 1 + widths.most_common(1)[0][0]
        rows = [row[:width] for row in rows]
    return list(zip_longest(*rows, fillvalue=""))


def bare(cell: str) -> str:
    """The cell without the quotes and spaces around it."""
    return cell.strip(_AROUND)


def margin(cell: str) -> int:
    """How far into the cell what it holds begins."""
    return len(cell) - len(cell.lstrip(_AROUND))


def lines_in(text: str, low: int, high: int) -> Iterator[tuple[int, str]]:
    """Lines without their ends, by their offsets."""
    for line in text[low:high].split("\n"):
        yield low, line.rstrip("\r")
        low += len(line) + 1


def _is_no_row(line: str, delimiter: str) -> bool:
    """Whether it only underlines the columns of a printout, or is a line between its rows."""
    if delimiter[0] == RAGGED:
        return is_rule(line) or len(fields(line, int(delimiter[1:]))) == 1
    return delimiter[0].isdecimal() and is_rule(line)
