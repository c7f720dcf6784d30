from __future__ import annotations

import regex

from classifiers.checksums import digits_of, passes_luhn
from classifiers.recognizers.pattern import DeclaredPattern

_ISSUERS = regex.compile(
    r"4(?:\d{12}|\d{15}|\d{18})"  # Visa
    r"|(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}"  # Mastercard
    r"|3[47]\d{13}"  # American Express
    r"|3(?:0[0-5]|[68]\d)\d{11}"  # Diners
    r"|(?:6011|64[4-9]\d|65\d{2})\d{12}"  # Discover
    r"|(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{8,15}"  # Maestro
    r"|62\d{14,17}"  # UnionPay
)
_GROUPED = regex.compile(r"\d{4}([ -])\d{4}\1\d{4}\1\d{4}|3\d{3}([ -])\d{6}\2\d{5}")
GROUPED_ALONE = 0.75


class PaymentCard(DeclaredPattern):
    """Payment card numbers: an issuer's prefix (ISO/IEC 7812) and Luhn's check digit.

    One in ten numbers of any kind passes the check, so a number that is not written in a card's groups needs context.
    Thirteen digits that are also a valid bar code (EAN-13) are one.
    """

    kind = "CREDIT_CARD"
    pattern = r"(?<![\w.£/+-]|\d )\d(?:[ -]?\d){12,18}(?![\w/+-]|\.\d|,\d{3}(?!\d)| \d)"
    score_with_context = 0.95
    phrases = ("card", "card number", "card no", "credit card", "debit card", "visa", "mastercard", "amex",
               "american express", "maestro", "cvv", "cvc", "expiry", "exp", "pan")  # fmt: skip

    def valid(self, value: str) -> bool:
        digits = digits_of(value)
        if len(digits) == 13 and _is_bar_code(digits):
            return False
        known = _ISSUERS.fullmatch("".join(map(str, digits)))
        return bool(known) and passes_luhn(value)

    def score(self, value: str, in_context: bool) -> float | None:
        if in_context:
            return self.score_with_context
        return GROUPED_ALONE if _GROUPED.fullmatch(value) else None


def _is_bar_code(digits: list[int]) -> bool:
    """GS1 General Specifications 7.9: weights 1 and 3 in turn, the sum a multiple of ten."""
    return (sum(digits[0::2]) + 3 * sum(digits[1::2])) % 10 == 0
