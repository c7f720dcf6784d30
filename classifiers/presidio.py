"""Detection by Microsoft Presidio, with recognisers, context and a language engine for British councils."""

from __future__ import annotations

import os
from collections.abc import Iterator

os.environ.setdefault("REGEX_TIMEOUT_SECONDS", "1")  # Presidio reads it once, at import; its own default is a minute

from presidio_analyzer import AnalyzerEngine, RecognizerResult

from classifiers.chunks import Chunk, Stretch, chunks_of, stretches_of
from classifiers.context import WindowContext
from classifiers.detector import detector_version
from classifiers.gate import Gate
from classifiers.names_engine import NamesEngine
from classifiers.overlap import Hit, settle
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.recognizers.person_model import PERSON_BY_MODEL
from classifiers.registry import kinds_by_term, kinds_without_pattern, registry
from classifiers.risk import assess
from classifiers.seen import Seen
from classifiers.tally import Tally
from domain.content import Content
from domain.finding import Finding
from domain.privacy import FingerprintKey

_KIND_OF = {PERSON_BY_MODEL: "PERSON"}


class PresidioClassifier:
    """One analyzer engine, asked up to three times: for rules, then for names, then for special categories.

    Each later question is asked only where the answer could matter: names where a rule found something, special
    categories where the document is personal.
    """

    def __init__(self, key: FingerprintKey, model: str | None) -> None:
        """`model` is a name of `classifiers.models.MODELS`, or None for rules alone; it is loaded here, once."""
        self._key, self._model = key, model
        self._names = NamesEngine(model)
        recognizers = registry()
        self._engine = AnalyzerEngine(recognizers, self._names, context_aware_enhancer=WindowContext())
        self._gate = Gate(rule for rule in recognizers.recognizers if isinstance(rule, DeclaredPattern))
        self._always, self._terms = kinds_without_pattern(), kinds_by_term()
        self._seen = Seen()

    @property
    def version(self) -> str:
        return detector_version(self._model)

    def find(self, content: Content) -> tuple[Finding, ...]:
        """One finding for each kind that the text holds, by kind.

        Raises `ItemTroubleError` (timeout, "pattern") where a pattern ran out of time.
        """
        tally = Tally(self._key)
        for stretch in stretches_of(content):
            hits = self._seen.hits(stretch, "rules", self._by_rule)
            if not hits and tally.is_empty:
                continue
            people = self._seen.hits(stretch, "people", self._people)
            tally.add(stretch.content, stretch.own(settle([*hits, *people])))
            if assess(tally.findings()).personal:
                tally.add(stretch.content, stretch.own(settle(self._seen.hits(stretch, "terms", self._by_term))))
        return tally.findings()

    def _by_rule(self, stretch: Stretch) -> Iterator[Hit]:
        for chunk in chunks_of(stretch.content.text, stretch.tables):
            headings = [heading for table in chunk.tables for heading in table.columns]
            yield from self._ask(chunk, [*self._gate.open_to(chunk.text, headings), *self._always])

    def _by_term(self, stretch: Stretch) -> Iterator[Hit]:
        for chunk in chunks_of(stretch.content.text, stretch.tables):
            yield from self._ask(chunk, self._terms)

    def _ask(self, chunk: Chunk, names: list[str]) -> Iterator[Hit]:
        layout = self._names.layout(chunk.tables)
        results = self._engine.analyze(chunk.text, "en", entities=names, nlp_artifacts=layout)
        return (_hit(result, chunk.shift) for result in results if chunk.answers_for(result.start))

    def _people(self, stretch: Stretch) -> list[Hit]:
        """People by the language model, over the stretch at once: only its candidate lines are read."""
        results = self._engine.analyze(stretch.content.text, "en", entities=[PERSON_BY_MODEL])
        return [_hit(result, 0) for result in results]


def _hit(result: RecognizerResult, shift: int) -> Hit:
    kind = _KIND_OF.get(result.entity_type, result.entity_type)
    return Hit(result.start + shift, result.end + shift, kind, result.score)
