"""Long tables: what is examined of them, what is reckoned, and that nothing lone is lost."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from column_road import TableRoad

from classifiers.columns.distinct import MOST_KEPT, Distinct
from classifiers.columns.draw import drawn
from classifiers.columns.sampling import Sampling
from classifiers.overlap import Hit
from domain.content import Content, Place, Table

HEAD = "Emp No\tSurname\tForename\tDoB\tNI No\tNotes\n"
SURNAMES = ("Marsh", "Okafor", "Iqbal", "Nowak", "Llewellyn")
FORENAMES = ("Ivy", "Ngozi", "Mohammed", "Agnieszka", "Rhian")


@pytest.fixture(scope="module")
def road() -> TableRoad:
    return TableRoad()


def a_row(number: int, notes: str = "nothing to say", *, person: int | None = None) -> str:
    who = number if person is None else person
    born = date(1950, 1, 1) + timedelta(days=who * 3)
    syllables = "".join(chr(ord("a") + int(digit)) for digit in str(who))
    return f"{400_000 + who}\t{SURNAMES[who % 5]}{syllables}\t{FORENAMES[who % 5]}\t{born}\tAB{who:06}C\t{notes}\n"


def a_sheet(rows: list[str], head: str = HEAD) -> Content:
    text = head + "".join(rows)
    return Content(text, (Place(0, "Staff"),), tables=(Table(0, len(text), tuple(head.rstrip("\n").split("\t"))),))


def in_stretches(rows: list[str], at_a_time: int, head: str = HEAD) -> Content:
    """As a reader gives a long sheet: each stretch begins with the line of headings."""
    pieces, end = [], 0
    columns = tuple(head.rstrip("\n").split("\t"))
    for first in range(0, len(rows), at_a_time):
        text = head + "".join(rows[first : first + at_a_time])
        start = end - len(head) if first else 0
        end = start + len(text)
        pieces.append(Content(text, (Place(start, "Staff"),), tables=(Table(start, end, columns),), start=start))
    return Content(pieces[0].text, pieces[0].places, tables=pieces[0].tables, rest=iter(pieces[1:]))


def test_a_table_of_a_thousand_rows_is_examined_whole(road):
    content = a_sheet([a_row(number) for number in range(1_000)])
    found, beyond, lengths = road.found(content)
    assert found["UK_NINO"] == 1_000
    assert not beyond
    assert lengths == [len(content.text)]


def test_of_a_long_table_little_is_examined_and_the_rest_is_reckoned(road):
    content = a_sheet([a_row(number) for number in range(6_000)])
    found, beyond, lengths = road.found(content)
    assert lengths[0] < len(content.text) // 20
    for kind in ("UK_NINO", "PERSON", "DATE_OF_BIRTH", "COUNCIL_REF"):
        assert found[kind] == 200
        assert found[kind] + beyond[kind] == pytest.approx(6_000, rel=0.02)


def test_values_that_return_are_not_reckoned_twice(road):
    rows = [a_row(number, person=number // 12) for number in range(6_000)]
    found, beyond, _ = road.found(a_sheet(rows))
    assert found["UK_NINO"] + beyond["UK_NINO"] == pytest.approx(500, rel=0.02)
    assert found["PERSON"] + beyond["PERSON"] == pytest.approx(500, rel=0.02)


@pytest.mark.parametrize(
    ("notes", "kind"),
    [
        ("her partner is PW123456A", "UK_NINO"),
        ("write to ivy.marsh@example.org", "EMAIL_ADDRESS"),
        ("rang from 07700 900123", "UK_PHONE"),
        ("now at AB12 3QD", "UK_POSTCODE"),
        ("NHS number 943 476 5919", "UK_NHS"),
        ("password: Summer2024!", "CREDENTIAL"),
        ("spoke to Mrs Adeyemi", "PERSON"),
        ("born 12/03/1950", "DATE_OF_BIRTH"),
    ],
)
def test_a_lone_value_in_a_row_that_is_not_sampled_is_found(road, notes, kind):
    rows = [a_row(number) for number in range(3_000)]
    at = next(row for row in range(1_500, 3_000) if row not in drawn(3_000))
    rows[at] = a_row(at, notes)
    content = a_sheet(rows)
    sampling = Sampling(road.gate)
    sample = sampling.take(content, content.tables)
    hits = list(sample.originals(road.hits(sample.text, sample.tables)))
    start = content.text.index(notes)
    assert [hit.kind for hit in hits if start <= hit.start < start + len(notes)] == [kind]


def test_many_rows_with_something_unexpected_are_reckoned_from_the_first_hundred(road):
    rows = [a_row(number, f"call 07700 9{number:05}" if number % 30 == 7 else "no") for number in range(30_000)]
    found, beyond, lengths = road.found(a_sheet(rows))
    assert lengths[0] < 60_000
    assert found["UK_PHONE"] + beyond["UK_PHONE"] == pytest.approx(1_000, rel=0.02)


def test_a_column_of_notes_that_often_holds_a_kind_is_reckoned_from_the_sample(road):
    rows = [a_row(number, f"call 07700 9{number:05}" if number % 2 else "no") for number in range(6_000)]
    found, beyond, lengths = road.found(a_sheet(rows))
    assert lengths[0] < 40_000
    assert found["UK_PHONE"] + beyond["UK_PHONE"] == pytest.approx(3_000, rel=0.25)


def test_a_table_is_one_over_all_its_stretches(road):
    rows = [a_row(number) for number in range(10_000)]
    found, beyond, lengths = road.found(in_stretches(rows, 3_000))
    assert len(lengths) == 4
    assert found["UK_NINO"] + beyond["UK_NINO"] == pytest.approx(10_000, rel=0.02)


def test_what_returns_in_another_stretch_is_not_reckoned_twice(road):
    rows = [a_row(number, person=number % 3_000) for number in range(9_000)]
    found, beyond, _ = road.found(in_stretches(rows, 3_000))
    assert found["UK_NINO"] + beyond["UK_NINO"] == pytest.approx(3_000, rel=0.02)


def test_a_long_file_parted_by_commas_is_sampled_too(road):
    rows = [a_row(number).replace("\t", ",") for number in range(6_000)]
    found, beyond, lengths = road.found(Content(HEAD.replace("\t", ",") + "".join(rows)))
    assert lengths[0] < 30_000
    assert found["UK_NINO"] + beyond["UK_NINO"] == pytest.approx(6_000, rel=0.02)


def test_hits_come_back_where_they_stand_in_the_stretch(road):
    content = a_sheet([a_row(number) for number in range(6_000)])
    sample = Sampling(road.gate).take(content, content.tables)
    hits = road.hits(sample.text, sample.tables)
    returned = list(sample.originals(hits))
    assert len(returned) == len(hits) >= 800
    assert all(
        sample.text[here.start : here.end] == content.text[there.start : there.end]
        for here, there in zip(hits, returned, strict=True)
    )


def test_a_hit_across_rows_that_were_apart_is_none(road):
    content = a_sheet([a_row(number) for number in range(6_000)])
    sample = Sampling(road.gate).take(content, content.tables)
    cut = sample.cuts[5][0]
    assert not list(sample.originals([Hit(cut - 3, cut + 3, "PERSON", 0.8)]))


def test_what_stands_around_a_long_table_stays(road):
    content = a_sheet([a_row(number) for number in range(3_000)])
    text = "Above it.\n\n" + content.text + "\nBelow: PW123456A.\n"
    table = Table(11, 11 + len(content.text), content.tables[0].columns)
    sample = Sampling(road.gate).take(Content(text, tables=(table,)), (table,))
    assert sample.text.startswith("Above it.\n\n" + HEAD)
    assert sample.text.endswith("\nBelow: PW123456A.\n")
    (hit,) = sample.originals([Hit(len(sample.text) - 11, len(sample.text) - 2, "UK_NINO", 0.7)])
    assert text[hit.start : hit.end] == "PW123456A"


def test_a_line_too_long_to_be_a_row_is_not_left_out(road):
    rows = [a_row(number) for number in range(3_000)]
    rows[2_000] = a_row(2_000, "x" * 50_000 + " PW123456A")
    content = a_sheet(rows)
    assert "PW123456A" in Sampling(road.gate).take(content, content.tables).text


def test_a_sample_is_drawn_the_same_again_and_spread_over_all():
    assert drawn(100_000) == drawn(100_000)
    assert drawn(100_000)[:100] == list(range(100))
    assert len(drawn(100_000)) == 200
    assert drawn(100_000)[-1] >= 99_001
    assert drawn(150) == list(range(150))
    assert drawn(0) == []


def test_different_values_are_counted_exactly_while_few_and_nearly_when_many():
    few, many = Distinct(), Distinct()
    for _ in range(2):
        few.add(f"value {number}" for number in range(MOST_KEPT))
        many.add(f"value {number}" for number in range(300_000))
    assert few.count == MOST_KEPT
    assert many.count == pytest.approx(300_000, rel=0.03)


def test_an_empty_text_and_a_text_without_tables_are_their_own_sample(road):
    for text in ("", "Dear Mrs Adeyemi,\n\nit rained.\n"):
        sample = Sampling(road.gate).take(Content(text))
        assert (sample.text, sample.tables, sample.cuts) == (text, (), ((0, 0),))
