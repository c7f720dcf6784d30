"""Presidio's engine without its detours, each of which costs more than what it goes round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from presidio_analyzer import AnalyzerEngine, EntityRecognizer, RecognizerRegistry, RecognizerResult

from classifiers.context import WindowContext
from classifiers.names_engine import NamesEngine


class Engine(AnalyzerEngine):  # type: ignore[misc]  # Presidio is untyped
    """An analyzer engine that is asked for some of its recognisers at a time, over and over.

    `ask` gives what `analyze` does, of recognisers that do not enhance their own results: which recognisers find what
    is looked up once, results are handed to the context enhancer at once rather than recogniser by recogniser, and
    duplicates are looked for among neighbours.
    """

    def __init__(self, recognizers: RecognizerRegistry, names: NamesEngine) -> None:
        super().__init__(recognizers, names, context_aware_enhancer=WindowContext())
        self._ranks: dict[str, list[int]] = defaultdict(list)
        for rank, recognizer in enumerate(recognizers.recognizers):
            for name in recognizer.supported_entities:
                self._ranks[name].append(rank)

    def ask(self, text: str, names: Iterable[str], artifacts: Any) -> list[RecognizerResult]:
        """What the recognisers of these names find in a text, with its context."""
        ranks = sorted({rank for name in names for rank in self._ranks[name]})
        asked = [self.registry.recognizers[rank] for rank in ranks]
        found = [result for recognizer in asked for result in _found(recognizer, text, artifacts)]
        return list(_outermost(self.context_aware_enhancer.enhance_using_context(text, found, artifacts, asked)))


def _found(recognizer: EntityRecognizer, text: str, artifacts: Any) -> Sequence[RecognizerResult]:
    """The results of one recogniser, each with the name of who found it."""
    results: Sequence[RecognizerResult] = recognizer.analyze(text, recognizer.supported_entities, artifacts)
    for result in results:
        if not result.recognition_metadata:
            result.recognition_metadata = {RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: recognizer.id}
    return results


def _outermost(results: Iterable[RecognizerResult]) -> Iterator[RecognizerResult]:
    """The results without those that lie in another of their kind that is as sure."""
    by_place = sorted(results, key=lambda result: (result.entity_type, result.start, -result.end, -result.score))
    for _, of_kind in groupby(by_place, key=lambda result: result.entity_type):
        around: list[RecognizerResult] = []
        for result in of_kind:
            around = [other for other in around if other.end >= result.start]
            if not any(result.end <= other.end and result.score <= other.score for other in around):
                around.append(result)
                yield result
