"""RE2 points at every place where a pattern matches, whatever the text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import ascii_letters

import pytest
import regex
from hypothesis import given, settings
from hypothesis import strategies as st

from classifiers.expression import beginning, needs
from classifiers.gate import Gate
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.registry import RULES
from classifiers.weakened import Windows, as_bytes, weakened

CASES = Path(__file__).parents[1] / "cases"
PATTERNS = [rule() for rule in RULES if issubclass(rule, DeclaredPattern)]
THOROUGH = [rule for rule in PATTERNS if type(rule).is_promising is DeclaredPattern.is_promising]


def _texts(kind):
    cases = tomllib.loads((CASES / f"{kind.lower()}.toml").read_text("utf-8"))
    return [*cases["finds"], *cases.get("ignores", [])]


ALL_TEXTS = [text for kind in sorted({rule.kind for rule in PATTERNS}) for text in _texts(kind)]


def _spans(matches):
    return [match.span() for match in matches]


@pytest.mark.parametrize("rule", THOROUGH, ids=lambda rule: type(rule).__name__)
@pytest.mark.parametrize("around", ["{}", "\u2018{}\u2019", "é {} 東京", "\n{}\n", "x{}x", "{0} {0}"])
def test_what_is_looked_for_in_windows_is_what_is_looked_for_everywhere(rule, around):
    form = regex.compile(rule.pattern)
    for case in ALL_TEXTS:
        text = around.format(case)
        assert _spans(rule.matches(text)) == _spans(form.finditer(text))


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*ALL_TEXTS, " ", "\n", ",", "\u2019", "é", "0", "A", "-"]), max_size=6).map("".join))
def test_so_it_is_in_any_mixture_of_them(text):
    for rule in THOROUGH:
        assert _spans(rule.matches(text)) == _spans(regex.compile(rule.pattern).finditer(text))


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(ALL_TEXTS), max_size=4).map("\n".join))
def test_the_gate_shuts_out_none_that_would_have_found_something(by_rules, text):
    del by_rules
    opened = Gate(PATTERNS).open_to(text)
    for rule in PATTERNS:
        if not rule.needs_context and rule.analyze(text, [], None):
            assert rule.asked_as in opened


def test_a_rule_that_needs_context_is_asked_only_where_a_phrase_of_it_stands():
    gate = Gate(PATTERNS)
    assert "UK_NHS" not in gate.open_to("The archive's page 943 476 5919 is torn.")
    assert "UK_NHS" in gate.open_to("The patient's number is 943 476 5919.")
    assert "UK_NHS" in gate.open_to("943 476 5919", ["Name", "NHS_number"])
    assert gate.open_to("nothing to see here") == set()


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?<![\w-])ab(?!c)", b"ab"),
        (r"\d{2,4}\b", rb"[0-9\x80-\xff]{2,}"),
        (r"(?P<gap>[ -]?)x(?P=gap)y", b"(?:[ -]?)x(?:[ -]?)y"),
        ("a{0,63}+b++", b"a{0,}b+"),
        ("[\u2019'é]", rb"[\xff'\xe9]"),
        ("[^\u2019é]", rb"[^\xe9]"),
        (r"[^\s(]", rb"[^\t-\r\x{1c}- (]"),
        (r"\u00a0?(?=(a|[)]))b$", rb"\xa0?b"),
    ],
)
def test_what_re2_does_not_know_is_left_out(pattern, expected):
    assert weakened(pattern) == expected


@pytest.mark.parametrize("pattern", [r"[^\W_]", r"\p{Greek}", "(?=a"])
def test_what_cannot_be_weakened_is_refused(pattern):
    with pytest.raises(ValueError, match=r"class|end"):
        Windows(pattern)


def test_every_character_is_one_byte():
    text = "a\u2019é東\U0001f600z"
    assert as_bytes(text) == b"a\xff\xe9\xff\xffz"


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?<![\w-])[A-Z]\d", r"(?=(?:[A-Z]))(?<![\w-])"),
        (r"(?<!\w)(?!BG)\d{8}", r"(?=(?:[\d]))(?<!\w)"),
        (r"(?<!\w)\d?[A-Z]", r"(?=(?:[A-Z\d]))(?<!\w)"),
        (r"(?<!\w)(?:\d?[a-z]?|)(?P<gap>-)\d(?P=gap)", r"(?=(?:[\-a-z\d]))(?<!\w)"),
        (r"(?<!\w)\d|[^A-Z]", r"(?=(?:[^A-Z]|[\d]))"),
        (r"(?i)(?<!\w)pin", r"(?=(?i:[p]))"),
        (r"(?:\A|\n)(?i:a(?:b)|c)", r"(?=(?:\A|[\n]))"),
        (r"(?<!\w)\d?\b", r"(?<!\w)"),
        (r"a?|b", ""),
    ],
)
def test_where_a_match_could_begin_is_read_off_its_pattern(pattern, expected):
    assert beginning(pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "is_needed"),
    [
        (r"[A-Z]\d{3}", True),
        (r"[A-Z]{3}", False),
        (r"(?:0|[1-9])?x", False),
        (r"(?:0|[1-9]\d{0,3})x|y\d+", True),
        (r"(?:0|x)|\d", False),
        (r"(?=\d)[0-9x]", False),
        (r"\b(?P<a>[a-z])(?P=a)$", False),
        (r"(?i)(?<!\w)pin ?[1-9]", True),
    ],
)
def test_what_every_match_must_have_in_it_is_read_off_its_pattern(pattern, is_needed):
    assert needs(pattern, frozenset("0123456789")) is is_needed


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*ALL_TEXTS, " ", "\n", "é"]), max_size=3).map("".join), st.sampled_from("0A"))
def test_so_what_a_rule_needs_is_in_all_that_it_finds(text, needed):
    among = frozenset("0123456789") if needed == "0" else frozenset(ascii_letters)
    for rule in PATTERNS:
        if rule.needs(among):
            for match in rule.matches(text):
                assert not match[0].isascii() or not among.isdisjoint(match[0])
