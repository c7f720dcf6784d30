"""A recogniser's own cases: which fail, and why, and that no text of a case is told."""

from __future__ import annotations

import pytest

from classifiers.presidio import PresidioClassifier
from classifiers.trial import failures
from classifiers.user_defined import Definition, reference_by_prefix
from domain.privacy import FingerprintKey

PASS = {
    "id": "bus-pass", "title": "Bus passes", "pattern": r"6335\d{14}", "checksum": "luhn", "context": ("bus pass",),
    "finds": ("Bus pass 633597000000000007",),
}  # fmt: skip
MOBILE = {
    "id": "mobile", "title": "A mobile's number", "pattern": r"07\d{9}", "context": ("handset",),
    "score_with_context": 0.3, "finds": ("handset, mobile number 07700900123",),
}  # fmt: skip


def _failed(definition):
    classifier = PresidioClassifier(FingerprintKey(b"k" * 32), None, (definition,))
    return {failure.case: failure.reason for failure in failures(definition, classifier)}


@pytest.mark.parametrize(
    ("definition", "case", "reason"),
    [
        ({**PASS, "finds": ("Bus pass 12",)}, "finds[1]", "the pattern does not match"),
        ({**PASS, "finds": (*PASS["finds"], "Bus pass A633597000000000007")}, "finds[2]", "a longer word or number"),
        ({**PASS, "finds": ("Bus pass 633597000000000006",)}, "finds[1]", "the luhn check fails"),
        ({**PASS, "finds": ("633597000000000007",)}, "finds[1]", "none of its context stands near"),
        ({**PASS, "ignores": ("Bus pass 633597000000000007",)}, "ignores[1]", "it is found"),
        ({**PASS, "finds": ()}, "finds", "no case"),
        ({**PASS, "pattern": r".+Z|\d", "checksum": None, "score_alone": 0.5}, "pattern", "over its time"),
        (MOBILE, "finds[1]", "another kind was surer: UK_PHONE"),
    ],
)
def test_a_failure_names_its_case_and_its_reason(definition, case, reason):
    failed = _failed(Definition(**definition))
    assert reason in failed[case]
    assert "633597" not in "".join(failed.values())


def test_cases_that_come_out_as_they_should_are_no_failures():
    assert _failed(Definition(**PASS, ignores=("633597000000000007", "Bus pass 633597000000000006"))) == {}


def test_references_by_prefix_stand_their_own_cases():
    assert _failed(reference_by_prefix(["TEN", "CTX", "HB"])) == {}
