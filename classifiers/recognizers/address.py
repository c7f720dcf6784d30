from __future__ import annotations

from classifiers.recognizers.names import STREET_SUFFIXES
from classifiers.recognizers.pattern import DeclaredPattern


class StreetAddress(DeclaredPattern):
    """A house number, one to three capitalised words and a word for a street: "Flat 2, 14 Old Mill Lane"."""

    kind = "ADDRESS"
    pattern = (
        r"(?<![\w£./-])(?:(?:Flat|FLAT|Apartment|APARTMENT|Apt|Unit|UNIT|Room|ROOM) ?\d{1,4}[A-Za-z]?,?\s)?"
        r"\d{1,4}[A-Za-z]?,? (?:(?:\p{Lu}[\p{Ll}'\u2019]+[ -]){1,3}"
        rf"(?:{'|'.join(STREET_SUFFIXES)})\b|(?:\p{{Lu}}[\p{{Lu}}'\u2019]+[ -]){{1,3}}"
        rf"(?:{'|'.join(map(str.upper, STREET_SUFFIXES))})\b)"
    )
    score_alone = 0.6
    score_with_context = 0.8
    phrases = ("address", "live", "lives", "living at", "lived at", "resident at", "residing at", "flat", "home",
               "tenant of", "property", "visit to", "household", "postcode")  # fmt: skip
