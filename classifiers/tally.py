"""From hits to findings: counted, placed and fingerprinted, and the values left behind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from classifiers.overlap import Hit
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
    """The hits of one kind, and by normal form the first spelling of each value."""

    hits: list[Hit] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict, repr=False)


def findings_of(content: Content, hits: Iterable[Hit], key: FingerprintKey) -> tuple[Finding, ...]:
    """One finding a kind, by kind.

    `count` is the number of distinct values by their normal form, all of them; the spans are every place in order, up
    to 10,000; fingerprints and places are those met first, up to 1,000 and 100. A term of a lexicon is no one's
    value, so those findings have neither shape nor fingerprint.
    """
    gathered: dict[str, _Gathered] = {}
    for hit in sorted(hits):
        kind = gathered.setdefault(hit.kind, _Gathered())
        value = _value(content.text, hit)
        kind.hits.append(hit)
        kind.values.setdefault(normal_form(hit.kind, value), value)
    return tuple(_finding(content, kind, gathered[kind], key) for kind in sorted(gathered))


def _finding(content: Content, kind: str, gathered: _Gathered, key: FingerprintKey) -> Finding:
    surest = max(gathered.hits, key=lambda hit: (hit.score, -hit.start))
    places = dict.fromkeys(content.place_at(hit.start) for hit in gathered.hits)
    is_value = KINDS[kind] not in _OF_TERMS
    values = islice(gathered.values.values(), MOST_FINGERPRINTS if is_value else 0)
    return Finding(
        kind=kind,
        count=len(gathered.values),
        confidence=surest.score,
        places=tuple(place for place in places if place is not None)[:MOST_PLACES],
        shape=shape(_value(content.text, surest)) if is_value else "",
        fingerprints=tuple(key.fingerprint(kind, value) for value in values),
        spans=tuple((hit.start, hit.end) for hit in gathered.hits[:MOST_SPANS]),
    )


def _value(text: str, hit: Hit) -> str:
    value = text[hit.start : hit.end]
    return bare_name(value) if hit.kind == "PERSON" else value
