from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import regex
from presidio_analyzer import RecognizerResult

from classifiers.recognizers.names import (
    ANY_NAME,
    TITLES,
    bare_name,
    could_be_a_person,
    followed_by_place_or_body,
    is_a_name_word,
    is_historic,
    is_only_a_name,
    is_only_a_surname,
    is_ordinary,
    is_surname,
    length_in_capitals,
)
from classifiers.recognizers.pattern import DeclaredPattern

_POLICE = "PC|PCSO|WPC|DC|DS|DI|DCI|Sgt|Insp"
_NO_OFFICERS = frozenset(("World", "Comics", "Box", "Monitor", "Tools"))
_RANKS = (
    "PS|Sergeant|Inspector|Constable|Superintendent|Nurse|Sister|Father|Fr|Rabbi|Imam"
    "|Canon|Judge|Justice|Ald|Alderman|Baroness|Capt|Captain|Major|Colonel|Col|Lieutenant|Cpl|Pastor|Deacon|Bishop|Mstr"
    "|Master|Matron|Midwife|Magistrate|Recorder|Sheikh|Maulana|Hon|Messrs|Cllrs|Officer|Detective|Madam|Mme|Brother"
)
BY_RANK = 0.7
_OF_ANYBODY = regex.compile(r"(?i:mr|mrs|ms|miss|mx|dr|cllr)\b")
_BRANDS = frozenset((
    "mr sheen", "mr muscle", "mr kipling", "mr whippy", "mr men", "miss dior", "miss selfridge", "dr martens",
    "dr pepper", "dr oetker", "dr beckmann", "dr scholl", "mrs beeton", "uncle ben", "lady godiva",
    "lord mayor",
))  # fmt: skip


class PersonByTitle(DeclaredPattern):
    """A title and a surname, perhaps with first names: "Mrs Adeyemi", "Dr J. Whitlock". The title is in the span.

    Behind a rank or an office ("PC Brook") only what the lists of names have.
    """

    kind = "PERSON"
    part_of_kind = "by title"
    pattern = (
        rf"(?<![\w-]|Cyngor |CYNGOR )(?:(?P<value>(?:{TITLES}|MRS?|MISS|MS|DR|CLLR|COUNCILLOR|PROF|REV|SIR|LADY)\.?"
        r"[ \u00a0]{1,2}(?:(?:and|&)[ \u00a0]Mrs\.?[ \u00a0])?"
        rf"{ANY_NAME})(?![\w@=]|[.:/]\w)"
        rf"|(?P<rank>(?P<police>{_POLICE})|{_RANKS})\.?[ \u00a0](?P<value>{ANY_NAME})(?![\w@=]|[.:/]\w))"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def length(self, value: str) -> int:
        """In capitals the name ends where its words do."""
        return length_in_capitals(value) if value.isupper() else len(value)

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Behind a rank what lists of names have; behind a constable's any single surname."""
        words = match["value"].replace(".", " ").split()
        is_officer = match["police"] and len(words) == 1 and not is_ordinary(words[0]) and words[0] not in _NO_OFFICERS
        known = (
            is_a_name_word(words[0])
            if len(words) == 1
            else any(is_only_a_name(w) or is_only_a_surname(w) for w in words)
        )
        if not match["rank"] or is_officer or known:
            yield match.start("value"), match.start("value") + self.length(match["value"])

    def valid(self, value: str) -> bool:
        name = bare_name(value)
        if value.startswith("MS ") and not name.isupper() and not is_a_name_word(name.split()[0]):
            return False  # "MS Teams"
        is_surname_alone = is_surname(name) and bool(_OF_ANYBODY.match(value))
        return (could_be_a_person(name) or is_surname_alone) and value.lower() not in _BRANDS

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the form is DeclaredPattern's
        return self.score_alone if bare_name(value) != value else BY_RANK

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """As any pattern, without "Lady Margaret Road", "Lord Whitlock School", and the squires of 1771."""
        results = super().analyze(text, entities, nlp_artifacts, regex_flags)
        return [
            result
            for result in results
            if not followed_by_place_or_body(text, result.end) and not is_historic(text, result.start, result.end)
        ]
