"""Spreadsheets, written by XlsxWriter."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from xlsxwriter import Workbook as NewWorkbook

from operations.demo.document import Sheet, Workbook


def write_xlsx(workbook: Workbook) -> bytes:
    file = BytesIO()
    book = NewWorkbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": workbook.title, "author": workbook.author, "created": workbook.dated})
    bold = book.add_format({"bold": True})
    for sheet in workbook.sheets:
        _add(book, sheet, bold)
    book.close()
    return file.getvalue()


def _add(book: Any, sheet: Sheet, bold: Any) -> None:
    page = book.add_worksheet(sheet.name)
    page.set_column(0, max(len(row) for row in sheet.rows), 16)
    for number, row in enumerate(sheet.rows):
        page.write_row(number, 0, row, bold if number == 0 else None)
