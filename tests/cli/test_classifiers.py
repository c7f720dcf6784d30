"""`muniment classifiers` as its users and their scripts meet it."""

from __future__ import annotations

import json

import pytest

pytestmark = pytest.mark.slow

OWN = """[[recogniser]]
id = "bus-pass"
title = "Bus passes"
pattern = '6335\\d{14}'
checksum = "luhn"
context = ["bus pass"]
finds = ["Bus pass 633597000000000007"]
"""


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


def test_the_list_names_built_in_recognisers_and_those_of_the_configuration(muniment, tmp_path):
    config = tmp_path / "own.toml"
    config.write_text('[detection]\nreference_prefixes = ["TEN"]\n' + OWN)
    result = muniment("--config", config, "classifiers", "list", "--json")
    source = {entry["recogniser"]: entry["source"] for entry in map(json.loads, result.stdout.splitlines())}
    assert (source["NhsNumber"], source["bus-pass"], source["reference-prefixes"]) == ("built in", "site", "site")
    assert "bus-pass" in muniment("--config", config, "classifiers", "list").stdout


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (OWN, 0, ""),
        (OWN.replace("Bus pass 6", "No 6"), 1, "none of its context"),
        (OWN.replace("6335", "(?<!1)6335"), 2, "recogniser[1].pattern: RE2 refuses it"),
    ],
)
def test_a_recogniser_is_tried_before_it_is_configured(muniment, tmp_path, text, status, said):
    own = tmp_path / "own.toml"
    own.write_text(text)
    result = muniment("classifiers", "test", own)
    assert result.returncode == status
    assert said in result.stdout + result.stderr
    assert "633597" not in result.stdout + result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_recogniser_it_says_what_to_do(muniment):
    result = muniment("classifiers", "test")
    assert result.returncode == 2
    assert "name a FILE" in result.stderr
