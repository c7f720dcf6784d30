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
from functools import partial
from typing import BinaryIO

from domain.item import printable
from reports.renderers.flat import Counted, Writer, flat_columns, flat_rows, holding
from reports.report import Cell, Column, ColumnKind, Report, Row, Table
from reports.wording import utc

# What a spreadsheet may take for a formula: OWASP's list of first characters, with their full-width forms.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\0", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_TO_LOOK_AT = frozenset((" ", *_FORMULA))


def files(report: Report) -> dict[str, Writer]:
    """One for each table and, last, the list of them."""
    written: list[Row] = []
    tables = {report.file_of(table): partial(_table, report, table, written) for table in report.tables}
    return {**tables, f"{report.name}-contents.csv": partial(_contents, written)}


def _table(report: Report, table: Table, written: list[Row], file: BinaryIO) -> None:
    rows = Counted(table.rows)
    _write(file, tuple(map(_heading, flat_columns(table))), flat_rows(rows, table.columns))
    written.append((report.file_of(table), holding(table, rows.passed), rows.passed))


def _contents(written: list[Row], file: BinaryIO) -> None:
    _write(file, ("File", "What it holds", "Rows below the header"), written)


def _heading(column: Column) -> str:
    return column.heading + (" (0 to 1)" if column.kind is ColumnKind.SHARE else "")


def _write(file: BinaryIO, header: Row, rows: Iterable[Row]) -> None:
    text = io.TextIOWrapper(file, "utf-8-sig", "backslashreplace", newline="")
    # Text is always quoted: a spreadsheet set to semicolons would otherwise cut a cell in two behind the guard.
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    writer.writerow(tuple(map(_cell, header)))
    writer.writerows(tuple(map(_cell, row)) for row in rows)
    text.detach()


def _cell(cell: Cell) -> str | int | float:
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, int | float):
        return cell
    if isinstance(cell, datetime):
        return utc(cell)
    return cell.isoformat() if isinstance(cell, date) else ""


def guarded(text: str) -> str:
    """The text, with a ' before it where a spreadsheet could take it for a formula; nothing in it is unprintable.

    >>> guarded("=1+1"), guarded("a=1"), guarded("  @x")
    ("'=1+1", 'a=1', "'  @x")
    """
    if text.isprintable() and text[:1] not in _TO_LOOK_AT:
        return text
    dangerous = text.startswith(_FORMULA) or text.lstrip().startswith(_FORMULA)
    return ("'" if dangerous else "") + printable(text)
