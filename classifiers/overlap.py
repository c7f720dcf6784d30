"""One place in a text is one thing: of results that overlap, the surest stays."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from domain.finding import KINDS

_RANK = {kind: rank for rank, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True, order=True)
class Hit:
    """A Presidio result as the document sees it: where, what kind, how sure."""

    start: int
    end: int
    kind: str
    score: float


def settle(hits: Iterable[Hit]) -> list[Hit]:
    """The hits that remain, by place: the higher score wins, then the longer, then the kind that is named first.

    So an NHS number with its context is not also a telephone number.
    """
    return [hit for cluster in _clusters(sorted(set(hits))) for hit in _surest(cluster)]


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
    return taken


def _precedence(hit: Hit) -> tuple[float, int, int, int]:
    return (-hit.score, hit.start - hit.end, _RANK[hit.kind], hit.start)


def _overlaps(taken: Sequence[Hit], hit: Hit) -> bool:
    """Those taken overlap nothing, so only the two neighbours can be in the way."""
    index = bisect_left(taken, hit.start, key=lambda other: other.start)
    behind = index < len(taken) and taken[index].start < hit.end
    return behind or (index > 0 and taken[index - 1].end > hit.start)
