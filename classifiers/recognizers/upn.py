from __future__ import annotations

from classifiers.recognizers.pattern import DeclaredPattern

_LETTERS = "ABCDEFGHJKLMNPQRTUVWXYZ"


class UniquePupilNumber(DeclaredPattern):
    """Unique pupil numbers: a check letter and twelve digits, the last a letter where the number is temporary.

    Department for Education, "Unique pupil numbers": the characters times 2 to 13, the sum by 23, without I, O and S.
    Digits two to four are the local authority's, from 201 on.
    """

    kind = "UK_UPN"
    pattern = r"(?<![\w-])[A-HJ-NP-RT-Z]\d{11}[\dA-HJ-NP-RT-Z](?![\w-])"
    score_alone = 0.85
    score_with_context = 0.95
    phrases = ("upn", "upns", "pupil", "pupil number", "pupils")

    def valid(self, value: str) -> bool:
        worth = [int(char) if char.isdecimal() else _LETTERS.index(char) for char in value[1:]]
        total = sum(weight * number for weight, number in enumerate(worth, start=2))
        return 201 <= int(value[1:4]) <= 938 and _LETTERS[total % 23] == value[0]
