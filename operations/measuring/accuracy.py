"""How much of what labelled texts hold is found, and how much is made up: values in, values out.

A labelled value is found where what was told of its kind covers half of it or more. What was told is false where it
touches no labelled value of its kind. In a text whose long tables were sampled the places are not all told, so of it
only the numbers of values are compared.
"""

from __future__ import annotations

import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from classifiers.classifier import Classifier
from classifiers.risk import assess
from domain.content import Content
from domain.cover import Cover, Span
from domain.errors import ItemTroubleError, ProblemCode
from domain.examination import Assessment
from domain.finding import KINDS, Category, Finding
from domain.privacy import normal_form
from domain.rate import Rate, f2, share
from operations.measuring.gold import Gold

_OF_DOCUMENTS = frozenset({Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN})


class Topic(StrEnum):
    """What is counted apart. Each has a name within it: of a kind, of a family of documents, of a class."""

    KIND = "kind"
    ORIGIN = "origin"
    FAMILY = "family"
    CLASS = "class"


@dataclass(frozen=True, slots=True)
class Count:
    """Of what is labelled, `found` and `missed`; of what was told, `right` and `false`. `silent`: neither labelled nor
    told, which is only known of whole documents.
    """

    found: int = 0
    missed: int = 0
    right: int = 0
    false: int = 0
    silent: int = 0

    @property
    def labelled(self) -> int:
        return self.found + self.missed

    @property
    def precision(self) -> Rate | None:
        return share(self.right, self.right + self.false)

    @property
    def recall(self) -> Rate | None:
        return share(self.found, self.labelled)

    @property
    def f2(self) -> Rate | None:
        return f2(self.precision, self.recall)

    @property
    def false_per_1000(self) -> Rate | None:
        """Of a thousand documents that are labelled not to be so, how many are told to be."""
        rate = share(self.false, self.false + self.silent)
        return rate and rate.times(1000)

    def __add__(self, other: Count) -> Count:
        return Count(
            self.found + other.found, self.missed + other.missed, self.right + other.right, self.false + other.false,
            self.silent + other.silent,
        )  # fmt: skip


_Key: TypeAlias = tuple[Topic, str]


@dataclass(frozen=True, slots=True)
class Slip:
    """A miss, or a false hit: of a kind at a place in the text, or (with no place) of the whole document."""

    is_miss: bool
    name: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """What came of one text. `sampled`: kind → values told and values there. With `problem` it was not searched."""

    counts: Mapping[_Key, Count] = field(default_factory=dict)
    slips: tuple[Slip, ...] = ()
    sampled: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    problem: ProblemCode | None = None
    characters: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Accuracy:
    """What came of all of them. `problems`: why some were not searched; they are in no count."""

    documents: int
    problems: Mapping[ProblemCode, int]
    counts: Mapping[_Key, Count]
    sampled: Mapping[str, Sequence[tuple[int, int]]]
    characters: int
    seconds: float

    def of(self, topic: Topic) -> Mapping[str, Count]:
        return {name: count for (of, name), count in sorted(self.counts.items()) if of is topic}

    def total(self, topic: Topic, names: Iterable[str] | None = None) -> Count:
        counts = self.of(topic)
        return sum((counts.get(name, Count()) for name in (counts if names is None else names)), Count())


def scored_kinds(texts: Iterable[Gold]) -> frozenset[str]:
    """The kinds whose places are compared. A special category is said of a document: its places are, where labelled."""
    of_values = {kind for kind, category in KINDS.items() if category not in _OF_DOCUMENTS}
    return frozenset(of_values | {entity.type for gold in texts for entity in gold.entities})


def judge(gold: Gold, classifier: Classifier, kinds: frozenset[str]) -> Comparison:
    """Have the classifier search the text, and compare."""
    began = time.process_time()
    try:
        findings = classifier.find(Content(gold.text))
    except ItemTroubleError as trouble:
        return Comparison(problem=trouble.problem.code)
    seconds = time.process_time() - began
    counts: defaultdict[_Key, Count] = defaultdict(Count)
    slips: list[Slip] = []
    sampled = _sampled(gold, findings, kinds)
    told = {finding.kind: finding.spans for finding in findings}
    for kind in () if sampled else sorted(kinds):
        _compare_places(gold, kind, told.get(kind, ()), counts, slips)
    for key, labelled, is_told in _verdicts(gold, assess(findings)):
        counts[key] += _verdict(labelled, is_told)
        if labelled != is_told:
            slips.append(Slip(labelled, "personal" if key[0] is Topic.FAMILY else key[1]))
    return Comparison(counts, tuple(slips), sampled, None, len(gold.text), seconds)


def add_up(comparisons: Iterable[Comparison]) -> Accuracy:
    counts: defaultdict[_Key, Count] = defaultdict(Count)
    problems: Counter[ProblemCode] = Counter()
    sampled: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    documents, characters, seconds = 0, 0, 0.0
    for one in comparisons:
        documents, characters, seconds = documents + 1, characters + one.characters, seconds + one.seconds
        problems.update([one.problem] if one.problem else [])
        for key, count in one.counts.items():
            counts[key] += count
        for kind, numbers in one.sampled.items():
            sampled[kind].append(numbers)
    return Accuracy(documents, problems, counts, sampled, characters, seconds)


def _sampled(gold: Gold, findings: Iterable[Finding], kinds: frozenset[str]) -> dict[str, tuple[int, int]]:
    """Kind → how many different values were told, and are there; empty where nothing was sampled."""
    told = {finding.kind: finding.count for finding in findings if finding.kind in kinds}
    if not any(finding.sampled for finding in findings):
        return {}
    values: defaultdict[str, set[str]] = defaultdict(set)
    for entity in gold.entities:
        values[entity.type].add(normal_form(entity.type, gold.text[entity.start : entity.end]))
    return {kind: (told.get(kind, 0), len(values[kind])) for kind in sorted(kinds) if kind in told or values[kind]}


def _compare_places(
    gold: Gold, kind: str, told: Sequence[Span], counts: defaultdict[_Key, Count], slips: list[Slip]
) -> None:
    cover = Cover(told)
    labelled = [entity for entity in gold.entities if entity.type == kind]
    for entity in labelled:
        span = (entity.start, entity.end)
        is_found = cover.holds(span)
        counts[Topic.KIND, kind] += Count(found=is_found, missed=not is_found)
        if entity.origin is not None and kind == "PERSON":
            counts[Topic.ORIGIN, entity.origin] += Count(found=is_found, missed=not is_found)
        slips += [] if is_found else [Slip(True, kind, span)]
    there = Cover((entity.start, entity.end) for entity in labelled)
    for span in told:
        is_right = there.touches(span)
        counts[Topic.KIND, kind] += Count(right=is_right, false=not is_right)
        slips += [] if is_right else [Slip(False, kind, span)]


def _verdicts(gold: Gold, told: Assessment) -> Iterator[tuple[_Key, bool, bool]]:
    """What is labelled of the whole document, with what was told of it."""
    if gold.personal is not None:
        yield (Topic.FAMILY, gold.family), gold.personal, told.personal
    for name in () if gold.special is None else sorted({*gold.special, *told.special}):
        yield (Topic.CLASS, name), name in (gold.special or ()), name in told.special
    if gold.children is not None:
        yield (Topic.CLASS, "children"), gold.children, told.children
    if gold.criminal is not None:
        yield (Topic.CLASS, "criminal"), gold.criminal, told.criminal


def _verdict(labelled: bool, told: bool) -> Count:
    return Count(labelled and told, labelled and not told, labelled and told, told and not labelled,
                 not labelled and not told)  # fmt: skip
