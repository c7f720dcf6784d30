from __future__ import annotations

from classifiers.checksums import passes_nhs
from classifiers.recognizers.pattern import DeclaredPattern


class NhsNumber(DeclaredPattern):
    """NHS numbers, which one in eleven ten-digit numbers could be: so never without context.

    NHS Data Dictionary, "NHS NUMBER"; the check is `passes_nhs`.
    """

    kind = "UK_NHS"
    pattern = r"(?<![\w.£/+-])\d{3}[ \u00a0-]{0,2}\d{3}[ \u00a0-]{0,2}\d{4}(?![\w/+-]|\.\d|,\d{3}(?!\d))"
    score_with_context = 0.95
    phrases = (
        "nhs", "nhsno", "nhs_number", "nhs_no", "n.h.s", "n.h.s.", "n h s", "rhif gig", "patient", "patients",
        "hospital no",
        "hospital number", "hosp no",
    )  # fmt: skip

    def valid(self, value: str) -> bool:
        return passes_nhs(value)
