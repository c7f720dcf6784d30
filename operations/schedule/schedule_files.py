"""A schedule as files that people edit: a workbook, a CSV file in any encoding, or TOML; nothing is half-written."""

from __future__ import annotations

import csv
import io
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from domain.errors import ConfigurationError
from domain.rule import Schedule
from operations.schedule.workbook_apart import rows_apart
from retention.document import Document, read_documents
from retention.exchange import Cell, Row, columns_of, documents_of, rows_of
from retention.published import NOT_LAW, is_published, published
from retention.schedule import schedule_in
from retention.writing import TABLES, toml_text
from scanner.decoding import decoded

_WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")


def import_schedule(path: Path, out: Path, today: date) -> Schedule:
    """Write what a workbook or CSV file says as TOML files into the folder `out`, one a function.

    Everything is read and checked before anything is written. Raises ConfigurationError naming the line and what to
    write instead, and where `out` holds files already: nothing is ever overwritten.
    """
    rows = read_rows(path)
    documents = _documents(rows, path, today)
    schedule = schedule_in(documents)
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise ConfigurationError(f"{out} is there already and not empty. Name another folder.")
    heading = NOT_LAW if is_published(rows[0].cells) else ""
    _write_folder(out, {f"{_stem(each)}.toml": toml_text(each.tables, heading) for each in documents})
    return schedule


def export_schedule(path: Path, out: Path) -> Schedule:
    """Write a schedule as one workbook (a sheet for each kind of table) or one CSV file, by the name of `out`."""
    documents = read_documents(path)
    schedule = schedule_in(documents)
    rows = rows_of(documents)
    if out.exists():
        raise ConfigurationError(f"{out} is there already. Name another file.")
    if out.suffix.casefold() == ".xlsx":
        _write(out, _workbook(rows))
    elif out.suffix.casefold() == ".csv":
        _write(out, _csv(rows))
    else:
        raise ConfigurationError(f"{out}: its name says neither .xlsx nor .csv. Name a file of one of the two.")
    return schedule


def read_rows(path: Path) -> list[Row]:
    """The rows of a file under their headings, in lower case. The encoding of a CSV file is found by its looks."""
    return rows_held(path, content_of(path))


def content_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ConfigurationError(f"{path}: it cannot be read ({error.strerror}); check its path") from error


def rows_held(path: Path, content: bytes, each: str = "rule") -> list[Row]:
    """The rows of what a file holds, read once; `each` is what a row is one for."""
    if path.suffix.casefold() in _WORKBOOKS:
        rows = list(_of_workbook(content, str(path)))
    else:
        rows = list(_of_csv(content, str(path)))
    if not rows:
        raise ConfigurationError(f"{path}: it has no rows below its headings; write one for each {each}")
    return rows


def _documents(rows: Sequence[Row], path: Path, today: date) -> tuple[Document, ...]:
    if is_published(rows[0].cells):
        head = {"id": _slug(path.stem), "title": f"Imported from {path.name}: drafts, not law", "version": "1",
                "effective_from": today, "status": "draft"}  # fmt: skip
        return published(rows, head)
    if "table" not in rows[0].cells:
        known = "those that `muniment retention export` writes, or Service, File/Record Type and Retention Period"
        raise ConfigurationError(f"{path}:1: these headings are of no layout that is known; write {known}")
    return documents_of(rows)


def _of_workbook(content: bytes, name: str) -> Iterator[Row]:
    headings: dict[str, list[str]] = {}
    for sheet, number, cells in rows_apart(content, name):
        if sheet not in headings:
            headings[sheet] = [str(cell or "").strip().casefold() for cell in cells]
        elif any(cell is not None for cell in cells):
            yield Row(f"{name}[{sheet}]", number, _under(headings[sheet], cells))


def _of_csv(content: bytes, name: str) -> Iterator[Row]:
    text = decoded(content).removeprefix("\ufeff")
    if "\0" in text:
        raise ConfigurationError(f"{name}: it is not text; save it as CSV in UTF-8")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    headings: list[str] | None = None
    line = 1
    try:
        for cells in reader:
            if headings is None:
                headings = [cell.strip().casefold() for cell in cells]
            elif any(cell.strip() for cell in cells):
                _check_width(cells, headings, f"{name}:{line}")
                yield Row(name, line, _under(headings, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        said = f"{name}:{reader.line_num}: it is not CSV ({error}); close each quotation mark that was opened"
        raise ConfigurationError(said) from error


def _check_width(cells: Sequence[str], headings: Sequence[str], place: str) -> None:
    if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
        raise ConfigurationError(
            f"{place}: it has more cells than there are headings; put text with commas into quotes"
        )


def _under(headings: Sequence[str], cells: Iterable[Cell]) -> dict[str, Cell]:
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if heading}


def _csv(rows: Sequence[Mapping[str, str]]) -> bytes:
    """With a byte-order mark, without which Excel takes UTF-8 for an older encoding."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns_of(rows), restval="")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def _workbook(rows: Sequence[Mapping[str, str]]) -> bytes:
    content = io.BytesIO()
    with xlsxwriter.Workbook(
        content, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        bold = book.add_format({"bold": True})
        for table in TABLES:
            if found := [row for row in rows if row["table"] == table]:
                sheet = book.add_worksheet(table)
                columns = columns_of(found)
                sheet.write_row(0, 0, columns, bold)
                sheet.freeze_panes(1, 0)
                for number, row in enumerate(found, 1):
                    for place, column in enumerate(columns):
                        sheet.write_string(number, place, row.get(column, ""))
    return content.getvalue()


def _write_folder(out: Path, files: Mapping[str, str]) -> None:
    """All of the files or none: they are written beside, and the folder takes its name at the end."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=out.parent, prefix=f".{out.name}-") as beside:
        made = Path(beside) / "made"
        made.mkdir()
        for name, text in files.items():
            (made / name).write_text(text, "utf-8")
        if out.exists():
            out.rmdir()
        os.rename(made, out)


def _write(out: Path, content: bytes) -> None:
    with tempfile.NamedTemporaryFile(dir=out.parent, prefix=f".{out.name}-", delete=False) as beside:
        beside.write(content)
    os.rename(beside.name, out)


def _stem(document: Document) -> str:
    """What the document's file is called: its content is that name alone where it did not come from a file."""
    return document.content.decode()


def _slug(text: str) -> str:
    kept = "".join(char if char.isascii() and char.isalnum() else "-" for char in text.casefold())
    return kept.strip("-") or "schedule"


def as_values(differences: Iterable[Any]) -> list[dict[str, Any]]:
    """Frozen values as mappings, for JSON."""
    return [{name: str(getattr(each, name)) for name in each.__dataclass_fields__} for each in differences]
