from __future__ import annotations

from classifiers.recognizers.names import STREET_SUFFIXES
from classifiers.recognizers.pattern import DeclaredPattern

_AREAS = """
AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK
FY G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN
NP NR NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW
UB W WA WC WD WF WN WR WS WV YO ZE
"""
AREAS = frozenset(_AREAS.split())


class Postcode(DeclaredPattern):
    """Postcodes of an area that exists.

    Royal Mail, Programmers' Guide to the Postcode Address File: the inward code has neither C, I, K, M, O nor V.
    Without context it must be written as the guide says: upper case with one space.
    """

    kind = "UK_POSTCODE"
    pattern = r"(?<![\w/.-])[A-Za-z]{1,2}\d[A-Za-z\d]?[ \u00a0]?\d[ABD-HJLNP-UW-Zabd-hjlnp-uw-z]{2}(?![\w/-])"
    score_alone = 0.6
    score_with_context = 0.8
    phrases = ("postcode", "post code", "postal code", "address", "lives", *map(str.lower, STREET_SUFFIXES))

    def valid(self, value: str) -> bool:
        area = value[:2] if value[1].isalpha() else value[0]
        return area.upper() in AREAS

    def score(self, value: str, in_context: bool) -> float | None:
        if in_context:
            return self.score_with_context
        return self.score_alone if value.isupper() and len(value.split()) == 2 else None
