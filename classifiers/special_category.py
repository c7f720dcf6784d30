"""Words of the special categories (UK GDPR Articles 9 and 10) and of safeguarding.

They are counted only where a document is personal: "diabetes" in a leaflet says nothing of anybody.
"""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult

from classifiers.context import lowered

SCORE = 0.7
_WORD = regex.compile(r"[^\W_]+")


@cache
def lexicons() -> dict[str, tuple[str, ...]]:
    """Terms by kind, in lower case, as classifiers/lexicons.toml has them."""
    text = resources.files("classifiers").joinpath("lexicons.toml").read_text(encoding="utf-8")
    return {kind: tuple(entry["terms"]) for kind, entry in tomllib.loads(text).items()}


class SpecialCategoryTerms(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """Terms of all lexicons in one pass over the text's words; whole words, the longest term that fits."""

    def __init__(self) -> None:
        super().__init__(list(lexicons()), context=[])
        self._by_first_word = _index(lexicons())

    def load(self) -> None:
        """Nothing: the lexicons are read when it is made."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities, nlp_artifacts
        lower = lowered(text)
        results = []
        for word in _WORD.finditer(lower):
            for term, kind in self._by_first_word.get(word.group(), ()):
                end = word.start() + len(term)
                if lower.startswith(term, word.start()) and not lower[end : end + 1].isalnum():
                    results.append(RecognizerResult(kind, word.start(), end, SCORE, recognition_metadata={}))
                    break
        return results


def _index(terms_of: dict[str, tuple[str, ...]]) -> dict[str, list[tuple[str, str]]]:
    index: dict[str, list[tuple[str, str]]] = {}
    for kind, terms in terms_of.items():
        for term in terms:
            first = _WORD.match(term)
            assert first is not None
            index.setdefault(first.group(), []).append((term, kind))
    return {word: sorted(terms, key=lambda entry: -len(entry[0])) for word, terms in index.items()}
