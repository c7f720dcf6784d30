"""Context: the words around a value, by characters and not by tokens, so that phrases of several words count."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from operator import attrgetter
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.context_aware_enhancers import ContextAwareEnhancer

from classifiers.columns.headings import Headings
from classifiers.layout import tables_in
from classifiers.phrases import lowered
from classifiers.recognizers.pattern import DeclaredPattern
from domain.content import Table


class WindowContext(ContextAwareEnhancer):  # type: ignore[misc]  # Presidio is untyped
    """Scores each result of a `DeclaredPattern` by the phrases near it, and drops those that needed one and had none.

    Presidio's own enhancer compares single lemmas, so that its "national insurance" never matches.
    """

    def __init__(self) -> None:
        super().__init__(0, 0, 0, 0)

    def enhance_using_context(
        self,
        text: str,
        raw_results: list[RecognizerResult],
        nlp_artifacts: Any,
        recognizers: list[EntityRecognizer],
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        del context
        if not raw_results:
            return []
        seen = _Surroundings(text, tables_in(nlp_artifacts))
        results_of: dict[str, list[RecognizerResult]] = {}
        for result in raw_results:
            results_of.setdefault(_id_of(result), []).append(result)
        kept = []
        for recognizer in recognizers:
            own = results_of.get(recognizer.id, [])
            kept += _scored(own, recognizer, seen) if isinstance(recognizer, DeclaredPattern) else own
        return kept


class _Surroundings:
    """One text, lowered once for all recognisers, and its tables."""

    def __init__(self, text: str, tables: tuple[Table, ...]) -> None:
        self.text, self._tables = text, tables
        self.lowered = lowered(text)

    @cached_property
    def headings(self) -> Headings:
        return Headings.of(self.text, self._tables)

    def hold(self, search: Callable[[str, int, int], object], start: int, end: int, low: int, high: int) -> bool:
        """Whether one of the phrases stands between `low` and `start`, or `end` and `high`, or heads the column."""
        if search(self.lowered, low, start) or search(self.lowered, end, self._word_end(high)):
            return True
        heading = lowered(self.headings.over(start)).replace("_", " ")
        return bool(heading and search(heading, 0, len(heading)))

    def _word_end(self, offset: int) -> int:
        """Where the word that `offset` cuts ends: "card" is not in "cardboard"."""
        offset = min(offset, len(self.lowered))
        while offset < len(self.lowered) and self.lowered[offset].isalnum():
            offset += 1
        return offset


def _scored(
    results: list[RecognizerResult], recognizer: DeclaredPattern, seen: _Surroundings
) -> list[RecognizerResult]:
    kept = []
    previous_end = 0
    search = recognizer.phrase_in
    for result in sorted(results, key=attrgetter("start")):
        low = max(0, result.start - recognizer.before)
        if not recognizer.context_is_shared:
            low = max(low, previous_end)
        high = result.end + recognizer.after
        found = search is not None and seen.hold(search, result.start, result.end, low, high)
        previous_end = result.end
        score = recognizer.score(seen.text[result.start : result.end], found)
        if score is not None:
            result.score = score
            kept.append(result)
    return kept


def _id_of(result: RecognizerResult) -> str:
    return str(result.recognition_metadata[RecognizerResult.RECOGNIZER_IDENTIFIER_KEY])
