"""Phrases as data: how they are spelt out, and where they are met."""

from __future__ import annotations

from classifiers.phrases import Phrases, places_of, spelt_out


def _met(phrases, text):
    return [(text[met.start : met.end], met.meaning) for met in phrases.met_in(text)]


def test_alternatives_sets_and_gaps_are_spelt_out():
    wordings = list(spelt_out("pray|prays at {the} mosque", {"the": "the|_"}))
    assert wordings == ["pray at the mosque", "pray at mosque", "prays at the mosque", "prays at mosque"]


def test_the_longest_phrase_hides_those_in_it():
    phrases = Phrases({"church": 1, "church lane": 2, "lane": 3})
    assert _met(phrases, "the church, in church lane") == [("church", 1), ("church lane", 2)]


def test_a_phrase_cut_short_gives_way_to_a_shorter_one():
    assert _met(Phrases({"care": 1, "care order made": 2, "order": 3}), "care order is") == [("care", 1), ("order", 3)]


def test_words_are_whole_and_parted_by_hyphen_apostrophe_or_line_end():
    phrases = Phrases({"self harm": 1, "alzheimer s": 2})
    text = "self-harm self\n   harm alzheimer's alzheimer\u2019s myself harm self harmony"
    assert [meaning for _, meaning in _met(phrases, text)] == [1, 1, 2, 2]


def test_the_end_of_a_sentence_a_cell_or_a_paragraph_parts_phrases():
    assert _met(Phrases({"care order": 1}), "care. order care\torder care\n\norder care: order") == []


def test_any_number_in_figures_stands_for_one():
    assert _met(Phrases({"# months": 1}), "18 months, x months") == [("18 months", 1)]


def test_what_is_not_sought_is_met_only_near_what_is():
    phrases = Phrases({"she": 1, "asthma": 2}, sought=["asthma"])
    assert _met(phrases, "she left. " + "so it goes. " * 40) == []
    assert _met(phrases, "so it goes. " * 40 + "she has asthma") == [("she", 1), ("asthma", 2)]


def test_phrases_by_their_places_mean_together_what_each_of_them_does():
    sets = {"faith": "sikh|church+of+england|_"}
    phrases = Phrases({places_of("is {faith}", sets): ("is",), places_of("is|was sikh", sets): ("was",)})
    assert _met(phrases, "he was sikh, is sikh or is church of england") == [
        ("was sikh", ("was",)),
        ("is sikh", ("is", "was")),
        ("is church of england", ("is",)),
    ]


def test_alternatives_past_counting_are_never_spelt_out():
    places = places_of(" ".join(["a|b|c|d|e|f|g|h"] * 12), {})
    assert [met.meaning for met in Phrases({places: 1}).met_in("a b c d e f g h a b c d")] == [1]
