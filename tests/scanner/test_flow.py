from __future__ import annotations

import pytest

from domain.content import Place, Table
from scanner.flow import Flow, FullError


def a_row(flow: Flow, *cells: str) -> None:
    flow.start_row()
    for cell in cells:
        flow.start_cell()
        flow.line(cell)
        flow.end_cell()
    flow.end_row()


def test_a_paragraph_inside_another_is_a_line_before_it_and_neither_is_cut():
    flow = Flow(1_000)
    flow.start_paragraph()
    flow.write("Ann Ex")
    flow.start_paragraph()
    flow.write("in a box")
    flow.end_paragraph()
    flow.write("ample")
    flow.end_paragraph()
    assert flow.text == "in a box\nAnn Example\n"


def test_places_stand_where_their_text_begins_and_those_without_text_are_left_out():
    flow = Flow(1_000)
    flow.place("body")
    flow.line("one")
    flow.place("header")
    flow.place("footer")
    flow.line("two")
    flow.place("notes")
    assert flow.places == (Place(0, "body"), Place(4, "footer"))


def test_a_table_is_lines_of_cells_and_knows_its_headings():
    flow = Flow(1_000)
    flow.line("Staff")
    flow.start_table()
    a_row(flow, "Name", "Date of birth")
    a_row(flow, "Ann Example", "01/02/1980")
    flow.end_table()
    flow.line("after")
    assert flow.text == "Staff\nName\tDate of birth\nAnn Example\t01/02/1980\nafter\n"
    (table,) = flow.tables
    assert (table, table.columns) == (Table(6, 48, ("Name", "Date of birth")), ("Name", "Date of birth"))
    assert flow.text[table.start : table.end].endswith("1980\n")


def test_cells_stay_under_their_columns_over_empty_wide_and_repeated_ones():
    flow = Flow(1_000)
    flow.start_row()
    flow.end_cell()
    for lines, width, is_repeated in ((["a"], 2, False), ([], 3, False), (["b"], 2, True), ([], 16_384, True)):
        flow.start_cell()
        for line in lines:
            flow.line(line)
        flow.end_cell(width, is_repeated=is_repeated)
    flow.end_row()
    assert flow.text == "a\t\t\t\t\tb\tb\n"


def test_paragraphs_of_a_cell_are_parted_so_that_two_numbers_stay_two():
    flow = Flow(1_000)
    flow.start_row()
    for lines in (["020 7946 0000", "07700 900123"], ["Address:", "1 High\tStreet", "Anytown"]):
        flow.start_cell()
        for line in lines:
            flow.line(line)
        flow.end_cell()
    flow.end_row()
    assert flow.text == "020 7946 0000, 07700 900123\tAddress: 1 High Street, Anytown\n"


def test_a_table_in_a_cell_stands_whole_between_what_is_before_and_behind_it():
    flow = Flow(1_000)
    flow.start_table()
    flow.start_row()
    flow.start_cell()
    flow.line("before")
    flow.start_table()
    a_row(flow, "Name", "Phone")
    a_row(flow, "Ann", "07700 900123")
    flow.end_table()
    flow.line("behind")
    flow.end_cell()
    flow.end_row()
    flow.end_table()
    assert flow.text == "before\nName\tPhone\nAnn\t07700 900123\nbehind\n"
    assert [table.columns for table in flow.tables] == [("Name", "Phone")]


def test_of_two_forms_of_one_text_one_is_kept_and_what_only_the_other_has_too():
    flow = Flow(1_000)
    flow.start_paragraph()
    flow.write("Dear ")
    flow.start_forms()
    for again, inline, line in ((False, "Ann", "in a box"), (True, "Ann", "in a box"), (True, "Bea", "elsewhere")):
        flow.start_form(again=again)
        flow.write(inline)
        flow.start_paragraph()
        flow.write(line)
        flow.end_paragraph()
        flow.end_form()
    flow.end_forms()
    flow.write(",")
    flow.end_paragraph()
    assert flow.text == "in a box\nelsewhere\nDear AnnBea,\n"


def test_no_more_than_the_limit_is_kept_and_all_that_stands_in_it():
    flow = Flow(10)
    flow.start_table()
    a_row(flow, "Name", "No")
    with pytest.raises(FullError):
        a_row(flow, "Ann", "12")
    flow.end_table()
    assert (flow.text, flow.length) == ("Name\tNo\nAn", 10)
    exact = Flow(8)
    exact.line("1234567")
    assert exact.text == "1234567\n"


def test_what_is_left_open_ends_with_its_place_and_ends_without_beginnings_do_no_harm():
    flow = Flow(1_000)
    flow.end_paragraph()
    flow.end_cell()
    flow.end_row(5)
    flow.end_table()
    flow.end_form()
    flow.end_forms()
    flow.place("body")
    flow.start_table()
    flow.start_row()
    flow.start_cell()
    flow.start_forms()
    flow.start_form(again=True)
    flow.start_paragraph()
    flow.write("open")
    flow.place("header")
    flow.line("open")
    assert flow.text == "open\nopen\n"
    assert [place.name for place in flow.places] == ["body", "header"]


def test_a_million_cells_in_a_row_are_one_row():
    flow = Flow(10_000_000)
    flow.start_row()
    for number in range(100_000):
        flow.start_cell()
        flow.line(str(number))
        flow.end_cell(16_384)
    flow.end_row()
    assert flow.text.count("\n") == 1
    assert flow.text.count("\t") < 1_000
    assert all(str(number) in flow.text for number in (0, 999, 50_000, 99_999))
