"""A faint word tied to somebody by how it is written: in brackets behind a name, "Mr Dale's husband"."""

from __future__ import annotations

import pytest

from classifiers.special_category import SpecialCategoryTerms
from classifiers.special_ties import is_of_their_own_sex, named_before_brackets
from domain.finding import Band, band_of


@pytest.fixture(scope="module")
def terms():
    return SpecialCategoryTerms()


def _kinds(terms, text):
    results = terms.analyze(text, [], None)
    return {result.entity_type for result in results if band_of(result.score) is not Band.LOW}


def _place(text, said):
    return text.index(said), text.index(said) + len(said)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Seen by Sian Rees (UNISON) on Monday.", "SPECIAL_UNION"),
        ("Order of speakers: Sian Rees (Labour), Alan Lock.", "SPECIAL_POLITICS"),
    ],
)
def test_a_word_alone_in_brackets_is_said_of_the_name_before_it(terms, text, kind):
    assert kind in _kinds(terms, text)


@pytest.mark.parametrize("text", ["The van is parked (UNISON) again.", "Deliveries to the Hall (UNISON) by nine."])
def test_a_word_in_brackets_behind_no_name_is_tied_to_nobody(text):
    assert named_before_brackets(text, *_place(text, "UNISON")) is None


def test_brackets_that_hold_more_than_the_word_tie_nothing():
    text = "Pat Rees (UNISON office)"
    assert named_before_brackets(text, *_place(text, "UNISON")) is None
    text = "Pat Rees (UNISON)"
    low, high = named_before_brackets(text, *_place(text, "UNISON"))
    assert text[low:high] == "Rees"


@pytest.mark.parametrize(
    ("text", "said", "is_so"),
    [
        ("mr lock's husband", "husband", True),
        ("mr alan lock\u2019s late husband", "husband", True),
        ("mrs marsh's wife", "wife", True),
        ("ms ivy marsh's fiancee", "fiancee", True),
        ("mrs marsh's husband", "husband", False),
        ("mr lock's wife", "wife", False),
        ("mrs marsh's late husband", "husband", False),
        ("the lock's husband", "husband", False),
    ],
)
def test_whose_husband_or_wife_tells_of_whom_somebody_loves(text, said, is_so):
    assert is_of_their_own_sex(text, *_place(text, said)) is is_so
