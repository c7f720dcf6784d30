"""What of a report may be published: no path and no name, no small number, and none that would give one away.

Three measures, as national statistics take them. A number of 1 to 4 is not given. Where it stands alone in a column,
or in a row of numbers that add up, the smallest other one is not given either, or a total would tell it. What is left
is rounded to 5, so that two tables of one report cannot be taken from each other. A share is given in whole per cent,
and not at all where the number that it is of, or the rest of it, is small, or stands beside a number not given.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import replace

from reports.section import Bar, BarChart, Cell, Column, ColumnKind, Figure, Heat, Part, Row, Section, Table
from reports.wording import plural

FEWER, NOT_SHOWN = "fewer than 5", "not shown"
_LEAST = 5
_COUNTED = (ColumnKind.COUNT, ColumnKind.HEAT)
# A whole number before a word that it counts; what follows a number that counts nothing is told by the second part.
_IN_WORDS = re.compile(
    r"(?<![\w.,£/-])(\d{1,3}(?:,\d{3})+|\d+)(?= [a-z])"
    r"(?! (?:to|or|out|of|per|at|and|in|years?|months?|weeks?|days?|hours?|minutes?|bytes?)\b)"
)
_PLURALS = {
    **{noun: f"{noun}s" for noun in (
        "asset", "bar", "content", "day", "document", "duplicate", "file", "folder", "group", "hold", "item", "message",
        "owner", "picture", "place", "reason", "record", "row", "rule", "scan", "service", "share", "source",
        "spreadsheet", "system", "term", "value", "version",
    )},
    "attachment or archive member": "attachments and archive members", "batch": "batches", "class": "classes",
    "copy": "copies", "entry": "entries", "family": "families", "mailbox": "mailboxes",
    "name or identifier": "names and identifiers", "person": "people", "record class": "record classes",
    "spreadsheet, table or database": "spreadsheets, tables and databases",
}  # fmt: skip
"""What reports count in words; a word that is not here stays as it is behind a number that is not told."""
# One of something, and the verb behind it: "fewer than 5 item was" would say that it is one.
_ONE_IN_WORDS = re.compile(
    r"(?<![\w.,£/-])1( (?:configured|different|exact|more|other))?"
    rf" ({'|'.join(sorted(_PLURALS, key=len, reverse=True))})\b( \([^()]*\))?"
    r"( (?:is|was|has|waits|holds|lies|lacks|stands|scores)\b)?"
)
_SEVERAL = {"is": "are", "was": "were", "has": "have"}
_SHARE_IN_WORDS = re.compile(r"\b(\d[\d,]*)(?: [a-z]+)+ of (\d[\d,]*)(?: [a-z]+)+ \(([^()]*%)\)")
_PER_CENT = re.compile(r"(under |over )?\b(\d+(?:\.\d+)?)%")
_Place = tuple[int, int]
_Grid = tuple[Row, ...]


def published(section: Section) -> Section:
    """The section as it may be published; of a table that names people or places only that it was left out is said."""
    tables = {table.name: _table(table) for table in section.tables if not _names(table)}
    left = tuple(_left_out(table) for table in section.tables if _names(table))
    return Section(
        section.heading,
        tuple(map(published_words, section.text)),
        _figures(section.figures),
        tuple(_chart(chart, tables[chart.table]) for chart in section.charts if chart.table in tables),
        tuple(tables.values()),
        (*map(published_words, section.points), *left),
    )


def published_words(text: str) -> str:
    """
    >>> published_words("Of 123 items (1.2 GB) 17.4% score 60 or more; kept for 2 years until 4 May 2018")
    'Of 125 items (1.2 GB) 17% score 60 or more; kept for 2 years until 4 May 2018'
    >>> published_words("3 files, 7.5% of 40 files")
    'Fewer than 5 files, not shown of 40 files'
    >>> published_words("1 item (2.0 kB) was not read; 1 person has left")
    'Fewer than 5 items (2.0 kB) were not read; fewer than 5 people have left'
    """
    told = _ONE_IN_WORDS.sub(_as_several, _SHARE_IN_WORDS.sub(_without_a_share_that_tells, text))
    said = _IN_WORDS.sub(_in_words, told if told == text else told.replace("it holds", "they hold"))
    return _PER_CENT.sub(NOT_SHOWN if FEWER in said.lower() else _in_whole, said)


def _as_several(found: re.Match[str]) -> str:
    kind, noun, size, verb = (found[place] or "" for place in range(1, 5))
    said = _SEVERAL.get(verb.strip(), verb.strip().removesuffix("s"))
    return f"1{kind} {_PLURALS[noun]}{size}{' ' * bool(verb)}{said}"


def _without_a_share_that_tells(found: re.Match[str]) -> str:
    number, whole = (int(found[place].replace(",", "")) for place in (1, 2))
    return found[0].replace(found[3], NOT_SHOWN) if _small(whole - number) else found[0]


def _in_whole(found: re.Match[str]) -> str:
    return f"{found[1] or ''}{100 * _in_hundredths(float(found[2]) / 100):.0f}%"


def _in_words(found: re.Match[str]) -> str:
    number = int(found[1].replace(",", ""))
    if not _small(number):
        return f"{_rounded(number):,}"
    return FEWER if found.string[: found.start()].rstrip()[-1:] not in {"", "."} else FEWER.capitalize()


def _names(table: Table) -> bool:
    return any(column.names or column.kind is ColumnKind.PATH for column in table.columns)


def _left_out(table: Table) -> str:
    rows = published_words(plural(len(table.rows), "row"))
    return f"Left out, because it names people or places: {table.caption} ({rows})."


def _table(table: Table) -> Table:
    grid = (*table.rows, *((table.total,) if table.total is not None else ()))
    hidden = _hidden(grid, table.columns, len(table.rows))
    shown = tuple(_row(number, row, table.columns, hidden) for number, row in enumerate(grid))
    rows, total = shown[: len(table.rows)], shown[len(table.rows) :]
    return replace(
        table, rows=rows, total=total[0] if total else None,
        caption=published_words(table.caption), note=published_words(table.note),
    )  # fmt: skip


def _hidden(grid: _Grid, columns: tuple[Column, ...], body: int) -> frozenset[_Place]:
    """The places of the numbers that are not given; rows from `body` on are totals, the last to be chosen."""
    places = [place for place, column in enumerate(columns) if column.kind in _COUNTED]
    lines = [[(row, place) for row in range(len(grid))] for place in places]
    if len(places) > 2:
        lines += [[(row, place) for place in places] for row in range(len(grid))]
    numbers = {(row, place): _number(grid[row][place]) for row in range(len(grid)) for place in places}
    hidden = {place for place, number in numbers.items() if _small(number)}
    while betrayed := _betrayed(lines, numbers, hidden, body):
        hidden |= betrayed
    return frozenset(hidden)


def _betrayed(lines: list[list[_Place]], numbers: dict[_Place, int], hidden: set[_Place], body: int) -> set[_Place]:
    """Of each line in which one number alone is hidden, the smallest other."""
    more = set()
    for line in lines:
        others = [place for place in line if place not in hidden and numbers[place]]
        if others and len(hidden.intersection(line)) == 1:
            more.add(min(others, key=lambda place: (place[0] >= body, abs(numbers[place]), place)))
    return more


def _row(number: int, row: Row, columns: tuple[Column, ...], hidden: frozenset[_Place]) -> Row:
    places = {place for line, place in hidden if line == number}
    return tuple(
        _withheld(cell) if place in places else _cell(cell, column.kind, bool(places))
        for place, (cell, column) in enumerate(zip(row, columns, strict=True))
    )


def _withheld(cell: Cell) -> str:
    return FEWER if _small(_number(cell)) else NOT_SHOWN


def _cell(cell: Cell, kind: ColumnKind, beside_hidden: bool) -> Cell:
    """A share beside a number that is not given would tell it."""
    if isinstance(cell, Heat):
        return replace(cell, items=_rounded(cell.items))
    if isinstance(cell, str):
        return published_words(cell)
    if isinstance(cell, int | float):
        return NOT_SHOWN if kind is ColumnKind.SHARE and (beside_hidden or _tells(cell)) else _figure(cell, kind)
    return cell


def _tells(share: float) -> bool:
    return isinstance(share, Part) and (_small(share.number) or _small(share.whole - share.number))


def _figure(value: float, kind: ColumnKind) -> Cell:
    if kind in (ColumnKind.COUNT, ColumnKind.TEXT):
        return FEWER if _small(value) else _rounded(int(value))
    if kind is ColumnKind.BYTES:
        return _two_digits(int(value))
    return _in_hundredths(value) if kind is ColumnKind.SHARE else value


def _in_hundredths(share: float) -> float:
    """Something never becomes nothing, nor a part the whole."""
    return min(max(round(share, 2), 0.01), 0.99) if 0 < share < 1 else float(share)


def _figures(figures: Iterable[Figure]) -> tuple[Figure, ...]:
    figures = tuple(figures)
    hidden = any(figure.kind is ColumnKind.COUNT and _small(_number(figure.value)) for figure in figures)
    return tuple(
        replace(figure, value=_cell(figure.value, figure.kind, hidden), note=published_words(figure.note))
        for figure in figures
    )


def _chart(chart: BarChart, table: Table) -> BarChart:
    """Without the bars whose numbers the table does not give, which its title then says."""
    given = {row[0] for row in table.rows if not {FEWER, NOT_SHOWN}.intersection(map(str, row))}
    bars = tuple(_bar(bar, chart.kind) for bar in chart.bars if bar.label in given)
    title = chart.title if len(bars) == len(chart.bars) else f"{chart.title}, but for those with a number not shown"
    return replace(chart, title=title, bars=tuple(bar for bar in bars if bar.total))


def _bar(bar: Bar, kind: ColumnKind) -> Bar:
    to = _two_digits if kind is ColumnKind.BYTES else _rounded
    return Bar(bar.label, tuple(0 if kind is ColumnKind.COUNT and _small(value) else to(value) for value in bar.values))


def _number(cell: Cell) -> int:
    if isinstance(cell, Heat):
        return cell.items
    return int(cell) if isinstance(cell, int | float) else 0


def _small(number: float) -> bool:
    return 0 < abs(number) < _LEAST


def _rounded(number: int) -> int:
    return round(number / _LEAST) * _LEAST


def _two_digits(number: int) -> int:
    """
    >>> _two_digits(1_274_000), _two_digits(7)
    (1300000, 7)
    """
    return round(number, 1 - int(math.log10(abs(number)))) if number else 0
