"""The classifier's road for tables by itself: sampled, judged, searched, settled and counted."""

from __future__ import annotations

from collections import Counter

from presidio_analyzer import AnalyzerEngine, RecognizerRegistry

from classifiers.chunks import stretches_of
from classifiers.columns.sampling import Sampling
from classifiers.columns.settling import settle_columns
from classifiers.context import WindowContext
from classifiers.gate import Gate
from classifiers.layout import Layout
from classifiers.names_engine import NamesEngine
from classifiers.overlap import Hit, settle
from classifiers.recognizers.column import ByColumn
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.registry import registry
from domain.content import Content
from domain.privacy import normal_form


class TableRoad:
    def __init__(self):
        rules = [rule for rule in registry().recognizers if isinstance(rule, DeclaredPattern)]
        recognizers = RecognizerRegistry([*rules, ByColumn()], global_regex_flags=0)
        self.gate = Gate(rules).open_to
        self._names = NamesEngine(None)
        self._engine = AnalyzerEngine(recognizers, self._names, context_aware_enhancer=WindowContext())
        self._asked = [*(rule.asked_as for rule in rules), "PERSON"]

    def hits(self, text, tables=()):
        results = self._engine.analyze(text, "en", entities=self._asked, nlp_artifacts=Layout(tables, self._names))
        found = settle(Hit(result.start, result.end, result.entity_type, result.score) for result in results)
        return list(settle_columns(found, text, tables))

    def found(self, content: Content) -> tuple[Counter[str], Counter[str], list[int]]:
        """Distinct values by kind as found; those reckoned beyond; and how long each stretch's sample is."""
        sampling, values, lengths = Sampling(self.gate), {}, []
        for stretch in stretches_of(content):
            sample = sampling.take(stretch.content, stretch.tables)
            hits = self.hits(sample.text, sample.tables)
            sampling.count(sample, hits)
            lengths.append(len(sample.text))
            for hit in stretch.own(sample.originals(hits)):
                value = stretch.content.text[hit.start : hit.end]
                values.setdefault(hit.kind, set()).add(normal_form(hit.kind, value))
        counted = Counter({kind: len(of_kind) for kind, of_kind in values.items()})
        return counted, Counter(sampling.beyond()), lengths
