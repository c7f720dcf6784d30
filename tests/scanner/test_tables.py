from __future__ import annotations

from itertools import pairwise

from domain.content import Content, Place
from domain.errors import Problem, ProblemCode
from scanner.tables import Passage, cell_text, heading_row, in_stretches, row_text, sampled, sheet, table

PEOPLE = [["Name", "Born"], ["Ann Example", "1980-01-02"], ["Bob Example", "1975-03-04"]]
LIMIT = Problem(ProblemCode.LIMIT, "rows")


def whole_of(content: Content) -> str:
    """All that is new in the stretches, one after the other."""
    text = ""
    for stretch in (content, *content.rest):
        text += stretch.text[len(text) - stretch.start :]
    return text


def test_a_row_is_a_line_whose_cells_are_parted_by_tabs():
    assert row_text(["Ann", "", "Leeds", "", ""]) == "Ann\t\tLeeds"
    assert cell_text("1 High Street\nLeeds\tLS1") == "1 High Street Leeds LS1"


def test_a_sheet_is_a_place_and_its_table_begins_with_the_headings():
    content = in_stretches([sheet("Staff", [["Council staff"], ["", ""], *PEOPLE])], 1000, Content(reader="sheets"))
    assert content.text == "Council staff\nName\tBorn\nAnn Example\t1980-01-02\nBob Example\t1975-03-04\n"
    assert content.places == (Place(0, "Staff"),)
    (found,) = content.tables
    assert content.text[found.start : found.end].splitlines()[0] == "Name\tBorn"
    assert (found.end, found.columns) == (len(content.text), ("Name", "Born"))
    assert (content.problem, content.reader) == (None, "sheets")


def test_a_sheet_without_headings_is_a_table_without_columns():
    content = in_stretches([sheet("S", [["Ann Example", "Leeds"], ["Bob Example", "York"]])], 1000, Content())
    assert content.tables[0].columns == ()
    assert (content.tables[0].start, content.tables[0].end) == (0, len(content.text))


def test_an_empty_sheet_is_neither_table_nor_place():
    content = in_stretches([sheet("S", [["", ""], []])], 1000, Content())
    assert (content.text, content.tables) == ("", ())


def test_headings_are_told_from_rows():
    assert heading_row(PEOPLE) == 0
    assert heading_row([["Staff list"], ["as of May"], *PEOPLE]) == 2
    assert heading_row([["First name", "Town"], ["Ann", "Leeds"], ["Bob", "York"]]) == 0
    assert heading_row([["Ann", "Leeds"], ["Bob", "York"]]) is None
    assert heading_row([["Ann", "07700 900123"], ["Bob", "07700 900456"]]) is None
    assert heading_row([["Name", "Name"], ["Ann", "1"]]) is None
    assert heading_row([["1", "2"], ["3", "4"]]) is None
    assert heading_row([["NHS number"], ["9434765919"], ["9434765870"]]) == 0
    assert heading_row([["Name"]]) is None
    assert heading_row([]) is None


def test_a_text_of_the_limit_is_whole_and_a_longer_one_comes_in_stretches():
    rows = [["Name", "Number"], *([f"Person {number}", str(number)] for number in range(100))]
    whole = in_stretches([sheet("S", rows)], 10_000, Content())
    assert whole.rest == ()
    assert in_stretches([sheet("S", rows)], len(whole.text), Content()) == whole
    cut = in_stretches([sheet("S", rows)], 200, Content())
    stretches = [cut, *cut.rest]
    assert len(stretches) > 5
    assert all(len(stretch.text) <= 200 for stretch in stretches)
    assert all(stretch.text.startswith("Name\tNumber\n") for stretch in stretches)
    assert all(stretch.tables[0].columns == ("Name", "Number") for stretch in stretches)
    assert all(stretch.places == (Place(stretch.start, "S"),) for stretch in stretches)
    assert whole_of(in_stretches([sheet("S", rows)], 200, Content())) == whole.text


def test_offsets_in_a_stretch_are_those_of_the_whole_text_less_its_start():
    rows = [["Name", "Number"], *([f"Person {number}", str(number)] for number in range(100))]
    whole = in_stretches([sheet("S", rows)], 10_000, Content()).text
    stretches = list(in_stretches([sheet("S", rows)], 200, Content()).rest)
    at = stretches[-1].text.index("Person 99")
    assert whole[stretches[-1].start + at :].startswith("Person 99")


def test_places_and_tables_of_a_later_stretch_are_by_the_offsets_of_the_whole_text():
    passages = [sheet("One", [*PEOPLE] * 3), Passage("Two", ("a line",)), sheet("Three", PEOPLE)]
    content = in_stretches(passages, 100, Content())
    stretches = [content, *content.rest]
    assert [place.name for stretch in stretches for place in stretch.places][-2:] == ["Two", "Three"]
    for stretch in stretches:
        at = stretch.start
        assert all(0 <= place.start - at <= len(stretch.text) for place in stretch.places)
        assert all(stretch.text[found.start - at : found.end - at].count("\t") for found in stretch.tables)


def test_a_line_longer_than_a_stretch_is_cut_and_its_pieces_overlap():
    line = "".join(f"word{number} " for number in range(200))
    content = in_stretches([Passage("S", lines=[line, "behind"])], 300, Content())
    stretches = [content, *content.rest]
    assert all(len(stretch.text) <= 300 for stretch in stretches)
    assert all(after.text[:75] == before.text[-75:] for before, after in pairwise(stretches[:4]))
    assert whole_of(in_stretches([Passage("S", lines=[line, "behind"])], 300, Content())) == f"{line}\nbehind\n"


def test_headings_longer_than_a_quarter_of_a_stretch_are_not_repeated():
    rows = [["Name of the person", "Number"], *([f"P {number}", str(number)] for number in range(30))]
    stretches = list(in_stretches([sheet("S", rows)], 60, Content()).rest)
    assert not stretches[0].text.startswith("Name of")
    assert stretches[0].tables[0].columns == ("Name of the person", "Number")


def test_headings_that_come_first_in_a_stretch_stand_there_once():
    for limit in range(40, 90):
        content = in_stretches([sheet("One", PEOPLE), sheet("Two", PEOPLE)], limit, Content())
        assert all("Name\tBorn\nName\tBorn" not in stretch.text for stretch in (content, *content.rest))


def test_the_last_stretch_carries_the_first_problem():
    passages = [sheet("S", PEOPLE * 20), LIMIT, Problem(ProblemCode.CORRUPT)]
    stretches = [(first := in_stretches(passages, 200, Content())), *first.rest]
    assert [stretch.problem for stretch in stretches[:-1]] == [None] * (len(stretches) - 1)
    assert stretches[-1].problem == LIMIT
    assert in_stretches([LIMIT], 200, Content()).problem == LIMIT


def test_stretches_are_read_only_as_far_as_they_are_asked_for():
    asked: list[int] = []

    def rows():
        for number in range(100_000):
            asked.append(number)
            yield [f"Person {number}", str(number)]

    content = in_stretches([table("S", ["Name", "Number"], rows())], 1000, Content())
    assert len(content.text) <= 1000
    assert len(asked) < 2000


def test_a_sample_is_the_first_the_middle_and_the_last():
    assert sampled(10, 10) == (range(10),)
    assert sampled(0, 10) == (range(0),)
    assert sampled(1000, 9) == (range(3), range(498, 501), range(997, 1000))


def test_the_text_is_not_in_the_repr_of_a_passage():
    assert "Ann" not in repr(Passage("S", ("Ann",), ("Ann",), ["Ann"]))
