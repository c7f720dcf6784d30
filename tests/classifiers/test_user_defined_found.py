"""A site's own recognisers and reference prefixes in the classifier, with its context, its gate and its limits."""

from __future__ import annotations

import pytest
import re2

from classifiers.gate import Gate
from classifiers.presidio import PresidioClassifier
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.recognizers.user_defined import UserDefined
from classifiers.registry import registry
from classifiers.user_defined import Definition, reference_by_prefix
from domain.content import Content
from domain.errors import ItemTroubleError, ProblemCode
from domain.privacy import FingerprintKey

PASS = Definition(
    id="bus-pass", title="Bus passes", pattern=r"6335\d{14}", checksum="luhn", context=("bus pass", "tocyn tâl")
)
LABELLED = Definition(id="skip", title="Skips", pattern=r"(?i:skip)\s+(?P<value>\d{6})", score_alone=0.7)
SITE = (reference_by_prefix(["TEN", "CTX"]), PASS, LABELLED)
KEY = FingerprintKey(b"k" * 32)


@pytest.fixture(scope="module")
def by_site():
    return PresidioClassifier(KEY, None, SITE)


def _found(classifier, text):
    (kind,) = [finding for finding in classifier.find(Content(text)) if finding.kind == "COUNCIL_REF"] or [None]
    return [text[start:end] for start, end in kind.spans] if kind else []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("as in TEN-0012345, TEN0012346 and TEN/12347", ["TEN-0012345", "TEN0012346", "TEN/12347"]),
        ("CTX 1234567/01", ["CTX 1234567/01"]),
        ("ŵyr CTX1234567 … ŷ", ["CTX1234567"]),
        ("PATEN-0012345 XTEN0012345 TEN-123 ten-0012345 TEN-00123456789012", []),
        ("Bus pass 633597000000000007", ["633597000000000007"]),
        ("Bus pass no: 633597000000000006", []),
        ("633597000000000007", []),
        ("TOCYN  TÂL 633597000000000007", ["633597000000000007"]),
        ("Bus pass,Expires\n633597000000000007,2027\n", ["633597000000000007"]),
        ("SKIP 123456 skip 1234567", ["123456"]),
    ],
)
def test_values_are_found_by_form_check_and_context(by_site, text, values):
    assert _found(by_site, text) == values


def test_without_the_sites_recognisers_nothing_of_it_is_found(by_rules):
    assert _found(by_rules, "TEN-0012345 and 633597000000000007 and skip 123456") == []


def test_the_version_tells_one_site_from_another(by_site, by_rules):
    assert by_site.version != by_rules.version
    assert "3 of this site (" in by_site.version


def test_a_finding_says_nothing_of_the_value(by_site):
    assert "0012345" not in repr(by_site.find(Content("TEN-0012345")))


def test_the_gate_asks_for_it_only_where_it_could_be():
    gate = Gate(rule for rule in registry(SITE).recognizers if isinstance(rule, DeclaredPattern))
    asked = {name for name in gate.open_to("TEN-0012345") if name.startswith("COUNCIL_REF:")}
    assert asked == {"COUNCIL_REF:reference-prefixes"}
    assert "COUNCIL_REF:bus-pass" not in gate.open_to("633597000000000007")
    assert "COUNCIL_REF:bus-pass" in gate.open_to("bus_pass,x\n633597000000000007")


def test_a_pattern_that_looks_far_ahead_from_everywhere_is_a_problem_and_no_clean_text():
    slow = UserDefined(Definition(id="slow", title="Slow", pattern=".+Z|1", score_alone=0.5))
    with pytest.raises(ItemTroubleError) as caught:
        slow.analyze("1 " * 2_000_000, [])
    assert caught.value.problem.code is ProblemCode.TIMEOUT


def test_every_pattern_is_searched_by_re2():
    assert isinstance(UserDefined(PASS)._form, type(re2.compile("a")))
