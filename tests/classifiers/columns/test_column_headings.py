"""Which heading a cell of a table stands under."""

from __future__ import annotations

import pytest

from classifiers.columns.headings import Headings, is_head

TABLE = "Minutes of it\n\nName\tAddress 1\tBorn\r\nIvy Marsh\t14 Old Mill Lane\t12/03/1950\nSam\t\t01/02/1961\n"


@pytest.mark.parametrize(
    ("value", "heading"),
    [("Ivy", "Name"), ("14 Old", "Address 1"), ("12/03", "Born"), ("01/02", "Born"), ("Name", ""), ("Minutes", "")],
)
def test_a_cell_stands_under_its_heading(value, heading):
    assert Headings.of(TABLE).over(TABLE.index(value)) == heading


def test_a_comma_inside_quotes_divides_no_cells():
    text = 'Town,Name,Born\n"Anytown, Northshire","Marsh, Ivy",1950\n'
    assert Headings.of(text).over(text.index("1950")) == "Born"


@pytest.mark.parametrize("line", ["Name\tBorn", "Surname,Forename,Phone 2", "Ref\t\tDOB"])
def test_a_line_of_names_is_a_head(line):
    assert is_head(line)


@pytest.mark.parametrize("line", ["", "Name", "Ivy,12/03/1950", "Ivy,ivy@example.org", "Ivy\t1", "Well, it was."])
def test_a_line_of_values_or_prose_is_no_head(line):
    assert not is_head(line)


def test_a_hundred_thousand_blank_lines_that_end_in_no_table_head_nothing():
    text = "\n" * 100_000 + "\x0bName,NHS number"
    assert Headings.of(text).over(len(text) - 1) == ""
