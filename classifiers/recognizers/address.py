from __future__ import annotations

from classifiers.recognizers.names import STREET_SUFFIXES as USUAL
from classifiers.recognizers.pattern import DeclaredPattern

_SELDOM = (
    "Bank", "Brow", "Nook", "Garth", "Holt", "Dene", "Spinney", "Chase", "Ridge", "Circus", "Approach", "Esplanade",
    "Promenade",
    "Heights", "Meadow", "Meadows", "Vale", "Orchard", "Lea", "Copse", "Wynd", "Brae", "Path", "Yard", "Passage",
    "Mount", "Bottom",
)  # fmt: skip
STREET_SUFFIXES = (*USUAL, *_SELDOM)
_WELSH = (
    "Ffordd|Heol|Stryd|Maes|Lôn|Rhodfa|Clos|Cwrt|Parc|Llys|Gerddi|Rhes|Teras|Cae|Trem|Cilgant|Rhiw|Pentre|Tan|Bryn|Dôl"
    "|Stad"
)


class StreetAddress(DeclaredPattern):
    """A house number, one to three capitalised words and a word for a street: "Flat 2, 14 Old Mill Lane".

    In Welsh the word for a street comes first: "10 Ffordd yr Afon".
    """

    kind = "ADDRESS"
    pattern = (
        r"(?<![\w£./-])(?:(?:Flat|FLAT|Apartment|APARTMENT|Apt|Unit|UNIT|Room|ROOM) ?\d{1,4}[A-Za-z]?,?\s)?"
        r"\d{1,4}[A-Za-z]?,? (?!(?i:food|blood|bottle|clothes|toy|data) )(?:(?:\p{Lu}[\p{Ll}'\u2019]+[ -]){1,3}"
        rf"(?:{'|'.join(STREET_SUFFIXES)})\b|(?:\p{{Lu}}[\p{{Lu}}'\u2019]+[ -]){{1,3}}"
        rf"(?:{'|'.join(map(str.upper, STREET_SUFFIXES))})\b"
        rf"|(?:{_WELSH.upper()})(?: \p{{Lu}}[\p{{Lu}}'\u2019-]*){{1,3}}\b|(?:{_WELSH})(?: (?:y|yr|Y|Yr|ap"
        rf"|a'r))?(?: \p{{Lu}}[\p{{Ll}}'\u2019-]+){{1,2}}\b)"
    )
    score_alone = 0.6
    score_with_context = 0.8
    phrases = ("address", "live", "lives", "living at", "lived at", "resident at", "residing at", "flat", "home",
               "tenant of", "property", "visit to", "household", "postcode")  # fmt: skip
