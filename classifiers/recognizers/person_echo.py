from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from classifiers.overlap import Hit
from classifiers.recognizers.names import bare_name, folded, followed_by_place_or_body, is_ordinary

PERSON_BY_ECHO = "PERSON:by echo"
SCORE = 0.65
SURE_ENOUGH = 0.65
MOST_WORDS = 5_000
_WORD = regex.compile(r"(?<![\w@/.'\u2019-])\p{Lu}[\p{L}'\u2019-]+?(?=['\u2019]s\b|(?![\w@'\u2019-]))")


def words_of_names(text: str, hits: Iterable[Hit]) -> set[str]:
    """The words of the names among the hits that could be nothing else: no short ones, no ordinary ones."""
    names = (bare_name(text[hit.start : hit.end]) for hit in hits if hit.kind == "PERSON" and hit.score >= SURE_ENOUGH)
    words = (folded(word) for name in names for word in name.replace(",", " ").split())
    return set(islice((word for word in words if len(word) > 2 and not is_ordinary(word)), MOST_WORDS))


class NamesMet(NlpArtifacts):  # type: ignore[misc]  # Presidio is untyped
    """No language at all, but the words of the names that the document was found to hold so far, folded."""

    def __init__(self, words: frozenset[str], engine: NlpEngine) -> None:
        super().__init__([], [], [], [], engine, "en")
        self.words = words


class PersonByEcho(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """A word of a name that was found elsewhere in the document: "Colm" where "Colm Fitzgerald" stands above."""

    def __init__(self) -> None:
        super().__init__([PERSON_BY_ECHO], context=[])

    def load(self) -> None:
        """Nothing: the names come with the text."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        return [
            RecognizerResult("PERSON", *word.span(), SCORE, recognition_metadata={})
            for word in _WORD.finditer(text)
            if folded(word[0]) in nlp_artifacts.words and not followed_by_place_or_body(text, word.end())
        ]
