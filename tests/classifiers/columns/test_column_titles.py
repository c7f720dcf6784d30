from __future__ import annotations

import pytest

from classifiers.columns.headings import Headings

TABLE = "\tSurname\tFirst name\tNHS number\n\tMarsh\tIvy\t999 000 1111\n"


def heading_over(text: str, value: str) -> str:
    return Headings.of(text).over(text.index(value))


@pytest.mark.parametrize(
    "above", ["", "Sheet1\n", "Sheet1\nContacts of 2019\n", "An earlier paragraph, with a comma.\n\nSheet2\n"]
)
def test_a_table_is_known_by_its_head_whatever_titles_stand_above_it(above):
    assert heading_over(above + TABLE, "999 000") == "NHS number"
    assert heading_over(above + TABLE, "Marsh") == "Surname"


def test_the_head_itself_stands_under_no_heading():
    assert heading_over("Sheet1\n" + TABLE, "Surname") == ""


def test_csv_below_a_title_is_a_table():
    text = "Pupils\nSurname,First name,UPN\nMarsh,Ivy,A123\n"
    assert heading_over(text, "A123") == "UPN"


def test_prose_below_a_salutation_is_no_table():
    text = "Dear all\nplease bring cake, biscuits\nYours, Ivy\n"
    assert heading_over(text, "Ivy") == ""


def test_blank_lines_without_end_cost_no_more_than_their_number():
    text = "Sheet1\n" + TABLE + "\n" * 300_000
    assert heading_over(text, "Marsh") == "Surname"
