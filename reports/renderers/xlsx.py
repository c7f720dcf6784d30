"""XLSX by XlsxWriter: a sheet a table, written row by row, in which a name is text and can be nothing else."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from reports.renderers.flat import Writer
from reports.renderers.sheets import Sheet, sheets
from reports.report import Cell, ColumnKind, Report

_NUMBERS = {ColumnKind.COUNT: "#,##0", ColumnKind.BYTES: "#,##0", ColumnKind.SHARE: "0.0%", ColumnKind.SCORE: "0"}
_WIDTHS = {ColumnKind.PATH: 80, ColumnKind.TEXT: 34, ColumnKind.DATE: 18}
_DATES = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd"}
_TEXT_ALONE = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def files(report: Report) -> dict[str, Writer]:
    return {f"{report.name}.xlsx": partial(_write, report)}


def _write(report: Report, file: BinaryIO) -> None:
    from xlsxwriter import Workbook  # noqa: PLC0415  a fifth of a second, for those who want it

    # Rows go by way of files beside the workbook, because those who may not read the one may not read the other.
    with TemporaryDirectory(dir=Path(file.name).parent, prefix=".rows-") as room:
        book = Workbook(file, {"constant_memory": True, "tmpdir": room, **_TEXT_ALONE})
        # A date of our own, or the same report would be another file each time.
        made = report.provenance.scanned or datetime(1980, 1, 1, tzinfo=UTC)
        book.set_properties({"title": report.title, "comments": report.watermark, "created": made.replace(tzinfo=None)})
        formats = {form: book.add_format({"num_format": form}) for form in (*_NUMBERS.values(), *_DATES.values())}
        heading = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        for sheet in sheets(report):
            _sheet(book.add_worksheet(sheet.name), sheet, heading, formats)
        book.close()


def _sheet(page: Any, sheet: Sheet, heading: Any, formats: dict[str, Any]) -> None:
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, _WIDTHS.get(column.kind, 16), formats.get(_NUMBERS.get(column.kind, "")))
        page.write_string(0, place, column.heading, heading)
    kinds = [formats.get(_NUMBERS.get(column.kind, "")) for column in sheet.columns]
    for number, row in enumerate(sheet.rows, start=1):
        for place, cell in enumerate(row):
            if _put(page, number, place, cell, kinds[place], formats):
                raise ValueError(f"a cell of the sheet {sheet.name} does not fit into a workbook")


def _put(page: Any, row: int, place: int, cell: Cell, number: Any, formats: dict[str, Any]) -> int:
    """What XlsxWriter gives back: other than 0 where it left the cell out, which it says in no other way."""
    if cell is None:
        return 0
    if isinstance(cell, str):
        return int(page.write_string(row, place, cell))
    if isinstance(cell, datetime):
        in_utc = cell.astimezone(UTC).replace(tzinfo=None)
        return int(page.write_datetime(row, place, in_utc, formats[_DATES[datetime]]))
    if isinstance(cell, date):
        return int(page.write_datetime(row, place, cell, formats[_DATES[date]]))
    return int(page.write_number(row, place, cell, number))
