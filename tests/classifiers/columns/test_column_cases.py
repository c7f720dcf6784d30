"""Tables by column, on the cases of tests/cases/columns.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from column_road import TableRoad

from classifiers.columns.verdict import judged_tables
from classifiers.recognizers.column import values_in
from domain.content import Content

CASES = tomllib.loads((Path(__file__).parents[2] / "cases" / "columns.toml").read_text(encoding="utf-8"))["case"]


@pytest.fixture(scope="module")
def road() -> TableRoad:
    return TableRoad()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shows"])
def test_cells_are_what_their_column_is(case):
    text = case["text"]
    found = [
        [kind, text[start:end]]
        for table in judged_tables(text)
        for kind, start, end, _ in values_in(text, table)
    ]  # fmt: skip
    assert found == case["finds"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["shows"])
def test_what_a_column_denies_does_not_remain(road, case):
    found, beyond, _ = road.found(Content(case["text"]))
    assert not beyond
    assert not found.keys() & set(case.get("denies", ()))
    assert found.keys() >= {kind for kind, _ in case["finds"]}
