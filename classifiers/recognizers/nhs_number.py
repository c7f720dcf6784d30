from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern, digits_of


class NhsNumber(DeclaredPattern):
    """NHS numbers, which one in eleven ten-digit numbers could be: so never without context.

    NHS Data Dictionary, "NHS NUMBER": weights 10 to 2, 11 minus the remainder by 11 is the check digit; 11 is written
    0, 10 is invalid. One digit repeated ten times passes and is nobody's.
    """

    kind = "UK_NHS"
    pattern = r"(?<![\w.£/+-])\d{3}(?P<gap>[ \u00a0-]?)\d{3}(?P=gap)\d{4}(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.95
    phrases = ("nhs", "nhsno", "nhs_number", "nhs_no", "patient", "patients", "hospital no", "hospital number")

    def valid(self, value: str) -> bool:
        digits = digits_of(value)
        remainder = sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        return len(set(digits)) > 1 and (11 - remainder) % 11 == digits[9]
