"""A recogniser of a site's own: what is refused, and what a change of it changes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from random import Random
from string import ascii_uppercase

import pytest
import re2
from pydantic import ValidationError

from classifiers.detector import detector_version
from classifiers.user_defined import Definition, compiled, reference_by_prefix, version_of, without_upper_ends
from classifiers.weakened import as_bytes, options

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "user_defined.toml").read_text("utf-8"))
STANDS = {"id": "bus-pass", "title": "Bus passes", "pattern": r"6335\d{14}", "context": ["bus pass"]}


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: case["said"])
def test_what_cannot_be_searched_for_is_refused_with_the_reason(case):
    with pytest.raises(ValidationError, match=re.escape(case["said"])):
        Definition(**{**STANDS, **case["with"]})


def test_a_reference_is_the_kind_where_none_is_named():
    assert Definition(**STANDS).kind == "COUNCIL_REF"


def test_phrases_are_taken_in_lower_case_with_single_spaces():
    assert Definition(**{**STANDS, "context": [" Tocyn   BWS "]}).context == ("tocyn bws",)


@pytest.mark.parametrize(
    ("change", "again"),
    [({"pattern": r"6335\d{15}"}, True), ({"checksum": "luhn"}, True), ({"context": ["pass"]}, True),
     ({"score_with_context": 0.9}, True), ({"title": "Passes"}, False), ({"finds": ["6335"]}, False)],
)  # fmt: skip
def test_what_decides_what_is_found_is_part_of_the_detectors_version(change, again):
    before, after = Definition(**STANDS), Definition(**{**STANDS, **change})
    assert (detector_version(None, (before,)) != detector_version(None, (after,))) is again
    assert detector_version(None, (before,)) != detector_version(None)


def test_the_order_of_recognisers_is_no_part_of_the_version():
    one, other = Definition(**STANDS), reference_by_prefix(["TEN"])
    assert version_of((one, other)) == version_of((other, one))


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [(r"TEN\d{5,10}", ["TEN12345", "TEN1234567890"]), (r"a{2,3}?b", ["aab", "aaab"]), (r"[{1,3}]x{1,2}", ["{x", ",xx"]),
     (r"[[:digit:]{1,2}]+z", ["1z", "{z"]), (r"\{1,3}", ["{1,3}"]), (r"[]{2,3}]y", ["]y", "}y", "3y"]),
     (r"(?:ab{1,2}){2,3}", ["abab", "abbabbab"])],
)  # fmt: skip
def test_without_upper_ends_a_pattern_is_met_wherever_it_was(pattern, texts):
    for text in texts:
        assert compiled(pattern).search(as_bytes(text))
        assert re2.compile(without_upper_ends(pattern).encode(), options()).search(as_bytes(text))


def test_forty_prefixes_of_six_characters_are_not_too_many():
    draw = Random(1)
    prefixes = ["".join(draw.choices(ascii_uppercase, k=6)) for _ in range(40)]
    assert len(reference_by_prefix(prefixes).finds) == 120
