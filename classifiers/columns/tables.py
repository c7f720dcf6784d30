"""The tables in a text: those its reader knew of, and the delimited blocks found in the rest."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import islice

from classifiers.columns.printout import FEWEST_LINES, are_narrow, cuts_of, have_gaps, is_rule, ragged_of
from classifiers.columns.records import Records
from classifiers.columns.rows import DELIMITERS, LONGEST_ROW, Grid, Row, bare, cells_of_row, lines_in
from classifiers.columns.vocabulary import meaning_of
from domain.content import Table

_LOOKED_AT = 50
_TITLES = 4
_FEWEST_MEANT = 2
_FEWEST_CELLS = 4
_MAILBOX = re.compile(r"\S@\S")
_GAPS = re.compile(r"\s{2,}")
_FILLED_LINES = re.compile(r"^[^\S\n]*+\S[^\n]*+(?:\n[^\S\n]*+\S[^\n]*+)++", re.MULTILINE)
"""Two or more, one below the other."""


def grids_in(text: str, tables: Sequence[Table] = ()) -> Iterator[Grid]:
    """The tables of a text in order. Those in `tables` are as they are; between them, and between records, blocks of
    delimited lines.

    A block is a run of lines that hold something, most of which have as many cells as the others: two with headings
    that say something or three without, and more than that where commas part them, which prose has too. Its first
    line is a head where half of its cells are headings that mean something, or it alone is made of words.
    """
    at = 0
    for table in sorted(tables, key=lambda table: table.start):
        yield from _found(text, at, table.start)
        if not isinstance(table, Records):
            yield _known(text, table)
        at = max(at, table.end)
    yield from _found(text, at, len(text))


def is_headed(cells: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
    """Whether cells are headings: two or half of them mean something, or all are words and in a column below most are
    not.

    None stands again in its own column.
    """
    filled = [cell for cell in cells if cell]
    if any(cell and at < len(row) and row[at] == cell for row in following for at, cell in enumerate(cells)):
        return False
    if sum(meaning_of(cell).is_known for cell in filled) >= min(2, max(len(filled) / 2, 1)):
        return len(filled) >= 1 and not any(map(_is_value, filled))
    if len(filled) < 2 or not all(map(_is_word, filled)):
        return False
    return any(_mostly_values([row[at] for row in following if at < len(row)]) for at in range(len(cells)))


def _known(text: str, table: Table) -> Grid:
    """A table of the reader, whose first line is that of its headings unless the stretch begins behind it."""
    if isinstance(table, Grid):
        return table
    head = 0
    if table.start >= 0 and any(table.columns):
        end = text.find("\n", table.start, table.start + LONGEST_ROW)
        first = text[table.start : end].split("\t") if end >= 0 else []
        if [bare(cell) for cell in first] == [bare(cell) for cell in table.columns][: len(first)] and any(first):
            head = end + 1 - table.start
    return Grid(table.start, table.end, table.columns, head)


def _found(text: str, low: int, high: int) -> Iterator[Grid]:
    for block in _blocks(text, low, high):
        written = text[block[0].start : block[-1].start + len(block[-1].line)]
        delimiters = (delimiter for delimiter in DELIMITERS if delimiter in written)
        delimited = next(filter(None, (_delimited(block, delimiter) for delimiter in delimiters)), None)
        printed = None if delimited else _printed(block)
        headed = next((grid for grid in (delimited, printed) if grid and any(grid.columns)), None)
        if found := headed or _ragged(block) or delimited or printed:
            yield found


def _blocks(text: str, low: int, high: int) -> Iterator[list[Row]]:
    """Runs of lines that hold something and are not too long: two or more, for no table is one line."""
    for run in _FILLED_LINES.finditer(text[low:high]):
        block: list[Row] = []
        for start, line in lines_in(text, low + run.start(), low + run.end()):
            if len(line) <= LONGEST_ROW:
                block.append(Row(start, line))
                continue
            if len(block) > 1:
                yield block
            block = []
        if len(block) > 1:
            yield block


def _delimited(block: list[Row], delimiter: str) -> Grid | None:
    """The lines of a block from the first to the last with the delimiter, where they are a table.

    Titles above may have the delimiter too: a line below them that means something is the head all the same.
    """
    at = next((at for at, row in enumerate(block) if delimiter in row.line), len(block))
    if at == len(block):
        return None
    last = next((at for at in range(len(block) - 1, at, -1) if delimiter in block[at].line), at)
    if last == at:
        return None  # Most paragraphs of prose have a line with a comma, and no table is one line.
    cells = [_bare_cells(row.line, delimiter) for row in islice(block, at, min(last + 1, at + _LOOKED_AT))]
    titles = next((at for at in range(min(_TITLES, len(cells))) if _is_below_titles(cells, at)), 0)
    at, cells = at + titles, cells[titles:]
    means = _means(cells)
    if not _is_regular(cells, delimiter, means=means) or (delimiter == "," and not means and _is_prose(block)):
        return None
    headed = means or is_headed(cells[0], cells[1:])
    start, end = block[at].start, block[last].start + len(block[last].line)
    return Grid(start, end, tuple(cells[0]) if headed else (), block[at + headed].start - start, delimiter)


def _printed(block: list[Row]) -> Grid | None:
    """The lines of a block whose columns stand in line, as a printer's do, without the titles above them."""
    lines = [row.line for row in block[: _LOOKED_AT + _TITLES]]
    if len(lines) < FEWEST_LINES or not are_narrow(lines[_TITLES - 1 : _LOOKED_AT]):
        return None
    at, cuts = 0, ""
    if have_gaps(lines, _TITLES - 1):
        at, cuts = max(((at, cuts_of(lines[at:])) for at in range(_TITLES)), key=_most_columns)
    if not cuts:
        at, cuts = max(((at, _close_set(lines[at:])) for at in range(_TITLES)), key=_most_columns)
    return _lined_up(block, at, cuts) if cuts else None


