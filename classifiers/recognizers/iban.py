from __future__ import annotations

from classifiers.checksums import passes_iban
from classifiers.recognizers.pattern import DeclaredPattern

_LENGTHS = {
    "AD": 24, "AE": 23, "AL": 28, "AT": 20, "AZ": 28, "BA": 20, "BE": 16, "BG": 22, "BH": 22, "BR": 29, "BY": 28,
    "CH": 21, "CR": 22, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "DO": 28, "EE": 20, "EG": 29, "ES": 24, "FI": 18,
    "FO": 18, "FR": 27, "GB": 22, "GE": 22, "GI": 23, "GL": 18, "GR": 27, "GT": 28, "HR": 21, "HU": 28, "IE": 22,
    "IL": 23, "IQ": 23, "IS": 26, "IT": 27, "JO": 30, "KW": 30, "KZ": 20, "LB": 28, "LI": 21, "LT": 20, "LU": 20,
    "LV": 21, "LY": 25, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MR": 27, "MT": 31, "MU": 30, "NL": 18, "NO": 15,
    "PK": 24, "PL": 28, "PS": 29, "PT": 25, "QA": 29, "RO": 24, "RS": 22, "SA": 24, "SC": 31, "SE": 24, "SI": 19,
    "SK": 24, "SM": 27, "TN": 24, "TR": 26, "UA": 29, "VA": 22, "VG": 24, "XK": 20,
}  # fmt: skip
"""Characters of an IBAN by country (SWIFT, IBAN Registry)."""


class Iban(DeclaredPattern):
    """International bank account numbers: the country's length and ISO 13616's check, the number by 97 leaves 1."""

    kind = "IBAN_CODE"
    pattern = r"(?<![\w-])[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)"
    score_alone = 0.9
    score_with_context = 0.95
    phrases = ("iban", "bic", "swift", "bank account")

    def length(self, value: str) -> int:
        """Up to the country's length: a word in capitals behind the number looks like more of it."""
        wanted = _LENGTHS.get(value[:2], len(value))
        ends = [index + 1 for index, char in enumerate(value) if char != " "]
        return ends[min(wanted, len(ends)) - 1]

    def valid(self, value: str) -> bool:
        compact = value.replace(" ", "")
        return len(compact) == _LENGTHS.get(compact[:2]) and passes_iban(compact)
