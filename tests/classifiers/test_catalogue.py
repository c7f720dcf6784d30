"""The list of recognisers: whole, and telling what a person wants to know of each."""

from __future__ import annotations

import pytest

from classifiers.catalogue import catalogue
from classifiers.models import best_model, model_version
from classifiers.registry import MODEL, RULES, TERMS
from classifiers.user_defined import reference_by_prefix
from domain.finding import KINDS

ENTRIES = {entry.recogniser: entry for entry in catalogue(best_model(), (reference_by_prefix(["TEN"]),))}


def test_it_has_every_recogniser_and_the_sites_own():
    assert set(ENTRIES) == {"reference-prefixes"} | {recognizer.__name__ for recognizer in (*RULES, *MODEL, *TERMS)}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_each_finds_known_kinds_and_says_so_in_a_line(entry):
    assert set(entry.kinds) <= set(KINDS)
    assert entry.kinds
    assert entry.finds
    assert "\n" not in entry.finds


def test_between_them_they_find_every_kind():
    assert {kind for entry in ENTRIES.values() for kind in entry.kinds} == set(KINDS)


@pytest.mark.parametrize(
    ("recogniser", "context", "source"),
    [("NhsNumber", "needed", "built in"), ("UniquePupilNumber", "makes surer", "built in"),
     ("PersonByModel", "none", "built in"), ("reference-prefixes", "none", "site")],
)  # fmt: skip
def test_it_tells_whether_words_near_count_and_where_it_comes_from(recogniser, context, source):
    assert (ENTRIES[recogniser].context, ENTRIES[recogniser].source) == (context, source)


def test_the_model_is_named_with_its_version_or_said_to_be_missing():
    model = best_model()
    assert model is not None
    assert ENTRIES["PersonByModel"].model == model_version(model)
    without = {entry.recogniser: entry.model for entry in catalogue(None)}
    assert without["PersonByModel"] == "none installed"
