"""CSV: one file a table, with every row, safe to open in a spreadsheet.

UTF-8 with a byte-order mark, so that Excel reads it; lines end in CR LF (RFC 4180); the first line is the header.
Totals are left out, so that a sum counts nothing twice. `NAME-contents.csv` lists the files with the number of rows
in each, so that a file that was cut can be told from a whole one.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime

from domain.item import printable
from reports.report import Cell, Column, ColumnKind, Heat, Report, Row, Table
from reports.wording import utc

_BYTE_ORDER_MARK = "\ufeff"
# What a spreadsheet may take for a formula: OWASP's list of first characters, with their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_UNITS = {ColumnKind.BYTES: " (bytes)", ColumnKind.SHARE: " (0 to 1)"}


def render_csv(report: Report) -> dict[str, str]:
    """Name → text for each table, and for the list of them."""
    texts = {report.file_of(table): _table(table) for table in report.tables}
    return texts | {f"{report.name}-contents.csv": _contents(report)}


def files(report: Report) -> dict[str, bytes]:
    return {name: text.encode("utf-8", "backslashreplace") for name, text in render_csv(report).items()}


def _table(table: Table) -> str:
    header = tuple(heading for column in table.columns for heading in _headings(column))
    return _text((header, *(_flat(row) for row in table.rows)))


def _contents(report: Report) -> str:
    header = ("File", "What it holds", "Rows below the header")
    rows: tuple[Row, ...] = tuple((report.file_of(table), table.caption, len(table.rows)) for table in report.tables)
    return _text((header, *rows))


def _headings(column: Column) -> tuple[str, ...]:
    if column.kind is ColumnKind.HEAT:
        return f"{column.heading}: items", f"{column.heading}: highest score"
    return (column.heading + _UNITS.get(column.kind, ""),)


def _flat(row: Row) -> tuple[Cell, ...]:
    return tuple(value for cell in row for value in ((cell.items, cell.highest) if isinstance(cell, Heat) else (cell,)))


def _text(rows: Iterable[Row]) -> str:
    buffer = io.StringIO(newline="")
    # Text is always quoted: a spreadsheet set to semicolons would otherwise cut a cell in two behind the guard.
    writer = csv.writer(buffer, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerows(tuple(map(_cell, row)) for row in rows)
    return _BYTE_ORDER_MARK + buffer.getvalue()


def _cell(cell: Cell) -> str | int | float:
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, datetime):
        return utc(cell)
    if isinstance(cell, date):
        return cell.isoformat()
    return guarded(str(cell or ""))


def guarded(text: str) -> str:
    """The text, with a ' before it where a spreadsheet could take it for a formula; nothing in it is unprintable.

    >>> guarded("=1+1"), guarded("a=1"), guarded("  @x")
    ("'=1+1", 'a=1', "'  @x")
    """
    dangerous = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return ("'" if dangerous else "") + printable(text)
