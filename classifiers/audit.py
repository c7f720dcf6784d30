"""Presidio as it ships, beside the cascade: how many places one of them marks and the other does not."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from typing import TypeAlias

os.environ.setdefault("REGEX_TIMEOUT_SECONDS", "1")  # as in classifiers/presidio.py, whichever is imported first

import tldextract
from presidio_analyzer import AnalyzerEngine
from presidio_analyzer.nlp_engine import SpacyNlpEngine

from classifiers.classifier import Classifier
from classifiers.models import load_model
from domain.content import Content
from domain.cover import Cover, Span
from domain.finding import Finding

MOST_CHARACTERS = 20_000
"""Of one content: stock Presidio takes seconds for these."""

LEAST_SCORE = 0.4
"""Below this stock Presidio marks whatever has the form of an American account number."""

Marks: TypeAlias = Iterable[tuple[str, Span]]
"""Types of entity with their places in a text."""


@dataclass(frozen=True, slots=True)
class Sides:
    """By type of entity: how many places were marked, and of how many the other side marked less than half."""

    marked: Counter[str] = field(default_factory=Counter)
    alone: Counter[str] = field(default_factory=Counter)

    def add(self, marks: Marks, others: Iterable[Span]) -> None:
        cover = Cover(others)
        for kind, span in marks:
            self.marked[kind] += 1
            self.alone[kind] += not cover.holds(span)


class Audit:
    """A classifier that finds what the cascade finds, and counts where stock Presidio marks something else.

    Counts only: no value and no place is kept. Of `cut` contents only the beginning is compared; `sampled` ones are
    not compared, because the cascade does not mark every row of them.
    """

    def __init__(self, cascade: Classifier, stock: Callable[[str], Marks]) -> None:
        self._cascade, self._marks_of_stock = cascade, stock
        self.stock, self.cascade = Sides(), Sides()
        self.contents = self.characters = self.cut = self.sampled = 0

    @property
    def version(self) -> str:
        return self._cascade.version

    def find(self, content: Content) -> tuple[Finding, ...]:
        if not content.text:
            return ()
        beginning = _beginning(content)
        findings = self._cascade.find(beginning)
        if any(finding.sampled for finding in findings):
            self.sampled += 1
        else:
            self._compare(beginning.text, findings)
            self.characters += len(beginning.text)
            self.cut += len(beginning.text) < len(content.text)
        self.contents += 1
        return findings

    def _compare(self, text: str, findings: Iterable[Finding]) -> None:
        stock = list(self._marks_of_stock(text))
        cascade = [(finding.kind, span) for finding in findings for span in finding.spans]
        self.stock.add(stock, (span for _, span in cascade))
        self.cascade.add(cascade, (span for _, span in stock))


def stock_presidio(model: str) -> Callable[[str], Marks]:
    """Presidio with the recognisers that it ships switched on for English, and the whole of this language model.

    All of them are local. Its recogniser of e-mail addresses asks a library for the ends of domains, which fetches a
    list of them unless it is told to do with the one it has. Raises ConfigurationError where there is no such model.
    """
    tldextract.tldextract.TLD_EXTRACTOR = tldextract.TLDExtract(cache_dir=None, suffix_list_urls=())
    folder = str(load_model(model).path)
    engine = AnalyzerEngine(nlp_engine=SpacyNlpEngine([{"lang_code": "en", "model_name": folder}]))

    def marks(text: str) -> Marks:
        found = engine.analyze(text, "en", score_threshold=LEAST_SCORE)
        return [(hit.entity_type, (hit.start, hit.end)) for hit in found]

    return marks


def _beginning(content: Content) -> Content:
    """No more of the text than is compared, with its tables."""
    end = min(len(content.text), MOST_CHARACTERS)
    tables = (replace(table, end=min(table.end, end)) for table in content.tables if table.start < end)
    return replace(content, text=content.text[:end], tables=tuple(tables), rest=())
