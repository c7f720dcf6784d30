"""Phrases are met as whole words, however many of them share a beginning."""

from __future__ import annotations

import pytest

from classifiers.phrase_search import search_for

PHRASES = ("rent", "rent account", "rent account no", "ref.", "a/c", "nhs")


@pytest.mark.parametrize(
    ("text", "is_met"),
    [
        ("the rent is due", True),
        ("rent  account\nno", True),
        ("your ref. is", True),
        ("a/c 1", True),
        ("nhs_no", True),
        ("parent", False),
        ("rental", False),
        ("ref", False),
        ("nhsx", False),
    ],
)
def test_any_of_the_phrases_is_met_as_whole_words(text, is_met):
    assert bool(search_for([[PHRASES]])(text, 0, len(text))) is is_met


def test_a_phrase_is_met_where_a_longer_one_only_begins():
    assert search_for([[("rent account no",)]])("rent account number", 0, 19) is None
    assert search_for([[PHRASES]])("rent account number", 0, 19)


def test_nothing_is_met_outside_of_the_stretch():
    assert search_for([[PHRASES]])("the rent", 0, 3) is None


def test_of_products_every_pair_is_met_and_no_half_of_one():
    search = search_for([[("rent", "rent account"), ("no", "number")], [("blue badge",)]])
    assert all(search(text, 0, len(text)) for text in ("rent no", "rent account  number", "a blue\nbadge"))
    assert not any(search(text, 0, len(text)) for text in ("rent account", "number rent", "rent nob", "badge no"))
