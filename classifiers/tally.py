"""From hits to findings: counted, placed and fingerprinted, and the values left behind."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice

from classifiers.overlap import Hit
from classifiers.people import distinct_people
from classifiers.recognizers.names import bare_name
from domain.content import Content
from domain.finding import KINDS, Category, Finding
from domain.privacy import FingerprintKey, normal_form, shape

MOST_SPANS = 10_000
MOST_FINGERPRINTS = 1_000
MOST_PLACES = 100
_OF_TERMS = frozenset({Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN})


@dataclass(slots=True)
class _Gathered:
    """What is kept of the hits of one kind: each value's first spelling by its normal form, the surest one's shape."""

    score: float = 0.0
    shape: str = ""
    places: dict[str, None] = field(default_factory=dict)
    spans: list[tuple[int, int]] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict, repr=False)

    def add(self, content: Content, hit: Hit) -> None:
        value = _value(content.text, hit)
        self.values.setdefault(normal_form(hit.kind, value), value)
        if hit.score > self.score:
            self.score, self.shape = hit.score, shape(value)
        if len(self.spans) < MOST_SPANS:
            self.spans.append((hit.start + content.start, hit.end + content.start))
        place = content.place_at(hit.start + content.start)
        if place is not None and len(self.places) < MOST_PLACES:
            self.places[place] = None


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
            self._kinds.setdefault(hit.kind, _Gathered()).add(content, hit)

    def findings(self, beyond: Mapping[str, int] | None = None) -> tuple[Finding, ...]:
        """The findings. With `beyond`, rows were left out, and the counts get what is reckoned to stand there."""
        found = (self._finding(kind, self._kinds[kind]) for kind in sorted(self._kinds))
        if beyond is None:
            return tuple(found)
        return tuple(replace(one, count=one.count + beyond.get(one.kind, 0), sampled=True) for one in found)

    def outline(self) -> tuple[Finding, ...]:
        """The findings so far without their fingerprints, which take the most time: enough for a verdict."""
        return tuple(self._finding(kind, self._kinds[kind], outline=True) for kind in sorted(self._kinds))

    def _finding(self, kind: str, gathered: _Gathered, *, outline: bool = False) -> Finding:
        is_value = KINDS[kind] not in _OF_TERMS
        fingerprints = self._fingerprints(kind, gathered) if is_value and not outline else {}
        return Finding(
            kind=kind,
            count=distinct_people(gathered.values.values()) if kind == "PERSON" else len(gathered.values),
            confidence=gathered.score,
            places=tuple(gathered.places),
            shape=gathered.shape if is_value else "",
            fingerprints=tuple(islice(fingerprints, MOST_FINGERPRINTS)),
            overflow=len(fingerprints) > MOST_FINGERPRINTS,
            spans=tuple(gathered.spans),
        )

    def _fingerprints(self, kind: str, gathered: _Gathered) -> dict[bytes, None]:
        """In the order met; one more than is kept where there are more."""
        found: dict[bytes, None] = {}
        for value in gathered.values.values():
            if len(found) > MOST_FINGERPRINTS:
                break
            found.update(dict.fromkeys(self._key.fingerprints(kind, value)))
        return found


def _value(text: str, hit: Hit) -> str:
    value = text[hit.start : hit.end]
    return bare_name(value) if hit.kind == "PERSON" else value
