"""Two spellings of one value agree; a shape and a fingerprint say nothing of it."""

from __future__ import annotations

import tomllib
from datetime import date
from itertools import combinations
from pathlib import Path

import pytest

from domain.finding import KINDS
from domain.privacy import FingerprintKey, name_forms, normal_form
from domain.written_date import written_day

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "privacy.toml").read_text("utf-8"))
KEY = FingerprintKey(b"k" * 32)
SPELLINGS = [pytest.param(kind, *pair, id=f"{kind}-{pair}") for kind, groups in CASES["agree"].items()
             for group in groups for pair in combinations(group, 2)]  # fmt: skip
OTHERS = [pytest.param(kind, *pair, id=f"{kind}-{pair}") for kind, pairs in CASES["differ"].items() for pair in pairs]


@pytest.mark.parametrize(("kind", "one", "other"), SPELLINGS)
def test_spellings_of_one_value_have_one_fingerprint(kind, one, other):
    assert KEY.fingerprint(kind, one) == KEY.fingerprint(kind, other)


@pytest.mark.parametrize(("kind", "one", "other"), OTHERS)
def test_two_values_have_two(kind, one, other):
    assert KEY.fingerprint(kind, one) != KEY.fingerprint(kind, other)


def test_the_cases_are_of_kinds_that_there_are():
    assert set(CASES["agree"]) | set(CASES["differ"]) <= set(KINDS)


@pytest.mark.parametrize("case", CASES["name"], ids=lambda case: case["written"])
def test_a_name_can_be_looked_for_by_surname_and_with_the_initial(case):
    assert sorted(name_forms(case["written"])) == sorted(case["forms"])


def test_a_search_by_surname_and_initial_meets_the_list_and_the_letter():
    search = set(KEY.fingerprints("PERSON", "I. Marsh"))
    assert search <= set(KEY.fingerprints("PERSON", "Ivy Marsh"))
    assert search <= set(KEY.fingerprints("PERSON", "MARSH, Ivy"))
    assert search & set(KEY.fingerprints("PERSON", "Sam Marsh")) == set(KEY.fingerprints("PERSON", "Marsh"))


def test_no_kind_shares_fingerprints_with_another():
    assert KEY.fingerprint("UK_NHS", "9434765919") != KEY.fingerprint("UK_UTR", "9434765919")


@pytest.mark.parametrize("case", CASES["day"], ids=lambda case: case["written"])
def test_a_day_is_read_as_it_is_written_here(case):
    expected = date.fromisoformat(case["is"]) if case["is"] else None
    assert written_day(case["written"]) == expected


def test_a_value_of_no_letters_at_all_has_a_form_too():
    assert [normal_form(kind, "—") for kind in KINDS] == ["" for _ in KINDS]
    assert name_forms("—") == ()


def test_a_known_normal_form_has_the_fingerprint_of_its_value():
    assert KEY.of_form("UK_PHONE", "01632960123") == KEY.fingerprint("UK_PHONE", "+44 (0)1632 960123")
