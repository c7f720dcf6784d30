from __future__ import annotations

import regex

from classifiers.recognizers.names import (
    FULL_NAME,
    INITIALS,
    TITLES,
    bare_name,
    is_first_name,
    names_a_person,
)
from classifiers.recognizers.pattern import DeclaredPattern

_POSTS = (
    r"(?:[\p{L}&/,'-]+ ){0,5}(?i:officer|manager|assistant|head of|director|co-?ordinator|clerk|auditor|adviser|advisor"
    r"|inspector|worker|teacher|surveyor|engineer|planner|administrator|secretary|solicitor|consultant|practitioner"
    r"|supervisor|caretaker|warden|librarian|analyst|technician|governor|councillor|leader|chair)"
)
_INITIAL = regex.compile(r"\p{Lu}\.?\b")


class PersonByBlock(DeclaredPattern):
    """A line with a name above a street address, or above or beside a post: "Ivy Marsh / Head of Service".

    Its first word is a title, an initial or a common first name, because firms stand above addresses as well.
    """

    kind = "PERSON"
    part_of_kind = "by block"
    pattern = (
        rf"(?:\A|\n)[ \t]*(?P<value>(?:{TITLES}\.?[ ])?(?:{FULL_NAME}|{INITIALS}))[ \t]*\r?\n[ \t]*"
        r"(?=(?:Flat|FLAT|Apartment|Apt)[ ]?\d|\d{1,4}[A-Za-z]?,?[ ]\p{Lu}[\p{L}'\u2019-]+[ ])"
        rf"|(?:\A|\n)[ \t]*(?P<value>{FULL_NAME}|{INITIALS})[ \t]*(?:\r?\n[ \t]*|[ ]?[,|-][ ]){_POSTS}\b"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def valid(self, value: str) -> bool:
        name = bare_name(value)
        sure = name != value or bool(_INITIAL.match(name)) or is_first_name(name.split()[0])
        return sure and names_a_person(value)
