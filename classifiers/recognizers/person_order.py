from __future__ import annotations

from typing import Any

from presidio_analyzer import RecognizerResult

from classifiers.recognizers.names import (
    PLACE_OR_BODY,
    could_be_a_person,
    followed_by_place_or_body,
    is_first_name,
    is_only_a_name,
    is_surname,
)
from classifiers.recognizers.pattern import DeclaredPattern

_CAPITALS = r"(?:(?:MC|MAC|O['\u2019]|D['\u2019])?\p{Lu}{2,}(?:[-'\u2019 ]\p{Lu}{2,}){0,2})"
_FORENAME = r"\p{Lu}\p{Ll}+(?:-\p{Lu}?\p{Ll}+)?"
_SURNAME = r"(?:Mc|Mac|O['\u2019]|D['\u2019])?\p{Lu}\p{Ll}+(?:[-'\u2019]\p{Lu}?\p{Ll}+)?"


class PersonSurnameFirst(DeclaredPattern):
    """A name as registers write it: "MARSH Ivy Anne", "Marsh, Ivy"."""

    kind = "PERSON"
    part_of_kind = "surname first"
    pattern = (
        rf"(?<![\w@/.-])(?P<value>{_CAPITALS},?[ ]{{1,2}}{_FORENAME}(?:[ ](?:{_FORENAME}|\p{{Lu}}\.?(?!\w))){{0,2}}"
        rf"|{_SURNAME},[ ](?:(?:Mr|Mrs|Ms|Miss|Dr)\.?[ ])?{_FORENAME}(?:[ ]\p{{Lu}}\.?(?!\w))?"
        r"(?=[ ]*(?:[\n\r\t;(|]|$)))"
        r"(?![\w@])"
    )
    score_alone = 0.7
    score_with_context = 0.7

    def valid(self, value: str) -> bool:
        words = value.replace(",", " ").split()
        forename = next((word for word in words[1:] if not word.isupper() and word not in ("Mr", "Mrs")), "")
        surname = value.replace(",", " ").split()[0]
        sure = is_only_a_name(forename) or (is_first_name(forename) and is_surname(surname))
        return sure and (could_be_a_person(value) or is_surname(surname))


_NUMBERING = frozenset(("A.", "B.", "C.", "Q."))
"""What questions, answers and points of a list begin with: behind it only what is in the list of surnames."""


class PersonByInitials(DeclaredPattern):
    """Initials with their points, and a surname: "J. Whitlock", "C.B. Barker"."""

    kind = "PERSON"
    part_of_kind = "by initials"
    pattern = rf"(?<![\w@/.'\u2019-]|\d )(?P<value>(?:\p{{Lu}}\.[ ]?){{1,3}}{_SURNAME})(?![\w@]|\.\w)"
    score_alone = 0.65
    score_with_context = 0.65

    def valid(self, value: str) -> bool:
        surname = value.rpartition(".")[2].strip()
        if value[:2] in _NUMBERING and not is_surname(surname):
            return False
        named = not is_first_name(surname) or is_only_a_name(surname) or is_surname(surname)
        body = surname.lower() in PLACE_OR_BODY and not is_surname(surname)
        return named and len(surname) > 2 and not body and could_be_a_person(surname)

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """As any pattern, without "T. H. Pollard & Sons"."""
        results = super().analyze(text, entities, nlp_artifacts, regex_flags)
        return [result for result in results if not followed_by_place_or_body(text, result.end)]