def _ragged(block: list[Row]) -> Grid | None:
    """The rows below headings that mean something, of which each is parted in its own way."""
    for at, row in enumerate(block[:_TITLES]):
        head = _GAPS.split(row.line.strip())
        if len(head) < _FEWEST_MEANT:
            continue  # as a line of prose
        if sum(meaning_of(word).is_known for word in head) >= _FEWEST_MEANT and not any(map(_is_value, head)):
            cuts = ragged_of([row.line for row in block[at : at + _LOOKED_AT]])
            return _lined_up(block, at, cuts) if cuts else None
    return None


def _lined_up(block: list[Row], at: int, cuts: str) -> Grid:
    at = next(first for first in range(at, len(block)) if not is_rule(block[first].line))
    rows = [row.line for row in block[at : at + _LOOKED_AT + _TITLES] if not is_rule(row.line)]
    cells = [_bare_cells(line, cuts) for line in rows]
    headed = is_headed(cells[0], cells[1:])
    start, end = block[at].start, block[-1].start + len(block[-1].line)
    return Grid(start, end, tuple(cells[0]) if headed else (), block[at + headed].start - start, cuts)


def _most_columns(found: tuple[int, str]) -> tuple[int, int]:
    at, cuts = found
    return cuts.count(","), -at


def _close_set(lines: Sequence[str]) -> str:
    """Where columns begin that but one space parts, below headings that mean something: in prose that is chance."""
    if not any(meaning_of(word).is_known for word in lines[0].split()):
        return ""
    cuts = cuts_of(lines, 1)
    return cuts if cuts and _means([_bare_cells(line, cuts) for line in lines if not is_rule(line)]) else ""


def _is_below_titles(rows: list[list[str]], at: int) -> bool:
    width = sum(map(bool, rows[at]))
    return all(sum(map(bool, row)) < width for row in rows[:at]) and _means(rows[at:])


def _means(rows: list[list[str]]) -> bool:
    """Whether the first row has headings that mean something."""
    return bool(rows) and any(meaning_of(cell).is_known for cell in rows[0]) and is_headed(rows[0], rows[1:])


def _is_regular(rows: list[list[str]], delimiter: str, *, means: bool) -> bool:
    """Whether there are enough rows, most of one width; below headings that mean something they may be ragged."""
    if len(rows) < (2 if means else 5 if delimiter == "," and not _is_close_set(rows) else 3):
        return False
    if means:
        within = sum(2 <= len(row) <= len(rows[0]) + 1 for row in rows)
        return delimiter == "\t" or (len(rows[0]) >= 2 and within * 5 >= len(rows) * 4)
    width, count = Counter(map(len, rows)).most_common(1)[0]
    return width >= 2 and count >= len(rows) * (0.8 if delimiter in ",;" else 0.6)


def _is_close_set(rows: list[list[str]]) -> bool:
    """Whether every row has the same cells, four or more, and one of them in each is a value."""
    widths = set(map(len, rows))
    return len(widths) == 1 and min(widths) >= _FEWEST_CELLS and all(any(map(_is_value, row)) for row in rows)


def _is_prose(block: list[Row]) -> bool:
    """Whether a space stands behind most commas, or many lines end a sentence."""
    lines = [row.line for row in block[:_LOOKED_AT]]
    commas, spaced = (sum(line.count(comma) for line in lines) for comma in (",", ", "))
    return spaced * 2 > commas or sum(line.endswith(".") for line in lines) * 2 > len(lines)


def _bare_cells(line: str, delimiter: str) -> list[str]:
    cells = list(map(bare, cells_of_row(line, delimiter)))
    while delimiter == ";" and cells and not cells[-1]:
        cells.pop()  # It ends a line of a program, too.
    return cells


def _is_word(cell: str) -> bool:
    return len(cell) <= 40 and any(map(str.isalpha, cell)) and not _is_value(cell) and not cell.endswith((".", "!"))


def _is_value(cell: str) -> bool:
    return bool(_MAILBOX.search(cell)) or sum(map(str.isdigit, cell)) > max(2, sum(map(str.isalpha, cell)))


def _mostly_values(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and sum(not _is_word(cell) for cell in filled) * 2 > len(filled)
