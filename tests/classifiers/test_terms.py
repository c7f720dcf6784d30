from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.terms import Term, TermCounter
from domain.errors import ConfigurationError

WORDS = st.lists(
    st.sampled_from(["data", "Data", "protection", "officer", "database", "x", " ", "\n", ",", "é", "_"]), max_size=60
)


def count(text: str, *phrases: str) -> int:
    (only,) = TermCounter([Term("it", phrases)]).count([(text, 0)]).values()
    return only


def counts(terms: TermCounter, *stretches: tuple[str, int]) -> dict[str, int]:
    return {key.partition("@")[0]: number for key, number in terms.count(stretches).items()}


@pytest.mark.parametrize(
    ("text", "phrase", "times"),
    [
        ("Data protection, and DATA PROTECTION", "data protection", 2),
        ("data\n\t protection; data\u00a0protection; data\u2003 \u2028protection", "Data  Protection", 3),
        ("data, protection data-protection dataprotection", "data protection", 0),
        ("education concatenates the cat, cat's cat-like cat_box 2cat cat2", "cat", 4),
        ("un café, CAFÉ, Cafe\u0301 and cafe, cafés", "café", 3),
        ("Straße and STRASSE", "strasse", 2),
        ("ΑΘΗΝΑΣ", "αθηνας", 1),
        ("the driver\u2019s licence of a driver's mate", "driver's", 2),
        ("re\u2011use and re-use, cre\u00addit", "re-use", 2),
        ("cre\u00addit", "credit", 1),
        ("he died, R.I.P. or r.i.p.!", "R.I.P.", 2),
        ("in C++ and C++11, not (C) or c", "c++", 2),
        ("(c)(c) x(C)y", "(c)", 3),
        ("cat cat cat", "cat", 3),
        ("aha aha aha aha", "aha aha", 2),
        ("a.b axb a*b", "a.b", 1),
        ("cat\ud800cat\U0001f408cat", "cat", 3),
        ("“cat”…cat", "cat", 2),
        ("", "cat", 0),
    ],
)
def test_a_phrase_is_counted_where_it_stands_on_its_own(text, phrase, times):
    assert count(text, phrase) == times


def test_phrases_of_one_term_that_overlap_count_once():
    assert count("housing    benefit, benefit", "housing benefit", "benefit") == 2
    assert count("data protection officer", "data protection", "protection officer") == 1
    assert count("data protections", "data", "data protection") == 1


def test_terms_that_overlap_are_each_counted():
    terms = TermCounter([
        Term("law", ("data protection",)), Term("person", ("protection officer", "officer")), Term("data", ("data",)),
        Term("all", ("data protection officer",)), Term("also", ("Data  Protection",)), Term("at", ("dat",)),
    ])  # fmt: skip
    found = counts(terms, ("The data protection officer wrote to the Data Protection Officer.", 0))
    assert found == {"law": 2, "person": 2, "data": 2, "all": 2, "also": 2, "at": 0}


def test_every_term_has_a_count_and_no_terms_have_none():
    assert counts(TermCounter([Term("a", ("one",)), Term("b", ("two",))]), ("two", 0)) == {"a": 0, "b": 1}
    assert TermCounter(()).count([("two", 0)]) == {}
    assert counts(TermCounter([Term("a", ("one",))])) == {"a": 0}


def test_the_key_changes_with_the_phrases_and_not_with_how_they_are_written():
    key = Term("foi", ("freedom of information", "FOI")).key
    assert re.fullmatch(r"foi@[0-9a-f]{8}", key)
    assert key == Term("foi", ("foi", "Freedom  of\nInformation")).key == "foi@f98be2ea"
    assert key != Term("foi", ("freedom of information",)).key


@settings(max_examples=300)
@given(WORDS.map("".join), st.integers(0, 200), st.integers(0, 40))
def test_a_text_in_overlapping_stretches_has_the_counts_of_the_whole(text, cut, overlap):
    terms = TermCounter([Term("law", ("data protection",)), Term("d", ("data", "é")), Term("o", ("officer",))])
    cut = min(cut, len(text))
    start = max(0, cut - 40 - overlap)
    assert terms.count([(text[:cut], 0), (text[start:], cut - start)]) == terms.count([(text, 0)])


@given(WORDS.map("".join))
def test_it_counts_what_a_plain_expression_counts(text):
    expected = len(re.findall(r"(?<![^\W_])data\s+protection(?![^\W_])", text, re.IGNORECASE))
    assert count(text, "data protection") == expected


@pytest.mark.parametrize("size", [10, 50, 99])
def test_many_stretches_count_once_what_stands_where_they_meet(size):
    text = "The subject access request. " * 100
    edges = [*range(0, len(text), size), len(text)]
    terms = TermCounter([Term("sar", ("subject access request",))])
    stretches = [(text[max(0, low - 60) : high], min(low, 60)) for low, high in pairwise(edges)]
    assert counts(terms, *stretches) == {"sar": 100}


def test_the_end_of_a_stretch_waits_for_the_next_to_end_the_word():
    tally = TermCounter([Term("cat", ("cat",))]).tally()
    tally.add("a cat and a cat")
    assert [*tally.counts.values()] == [2]
    tally.add("and a category", 9)
    assert [*tally.counts.values()] == [1]
    tally.add("another cat", 0)
    tally.add("and another")
    assert [*tally.counts.values()] == [2]


@pytest.mark.parametrize("name", ["", "Ä", "FOI", "a b", "a@b", "a.b", "a\n", "x" * 101])
def test_an_id_with_other_characters_is_refused(name):
    with pytest.raises(ConfigurationError, match="id of a term"):
        Term(name, ("x",))


@pytest.mark.parametrize("phrases", [(), ("",), ("x", " \n"), ("\u00ad",)])
def test_an_empty_phrase_is_refused(phrases):
    with pytest.raises(ConfigurationError, match="empty phrase"):
        Term("a", phrases)


def test_a_phrase_that_is_too_long_and_two_terms_of_one_id_are_refused():
    with pytest.raises(ConfigurationError, match="200 characters"):
        Term("a", ("x" * 201,))
    with pytest.raises(ConfigurationError, match='two terms with the id "a"'):
        TermCounter([Term("a", ("x",)), Term("a", ("y",))])


def test_too_many_phrases_are_refused_and_not_silently_left_out():
    phrases = tuple(f"{at:04}" * 50 for at in range(1_001))
    with pytest.raises(ConfigurationError, match="200,000 characters"):
        TermCounter([Term("a", phrases)])


def test_thousands_of_phrases_are_all_counted():
    words = [f"word{at}" for at in range(3_000)]
    terms = TermCounter([Term(word, (word, f"{word} again")) for word in words])
    assert set(terms.count([(" ".join(words), 0)]).values()) == {1}


def test_accents_heaped_without_end_on_one_letter_are_read_in_one_pass():
    assert count("cat a" + "\u0300\u0316" * 400_000 + " cat", "cat") == 2
