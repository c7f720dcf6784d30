"""A schedule goes into rows and comes back the same."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from retention_cases import CASES

from domain.errors import ConfigurationError
from domain.rule import Schedule
from retention.document import Document, document, read_documents
from retention.exchange import Row, columns_of, documents_of, rows_of
from retention.schedule import schedule_in
from retention.writing import toml_text

SHIPPED = [Path(str(files("retention") / "examples")), Path(str(files("retention") / "example.toml"))]


def all_documents() -> list[tuple[Document, ...]]:
    inside = [tomllib.loads(path.read_text("utf-8")) for path in sorted(CASES.glob("*.toml"))]
    parsed = [(document(file["schedule"].encode(), "case.toml"),) for file in inside if "schedule" in file]
    return [*map(read_documents, SHIPPED), *parsed]


def back_again(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    rows = rows_of(documents)
    columns = columns_of(rows)
    return documents_of([Row("a.csv", n, {c: row.get(c, "") for c in columns}) for n, row in enumerate(rows, 2)])


def values(documents: tuple[Document, ...]) -> Schedule:
    return replace(schedule_in(documents), digest="")


@pytest.mark.parametrize("documents", all_documents(), ids=lambda documents: documents[0].name)
def test_a_schedule_is_the_same_after_the_way_through_rows(documents: tuple[Document, ...]) -> None:
    assert values(back_again(documents)) == values(documents)


@pytest.mark.parametrize("documents", all_documents(), ids=lambda documents: documents[0].name)
def test_a_schedule_is_the_same_after_it_was_written_as_toml(documents: tuple[Document, ...]) -> None:
    written = tuple(document(toml_text(each.tables, "A heading").encode(), each.name) for each in documents)

    assert values(written) == values(documents)


HEAD = Row("a.csv", 2, {"table": "schedule", "id": "s", "version": "1", "effective_from": "1/4/2026"})
CLASS = Row("a.csv", 3, {"table": "class", "id": "A", "title": "=SUM(A1)", "paths": "a;b/**; [c]*"})


def a_rule(**cells: str) -> Row:
    given = {
        "table": "rule",
        "id": "A-R1",
        "class": "A",
        "trigger.date": "modified",
        "period": "P6Y",
        "action": "dispose",
    }
    return Row(
        "a.csv", 4, given | {"authority": "x"} | {name.replace("_", ".", 1): cell for name, cell in cells.items()}
    )


def test_days_are_read_as_people_write_them_and_lists_are_parted_by_semicolons() -> None:
    schedule = values(documents_of([HEAD, CLASS, a_rule()]))

    assert schedule.effective_from == date(2026, 4, 1)
    assert schedule.classes[0].paths == ("a", "b/**", "[c]*")


def test_no_cell_is_a_formula() -> None:
    rows = rows_of(documents_of([HEAD, CLASS, a_rule()]))

    assert next(row for row in rows if row["table"] == "class")["title"] == "'=SUM(A1)"
    assert values(back_again(documents_of([HEAD, CLASS, a_rule()]))).classes[0].title == "=SUM(A1)"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (a_rule(period="6 yrs"), 'a.csv:4: [[rule]] "A-R1", period: "6 yrs" is not a period; write years, months'),
        (a_rule(action="delete"), 'a.csv:4: [[rule]] "A-R1", action: input should be'),
        (a_rule(perod="P6Y"), 'a.csv:4: [[rule]] "A-R1", perod: this key is not known here; did you mean "period"?'),
        (a_rule(match="{ kind = }"), "a.csv:4: match: it is not TOML"),
        (
            a_rule(trigger_date="31/02/2026"),
            'a.csv:4: trigger.date: "31/02/2026" is not a day; write it like 2026-04-01',
        ),
        (Row("a.csv", 4, {"table": "rules", "id": "A-R1"}), 'a.csv:4: table: "rules" is not a table of a schedule'),
        (CLASS, 'a.csv:3: [[class]] "A", id: it stands at a.csv:3 too'),
    ],
)
def test_a_bad_row_is_refused_with_its_line_and_what_to_write(row: Row, said: str) -> None:
    with pytest.raises(ConfigurationError) as refusal:
        schedule_in(documents_of([HEAD, CLASS, row]))

    assert str(refusal.value).startswith(said)
