from __future__ import annotations

from typing import Any

from presidio_analyzer import RecognizerResult

from classifiers.recognizers.names import (
    ANY_NAME,
    TITLES,
    bare_name,
    could_be_a_person,
    followed_by_place_or_body,
    is_historic,
)
from classifiers.recognizers.pattern import DeclaredPattern

_BRANDS = frozenset((
    "mr sheen", "mr muscle", "mr kipling", "mr whippy", "mr men", "miss dior", "miss selfridge", "dr martens",
    "dr pepper", "dr oetker", "dr beckmann", "dr scholl", "mrs beeton", "uncle ben", "lady godiva",
    "lord mayor",
))  # fmt: skip


class PersonByTitle(DeclaredPattern):
    """A title and a surname, perhaps with first names: "Mrs Adeyemi", "Dr J. Whitlock". The title is in the span."""

    kind = "PERSON"
    part_of_kind = "by title"
    pattern = (
        rf"(?<![\w-]|Cyngor |CYNGOR )(?:{TITLES}|MRS?|MISS|MS|DR|CLLR|COUNCILLOR|PROF|REV|SIR|LADY)\.?[ \u00a0]"
        r"(?:(?:and|&)[ \u00a0]Mrs\.?[ \u00a0])?"
        rf"{ANY_NAME}(?![\w@=]|[.:/]\w)"
    )
    score_alone = 0.8
    score_with_context = 0.8

    def valid(self, value: str) -> bool:
        return could_be_a_person(bare_name(value)) and value.lower() not in _BRANDS

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
