"""From hits to findings: counted, placed and fingerprinted, and the values left behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from classifiers.overlap import Hit
from classifiers.people import people_of
from classifiers.recognizers.names import bare_name
from domain.content import Content
from domain.finding import KINDS, Category, Finding
from domain.privacy import FingerprintKey, name_forms, normal_form, shape

MOST_SPANS = 10_000
MOST_FINGERPRINTS = 1_000
MOST_PLACES = 100
_OF_TERMS = frozenset({Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN})


@dataclass(slots=True)
class _Gathered:
    """What is kept of the hits of one kind: each value's first spelling by its normal form, the surest one's shape."""

    kind: str
    score: float = 0.0
    shape: str = ""
    places: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict, repr=False)
    _spellings: set[str] = field(default_factory=set, repr=False)
    _people: tuple[int, int] = (0, 0)

    def add(self, content: Content, hit: Hit) -> None:
        value = content.text[hit.start : hit.end]
        if value not in self._spellings:
            self._spellings.add(value)
            self._take(value)
        if hit.score > self.score:
            self.score, self.shape = hit.score, shape(self._bare(value))
        if len(self.spans) < MOST_SPANS:
            self.spans.append((hit.start + content.start, hit.end + content.start))
        place = content.place_at(hit.start + content.start) if content.places else None
        if place is not None and len(self.places) < MOST_PLACES:
            self.places[place] = None

    def count(self) -> int:
        """How many values, or how many people, which are counted again only where there are more names."""
        if self.kind != "PERSON":
            return len(self.values)
        if self._people[0] != len(self.values):
            self._people = (len(self.values), people_of(self.values))
        return self._people[1]

    def fingerprints(self, key: FingerprintKey) -> dict[bytes, None]:
        """In the order met; one more than is kept where there are more."""
        found: dict[bytes, None] = {}
        for form, value in self.values.items():
            if len(found) > MOST_FINGERPRINTS:
                break
            forms = name_forms(value) if self.kind == "PERSON" else (form,)
            found.update((key.of_form(self.kind, form), None) for form in forms)
        return found

    def _take(self, value: str) -> None:
        bare = self._bare(value)
        self.values.setdefault(normal_form(self.kind, bare), bare)

    def _bare(self, value: str) -> str:
        return bare_name(value) if self.kind == "PERSON" else value


class Tally:
    """One finding a kind, over all the stretches of a text.

    `count` is the number of distinct values by their normal form, and of people the number of them rather than of
    their spellings; the spans are every place in order, up to 10,000; fingerprints and places are those met first, up
    to 1,000 and 100. A term of a lexicon is no one's value, so those findings have neither shape nor fingerprint.
    """

    def __init__(self, key: FingerprintKey) -> None:
        self._key = key
        self._kinds: dict[str, _Gathered] = {}

    @property
    def is_empty(self) -> bool:
        return not self._kinds

    def add(self, content: Content, hits: Iterable[Hit]) -> None:
        """Count hits, whose offsets are those in this stretch."""
        for hit in sorted(hits):
            if hit.kind not in self._kinds:
                self._kinds[hit.kind] = _Gathered(hit.kind)
            self._kinds[hit.kind].add(content, hit)

    def findings(self, beyond: Mapping[str, int] | None = None) -> tuple[Finding, ...]:
        """The findings. With `beyond`, rows were left out, and the counts get what is reckoned to stand there."""
        found = (self._finding(self._kinds[kind]) for kind in sorted(self._kinds))
        if beyond is None:
            return tuple(found)
        return tuple(replace(one, count=one.count + beyond.get(one.kind, 0), sampled=True) for one in found)

    def outline(self) -> tuple[Finding, ...]:
        """The findings so far without their fingerprints, which take the most time: enough for a verdict."""
        return tuple(self._finding(self._kinds[kind], outline=True) for kind in sorted(self._kinds))

    def _finding(self, gathered: _Gathered, *, outline: bool = False) -> Finding:
        is_value = KINDS[gathered.kind] not in _OF_TERMS
        fingerprints = gathered.fingerprints(self._key) if is_value and not outline else {}
        return Finding(
            kind=gathered.kind,
            count=gathered.count(),
            confidence=gathered.score,
            places=tuple(gathered.places),
            shape=gathered.shape if is_value else "",
            fingerprints=tuple(islice(fingerprints, MOST_FINGERPRINTS)),
            overflow=len(fingerprints) > MOST_FINGERPRINTS,
            spans=tuple(gathered.spans),
        )
