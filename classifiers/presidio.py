"""Detection by Microsoft Presidio, with recognisers, context and a language engine for British councils."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

os.environ.setdefault("REGEX_TIMEOUT_SECONDS", "1")  # Presidio reads it once, at import; its own default is a minute

from presidio_analyzer import RecognizerResult

from classifiers.chunks import Chunk, Stretch, chunks_of, stretches_of
from classifiers.columns.sampling import Sampling
from classifiers.columns.settling import settle_columns
from classifiers.detector import detector_version
from classifiers.engine import Engine
from classifiers.gate import Gate
from classifiers.names_engine import NamesEngine
from classifiers.overlap import Hit, settle
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.recognizers.person_echo import PERSON_BY_ECHO, words_of_names
from classifiers.recognizers.person_model import PERSON_BY_MODEL
from classifiers.registry import kinds_by_term, kinds_without_pattern, registry
from classifiers.risk import could_be_personal
from classifiers.seen import Seen
from classifiers.tally import Tally
from classifiers.user_defined import Definition
from domain.content import Content
from domain.finding import Finding
from domain.privacy import FingerprintKey

AUTHORS = 0.5


class PresidioClassifier:
    """One analyzer engine, asked in steps (ADR 0007): for what rules find, for names, for names once more by their
    words, and for special categories.

    Each later question is asked only where the answer could matter: names where a rule found something, special
    categories where the document is personal.
    """

    def __init__(self, key: FingerprintKey, model: str | None, of_site: tuple[Definition, ...] = ()) -> None:
        """`model` is a name of `classifiers.models.MODELS`, or None for rules alone; it is loaded here, once."""
        self._key, self._model, self._of_site = key, model, of_site
        self._names = NamesEngine(model)
        recognizers = registry(of_site)
        self._engine = Engine(recognizers, self._names)
        patterns = [rule for rule in recognizers.recognizers if isinstance(rule, DeclaredPattern)]
        for pattern in patterns:
            pattern.prepare()
        self._gate = Gate(patterns)
        self._always, self._terms = kinds_without_pattern(), kinds_by_term()
        self._seen = Seen()

    @property
    def version(self) -> str:
        return detector_version(self._model, self._of_site)

    def find(self, content: Content) -> tuple[Finding, ...]:
        """One finding for each kind that the text holds, by kind.

        Raises `ItemTroubleError` (timeout, "pattern") where a pattern ran out of time.
        """
        tally, sampling = Tally(self._key), Sampling(self._gate.open_to, _latest(content), self._gate.in_cells)
        names: set[str] = set()
        for stretch in stretches_of(content):
            sample = sampling.take(stretch.content, stretch.tables)
            part = Stretch(sample.content, 0, len(sample.text))
            values = list(settle_columns(self._values(part, names), sample.text, sample.tables))
            sampling.count(sample, values)
            tally.add(stretch.content, _as_placed(stretch, stretch.own(sample.originals(values))))
            if could_be_personal(tally.outline()):
                terms = settle(self._seen.hits(part, "terms", self._by_term))
                sampling.count(sample, terms)
                tally.add(stretch.content, stretch.own(sample.originals(terms)))
        return tally.findings(sampling.beyond() if sampling.is_sampled else None)

    def _values(self, part: Stretch, names: set[str]) -> list[Hit]:
        """Everything but terms; nobody is looked for by name where no rule found anything. Adds to `names`, the words
        of names met so far.
        """
        hits = self._seen.hits(part, "rules", self._by_rule)
        if not hits and not names:
            return []
        people = settle([*hits, *self._seen.hits(part, "people", lambda stretch: self._people(stretch, hits))])
        names |= words_of_names(part.content.text, people)
        return settle([*people, *self._echoes(part, frozenset(names))])

    def _by_rule(self, stretch: Stretch) -> Iterator[Hit]:
        for chunk in chunks_of(stretch.content.text, stretch.tables):
            headings = [heading for table in chunk.tables for heading in table.columns]
            yield from self._ask(chunk, [*self._gate.open_to(chunk.text, headings), *self._always])

    def _by_term(self, stretch: Stretch) -> Iterator[Hit]:
        for chunk in chunks_of(stretch.content.text, stretch.tables):
            yield from self._ask(chunk, self._terms)

    def _ask(self, chunk: Chunk, names: list[str]) -> Iterator[Hit]:
        layout = self._names.layout(chunk.tables)
        results = self._engine.ask(chunk.text, names, layout)
        return (_hit(result, chunk.shift) for result in results if chunk.answers_for(result.start))

    def _people(self, stretch: Stretch, known: Sequence[Hit]) -> list[Hit]:
        """People by the language model, where what is `known` does not account for everything that could be a name."""
        if self._model is None:
            return []
        text = stretch.content.text
        results = self._engine.ask(text, [PERSON_BY_MODEL], self._names.people(text, known))
        return [_hit(result, 0) for result in results]

    def _echoes(self, stretch: Stretch, names: frozenset[str]) -> list[Hit]:
        """The names of people that stand elsewhere in the document, met again by one of their words."""
        if not names:
            return []
        results = self._engine.ask(stretch.content.text, [PERSON_BY_ECHO], self._names.met(names))
        return [_hit(result, 0) for result in results]


def _latest(content: Content) -> date | None:
    """The latest date that is known of a content."""
    return max((dated.on for dated in content.dates), default=None)


def _as_placed(stretch: Stretch, hits: Iterable[Hit]) -> Iterator[Hit]:
    """The hits, of which names among a document's properties are no more than a hint: every file has an author."""
    content = stretch.content
    if not any(place.name == "properties" for place in content.places):
        yield from hits
        return
    for hit in hits:
        is_authors = hit.kind == "PERSON" and content.place_at(hit.start + content.start) == "properties"
        yield hit._replace(score=min(hit.score, AUTHORS)) if is_authors else hit


def _hit(result: RecognizerResult, shift: int) -> Hit:
    return Hit(result.start + shift, result.end + shift, result.entity_type, result.score)
