from __future__ import annotations

import regex

from classifiers.recognizers.pattern import DeclaredPattern

_PLAN = regex.compile(
    r"1(?:1[3-8]|[2-9]1)\d{7}"  # 0113 to 0118, 0121 to 0191
    r"|1[2-9]\d{7,8}"  # 01204 to 01998, a few of them a digit short
    r"|2(?:0|3|4|8|9)\d{8}"
    r"|3[0347]\d{8}"
    r"|7(?:[1-57-9]\d{8}|624\d{6})"
    r"|8(?:0[08]|4[2-5]|7[0-3])\d{6,7}"
)
_PREFIX = regex.compile(r"^(?:(?:\+|00)44[ .\u00a0-]*(?:\(0\))?|\(?0)")
_BARE_FORMS = regex.compile(r"0\d{9,10}|\(?0\d{2,4}\)?[ \u00a0]\d[\d \u00a0]+|(?:\+|00)44.*")
CORPORATE = 0.3
LANDLINE = 0.75


class PhoneNumber(DeclaredPattern):
    """Telephone numbers of the United Kingdom.

    Ofcom, National Telephone Numbering Plan: ranges 01, 02, 03, 07 and 08, nine or ten digits behind the 0. The
    ranges Ofcom keeps for drama count, because drills and training use them. 03 and 08 numbers belong to
    organisations, and 070 and 076 (but the Isle of Man's 07624) to forwarding and paging services.
    """

    kind = "UK_PHONE"
    pattern = (
        r"(?<![\w.£/+@-])(?<!(?<!\d[.:]\d)\d[ :])(?:(?:\+|00)44[ .\u00a0-]?(?:\(0\)[ \u00a0]?)?\(?|\(?0)(?=[1-378])"
        r"(?:\d[)]?[ .\u00a0-]{0,2}){8,9}\d(?![\w/@-]|\.\d|,\d{3}(?!\d)| \d(?!\d{0,3}[A-Za-z]? \p{Lu}))"
    )
    score_alone = 0.6
    score_with_context = 0.8
    phrases = ("tel", "telephone", "phone", "mob", "mobile", "call", "contact number", "contact no", "home number",
               "ring", "text", "whatsapp", "landline", "my number", "number is", "ext")  # fmt: skip

    def valid(self, value: str) -> bool:
        return bool(_PLAN.fullmatch(national(value)))

    def score(self, value: str, in_context: bool) -> float | None:
        if national(value)[0] in "38":
            return CORPORATE
        if in_context:
            return self.score_with_context if national(value)[0] == "7" else LANDLINE
        plain = _BARE_FORMS.fullmatch(value) and len(national(value)) == 10
        return self.score_alone if plain else CORPORATE


def national(value: str) -> str:
    """The digits behind the leading 0 or the country's code."""
    return "".join(filter(str.isdecimal, _PREFIX.sub("", value)))
