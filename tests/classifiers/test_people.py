"""People are counted, not the ways their names are written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from classifiers.people import distinct_people
from domain.content import Content

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "people.toml").read_text("utf-8"))["case"]


@pytest.mark.parametrize("case", CASES, ids=lambda case: ", ".join(case["names"]))
def test_as_many_people_as_the_names_need(case):
    assert distinct_people(case["names"]) == case["people"]
    assert distinct_people(reversed(case["names"])) == case["people"]


def test_a_letter_to_one_person_is_about_one_person(by_rules):
    letter = "Client: Ivy Marsh\n\nDear Mrs Marsh,\n\nMs Marsh may bring a friend. Mrs Ivy Marsh lives alone."
    [person] = by_rules.find(Content(letter))
    assert (person.kind, person.count) == ("PERSON", 1)
