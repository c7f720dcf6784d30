"""The lexicons as data: nothing in them is written in a way that says nothing, and all of them fit into a worker."""

from __future__ import annotations

import pytest

from classifiers.lexicon import TERMS, Role, entries, kind_of_answer, lexicons

MOST_WORDS = 120_000


def test_every_phrase_needs_a_word():
    assert [places for places, _ in entries() if all("" in place for place in places)] == []


def test_every_word_is_in_lower_case():
    words = {wording for places, _ in entries() for place in places for wording in place}
    assert [word for word in words if word != word.lower()] == []


def test_every_set_that_a_phrase_names_is_there():
    assert {role for _, meaning in entries() for role in [meaning.role]} >= {*TERMS, Role.TIE, Role.NEUTRAL}


def test_the_lexicons_stay_of_a_size_that_every_worker_can_hold():
    assert sum(len(place) for places, _ in entries() for place in places) < MOST_WORDS


def test_every_class_has_terms_that_say_it_all_and_terms_that_need_context():
    assert all({"sure", "weak", "labels"} <= set(entry) for entry in lexicons().values())


@pytest.mark.parametrize(
    ("written", "kind"),
    [
        ("roman catholic", "SPECIAL_RELIGION"),
        ("asian or asian british pakistani", "SPECIAL_ETHNICITY"),
        ("white and black caribbean", "SPECIAL_ETHNICITY"),
        ("unison", "SPECIAL_UNION"),
        ("gay or lesbian", "SPECIAL_SEXUALITY"),
        ("black", ""),
        ("roman road", ""),
    ],
)
def test_a_whole_answer_is_known_by_its_words(written, kind):
    assert kind_of_answer(written.split()) == kind


def test_some_answers_are_of_a_class_only_where_it_was_asked_for():
    assert kind_of_answer(["black"], asked="SPECIAL_ETHNICITY") == "SPECIAL_ETHNICITY"
    assert kind_of_answer(["black"], asked="SPECIAL_RELIGION") == ""
