"""The rows of a workbook that somebody made to be read by a program: values, and nothing of its looks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from io import BytesIO

from python_calamine import CalamineError, CalamineWorkbook

from domain.errors import ConfigurationError

Value = str | int | float | bool | dt.date | None


def workbook_rows(content: bytes, name: str) -> Iterator[tuple[str, int, list[Value]]]:
    """Sheet, number of the row from 1, its cells. Raises ConfigurationError where it is not a workbook."""
    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(content))
        for sheet in workbook.sheet_names:
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for number, cells in enumerate(rows, 1):
                yield sheet, number, [_value(cell) for cell in cells]
    except (CalamineError, ValueError, OSError) as error:
        raise ConfigurationError(
            f"{name}: it is not a workbook that can be read; save it as .xlsx, or as CSV"
        ) from error


def _value(cell: object) -> Value:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if cell == "" or not isinstance(cell, str | int | float | bool | dt.date):
        return None
    return cell
