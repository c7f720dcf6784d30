from __future__ import annotations

from classifiers.recognizers.names import PLACE_OR_BODY, could_be_a_person, is_first_name, is_only_a_name
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
        return is_only_a_name(forename) and could_be_a_person(value)


class PersonByInitials(DeclaredPattern):
    """Initials with their points, and a surname: "J. Whitlock", "C.B. Barker"."""

    kind = "PERSON"
    part_of_kind = "by initials"
    pattern = rf"(?<![\w@/.'\u2019-]|\d )(?P<value>(?:\p{{Lu}}\.[ ]?){{1,3}}{_SURNAME})(?![\w@]|\.\w)"
    score_alone = 0.65
    score_with_context = 0.65

    def valid(self, value: str) -> bool:
        surname = value.rpartition(".")[2].strip()
        named = not is_first_name(surname) or is_only_a_name(surname)
        return named and len(surname) > 2 and surname.lower() not in PLACE_OR_BODY and could_be_a_person(surname)
