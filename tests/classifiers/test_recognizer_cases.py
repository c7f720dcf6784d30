"""Every recogniser through the whole classifier, on the cases of tests/cases/*.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from domain.content import Content
from domain.finding import KINDS

CASES = Path(__file__).parents[1] / "cases"
KINDS_BY_RULE = [kind for kind in KINDS if (CASES / f"{kind.lower()}.toml").exists()]
TERMS = tomllib.loads((CASES / "special_terms.toml").read_text(encoding="utf-8"))
A_PERSON = "Mrs Ivy Marsh of 14 Old Mill Lane {}."


def _cases(what):
    return [
        pytest.param(kind, case, id=f"{kind}-{case['text'] if what == 'exact' else case}")
        for kind in KINDS_BY_RULE
        for case in tomllib.loads((CASES / f"{kind.lower()}.toml").read_text(encoding="utf-8")).get(what, [])
    ]


def _term_cases(what):
    return [pytest.param(kind, case, id=f"{kind}-{case}") for kind, cases in TERMS.items() for case in cases[what]]


def _spans(classifier, text, kind):
    return [span for finding in classifier.find(Content(text)) if finding.kind == kind for span in finding.spans]


def test_every_kind_has_its_cases():
    assert {*KINDS_BY_RULE, *TERMS} == set(KINDS)


@pytest.mark.parametrize(("kind", "text"), _cases("finds"))
def test_a_value_of_the_kind_is_found(by_rules, kind, text):
    assert _spans(by_rules, text, kind)


@pytest.mark.parametrize(("kind", "text"), _cases("ignores"))
def test_what_only_looks_like_the_kind_is_not_found(by_rules, kind, text):
    assert not _spans(by_rules, text, kind)


@pytest.mark.parametrize(("kind", "case"), _cases("exact"))
def test_the_span_holds_the_value_and_no_more(by_rules, kind, case):
    assert case["value"] in [case["text"][start:end] for start, end in _spans(by_rules, case["text"], kind)]


@pytest.mark.parametrize(("kind", "words"), _term_cases("finds"))
def test_a_term_said_of_a_person_is_found(by_rules, kind, words):
    assert _spans(by_rules, A_PERSON.format(words), kind)


@pytest.mark.parametrize(("kind", "words"), _term_cases("ignores"))
def test_words_that_only_resemble_a_term_are_not_found(by_rules, kind, words):
    assert not _spans(by_rules, A_PERSON.format(words), kind)
