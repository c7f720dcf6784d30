from __future__ import annotations

from classifiers.checksums import passes_utr
from classifiers.recognizers.pattern import DeclaredPattern


class UniqueTaxpayerReference(DeclaredPattern):
    """Unique Taxpayer References: ten digits of which the first checks the others, perhaps with a K behind.

    HMRC, "Check digit calculation for UTR"; the check is `passes_utr`.
    """

    kind = "UK_UTR"
    pattern = r"(?<![\w.£/+-])\d{5} ?\d{5}K?(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.95
    phrases = ("utr", "self assessment", "self-assessment", "taxpayer", "taxpayer reference", "tax reference")

    def valid(self, value: str) -> bool:
        return passes_utr(value)
