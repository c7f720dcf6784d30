from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern

RUN_TOGETHER = 0.6


class NationalInsuranceNumber(DeclaredPattern):
    """National Insurance numbers. Written in groups the form is rare enough to stand alone; run together it is as
    often the code of a part or an asset.

    HMRC National Insurance Manual NIM39110: neither letter is D, F, I, Q, U or V, the second is not O; BG, GB, KN,
    NK, NT, TN and ZZ are not allocated; the suffix is A to D.
    """

    kind = "UK_NINO"
    pattern = (
        r"(?<![\w-])(?!(?i:BG|GB|KN|NK|NT|TN|ZZ))[ABCEGHJ-PRSTW-Zabceghj-prstw-z][ABCEGHJ-NPRSTW-Zabceghj-nprstw-z]"
        r"[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?[A-Da-d](?![\w-])"
    )
    score_alone = 0.75
    score_with_context = 0.95
    phrases = ("national insurance", "nat ins", "ni no", "ni number", "nino", "n.i.", "ni", "n i no", "nat. ins")

    def score(self, value: str, in_context: bool) -> float | None:
        if in_context:
            return self.score_with_context
        return RUN_TOGETHER if value.isalnum() else self.score_alone
