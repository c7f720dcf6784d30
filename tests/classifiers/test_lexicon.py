"""The lexicons as data: nothing in them contradicts itself."""

from __future__ import annotations

from collections import defaultdict

from classifiers.lexicon import TERMS, Role, entries, lexicons

MOST_WORDINGS = 100_000


def _by_wording():
    wordings = defaultdict(set)
    for wording, meaning in entries():
        wordings[wording.replace("+", " ")].add(meaning)
    return wordings


def test_no_wording_is_both_a_term_and_one_that_says_nothing():
    roles = {wording: {meaning.role for meaning in meanings} for wording, meanings in _by_wording().items()}
    assert [wording for wording, own in roles.items() if Role.NEUTRAL in own and not own.isdisjoint(TERMS)] == []


def test_every_wording_has_a_word_and_is_in_lower_case():
    assert [wording for wording in _by_wording() if not wording.strip() or wording != wording.lower()] == []


def test_the_lexicons_stay_of_a_size_that_every_worker_can_hold():
    assert len(_by_wording()) < MOST_WORDINGS


def test_every_class_has_terms_that_say_it_all_and_terms_that_need_context():
    assert all({"sure", "weak", "labels"} <= set(entry) for entry in lexicons().values())
