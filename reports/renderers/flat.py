"""A table as rows of plain cells, for files of data, and what a list of files or sheets says of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import BinaryIO

from reports.section import Cell, Column, ColumnKind, Heat, Row, Table
from reports.wording import plural

Writer = Callable[[BinaryIO], None]
"""Writes one file. A list of a million rows is never held whole."""


class Counted:
    """Rows that are counted as they pass: what a file says that it holds is what was written into it."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows
        self.passed = 0

    def __iter__(self) -> Iterator[Row]:
        for row in self._rows:
            self.passed += 1
            yield row


def flat_columns(table: Table) -> tuple[Column, ...]:
    """The columns with a heat map's cells as two, a number and a score; sizes say that they are bytes."""
    return tuple(flat for column in table.columns for flat in _flat_column(column))


def flat_rows(rows: Iterable[Row], columns: Sequence[Column]) -> Iterable[Row]:
    """The rows to go with `flat_columns`."""
    return (_flat_row(row, columns) for row in rows) if any(map(_is_heat, columns)) else rows


def holding(table: Table, written: int) -> str:
    """What a file or sheets with so many rows of a table hold: where the inventory changed meanwhile, that too."""
    if written == len(table.rows):
        return table.caption
    return f"{table.caption} (the inventory changed meanwhile: before, {plural(len(table.rows), 'row')} were counted)"


def _is_heat(column: Column) -> bool:
    return column.kind is ColumnKind.HEAT


def _flat_row(row: Row, columns: Sequence[Column]) -> Row:
    return tuple(value for cell, column in zip(row, columns, strict=True) for value in _flat_cell(cell, column))


def _flat_column(column: Column) -> tuple[Column, ...]:
    if _is_heat(column):
        return (
            Column(f"{column.heading}: items", ColumnKind.COUNT),
            Column(f"{column.heading}: highest score", ColumnKind.SCORE),
        )
    return (Column(f"{column.heading} (bytes)", column.kind),) if column.kind is ColumnKind.BYTES else (column,)


def _flat_cell(cell: Cell, column: Column) -> tuple[Cell, ...]:
    if isinstance(cell, Heat):
        return cell.items, cell.highest
    return (cell, None) if _is_heat(column) else (cell,)
