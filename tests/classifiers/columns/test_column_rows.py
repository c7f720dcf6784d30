from __future__ import annotations

import pytest

from classifiers.columns.rows import LONGEST_ROW, bare, cells_of_row, columns_of, rows_of
from classifiers.columns.tables import grids_in
from domain.content import Table


@pytest.mark.parametrize(
    ("line", "delimiter", "cells"),
    [
        ('a,"b, c",d', ",", ["a", "b, c", "d"]),
        ('"say ""hi"", now",x', ",", ['say ""hi"", now', "x"]),
        ('a,"never closed, x', ",", ["a", "never closed", "x"]),
        ('5" pipe;6" pipe', ";", ["5", "6"]),
        (",,", ",", ["", "", ""]),
        ('a\t"b\tc', "\t", ["a", "b", "c"]),
        ("", ",", [""]),
    ],
)
def test_cells_are_parted_as_csv_parts_them(line, delimiter, cells):
    found = cells_of_row(line, delimiter)
    assert delimiter.join(found) == line
    assert len(found) == len(cells)
    assert [bare(cell)[: len(wanted)] for cell, wanted in zip(found, cells, strict=True)] == cells


def test_the_cells_past_the_most_stay_in_the_last():
    for line in (",".join("x" * 1_000), '"x",' * 1_000):
        assert ",".join(cells_of_row(line, ",")) == line
        assert len(cells_of_row(line, ",")) == 257


def test_the_readers_tables_keep_their_headings_and_the_rest_is_searched():
    text = "Staff\nName\tNotes\nIvy\tx\n\nSurname,Forename\nMarsh,Ivy\n"
    start = text.index("Name")
    grids = list(grids_in(text, (Table(start, start + 17, ("Name", "Notes")),)))
    assert [(grid.columns, grid.delimiter) for grid in grids] == [
        (("Name", "Notes"), "\t"),
        (("Surname", "Forename"), ","),
    ]
    assert [[row.line for row in rows_of(text, grid)] for grid in grids] == [["Ivy\tx"], ["Marsh,Ivy"]]


def test_a_table_that_began_in_another_stretch_has_rows_from_its_first_line():
    (grid,) = grids_in("Ivy\tx\nSam\ty\n", (Table(0, 12, ("Name", "Notes")),))
    assert (grid.head, grid.columns) == (0, ("Name", "Notes"))


def test_a_row_that_is_cut_off_and_one_too_long_are_none():
    text = "vy\tx\nSam\ty\n" + "z" * LONGEST_ROW + "\tz\nLi\tw\n"
    (grid,) = grids_in(text, (Table(-20, len(text), ("Name", "Notes")),))
    assert [row.line for row in rows_of(text, grid)] == ["Sam\ty", "Li\tw"]


def test_the_later_lines_of_a_cell_are_no_rows():
    text = 'Surname,Notes\nMarsh,"one\ntwo, three\nfour"\nIqbal,five\n'
    (grid,) = grids_in(text)
    assert [row.line for row in rows_of(text, grid)] == ['Marsh,"one', "Iqbal,five"]


@pytest.mark.parametrize(
    "text",
    [
        "Dear Mrs Marsh,\nthank you, and goodbye,\nYours, Ivy\n",
        "x = 1;\ny = 2;\nz = 3;\nw = 4;\nv = 5;\n",
        "It rained, then it stopped.\nWe went, all of us.\nThey left, too.\nIt rained, again.\nWe slept, at last.\n",
    ],
)
def test_prose_and_programs_are_no_tables(text):
    assert not list(grids_in(text))


def test_one_long_row_does_not_make_all_others_as_long():
    columns = columns_of([["x"] * 200, *([["a", "b"]] * 1_000)])
    assert len(columns) == 3
    assert all(len(column) == 1_001 for column in columns)


@pytest.mark.parametrize(
    "text",
    ["a," * 200_000, '"' * 100_000, (',"a' * 2_000 + "\n") * 20, 'a,"b,c\n' * 30_000, "\n" * 200_000,
     "\t".join("ab" for _ in range(100_000)) + "\n" + "1\t2\n" * 1_000],
)  # fmt: skip
def test_hostile_tables_end(text):
    for grid in grids_in(text, (Table(0, len(text), ()),) if "\t" in text else ()):
        assert sum(len(cells_of_row(row.line, grid.delimiter)) for row in rows_of(text, grid)) <= len(text)
