from __future__ import annotations

from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult

from classifiers.recognizers.names import NOT_NAMES, PLACE_OR_BODY, followed_by_place_or_body, is_historic

PERSON_BY_MODEL = "PERSON:by model"
"""What Presidio is asked for; reported as PERSON. Its own name, so that the model runs only where it is asked."""
SCORE = 0.6
_NAME_SHAPE = regex.compile(r"\p{Lu}[\p{L}\p{M}.'\u2019 \u00a0-]*[\p{L}.]")


class PersonByModel(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """Names the language model sees, of two words or more; never surer than a rule, because it is often wrong.

    What the model calls a person is dropped where it holds a digit, a sign or a line's end, begins in lower case, or
    is followed by a word that makes it a street or an organisation.
    """

    def __init__(self) -> None:
        super().__init__([PERSON_BY_MODEL], context=[])

    def load(self) -> None:
        """Nothing: the model is the engine's."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        spans = ((span.start, span.end) for span in nlp_artifacts.entities)
        return [
            RecognizerResult("PERSON", start, end, SCORE, recognition_metadata={})
            for start, end in spans
            if _is_a_name(text[start:end])
            and not followed_by_place_or_body(text, end)
            and not is_historic(text, start, end)
        ]


def _is_a_name(value: str) -> bool:
    words = value.lower().split()
    known = NOT_NAMES | PLACE_OR_BODY
    return len(words) >= 2 and bool(_NAME_SHAPE.fullmatch(value)) and known.isdisjoint(words)
