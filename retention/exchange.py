"""A schedule as rows of a workbook or a CSV file, and back again: a records manager never has to edit text.

A row is a table of the schedule's files. Tables inside it are columns of their own ("scope.paths", "trigger.event");
lists are parted by semicolons; what is deeper (tests, steps, several clocks) stands in its cell as TOML writes it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from domain.errors import ConfigurationError
from domain.written_date import written_day
from retention.document import Document
from retention.writing import TABLES, inline

_OPENED = ("scope", "trigger", "review", "defaults", "created")
_LISTS = {"paths", "exclude", "classes", "services", "sources", "owners", "types", "formats", "mailbox_folders",
          "labels", "words", "hints", "terms", "people", "approved_by"}  # fmt: skip
_DAYS = {"effective_from", "effective_to", "review_by", "placed", "answered", "from", "to"}
_DEEP = {"match", "steps", "later_of", "earlier_of", "first_known"}
_FORMULA = ("=", "+", "-", "@", "'", "\t", "\r")
_FIRST = ("file", "table", "id", "name", "title", "class")

Cell = str | int | float | bool | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row as a file has it: its line, from 1, and its cells by the headings in lower case; `place` names the file."""

    place: str
    line: int
    cells: Mapping[str, Cell]


def rows_of(documents: Iterable[Document]) -> list[dict[str, str]]:
    """Every table of the schedule as a row of text. Safe to open: nothing in it is a formula."""
    rows: list[dict[str, str]] = []
    for document in documents:
        stem = PurePath(document.name).stem
        for name in TABLES:
            entries = document.tables.get(name, [])
            listed = [entries] if isinstance(entries, Mapping) else entries
            rows += [{"file": stem, "table": name, **dict(_cells(entry, ""))} for entry in listed]
    return rows


def columns_of(rows: Iterable[Mapping[str, str]]) -> list[str]:
    """The headings of these rows: those that say what a row is first."""
    found = dict.fromkeys(column for row in rows for column in row)
    return [*(column for column in _FIRST if column in found), *(column for column in found if column not in _FIRST)]


def documents_of(rows: Sequence[Row]) -> tuple[Document, ...]:
    """The inverse of `rows_of`: one document for each file that the rows name.

    Raises ConfigurationError naming the line, the column and what to write instead.
    """
    files: dict[str, dict[str, list[tuple[Row, dict[str, Any]]]]] = {}
    complaints = []
    for row in rows:
        try:
            table = _table_of(row)
            entry = _entry(row)
        except ValueError as error:
            complaints.append(f"{row.place}:{row.line}: {error}")
            continue
        stem = str(row.cells.get("file") or "schedule")
        files.setdefault(stem, {}).setdefault(table, []).append((row, entry))
    if complaints:
        raise ConfigurationError("\n".join(complaints))
    return tuple(_document(stem, tables) for stem, tables in files.items())


def _cells(entry: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in entry.items():
        if key in _OPENED and isinstance(value, Mapping):
            yield from _cells(value, f"{prefix}{key}.")
        else:
            yield prefix + key, _text(key, value)


def _text(key: str, value: Any) -> str:
    if key in _LISTS and isinstance(value, Sequence) and all(_is_plain(each) for each in value):
        return _unarmed("; ".join(value))
    if isinstance(value, str):
        return _unarmed(value)
    return inline(value)


def _is_plain(each: object) -> bool:
    return (
        isinstance(each, str) and ";" not in each and each == each.strip() and not each.startswith("[") and bool(each)
    )


def _unarmed(text: str) -> str:
    """Text that a spreadsheet takes for text: an apostrophe stands before what it would reckon with."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _table_of(row: Row) -> str:
    table = str(row.cells.get("table") or "").strip().casefold()
    if table not in TABLES:
        raise ValueError(f'table: "{table}" is not a table of a schedule; write one of {", ".join(TABLES)}')
    return table


def _entry(row: Row) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for column, cell in row.cells.items():
        if column in ("file", "table") or cell is None or cell == "":
            continue
        *path, key = column.split(".")
        at = entry
        for name in path:
            at = at.setdefault(name, {})
        at[key] = _value(column, key, cell)
    return entry


def _value(column: str, key: str, cell: Cell) -> Any:
    if isinstance(cell, datetime):
        return cell.date()
    if not isinstance(cell, str):
        return int(cell) if isinstance(cell, float) and cell.is_integer() else cell
    text = cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
    if key in _LISTS:
        return (
            _inlined(column, text)
            if text.startswith("[")
            else [each.strip() for each in text.split(";") if each.strip()]
        )
    if key in _DEEP or (key == "period" and text.startswith("{")):
        return _inlined(column, text)
    if key in _DAYS or column == "trigger.date":
        return _day(column, key, text)
    return int(text) if key in ("min_size", "max_size") and text.isdecimal() else text


def _day(column: str, key: str, text: str) -> Any:
    """A day as ISO 8601 or as people write it. What is not one is left for the tables to refuse, or is another word."""
    if not any(char.isdigit() for char in text) or (key == "from" and column == "from"):
        return text
    day = written_day(text)
    if day is None:
        raise ValueError(f'{column}: "{text}" is not a day; write it like 2026-04-01')
    return day


def _inlined(column: str, text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise ValueError(
            f'{column}: it is not TOML: {error}; write it as in {{ kind = "UK_NINO", min_count = 1 }}'
        ) from error


def _document(stem: str, tables: Mapping[str, list[tuple[Row, dict[str, Any]]]]) -> Document:
    first = next(iter(tables.values()))[0][0]
    content: dict[str, Any] = {}
    for name, entries in tables.items():
        single = name in ("schedule", "function")
        if single and len(entries) > 1:
            row = entries[1][0]
            raise ConfigurationError(f'{row.place}:{row.line}: table: "{name}" stands twice for {stem}; leave one out')
        content[name] = entries[0][1] if single else [entry for _, entry in entries]

    def line_of(table: str, number: int, keys: Sequence[str]) -> int | None:  # noqa: ARG001  a row has one line
        return tables[table][number][0].line if table in tables else None

    return Document(first.place, content, stem.encode(), line_of)
