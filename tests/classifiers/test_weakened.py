"""RE2 points at every place where a pattern matches, whatever the text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from string import ascii_letters

import pytest
import regex
from hypothesis import example, given, settings
from hypothesis import strategies as st

from classifiers.expression import beginning, needs, stays_in_cell, stays_in_line
from classifiers.gate import Gate
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.registry import RULES
from classifiers.weakened import as_bytes, weakened

CASES = Path(__file__).parents[1] / "cases"
PATTERNS = [rule() for rule in RULES if issubclass(rule, DeclaredPattern)]
GATE = Gate(PATTERNS)
THOROUGH = [rule for rule in PATTERNS if type(rule).is_promising is DeclaredPattern.is_promising]


def _texts(kind):
    cases = tomllib.loads((CASES / f"{kind.lower()}.toml").read_text("utf-8"))
    return [*cases["finds"], *cases.get("ignores", [])]


ALL_TEXTS = [text for kind in sorted({rule.kind for rule in PATTERNS}) for text in _texts(kind)]


def _spans(matches):
    return [match.span() for match in matches]


OTHERS = ("{}", "é {} 東京", "x{}x", "{0} {0}")


@pytest.mark.parametrize("rule", THOROUGH, ids=lambda rule: type(rule).__name__)
@pytest.mark.parametrize(
    "around",
    ["\u2018{}\u2019 é\n", *(pytest.param(each, marks=pytest.mark.slow) for each in OTHERS)],
)
def test_what_is_looked_for_in_windows_is_what_is_looked_for_everywhere(rule, around):
    form = regex.compile(rule.pattern)
    for case in ALL_TEXTS:
        text = around.format(case)
        assert _spans(rule.matches(text)) == _spans(form.finditer(text))


MIXTURES = st.lists(
    st.sampled_from([*ALL_TEXTS, " ", "\n", ",", "\u2019", "é", "0", "A", "-", "\u0663"]), max_size=6
).map("".join)


def _is_found_everywhere(text):
    for rule in THOROUGH:
        assert _spans(rule.matches(text)) == _spans(regex.compile(rule.pattern).finditer(text))


@settings(max_examples=60, deadline=None)
@given(MIXTURES)
@example("passphrase: correct-horse-battery9" * 3)
def test_so_it_is_in_any_mixture_of_them(text):
    _is_found_everywhere(text)


@pytest.mark.slow
@settings(max_examples=600, deadline=None)
@given(MIXTURES)
def test_so_it_is_in_many_mixtures_of_them(text):
    _is_found_everywhere(text)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(ALL_TEXTS), max_size=4).map("\n".join))
def test_the_gate_shuts_out_none_that_would_have_found_something(text):
    opened = GATE.open_to(text)
    for rule in PATTERNS:
        if not rule.needs_context and rule.analyze(text, [], None):
            assert rule.asked_as in opened


def test_a_rule_that_needs_context_is_asked_only_where_a_phrase_of_it_stands():
    assert "UK_NHS" not in GATE.open_to("The archive's page 943 476 5919 is torn.")
    assert "UK_NHS" in GATE.open_to("The patient's number is 943 476 5919.")
    assert "UK_NHS" in GATE.open_to("943 476 5919", ["Name", "NHS_number"])
    assert GATE.open_to("nothing to see here") == set()


def test_what_is_known_already_need_not_be_told_again():
    text = "Dear Mrs Ivy Marsh, QQ 12 34 56 C, ivy.marsh@example.org"
    told = GATE.open_to(text)
    others = {name for name in told if not name.startswith("PERSON")}
    known = GATE.open_to(text, (), frozenset({"PERSON"}))
    assert others <= known < told


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        (r"(?<![\w-])ab(?!c)", b"ab"),
        (r"\d{2,4}\b", rb"[0-9]{2,}"),
        (r"\w[\s.]\p{Lu}", rb"[0-9A-Za-z_\xaa-\xff][\t-\r\x{1c}- \x80-\xa0.][A-Z\xaa-\xff]"),
        (r"(?P<gap>[ -]?)x(?P=gap)y", b"(?:[ -]?)x(?:[ -]?)y"),
        ("a{0,63}+b++", b"a{0,}b+"),
        ("[\u2019'é\u0175]", rb"[\x80'\xe9\xff]"),
        ("[^\u2019é\u0175]", rb"[^\xe9]"),
        (r"[^\u20191-4x]", rb"[^x]"),
        (r"[^\d]", rb"[^0-9]"),
        (r"[^\s(]", rb"[^\t-\r\x{1c}- (]"),
        (r"\u00a0?(?=(a|[)]))b$", rb"\xa0?b"),
    ],
)
def test_what_re2_does_not_know_is_left_out(pattern, expected):
    assert weakened(pattern) == expected


@pytest.mark.parametrize("pattern", [r"[^\W_]", r"\p{Greek}", "(?=a"])
def test_what_cannot_be_weakened_is_refused(pattern):
    with pytest.raises(ValueError, match=r"class|end"):
        weakened(pattern)


def test_every_character_is_one_byte():
    text = "a\u2019é東\U0001f600z\u0663\u2003"
    assert as_bytes(text) == b"a\x80\xe9\xff\x80z3\x80"


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
        (r"[0-9é]", False),
        ("\u2019", False),
    ],
)
def test_what_every_match_must_have_in_it_is_read_off_its_pattern(pattern, is_needed):
    assert needs(pattern, frozenset("0123456789")) is is_needed


@pytest.mark.parametrize(
    ("pattern", "stays"),
    [
        (r"[A-Z]{2}\.\d{3}(?=\s)(?<![^\n])", True),
        (r"a\r?\nb", False),
        (r"a\sb", False),
        (r"a[^b]c", False),
        (r"a[^b\n]c(?:d|[\w ]+)$", True),
        (r"a\Db", False),
        ("a\nb", False),
        (r"(?is:a.b)", False),
    ],
)
def test_whether_a_match_stays_in_its_line_is_read_off_its_pattern(pattern, stays):
    assert stays_in_line(pattern) is stays


@pytest.mark.parametrize(
    ("pattern", "stays"),
    [
        (r"[A-Z]{2}\.\d{3}(?=\s)(?<![^\t])", True),
        (r"a[ \n]b", True),
        (r"a\sb", False),
        (r"a.b", False),
        (r"a[^b\n]c", False),
        ("a\tb", False),
        (r"a\tb", False),
        (r"(?is:a.b)", False),
    ],
)
def test_whether_a_match_stays_in_its_cell_is_read_off_its_pattern(pattern, stays):
    assert stays_in_cell(pattern) is stays


@pytest.mark.parametrize("line", ["\u0663\u0664\u0663 \u0664\u0667\u0666 \u0665\u0669\u0661\u0669", "943 476 5919"])
def test_a_number_in_one_line_of_many_opens_the_gate(line):
    assert "UK_NHS" in GATE.open_to(f"The patient\u2019s number\nis\n{line}\nas we said.")


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.sampled_from([*ALL_TEXTS, " ", "\n", "é"]), max_size=3).map("".join),
    st.sampled_from(["0123456789", ascii_letters, " "]),
)
def test_so_what_a_rule_needs_is_in_all_that_it_finds(text, needed):
    among = frozenset(needed)
    for rule in PATTERNS:
        if rule.needs(among):
            for match in rule.matches(text):
                is_beyond_ascii = not needed.isdecimal() and not match[0].isascii()
                assert is_beyond_ascii or not among.isdisjoint(as_bytes(match[0]).decode("latin-1"))


@settings(max_examples=50, deadline=None)
@given(st.lists(st.sampled_from([*ALL_TEXTS, "é"]), min_size=1, max_size=4))
def test_what_stays_in_a_cell_is_met_in_no_row_of_which_no_cell_holds_it(cells):
    in_cells = [GATE.open_to(part) for cell in cells for part in cell.split("\t")]
    assert GATE.open_to("\t".join(cells)) & GATE.in_cells <= set().union(*in_cells)
