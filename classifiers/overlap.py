"""One place in a text is one thing: of results that overlap, the surest stays."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from domain.finding import KINDS, Category

_TERMS = frozenset(
    kind for kind, category in KINDS.items() if category in {Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN}
)
_MOST_SHARING = 8
_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


class Hit(NamedTuple):
    """A Presidio result as the document sees it: where, what kind, how sure."""

    start: int
    end: int
    kind: str
    score: float


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that remain, by place: the higher score wins, then the longer, then the kind that is named first.

    So an NHS number with its context is not also a telephone number. Terms of different classes may share a place.
    """
    by_place = sorted(set(hits))
    if all(hit.end <= following.start for hit, following in pairwise(by_place)):
        return by_place
    return [hit for cluster in _clusters(by_place) for hit in (_surest(cluster) if len(cluster) > 1 else cluster)]


def _clusters(hits: list[Hit]) -> Iterator[list[Hit]]:
    """Runs of hits, each of which overlaps one before it."""
    cluster: list[Hit] = []
    end = 0
    for hit in hits:
        if cluster and hit.start >= end:
            yield cluster
            cluster = []
        cluster.append(hit)
        end = max(end, hit.end)
    if cluster:
        yield cluster


def _surest(cluster: list[Hit]) -> list[Hit]:
    taken: list[Hit] = []
    for hit in sorted(cluster, key=_precedence):
        if not _overlaps(taken, hit):
            insort(taken, hit)
    return sorted([*taken, *_of_other_classes(taken, cluster)])


def _of_other_classes(taken: Sequence[Hit], cluster: Iterable[Hit]) -> Iterator[Hit]:
    """Terms that share their place with terms of other classes alone: a faulty gene is said of health too."""
    for hit in cluster:
        first = bisect_left(taken, hit.start + 1, key=lambda other: other.end)
        sharing = {other.kind for other in taken[first : first + _MOST_SHARING] if other.start < hit.end}
        if hit.kind not in sharing and _TERMS.issuperset((hit.kind, *sharing)):
            yield hit


def _precedence(hit: Hit) -> tuple[float, int, int, int]:
    return (-hit.score, hit.start - hit.end, _RANK[hit.kind], hit.start)


def _overlaps(taken: Sequence[Hit], hit: Hit) -> bool:
    """Those taken overlap nothing, so only the two neighbours can be in the way."""
    index = bisect_left(taken, hit.start, key=lambda other: other.start)
    behind = index < len(taken) and taken[index].start < hit.end
    return behind or (index > 0 and taken[index - 1].end > hit.start)
