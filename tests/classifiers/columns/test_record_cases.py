"""Records of dumps, JSON, XML and labels, on the cases of tests/cases/records.toml and records_of_things.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.columns.found_records import records_in
from classifiers.recognizers.column import ByColumn, values_in

FOLDER = Path(__file__).parents[2] / "cases"
CASES = tomllib.loads((FOLDER / "records.toml").read_text(encoding="utf-8"))["case"]
THINGS = tomllib.loads((FOLDER / "records_of_things.toml").read_text(encoding="utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shows"])
def test_fields_are_what_their_names_say(case):
    text = case["text"]
    found = [[one.entity_type, text[one.start : one.end]] for one in ByColumn().analyze(text, [], None)]
    assert found == case["finds"]
    assert bool(records_in(text)) is not case.get("is_a_table", False)


@pytest.mark.parametrize("case", THINGS, ids=lambda case: case["shows"])
def test_records_of_things_say_nothing_of_anybody(case):
    text = case["text"]
    assert [text[slice(*place)] for one in records_in(text) for _, *place, _ in values_in(text, one)] == []
