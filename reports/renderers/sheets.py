"""A report as the sheets of a workbook, the same whatever its format: what to read first, how good the figures are,
each table, and the list of the sheets with the number of rows in each.

Totals are left out, so that a sum counts nothing twice. A sheet ends at row 1,048,576, in Excel as in LibreOffice; a
longer table goes on in a further sheet, and the list says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain, count, islice

from domain.item import printable
from reports.renderers.flat import Counted, flat_columns, flat_rows, holding
from reports.report import Cell, Column, ColumnKind, Report, Row, Section, Table
from reports.wording import plural, utc, written

ROWS = 1_048_575
"""Of a sheet, below its header."""
_LONGEST_CELL = 32_767
_LONGEST_NAME = 31
_READ_FIRST = (Column("What"), Column("Says", ColumnKind.PATH))
_CONTENTS = (
    Column("Sheet"),
    Column("What it holds", ColumnKind.PATH),
    Column("Rows", ColumnKind.COUNT),
    Column("Note"),
)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Its rows are read once, and whole, before the next sheet is asked for."""

    name: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]


def sheets(report: Report, most: int = ROWS) -> Iterator[Sheet]:
    """Cells are numbers, texts that are safe to show and no longer than a cell may be, dates, and times in UTC."""
    listed: list[Row] = []
    yield Sheet("read-first", _READ_FIRST, map(_safe, _read_first(report)))
    box = report.pages[-1].tables
    for table in (*box, *report.tables[: -len(box)]):
        yield from _of_table(table, most, listed)
    yield Sheet("contents", _CONTENTS, map(_safe, listed))


def _of_table(table: Table, most: int, listed: list[Row]) -> Iterator[Sheet]:
    counted = Counted(table.rows)
    rest = iter(flat_rows(counted, table.columns))
    names = []
    for number in count(1):
        first = next(rest, None)
        if first is None and number > 1:
            break
        names.append(_name(table, number))
        rows = islice(rest if first is None else chain((first,), rest), most)
        yield Sheet(names[-1], flat_columns(table), map(_safe, rows))
    parts = f" It goes on in the sheets {', '.join(names[1:])}." if names[1:] else ""
    note = table.note if counted.passed else table.empty
    listed.append((names[0], f"{holding(table, counted.passed)}.{parts}", counted.passed, note))


def _name(table: Table, number: int) -> str:
    behind = f"-{number}" if number > 1 else ""
    return table.name[: _LONGEST_NAME - len(behind)] + behind


def _read_first(report: Report) -> Iterator[Row]:
    """All words and figures of the report that stand in no table."""
    yield "Report", report.title
    yield "Organisation", report.provenance.organisation
    yield "Scope", report.provenance.scope
    yield "Handling", report.watermark
    yield "In short", report.lead
    yield from (("Read this first", caveat) for caveat in report.caveats)
    for section in report.pages:
        yield from _words(section)


def _words(section: Section) -> Iterator[Row]:
    yield from ((section.heading, text) for text in section.text)
    for figure in section.figures:
        value = written(figure.value, figure.kind)
        yield section.heading, f"{figure.label}: {value}{f' ({figure.note})' if figure.note else ''}"
    yield from ((section.heading, point) for point in section.points)


def _safe(row: Row) -> Row:
    return tuple(map(_cell, row))


def _cell(cell: Cell) -> Cell:
    if isinstance(cell, datetime | date) and cell.year < 1900:
        # Before the first day that a spreadsheet can count from.
        return utc(cell) if isinstance(cell, datetime) else cell.isoformat()
    return _text(cell) if isinstance(cell, str) else cell


def _text(text: str) -> str:
    shown = printable(text)
    if len(shown) <= _LONGEST_CELL:
        return shown
    said = f" … ({plural(len(shown), 'character')}: cut here, whole in the CSV form)"
    return shown[: _LONGEST_CELL - len(said)] + said
