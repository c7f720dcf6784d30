from __future__ import annotations

from classifiers.checksums import passes_upn
from classifiers.recognizers.pattern import DeclaredPattern


class UniquePupilNumber(DeclaredPattern):
    """Unique pupil numbers: a check letter and twelve digits, the last a letter where the number is temporary.

    Department for Education, "Unique pupil numbers"; the check is `passes_upn`. Digits two to four are the local
    authority's, from 201 on.
    """

    kind = "UK_UPN"
    pattern = r"(?<![\w-])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![\w-])"
    score_alone = 0.85
    score_with_context = 0.95
    phrases = ("upn", "upns", "pupil", "pupil number", "pupils")

    def valid(self, value: str) -> bool:
        return passes_upn(value) and 201 <= int(value[1:4]) <= 938
