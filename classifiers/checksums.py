"""The published checks of numbers, by name. Each takes any text at all, and is false where that has not the form."""

from __future__ import annotations

from collections.abc import Callable

_UTR_WEIGHTS = (6, 7, 8, 9, 10, 5, 4, 3, 2)
_UTR_CHECK_DIGITS = "21987654321"
_UPN_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"
_UPN_WORTH = {char: worth for letters in ("0123456789", _UPN_LETTERS) for worth, char in enumerate(letters)}


def digits_of(value: str) -> list[int]:
    """The decimal digits of a value, in order, whatever stands between them."""
    return [int(char) for char in value if char.isdecimal()]


def passes_nhs(value: str) -> bool:
    """NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, 11 minus the remainder by 11 is the check digit; 11 is
    written 0, 10 is invalid. One digit repeated ten times passes and is nobody's.
    """
    digits = digits_of(value)
    remainder = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return len(digits) == 10 and len(set(digits)) > 1 and (11 - remainder) % 11 == digits[9]


def passes_luhn(value: str) -> bool:
    """ISO/IEC 7812-1, annex B: every second digit from the right doubled, the sum of all digits a multiple of ten."""
    digits = digits_of(value)
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[-2::-2])
    return len(set(digits)) > 1 and (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0


def passes_iban(value: str) -> bool:
    """ISO 13616-1: the first four characters put last, letters as 10 to 35, the number by 97 leaves 1."""
    compact = value.replace(" ", "").upper()
    if not (compact.isascii() and compact.isalnum() and 5 <= len(compact) <= 34):
        return False
    return int("".join(str(int(char, 36)) for char in compact[4:] + compact[:4])) % 97 == 1


def passes_utr(value: str) -> bool:
    """HMRC, "Check digit calculation for UTR": of ten digits the first checks the others, which are taken times
    6, 7, 8, 9, 10, 5, 4, 3, 2, and the sum by 11 is looked up.
    """
    digits = digits_of(value)
    if len(digits) != 10 or len(set(digits)) == 1:
        return False
    total = sum(digit * weight for digit, weight in zip(digits[1:], _UTR_WEIGHTS, strict=True))
    return digits[0] == int(_UTR_CHECK_DIGITS[total % 11])


def passes_upn(value: str) -> bool:
    """Department for Education, "Unique pupil numbers": the characters times 2 to 13, the sum by 23 is the first
    letter's place among those without I, O and S. Only the last of the others may be a letter.
    """
    if len(value) != 13 or not (value.isascii() and value[1:12].isdecimal() and value[12] in _UPN_WORTH):
        return False
    total = sum(weight * _UPN_WORTH[char] for weight, char in enumerate(value[1:], start=2))
    return value[0] == _UPN_LETTERS[total % 23]


CHECKSUMS: dict[str, Callable[[str], bool]] = {
    "nhs": passes_nhs, "luhn": passes_luhn, "iban": passes_iban, "utr": passes_utr, "upn": passes_upn,
}  # fmt: skip
"""The checks that the configuration can name."""
