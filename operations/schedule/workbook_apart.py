"""The rows of a workbook that somebody sent, read by a process of its own: a few kilobytes may ask for all memory."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass, field
from typing import Any

from domain.errors import ConfigurationError, ItemTroubleError
from operations.executors.alone import alone
from scanner.budget import MIB
from scanner.formats.workbook_rows import Value, workbook_rows

_SECONDS, _MEMORY = 60.0, 1024 * MIB
_SheetRow = tuple[str, int, list[Value]]


def rows_apart(content: bytes, name: str) -> list[_SheetRow]:
    """Sheet, number of the row from 1, its cells. Raises ConfigurationError where it is not a workbook, or too much."""
    try:
        told = json.loads(alone(_Reading(content), _SECONDS, _MEMORY))
        return [(str(sheet), int(number), list(map(_cell, cells))) for sheet, number, cells in told]
    except ItemTroubleError as trouble:
        wrong = "takes more time or memory to read than a workbook may; save what is in it as CSV"
        raise ConfigurationError(f"{name}: it {wrong}") from trouble
    except (ValueError, TypeError, RecursionError) as error:
        wrong = "is not a workbook that can be read; save it as .xlsx, or as CSV"
        raise ConfigurationError(f"{name}: it {wrong}") from error


@dataclass(frozen=True, slots=True)
class _Reading:
    content: bytes = field(repr=False)

    def __call__(self) -> bytes:
        try:
            rows = list(workbook_rows(self.content, ""))
        except ConfigurationError:
            return b""
        return json.dumps(rows, default=_written).encode()


def _written(day: dt.date) -> list[str]:
    return [day.isoformat()]


def _cell(told: Any) -> Value:
    """A list stands for a day, which JSON has no form for."""
    if isinstance(told, list):
        return dt.date.fromisoformat(*told)
    if told is not None and not isinstance(told, str | int | float):
        raise TypeError
    return told
