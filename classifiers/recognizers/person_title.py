from __future__ import annotations

from typing import Any

from presidio_analyzer import RecognizerResult

from classifiers.recognizers.names import ANY_NAME, TITLES, bare_name, could_be_a_person, followed_by_place_or_body
from classifiers.recognizers.pattern import DeclaredPattern


class PersonByTitle(DeclaredPattern):
    """A title and a surname, perhaps with first names: "Mrs Adeyemi", "Dr J. Whitlock". The title is in the span."""

    kind = "PERSON"
    part_of_kind = "by title"
    pattern = (
        rf"(?<![\w-])(?:{TITLES}|MRS?|MISS|DR|CLLR)\.?[ \u00a0](?:(?:and|&)[ \u00a0]Mrs\.?[ \u00a0])?"
        rf"{ANY_NAME}(?![\w@])"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def valid(self, value: str) -> bool:
        return could_be_a_person(bare_name(value))

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """As any pattern, without "Lady Margaret Road" and "Lord Whitlock School"."""
        results = super().analyze(text, entities, nlp_artifacts, regex_flags)
        return [result for result in results if not followed_by_place_or_body(text, result.end)]
