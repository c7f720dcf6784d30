from __future__ import annotations

from typing import Any

from presidio_analyzer import RecognizerResult

from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    bare_name,
    followed_by_place_or_body,
    is_a_name_word,
    is_historic,
    is_only_a_name,
    is_only_a_surname,
    length_in_capitals,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import weakened

_DEEDS = (
    "signed|handled|taken|proposed|seconded|moved|received|reported|prepared|written|witnessed|completed|assessed"
    "|approved|authorised|interviewed|visited|submitted|recorded|presented|chaired|referred|reviewed|requested|logged"
    "|raised|issued|checked|countersigned|drafted|agreed|minuted|reply|replied|seen|given|led|accompanied|represented"
    "|supported|assisted|supervised|managed|escorted|nominated|verified|examined|typed|opened|closed|answered|updated"
    "|inspected|investigated|booked|collected|delivered|served|introduced|noted|sent|found|made|done|paid|held|actioned"
    r"|\p{Ll}{2,12}ed|hit|told|kept|run|sworn|heard"
    "|attended|organised|cared for|looked after|brought in|told|asked|advised"
)
_DEALINGS = (
    r"signed|p\.?p\.?|sp(?:oke|oken|eak|eaking) (?:to|with)|(?:met|meet|meeting|met up) with|interview(?:ed)? with"
    r"|(?:telephone |phone )?call(?:ed)? (?:to|from|for)|t/?c (?:to|from|with)|h/?v (?:to|with)|according to"
    r"|(?:collected|heard|nothing|message|e-?mail|letter|note|text|enquiry|visit|report|statement|complaint) from"
    r"|(?:message|letter|e-?mail|waiting|cover|covering|cover provided|stand(?:ing)? in|stood in|deputising|ask"
    r"|asked) for"
    r"|thank(?:s| you) to|(?:left|\p{Ll}{2,10}ed) with|copy to|copied to|passed to|given to|gave the keys to"
    r"|handed to|transferred to|allocated to|assigned to"
    r"|reports? to|left word with|swap(?:ped)? with|liais(?:e|ed|ing) with|discussed with|lives? with|living with"
    r"|stay(?:s|ing|ed) with|moved in with|on behalf of|grievance against|complaint (?:against|about)|shouted at"
    r"|allegations? against|in respect of|statement of|married to|engaged to|born to|care of|c/o|f\.?a\.?o\.?|attn"
    r"|rang|ring|phoned|phone|telephoned|telephone|e-?mailed|e-?mail|texted|contacted|contact|met|told|asked|ask|tell"
    r"|advised|informed|reminded|remind|thanked|thank|visited|interviewed|chased|chase|congratulated|welcomed|helped"
    r"|p\.?c\.? to|looked after|look(?:s|ing)? after|known|help(?:s|ing)?|support(?:s|ing)?|named|call(?:ed)?|accused"
    r"|arrested|bullied"
    r"|kicked|hit|bit|pushed|punched|assaulted|injunction against|discussed|remember|saw|see|collect|collected|bring"
    r"|brought|told \p{Ll}+ that"
    r"|love to|regards to|wishes to|condolences to|apologised to|wrote to|replied to|spoke w/"
)


_BEFORE_NAMES = rf"(?i:(?:{_DEEDS}) by|{_DEALINGS})[: ][ ]?"


class PersonByDeed(DeclaredPattern):
    """Who did it, or with whom it was done: "proposed by R. Gupta", "handled by Lin Mei-Ling", "told Amber".

    A name that is an ordinary word as well is no more than a hint.
    """

    kind = "PERSON"
    part_of_kind = "by deed"
    pattern = (
        rf"(?<![\w-]){_BEFORE_NAMES}"
        rf"(?P<value>(?:{TITLES}\.?[ ])?(?:{FULL_NAME}|{INITIALS}|{WORD}))(?![\w@])"
    )
    score_alone = 0.75
    score_with_context = 0.75

    @property
    def searched_as(self) -> bytes:
        """No more than what stands before a name, and its first letter: names are long to search for."""
        return weakened(rf"{_BEFORE_NAMES}\p{{Lu}}")

    def valid(self, value: str) -> bool:
        name = bare_name(value)
        first = name.partition(" ")[0]
        return (
            len(value) > 1
            and names_a_person(value)
            and (is_a_name_word(first) or len(first.rstrip(".")) == 1 or name != value)
        )

    def length(self, value: str) -> int:
        """In capitals the name ends where its words do: "ASKED MING SU WHETHER"."""
        return length_in_capitals(value) if value.isupper() else len(value)

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """As any pattern, without "funded by Grant Thornley Builders" and what King John granted."""
        results = super().analyze(text, entities, nlp_artifacts, regex_flags)
        return [
            result
            for result in results
            if not followed_by_place_or_body(text, result.end) and not is_historic(text, result.start, result.end)
        ]

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the form is DeclaredPattern's
        name = bare_name(value)
        first, *others = name.split()
        sure = name != value or len(first) < 3 or is_only_a_name(first) or is_only_a_surname(first)
        return self.score_alone if sure or any(map(is_only_a_surname, others)) else HINT


HINT = 0.55
