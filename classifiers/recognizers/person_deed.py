from __future__ import annotations

from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    bare_name,
    is_first_name,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern

_DEEDS = (
    "signed|handled|taken|proposed|seconded|moved|received|reported|prepared|written|witnessed|completed|assessed"
    "|approved|authorised|interviewed|visited|submitted|recorded|presented|chaired|referred|reviewed|requested|logged"
    "|raised|issued|checked|countersigned|drafted|agreed|minuted"
)
_DEALINGS = (
    r"signed|p\.?p\.?|spoke (?:to|with)|met with|telephone call (?:to|from)|call(?:ed)? from|interview with"
    r"|meeting with|according to|collected from|thanks to"
)


class PersonByDeed(DeclaredPattern):
    """Who did it, in the words of minutes and forms: "proposed by R. Gupta", "handled by Lin Mei-Ling"."""

    kind = "PERSON"
    part_of_kind = "by deed"
    pattern = (
        rf"(?<![\w-])(?i:(?:{_DEEDS}) by|{_DEALINGS})[: ][ ]?"
        rf"(?P<value>(?:{TITLES}\.?[ ])?(?:{FULL_NAME}|{INITIALS}|{WORD}))(?![\w@])"
    )
    score_alone = 0.75
    score_with_context = 0.75

    def valid(self, value: str) -> bool:
        name = bare_name(value)
        first = name.partition(" ")[0]
        return names_a_person(value) and (is_first_name(first) or len(first.rstrip(".")) == 1 or name != value)
