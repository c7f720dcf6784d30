from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern, digits_of

_WEIGHTS = (6, 7, 8, 9, 10, 5, 4, 3, 2)
_CHECK_DIGITS = "21987654321"


class UniqueTaxpayerReference(DeclaredPattern):
    """Unique Taxpayer References: ten digits of which the first checks the others, perhaps with a K behind.

    HMRC, "Check digit calculation for UTR": the others times 6, 7, 8, 9, 10, 5, 4, 3, 2, the sum by 11, looked up.
    """

    kind = "UK_UTR"
    pattern = r"(?<![\w.£/+-])\d{5} ?\d{5}K?(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.95
    phrases = ("utr", "self assessment", "self-assessment", "taxpayer", "taxpayer reference", "tax reference")

    def valid(self, value: str) -> bool:
        first, *rest = digits_of(value)
        total = sum(digit * weight for digit, weight in zip(rest, _WEIGHTS, strict=True))
        return len({first, *rest}) > 1 and first == int(_CHECK_DIGITS[total % 11])
