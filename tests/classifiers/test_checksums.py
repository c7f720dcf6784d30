"""The published checks: one wrong digit fails, and nothing that is written makes one fall over."""

from __future__ import annotations

import pytest

from classifiers.checksums import CHECKSUMS

PASSES = {
    "nhs": ["943 476 5919", "9434765919", "401 023 2137"],
    "luhn": ["4111 1111 1111 1111", "378282246310005", "79927398713"],
    "iban": ["GB82 WEST 1234 5698 7654 32", "DE89370400440532013000", "gb82west12345698765432"],
    "utr": ["2325648152", "23256 48152K"],
    "upn": ["H801200001001", "U80120000100A"],
}
FAILS = {
    "nhs": ["943 476 5918", "0000000000", "943476591", "94347659190"],
    "luhn": ["4111 1111 1111 1112", "0000000000000000"],
    "iban": ["GB83 WEST 1234 5698 7654 32", "GB82", "GB82 WEST 1234 5698 7654 3é"],
    "utr": ["2325648154", "1111111111", "232564815"],
    "upn": ["B801200001001", "A80120000100", "I801200001001", "A8012000010S1"],
}
HOSTILE = [
    "",
    " ",
    "-",
    "é",
    "\u0663\u0664",
    "²³",
    "A" * 2_000,
    "1" * 2_000,
    "\ud800",
    "ABCDEFGHIJKLM",
    "A" + "\u0663" * 12,
]


def _pairs(cases):
    return [(name, value) for name, values in cases.items() for value in values]


@pytest.mark.parametrize(("name", "value"), _pairs(PASSES))
def test_a_right_number_passes(name, value):
    assert CHECKSUMS[name](value)


@pytest.mark.parametrize(("name", "value"), _pairs(FAILS))
def test_a_wrong_number_fails(name, value):
    assert not CHECKSUMS[name](value)


@pytest.mark.parametrize("name", CHECKSUMS)
@pytest.mark.parametrize("value", HOSTILE, ids=range(len(HOSTILE)))
def test_whatever_is_written_has_an_answer(name, value):
    assert CHECKSUMS[name](value) in (True, False)


@pytest.mark.parametrize(("name", "right"), [("nhs", "9434765919"), ("luhn", "79927398713"), ("utr", "2325648152")])
def test_every_other_last_or_first_digit_fails(name, right):
    at = 0 if name == "utr" else len(right) - 1
    others = [right[:at] + digit + right[at + 1 :] for digit in "0123456789" if digit != right[at]]
    assert not any(map(CHECKSUMS[name], others))
