"""Which texts, or pictures, of very many are nearly the same: by the hashes kept of them, never each with each."""

from __future__ import annotations

import tempfile
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from scanner.similarity import PLACES

Sketches: TypeAlias = NDArray[np.uint8]
"""MinHashes, one a row."""
Pairs: TypeAlias = NDArray[np.intp]
"""Numbers of rows, two and two."""

_BAND = 8
_AT_ONCE = 1 << 16
_CUTS = (0, 13, 26, 39, 52, 64)
_NEIGHBOURS = 32
_FIRST = np.zeros(1, np.intp)


def alike(sketches: Sketches, to: Sketches) -> NDArray[np.float64]:
    """The estimated share of text that each has in common with the row beside it, as `similarity.jaccard` says it."""
    same = np.count_nonzero(sketches == to, axis=-1) / PLACES
    shares: NDArray[np.float64] = np.maximum(0.0, (same - 1 / 256) / (1 - 1 / 256))
    return shares


def near_texts(sketches: Sketches, least: float) -> Pairs:
    """Pairs with at least so much text in common, enough of them that what hangs together is linked.

    Candidates agree on one of 16 bands of eight bytes (Broder 1997; Leskovec, Rajaraman & Ullman 2014, 3.4): of two
    texts with 90 % in common that finds 99.99 %, with 80 % some 95 %. In a band each is compared with the one before
    it and the first, so that a thousand forms of one pattern cost no more than a thousand comparisons.
    """
    found = [np.empty((0, 2), np.intp)]
    for band in range(PLACES // _BAND):
        keys = np.ascontiguousarray(sketches[:, band * _BAND : (band + 1) * _BAND]).view(np.uint64).ravel()
        found += [pairs[alike(sketches[pairs[:, 0]], sketches[pairs[:, 1]]) >= least] for pairs in _candidates(keys)]
    return _once(found)


def _once(found: Sequence[Pairs]) -> Pairs:
    """Each pair once: as one number, since to sort rows takes ten times as long."""
    pairs = np.concatenate(found).astype(np.uint64)
    numbers = np.unique(pairs[:, 0] << np.uint64(32) | pairs[:, 1])
    return np.stack((numbers >> np.uint64(32), numbers & np.uint64(2**32 - 1)), axis=1).astype(np.intp)


def _candidates(keys: NDArray[np.uint64]) -> Iterator[Pairs]:
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    repeats = np.flatnonzero(ordered[1:] == ordered[:-1]) + 1
    is_first = np.ones(len(keys), bool)
    is_first[repeats] = False
    firsts = np.maximum.accumulate(np.where(is_first, np.arange(len(keys)), 0))
    for at in range(0, len(repeats), _AT_ONCE):
        some = repeats[at : at + _AT_ONCE]
        before, first = some - 1, firsts[some]
        further = first != before
        left = np.concatenate((order[before], order[first[further]]))
        right = np.concatenate((order[some], order[some[further]]))
        yield np.sort(np.stack((left, right), axis=1), axis=1)


def near_pictures(pictures: Sequence[int], most: int) -> Pairs:
    """Pairs whose hashes differ in up to `most` bits, at most four: one of five stretches is then the same in both.

    Of very many with one stretch the same each is compared with 32 beside it, in the order of the rest of the hash.
    """
    hashes = np.array(pictures, np.uint64)
    found = [np.empty((0, 2), np.intp)]
    for low, high in pairwise(_CUTS):
        turned = (hashes << np.uint64(64 - high)) | (hashes >> np.uint64(high) if high < 64 else np.uint64(0))
        order = np.argsort(turned, kind="stable")
        leads = turned[order] >> np.uint64(64 - (high - low))
        for step in range(1, min(_NEIGHBOURS, len(order) - 1) + 1):
            beside = np.flatnonzero(leads[step:] == leads[:-step])
            left, right = order[beside], order[beside + step]
            close = np.bitwise_count(hashes[left] ^ hashes[right]) <= most
            found.append(np.sort(np.stack((left[close], right[close]), axis=1), axis=1))
    return _once(found)


def linked(pairs: Pairs | Sequence[tuple[int, int]], count: int) -> Iterator[list[int]]:
    """The rows of each group that hangs together by pairs, of `count` rows in all, in the order of the first."""
    pairs = np.asarray(pairs, np.intp).reshape(-1, 2)
    if not len(pairs):
        return
    labels = np.arange(count)
    while True:
        least = np.minimum(labels[pairs[:, 0]], labels[pairs[:, 1]])
        before = labels.copy()
        np.minimum.at(labels, labels[pairs[:, 0]], least)
        np.minimum.at(labels, labels[pairs[:, 1]], least)
        labels = labels[labels]
        if np.array_equal(labels, before):
            break
    rows = np.unique(pairs)
    rows = rows[np.argsort(labels[rows], kind="stable")]
    yield from (group.tolist() for group in np.split(rows, np.flatnonzero(np.diff(labels[rows])) + 1))


def named_alike(names: Sequence[int], marked: Sequence[int]) -> Iterator[list[int]]:
    """The places at which one name, given as a hash, stands several times and is marked at least once."""
    if not names:
        return
    keys = np.asarray(names, np.uint64)
    order = np.argsort(keys, kind="stable")
    starts = np.concatenate((_FIRST, np.flatnonzero(np.diff(keys[order])) + 1))
    ends = np.append(starts[1:], len(order))
    marks = np.add.reduceat(np.asarray(marked, np.intp)[order], starts)
    meant = (ends - starts > 1) & (marks > 0)
    for start, end in zip(starts[meant], ends[meant], strict=True):
        yield order[start:end].tolist()


def around(sketches: Sketches, rows: Sequence[int], least: float) -> Iterator[list[int]]:
    """The rows in groups whose members all have so much in common with the first: what only hangs together by others
    in between, as forms of one pattern do, is not one group.
    """
    left = np.array(rows, np.intp)
    while len(left):
        close = alike(sketches[left], sketches[left[0]]) >= least
        close[0] = True
        yield left[close].tolist()
        left = left[~close]


def looking_alike(pictures: Sequence[int], rows: Sequence[int], most: int) -> Iterator[list[int]]:
    """The same of pictures: all differ from the first in up to so many bits."""
    left = list(rows)
    while left:
        close = [row for row in left if (pictures[row] ^ pictures[left[0]]).bit_count() <= most]
        yield close
        left = [row for row in left if (pictures[row] ^ pictures[close[0]]).bit_count() > most]


def shares_with_first(sketches: Sketches, rows: Sequence[int]) -> list[float]:
    """How much each has in common with the first, the first itself with the next."""
    shares: list[float] = alike(sketches[rows], sketches[rows[0]]).tolist()
    return [shares[1], *shares[1:]]


def shares_among(minhashes: Sequence[bytes]) -> list[list[float]]:
    """How much each has in common with each other; with itself nothing is said to be."""
    rows = np.frombuffer(b"".join(minhashes), np.uint8).reshape(len(minhashes), PLACES)
    shares = alike(rows[:, None], rows[None, :])
    np.fill_diagonal(shares, 0.0)
    told: list[list[float]] = shares.tolist()
    return told


@contextmanager
def kept(texts: Iterable[tuple[int, bytes]]) -> Iterator[tuple[Sequence[int], Sketches]]:
    """The numbers of texts, and their MinHashes: in a nameless file, for they are many."""
    with tempfile.TemporaryFile(prefix="muniment-") as file:
        numbers = array("q")
        for number, minhash in texts:
            numbers.append(number)
            file.write(minhash)
        file.flush()
        shape = (len(numbers), PLACES)
        yield numbers, np.memmap(file, np.uint8, "r", shape=shape) if numbers else np.empty(shape, np.uint8)
