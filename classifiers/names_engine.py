"""The language engine Presidio asks: names on candidate lines, or nothing where no model is installed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from classifiers.candidates import Group, candidate_groups
from classifiers.layout import Layout
from classifiers.models import load_model
from classifiers.overlap import Hit
from classifiers.recognizers.person_echo import NamesMet
from domain.content import Table


@dataclass(frozen=True, slots=True)
class NameSpan:
    """A stretch of the document that the model calls a person."""

    start: int
    end: int


class NamesEngine(NlpEngine):  # type: ignore[misc]  # Presidio is untyped
    """spaCy for names only. It makes neither tokens nor lemmas: context here is read by characters."""

    def __init__(self, model: str | None) -> None:
        self._pipeline: Any = load_model(model) if model else None

    def process_text(self, text: str, language: str) -> NlpArtifacts:
        """The people on the text's candidate lines, as far as the budget of one document goes."""
        return self.people(text, (), language)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        del batch_size, n_process, kwargs
        return ((text, self.process_text(text, language)) for text in texts)

    def layout(self, tables: tuple[Table, ...]) -> Layout:
        """What is passed where no names are asked for: where the text's tables are, as far as the reader knew."""
        return Layout(tables, self)

    def met(self, words: frozenset[str]) -> NamesMet:
        """What is passed where names are looked for of which a word is known."""
        return NamesMet(words, self)

    def people(self, text: str, known: Sequence[Hit], language: str = "en") -> NlpArtifacts:
        """As `process_text`, without the lines whose capitals are all part of something `known`."""
        return NlpArtifacts(list(self._names(text, known)), [], [], [], self, language)

    def _names(self, text: str, known: Sequence[Hit]) -> Iterator[NameSpan]:
        groups = candidate_groups(text, known) if self._pipeline else []
        documents = self._pipeline.pipe(group.text for group in groups) if groups else ()
        for group, document in zip(groups, documents, strict=True):
            yield from _spans(group, document)

    def load(self) -> None:
        """Nothing: it is loaded when it is made."""

    def is_loaded(self) -> bool:
        return True

    def is_stopword(self, word: str, language: str) -> bool:  # noqa: ARG002  # the signature is Presidio's
        return False

    def is_punct(self, word: str, language: str) -> bool:  # noqa: ARG002  # the signature is Presidio's
        return False

    def get_supported_entities(self) -> list[str]:
        return ["PERSON"]

    def get_supported_languages(self) -> list[str]:
        return ["en"]


def _spans(group: Group, document: Any) -> Iterator[NameSpan]:
    for entity in document.ents:
        if entity.label_ == "PERSON" and "\n" not in entity.text:
            start = group.offset(entity.start_char)
            yield NameSpan(start, start + entity.end_char - entity.start_char)
