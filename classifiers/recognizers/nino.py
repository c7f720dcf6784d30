from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_ALIKE = regex.compile(r"(?<![\w-])[A-Z]{2}\d{6}[A-Z](?![\w-])")
_AROUND = 300
_FEWEST = 4


class NationalInsuranceNumber(DeclaredPattern):
    """National Insurance numbers, whose form is rare enough to stand alone; columns of part numbers are told apart as
    columns.

    HMRC National Insurance Manual NIM39110: neither letter is D, F, I, Q, U or V, the second is not O; BG, GB, KN,
    NK, NT, TN and ZZ are not allocated; the suffix is A to D.
    """

    kind = "UK_NINO"
    pattern = (
        r"(?<![\w-])(?!(?i:BG|GB|KN|NK|NT|TN|ZZ))[ABCEGHJ-PRSTW-Zabceghj-prstw-z][ABCEGHJ-NPRSTW-Zabceghj-nprstw-z]"
        r"[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?\d{2}[ \u00a0-]?[A-Da-d](?![\w-])"
    )
    score_alone = 0.7
    score_with_context = 0.95
    phrases = ("national insurance", "nat ins", "ni no", "ni number", "nino", "n.i.", "ni", "n i no", "nat. ins")

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The number, unless most of those that look like it around it are none: a list of parts or of machines."""
        start, end = match.span()
        alike = _ALIKE.findall(match.string, max(0, start - _AROUND), end + _AROUND)
        valid = sum(bool(self._form.fullmatch(one)) for one in alike)
        if len(alike) < _FEWEST or valid * 2 > len(alike):
            yield start, end
