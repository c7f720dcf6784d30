from __future__ import annotations

from classifiers.recognizers.names import (
    ANY_NAME,
    FULL_NAME,
    INITIALS,
    TITLES,
    WORD,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern

_GREETING = r"(?:Dear|DEAR|Hi|Hello|Hiya|Hey|Good (?:morning|afternoon|evening)|Annwyl|Bore da|Prynhawn da)"
_CLOSE = (
    r"(?i:yours (?:sincerely|faithfully|truly|ever)?|(?:kind |best |warm |with |kindest )?regards|(?:best |kind )wishes"
    r"|(?:many )?thanks(?: again)?|thank you|cheers|yn gywir|cofion(?: cynnes| gorau)?|diolch)"
)


class PersonByLetter(DeclaredPattern):
    """A name behind a greeting or a close: "Dear Ivy,", "Bore da Siân", "Yours sincerely / pp J. Sikora"."""

    kind = "PERSON"
    part_of_kind = "by letter"
    pattern = (
        rf"(?<![\w-]){_GREETING},?[ ](?P<value>(?:{TITLES}\.?[ ])?{ANY_NAME})(?=[ ]?[,\n\r!-]|[ ](?:and|&)[ ]|$)"
        rf"|{_CLOSE}[,.!]?[ \t]*(?:\r?\n[ \t]*){{1,4}}(?i:p\.?p\.? ?)?"
        rf"(?P<value>{FULL_NAME}|{INITIALS}|{WORD})(?=[ \t]*(?:[\n\r,|(-]|$))"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def valid(self, value: str) -> bool:
        return names_a_person(value)
