"""Long dumps are sampled, go on from stretch to stretch, and hostile ones end."""

from __future__ import annotations

import json

import pytest
from column_road import TableRoad

from classifiers.columns.fields import heading_of
from classifiers.columns.found_records import records_in
from classifiers.columns.sampling import Sampling
from classifiers.columns.verdict import judged_tables
from classifiers.recognizers.column import values_in
from domain.content import Content

FIELDS = ("surname", "ni_no", "notes")
HEAD = "INSERT INTO `staff` (`surname`, `ni_no`, `notes`) VALUES\n"
SURNAMES = ("Marsh", "Okafor", "Iqbal", "Nowak", "Begum")


@pytest.fixture(scope="module")
def road() -> TableRoad:
    return TableRoad()


def a_person(number: int) -> tuple[str, str, str]:
    return SURNAMES[number % 5], f"AB{number:06}C", "nothing to say"


def as_sql(people) -> str:
    return HEAD + ",\n".join(f"('{surname}','{nino}','{notes}')" for surname, nino, notes in people) + ";\n"


def as_json_lines(people) -> str:
    return "\n".join(json.dumps(dict(zip(FIELDS, person, strict=True))) for person in people)


def as_json(people) -> str:
    return json.dumps({"staff": [dict(zip(FIELDS, person, strict=True)) for person in people]}, indent=1)


def as_xml(people) -> str:
    rows = ("".join(f"<{key}>{value}</{key}>" for key, value in zip(FIELDS, person, strict=True)) for person in people)
    return "<staff>" + "".join(f"<row>{row}</row>" for row in rows) + "</staff>"


def as_copy(people) -> str:
    return "COPY staff (surname, ni_no, notes) FROM stdin;\n" + "".join(map("%s\t%s\t%s\n".__mod__, people)) + "\\.\n"


FORMS = pytest.mark.parametrize("form", [as_sql, as_json_lines, as_json, as_xml, as_copy])


@FORMS
def test_a_thousand_records_are_examined_whole(road, form):
    content = Content(form(map(a_person, range(1_000))))
    found, beyond, lengths = road.found(content)
    assert found["UK_NINO"] == 1_000
    assert not beyond
    assert lengths == [len(content.text)]


@FORMS
def test_of_more_a_sample_is_examined_and_the_rest_is_reckoned(road, form):
    content = Content(form(map(a_person, range(5_000))))
    found, beyond, lengths = road.found(content)
    assert lengths[0] < len(content.text) // 10
    assert found["UK_NINO"] == 200
    assert found["UK_NINO"] + beyond["UK_NINO"] == pytest.approx(5_000, rel=0.02)


@FORMS
def test_a_lone_value_in_a_record_that_is_not_sampled_is_found_where_it_stands(road, form):
    people = list(map(a_person, range(3_000)))
    people[2_345] = ("Marsh", "AB002345C", "write to ivy.marsh@example.org")
    text = form(people)
    sample = Sampling(road.gate).take(Content(text))
    hits = sample.originals(road.hits(sample.text, sample.tables))
    assert [text[hit.start : hit.end] for hit in hits if hit.kind == "EMAIL_ADDRESS"] == ["ivy.marsh@example.org"]


@pytest.mark.parametrize("form", [as_sql, as_copy])
def test_a_dump_that_goes_on_in_the_next_stretch_keeps_the_names_of_its_columns(form):
    text = form(map(a_person, range(40)))
    cut = text.index("AB000020C") + 4
    sampling = Sampling(lambda *_: ())
    sampling.take(Content(text[:cut]))
    sample = sampling.take(Content(text[cut - 50 :]))
    (records,) = sample.tables
    found = [
        text[cut - 50 :][start:end] for kind, start, end, _ in values_in(sample.text, records) if kind == "UK_NINO"
    ]
    assert found[-19:] == [a_person(number)[1] for number in range(21, 40)]


def test_a_dump_that_has_ended_does_not_go_on():
    sampling = Sampling(lambda *_: ())
    sampling.take(Content(as_sql(map(a_person, range(3))).rstrip()))
    assert not sampling.take(Content("Dear (Ivy), ('Marsh', 'x'), ('Begum', 'y')")).tables


def test_records_are_no_tables_of_lines_and_what_stands_around_them_is():
    text = (
        "Emp No\tSurname\n700123\tMarsh\n\n"
        + as_json_lines(map(a_person, range(3)))
        + "\n\nEmp No\tSurname\n700124\tBegum\n"
    )
    records = records_in(text)
    assert len(records) == 1
    assert [table.columns for table in judged_tables(text, records)] == []
    tables = Sampling(lambda *_: ()).take(Content(text)).tables
    assert [table.columns[:2] for table in tables] == [
        ("Emp No", "Surname"),
        ("surname", "ni no"),
        ("Emp No", "Surname"),
    ]


@pytest.mark.parametrize(
    ("names", "heading"),
    [
        (("strForename",), "Forename"),
        (("cust_surname",), "cust surname"),
        (("emp", "dateOfBirth"), "emp date Of Birth"),
        (("txtDOB",), "DOB"),
        (("custsurname",), "surname"),
        (("applicant", "contact", "email"), "contact email"),
        (("widget_name",), "widget_name"),
        (("gpio_pin",), "gpio_pin"),
        ((), ""),
    ],
)
def test_the_names_of_fields_become_headings(names, heading):
    assert heading_of(names) == heading


@pytest.mark.parametrize(
    "text",
    ["[" * 200_000 + '":', '{"a":' * 40_000, '"a":"' * 40_000, '{"a":[' * 30_000, '{"a":"' + "\\" * 200_000,
     "INSERT INTO t VALUES (" + "'" * 200_000, "INSERT INTO t VALUES ('a" + "'a" * 100_000, "INSERT INTO t (a " * 9_000,
     "INSERT INTO t VALUES " + "(" * 200_000, "INSERT INTO t VALUES " + "/*" * 100_000,
     "INSERT INTO t VALUES ('x\n" * 9_000, "<a>" * 60_000 + "</z>", "<a b='" * 30_000 + "</z>",
     "<!-- -" * 30_000 + "</z>", "<a><![CDATA[" * 20_000 + "</z>",
     "CREATE TABLE t (" * 10_000 + "INSERT", "a: b\n" * 40_000, "COPY t (a) FROM stdin;\n" + "a\t" * 100_000],
)  # fmt: skip
def test_hostile_records_end(text):
    assert not records_in(text)
