"""Each check is written here a second time, from its publication, and not taken from the generator."""

from __future__ import annotations

import re
from datetime import date

import pytest

from operations.demo import identifiers
from operations.demo.people import child, person
from operations.demo.plan import dice


def draws(make, count=400):
    rng = dice("identifier tests", make.__name__)
    return [make(rng) for _ in range(count)]


def number(value):
    return [int(digit) for digit in value if digit.isdigit()]


def passes_modulus_11(value):
    digits = number(value)
    total = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False))
    return len(digits) == 10 and (11 - total % 11) % 11 == digits[-1]


def passes_hmrc_prefix_rules(value):
    plain = value.replace(" ", "")
    return bool(re.fullmatch(r"(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]", plain))


def passes_the_utr_check(value):
    digits = number(value)
    remainder = sum(digit * weight for digit, weight in zip(digits[1:], (6, 7, 8, 9, 10, 5, 4, 3, 2), strict=True)) % 11
    check = 11 - remainder
    return digits[0] == (check - 9 if check > 9 else check)


def passes_modulus_23(value):
    total = sum(digit * weight for weight, digit in enumerate(number(value), 2))
    return len(value) == 13 and value[0] == "ABCDEFGHJKLMNPQRTUVWXYZ"[total % 23]


def passes_modulus_97(value):
    plain = value.replace(" ", "")
    moved = plain[4:] + plain[:4]
    return len(plain) == 22 and int("".join(str(int(char, 36)) for char in moved)) % 97 == 1


def passes_luhn(value):
    digits = number(value)[::-1]
    doubled = [sum(divmod(2 * digit, 10)) for digit in digits[1::2]]
    return len(digits) == 16 and (sum(digits[::2]) + sum(doubled)) % 10 == 0


def passes_modulus_10(value):
    digits = number(value)
    return len(digits) == 13 and (sum(digits[::2]) + 3 * sum(digits[1::2])) % 10 == 0


CHECKS = [
    (identifiers.nhs_number, passes_modulus_11),
    (identifiers.nino, passes_hmrc_prefix_rules),
    (identifiers.utr, passes_the_utr_check),
    (identifiers.upn, passes_modulus_23),
    (identifiers.payment_card, passes_luhn),
    (identifiers.ean13, passes_modulus_10),
    (identifiers.sort_code, re.compile(r"00-\d\d-\d\d").fullmatch),
    (identifiers.account_number, re.compile(r"\d{8}").fullmatch),
    (identifiers.postcode, re.compile(r"(EX|TQ|PL|TA)\d\d \d[ABD-HJLNP-UW-Z]{2}").fullmatch),
    (identifiers.mobile, re.compile(r"07700 900\d{3}").fullmatch),
    (identifiers.landline, re.compile(r"01632 960\d{3}|020 7946 0\d{3}").fullmatch),
    (identifiers.vehicle_registration, re.compile(r"W[A-Z]\d\d [A-Z]{3}").fullmatch),
]


@pytest.mark.parametrize(("make", "passes"), CHECKS, ids=[make.__name__ for make, _ in CHECKS])
def test_every_identifier_passes_its_published_check(make, passes):
    made = draws(make)
    assert [value for value in made if not passes(value)] == []
    assert len(set(made)) > 100


def test_every_iban_passes_its_check_and_holds_the_account_it_was_made_for():
    rng = dice("iban tests")
    for _ in range(200):
        sort, account = identifiers.sort_code(rng), identifiers.account_number(rng)
        made = identifiers.iban(rng, sort, account)
        assert passes_modulus_97(made)
        assert made.replace(" ", "").endswith(sort.replace("-", "") + account)


def test_people_write_from_domains_kept_for_examples_and_have_plausible_birthdays():
    rng = dice("people tests")
    for _ in range(200):
        one = person(rng, 1950, 1980)
        assert one.mail.endswith("@example.com")
        assert date(1950, 1, 1) <= one.born <= date(1981, 1, 1)


def test_a_child_has_the_parents_surname_and_home_but_its_own_numbers():
    rng = dice("family tests")
    parent = person(rng)
    young = child(rng, parent)
    assert (young.surname, young.address) == (parent.surname, parent.address)
    assert {young.nhs, young.nino}.isdisjoint({parent.nhs, parent.nino})
