"""Versions that lie in several places: of one name but for marks of versions, on whichever share, whose texts and
people are the same for the better part.
"""

from __future__ import annotations

import hashlib
import os
from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import TypeAlias

from classifiers.version_name import version_of
from domain.copies import CopyFamily, CopyKind
from inventory.copies import copies_by_content, files_in, folders, people_in
from inventory.engine import Database
from operations.families.record_copy import family_of_copies, is_passing, standing_for
from operations.families.versions import LEAST_OF_PATTERNS, about_the_same, place_of
from scanner.near import Sketches, linked, named_alike, shares_among

LEAST = 0.5
"""Of the text: elsewhere the name alone says less."""

_FOLDERS_AT_ONCE = 500
_COMPARED_AT_ONCE = 128
_GROUPS_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class _Text:
    """The places in which a text lies, and the bare numbers that it has in its names."""

    places: frozenset[int]
    bare: frozenset[int]


_Run: TypeAlias = Mapping[int, _Text]
"""The texts of one name, by their rows."""


def apart_families(database: Database, contents: Sequence[int], sketches: Sketches) -> Iterator[CopyFamily]:
    """In the order of their keys. Of texts that lie all in one place there is none: `version_families` has those."""
    runs = _named(database, contents).runs()
    found = []
    while some := list(islice(runs, _GROUPS_AT_ONCE)):
        people = people_in(database, [contents[row] for _, run in some for row in run])
        for stem, run in some:
            named = {row: people[contents[row]] for row in run}
            found += [(_key(contents[rows[0]], stem), rows) for rows in _together(run, sketches, named)]
    yield from _families(database, sorted(found), contents, sketches)


def _key(content: int, stem: int) -> bytes:
    return content.to_bytes(8, "big") + stem.to_bytes(8, "big")


@dataclass(frozen=True, slots=True)
class _Names:
    """Of each file that has a text: a hash of its stem, the row of its text, a hash of its place, whether its name or
    place says that it is one version of several, the bare number in its name, or 0.
    """

    stems: array[int]
    rows: array[int]
    places: array[int]
    marked: bytearray
    bare: bytearray

    def runs(self) -> Iterator[tuple[int, _Run]]:
        """Those of one stem in several places, some of which are marked, a limited number at a time."""
        for found in named_alike(self.stems, self.marked):
            places, bare = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
            for at in found:
                places[self.rows[at]].add(self.places[at])
                bare[self.rows[at]].add(self.bare[at])
            if set[int].intersection(*places.values()):
                continue
            rows = sorted(places)
            for first in range(0, len(rows), _COMPARED_AT_ONCE):
                some = rows[first : first + _COMPARED_AT_ONCE]
                texts = {row: _Text(frozenset(places[row]), frozenset(bare[row])) for row in some}
                yield self.stems[found[0]], texts


def _named(database: Database, contents: Sequence[int]) -> _Names:
    names = _Names(array("Q"), array("q"), array("Q"), bytearray(), bytearray())
    listed = folders(database)
    while some := list(islice(listed, _FOLDERS_AT_ONCE)):
        files = files_in(database, [number for number, _, _ in some])
        for number, source, path in some:
            place = place_of(path)
            is_older = place != path or is_passing(path)
            where = _hash(b"%d/%s" % (source, place))
            for file in files.get(number, ()):
                row = bisect_left(contents, file.content)
                if row < len(contents) and contents[row] == file.content:
                    _note(names, file.name, row, where, is_older=is_older)
    return names


def _note(names: _Names, name: bytes, row: int, place: int, *, is_older: bool) -> None:
    version = version_of(os.fsdecode(name))
    if any(map(str.isalpha, version.stem)):
        names.stems.append(_hash(version.stem.encode("utf-8", "surrogatepass")))
        names.rows.append(row)
        names.places.append(place)
        names.marked.append(is_older or version.is_marked)
        names.bare.append(1 + 10 * version.numbers[0] + version.numbers[1] if version.is_bare else 0)


def _hash(written: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(written, digest_size=8).digest(), "big")


def _together(run: _Run, sketches: Sketches, people: Mapping[int, frozenset[bytes]]) -> Iterator[list[int]]:
    rows = list(run)
    shares = shares_among([sketches[row].tobytes() for row in rows])
    close = [
        (left, right)
        for left, right in combinations(range(len(rows)), 2)
        if _are_versions(shares[left][right], run[rows[left]], run[rows[right]])
        and about_the_same(people[rows[left]], people[rows[right]])
    ]
    for group in linked(close, len(rows)):
        if not frozenset.intersection(*(run[rows[place]].places for place in group)):
            yield [rows[place] for place in group]


def _are_versions(share: float, one: _Text, other: _Text) -> bool:
    are_numbered = all(one.bare) and all(other.bare) and one.bare.isdisjoint(other.bare)
    return share >= (LEAST_OF_PATTERNS if are_numbered else LEAST)


def _families(
    database: Database, found: Sequence[tuple[bytes, list[int]]], contents: Sequence[int], sketches: Sketches
) -> Iterator[CopyFamily]:
    groups = iter(found)
    while some := list(islice(groups, _GROUPS_AT_ONCE)):
        held = copies_by_content(database, [contents[row] for _, rows in some for row in rows])
        for key, rows in some:
            shares = [max(each) for each in shares_among([sketches[row].tobytes() for row in rows])]
            members = [
                replace(standing_for(held[contents[row]]), alike=share)
                for row, share in zip(rows, shares, strict=True)
                if contents[row] in held
            ]
            if family := family_of_copies(CopyKind.APART, key, members):
                yield family
