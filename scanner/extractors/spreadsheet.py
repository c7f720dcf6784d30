"""Spreadsheets: every sheet by calamine, and around it what calamine does not give."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import MAXYEAR, date, datetime, time, timedelta
from importlib.metadata import version as version_of
from math import isfinite
from typing import Any

from python_calamine import CalamineWorkbook, SheetTypeEnum

from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.encryption import is_encrypted
from scanner.extractor import EscalateError
from scanner.formats.number_format import NumberFormat
from scanner.formats.package import PackageError
from scanner.formats.sheet_size import cell_key
from scanner.formats.spreadsheet_kinds import Sheet, Workbook, open_workbook
from scanner.silence import silent
from scanner.tables import Passage, cell_text, in_stretches, sheet

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_LARGEST_WHOLE = 1e21
_SECOND, _HALF = timedelta(seconds=1), 500_000
_CORRUPT = Problem(ProblemCode.CORRUPT)
# What calamine raises beside its own errors, which have no base but this.
_PANIC = "PanicException"


@dataclass(frozen=True, slots=True)
class SpreadsheetExtractor:
    """xlsx, xlsb, ods and xls. A sheet is a place of its own name, and what is not of one sheet stands behind them all.

    Numbers stand as they are shown where that is simple, else as they are stored, and dates in ISO 8601. A text longer
    than asked for comes in stretches.
    """

    @property
    def version(self) -> str:
        return f"calamine {version_of('python-calamine')} / 3"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        try:
            return self._content(blob, limit)
        except EscalateError as escalation:
            if escalation.reason == "load" and is_encrypted(blob, media_type):
                raise ItemTroubleError(ProblemCode.ENCRYPTED) from escalation
            raise

    def _content(self, blob: Blob, limit: int) -> Content:
        workbook = open_workbook(blob, limit)
        stated = workbook.stated
        frame = Content(properties=stated.properties, dates=stated.dates, reader="spreadsheet")
        content = in_stretches(_passages(workbook), limit, frame)
        if content.problem == _CORRUPT:
            raise EscalateError("damaged", content)
        if not content.text:
            raise EscalateError("no text")
        return content


def _passages(workbook: Workbook) -> Iterator[Passage | Problem]:
    """Sheet for sheet, then the rest; in the place of what is damaged, that it is."""
    with _calamine_errors_named("load"):
        book = _load(workbook)
        names = list(book.sheet_names)
        kinds = [metadata.typ for metadata in book.sheets_metadata]
    _check(names, kinds)
    for name, kind in zip(names, kinds, strict=True):
        around = workbook.sheets.get(name, Sheet())
        yield Passage(name, above=(cell_text(name),))
        if kind is SheetTypeEnum.WorkSheet and name not in workbook.damaged:
            yield from _sheet(book, name, around)
        elif kind is SheetTypeEnum.WorkSheet:
            yield _CORRUPT
        yield Passage(name, lines=around.notes)
    try:
        yield from workbook.asides()
    except (PackageError, ItemTroubleError, EscalateError):
        yield _CORRUPT
    yield Passage("properties", lines=workbook.stated.text.splitlines())


def _load(workbook: Workbook) -> CalamineWorkbook:
    if isinstance(workbook.file, str):
        return CalamineWorkbook.from_path(workbook.file)
    return CalamineWorkbook.from_filelike(workbook.file)


def _check(names: Sequence[str], kinds: Sequence[SheetTypeEnum]) -> None:
    if len(set(names)) < len(names):
        raise EscalateError("same sheets")  # They are asked for by name, and one would hide the other.
    if SheetTypeEnum.MacroSheet in kinds:
        raise EscalateError("macro sheet")


def _sheet(book: CalamineWorkbook, name: str, around: Sheet) -> Iterator[Passage | Problem]:
    try:
        with _calamine_errors_named("sheet"):
            cells = book.get_sheet_by_name(name)
            start = cells.start
            rows: Iterator[list[Any]] = cells.iter_rows()
    except EscalateError:
        yield _CORRUPT
        return
    left = start[1] if start else 0
    written = _rows_as_shown(rows, left, around.formats) if around.formats else map(_row, rows)
    yield sheet(name, written)


@contextmanager
def _calamine_errors_named(reason: str) -> Iterator[None]:
    """Its panics are no Exception, and print."""
    try:
        with silent():
            yield
    except Exception as error:
        raise EscalateError(reason) from error
    except BaseException as error:
        if type(error).__name__ != _PANIC:
            raise
        raise EscalateError(reason) from error


def _row(values: Iterable[Any]) -> list[str]:
    """Most texts are written as they are, which is told faster than a function is called."""
    return [
        value if type(value) is str and value.isprintable() and "_x" not in value else _WRITTEN[type(value)](value)
        for value in values
    ]


def _rows_as_shown(rows: Iterable[list[Any]], left: int, formats: Mapping[int, NumberFormat]) -> Iterator[list[str]]:
    keys = iter(sorted(formats))
    key = next(keys, None)
    for at, values in enumerate(rows):
        row = _row(values)
        first, behind = cell_key(at, left), cell_key(at, left + len(values))
        while key is not None and key < behind:
            value: Any = values[key - first] if key >= first else None
            if type(value) in (int, float) and isfinite(value):
                row[key - first] = formats[key].shown(value) or row[key - first]
            key = next(keys, None)
        yield row


def _text(value: str) -> str:
    """ECMA-376 part 1, 22.9.2.19: characters that XML cannot hold stand as their numbers."""
    return cell_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), value) if "_x" in value else value)


def _number(value: float) -> str:
    """As many digits as Excel keeps, and never an exponent where a number may be somebody's."""
    if value.is_integer() and abs(value) < _LARGEST_WHOLE:
        return str(int(value))
    return f"{value:.15g}"


def _truth(value: bool) -> str:
    return "TRUE" if value else "FALSE"


def _moment(value: datetime) -> str:
    """To the nearest second: a moment is stored as a fraction of a day, and 00:00:10 may come out a little before."""
    rounded = value + _SECOND if value.microsecond >= _HALF and value.year < MAXYEAR else value
    return rounded.isoformat(" ", "seconds")


def _time(value: time) -> str:
    return _moment(datetime.combine(date.min, value)).partition(" ")[2]


def _duration(value: timedelta) -> str:
    minutes, seconds = divmod(round(value.total_seconds()), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"


_WRITTEN: dict[type, Callable[[Any], str]] = {
    str: _text,
    float: _number,
    int: str,
    bool: _truth,
    date: date.isoformat,
    datetime: _moment,
    time: _time,
    timedelta: _duration,
}
"""What calamine gives as a cell; an empty one and an error are an empty string."""
