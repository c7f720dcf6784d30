"""What the columns of a table hold: each by itself, then by those beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice

from classifiers.columns.beside import (
    with_accounts,
    with_births,
    with_loose_names,
    with_parts_of_names,
    with_properties,
    with_references,
)
from classifiers.columns.one_column import Verdict, of_column
from classifiers.columns.records import Records
from classifiers.columns.rows import Grid, bare, cells_of_row, rows_of
from classifiers.columns.tables import grids_in
from classifiers.columns.vocabulary import Meaning, meaning_of
from domain.content import Table

MOST_JUDGED_BY = 200
"""Cells of a column, from its beginning, that a verdict is made of."""


@dataclass(frozen=True, slots=True)
class JudgedTable(Grid):
    """A table with a verdict for each of its columns, from left to right."""

    verdicts: tuple[Verdict, ...] = ()


def judged_tables(text: str, tables: Sequence[Table] = (), latest: date | None = None) -> tuple[JudgedTable, ...]:
    """Every table of a text but records, judged; those that are already stay as they are, and then no more are looked
    for.

    `latest` is the latest date known of the document, before which people in it were born.
    """
    if tables and all(isinstance(table, (JudgedTable, Records)) for table in tables):
        return tuple(table for table in tables if isinstance(table, JudgedTable))
    return tuple(_judged(text, grid, latest) for grid in grids_in(text, tables))


def as_judged(grid: Grid, verdicts: Sequence[Verdict]) -> JudgedTable:
    """The table with its verdicts."""
    return JudgedTable(grid.start, grid.end, grid.columns, grid.head, grid.delimiter, tuple(verdicts))


def judge(columns: Sequence[str], rows: Iterable[Sequence[str]], latest: date | None = None) -> tuple[Verdict, ...]:
    """A verdict for each column of a table, by its headings ("" or missing for none) and rows of bare cells.

    By heading, where the values bear it out; else by the values, of which at least five and 95 in 100 must be of one
    kind; dates beside names that can only be births; names by the first names among them; sort codes make account
    numbers, and people make references of numbers that a heading calls so. Numbers of things (invoices, meters, money,
    rows) are none of anybody's.
    """
    cells = _by_column(rows, len(columns))
    meanings = [meaning_of(columns[at]) if at < len(columns) else Meaning() for at in range(len(cells))]
    verdicts = [of_column(meaning, column) for meaning, column in zip(meanings, cells, strict=True)]
    verdicts = with_accounts(verdicts, meanings, cells)
    verdicts = with_loose_names(verdicts, meanings, cells)
    verdicts = with_parts_of_names(verdicts, meanings, cells)
    verdicts = with_births(verdicts, meanings, cells, latest)
    verdicts = with_properties(verdicts, cells)
    return tuple(with_references(verdicts, meanings, cells, columns))


def _judged(text: str, grid: Grid, latest: date | None) -> JudgedTable:
    rows = (list(map(bare, cells_of_row(row.line, grid.delimiter))) for row in rows_of(text, grid))
    return as_judged(grid, judge(grid.columns, islice(rows, MOST_JUDGED_BY), latest))


def _by_column(rows: Iterable[Sequence[str]], width: int) -> list[list[str]]:
    """The cells that hold something, column by column."""
    cells: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        while len(cells) < len(row):
            cells.append([])
        for column, cell in zip(cells, row, strict=False):
            if cell:
                column.append(cell)
    return cells
