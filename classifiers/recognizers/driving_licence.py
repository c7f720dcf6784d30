from __future__ import annotations

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_SURNAME = regex.compile(r"[A-Z]+9*")


class DrivingLicence(DeclaredPattern):
    """Driver numbers of Great Britain.

    DVLA, "Driver number": five letters of the surname padded with 9, decade of birth, month (50 more for women), day,
    year, two initials padded with 9, a digit and two letters.
    """

    kind = "UK_DRIVING_LICENCE"
    pattern = (
        r"(?<![\w-])[A-Z][A-Z9]{4} ?\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\d|3[01])\d ?[A-Z][A-Z9]\d[A-Z]{2}"
        r"(?![\w-])"
    )
    score_alone = 0.8
    score_with_context = 0.95
    phrases = ("driving", "driving licence", "driver", "driver number", "licence", "dvla")

    def valid(self, value: str) -> bool:
        return bool(_SURNAME.fullmatch(value[:5]))
