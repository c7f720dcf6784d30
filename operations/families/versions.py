"""Versions that lie together: files of one place whose names differ by marks of versions alone, and whose texts have
enough in common.
"""

from __future__ import annotations

import hashlib
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, islice
from typing import TypeAlias

from classifiers.version_name import VersionName, is_version_folder, may_be_marked, version_of
from domain.copies import CopyFamily, CopyKind
from domain.family import Family
from inventory.copies import Named, copies, files_in, folders, people_in, texts_of
from inventory.engine import Database, reading
from operations.families.record_copy import family_of_copies
from scanner.near import linked, shares_among

LEAST = 0.2
"""Of what two versions must have in common: a fifth of the words rewritten leaves a third, another document nothing."""
LEAST_OF_OTHERS = 0.5
"""Where one is a rendition in another format."""
LEAST_OF_PATTERNS = 0.7
"""Where each has another day or another bare number in its name: minutes of two meetings are of one pattern, and no
versions, nor are two chapters. With bare numbers, about the same people must be named too.
"""

_NEVER = 2.0
_FOLDERS_AT_ONCE = 500
_COMPARED_AT_ONCE = 128

_People: TypeAlias = Mapping[int, frozenset[bytes]]


@dataclass(frozen=True, slots=True)
class _Candidate:
    file: Named
    version: VersionName


def version_families(database: Database) -> Iterator[CopyFamily]:
    """In the order of their keys."""
    below = _version_folders(database)
    places = (number for number, _, path in folders(database) if not _is_below_another(path))
    while some := list(islice(places, _FOLDERS_AT_ONCE)):
        yield from _families_in(database, {place: (place, *below.get(place, ())) for place in some})


def place_of(folder: bytes) -> bytes:
    """The folder without what only says which versions lie there: "Plans/Old" is "Plans"."""
    while _is_below_another(folder):
        folder = folder.rpartition(b"/")[0]
    return folder


def _is_below_another(folder: bytes) -> bool:
    return b"/" in folder and is_version_folder(os.fsdecode(folder.rpartition(b"/")[2]))


def _version_folders(database: Database) -> Mapping[int, Sequence[int]]:
    """The folders of versions below each place."""
    apart = {(source, path): number for number, source, path in folders(database) if _is_below_another(path)}
    wanted = {(source, place_of(path)) for source, path in apart}
    homes = {(source, path): number for number, source, path in folders(database) if (source, path) in wanted}
    found: dict[int, list[int]] = defaultdict(list)
    for (source, path), number in apart.items():
        found[homes.get((source, place_of(path)), number)].append(number)
    return found


def _families_in(database: Database, places: Mapping[int, Sequence[int]]) -> Iterator[CopyFamily]:
    files = files_in(database, [number for numbers in places.values() for number in numbers])
    found = {
        place.to_bytes(8, "big") + key: group
        for place, numbers in places.items()
        for key, group in _of_one_stem([file for number in numbers for file in files.get(number, ())], len(numbers) > 1)
    }
    every = [one for group in found.values() for one in group]
    sketches = texts_of(database, list({one.file.content for one in every}))
    people = people_in(database, list({one.file.content for one in every if one.version.is_bare}))
    confirmed = {
        key + _item_key(group): shares
        for key, candidates in found.items()
        for group, shares in _confirmed(candidates, sketches, people)
    }
    with reading(database) as connection:
        known = copies(connection, [item for shares in confirmed.values() for item in shares])
    for key in sorted(confirmed):
        shares = confirmed[key]
        members = (replace(known[item], alike=share) for item, share in shares.items() if item in known)
        if family := family_of_copies(CopyKind.VERSIONS, key, members):
            yield family


def _item_key(group: Iterable[_Candidate]) -> bytes:
    return min(one.file.item for one in group).to_bytes(8, "big")


def _of_one_stem(files: Sequence[Named], is_spread: bool) -> Iterator[tuple[bytes, list[_Candidate]]]:
    names = [os.fsdecode(file.name) for file in files]
    has_renditions = len({os.path.splitext(name)[0].casefold() for name in names}) < len(names)
    if len(files) < 2 or not (is_spread or has_renditions or any(map(may_be_marked, names))):
        return
    groups: dict[str, list[_Candidate]] = defaultdict(list)
    for file, version in zip(files, map(version_of, names), strict=True):
        groups[version.stem].append(_Candidate(file, version))
    for stem, group in groups.items():
        if len({one.file.content for one in group}) > 1:
            yield hashlib.blake2b(stem.encode("utf-8", "surrogatepass"), digest_size=8).digest(), group


def _confirmed(
    candidates: Sequence[_Candidate], sketches: Mapping[int, bytes], people: _People
) -> Iterator[tuple[Sequence[_Candidate], Mapping[int, float]]]:
    """Those whose texts bear it out, group by group, and for each item how much of its text another has in common."""
    with_text = sorted((one for one in candidates if one.file.content in sketches), key=lambda one: one.file.item)
    for at in range(0, len(with_text), _COMPARED_AT_ONCE):
        some = with_text[at : at + _COMPARED_AT_ONCE]
        shares = shares_among([sketches[one.file.content] for one in some])
        for rows in linked(_pairs(some, shares, people), len(some)):
            group = [some[row] for row in rows]
            if len({one.file.content for one in group}) > 1:
                yield group, {some[row].file.item: max(shares[row]) for row in rows}


def _pairs(some: Sequence[_Candidate], shares: Sequence[Sequence[float]], people: _People) -> list[tuple[int, int]]:
    return [
        (left, right)
        for left, right in combinations(range(len(some)), 2)
        if shares[left][right] >= _least(some[left].version, some[right].version)
        and _are_of_the_same(some[left], some[right], people)
    ]


def _are_of_the_same(one: _Candidate, other: _Candidate, people: _People) -> bool:
    """Whether they are about the same people, where bare numbers tell them apart."""
    are_alike = not numbered_apart(one.version, other.version)
    return are_alike or about_the_same(people[one.file.content], people[other.file.content])


def about_the_same(people: frozenset[bytes], others: frozenset[bytes]) -> bool:
    """Whether more than half of those named in either are in both: a form filled in for one and the same form for
    another, or for nobody, are no versions.
    """
    return 2 * len(people & others) > len(people | others) if people or others else True


def numbered_apart(one: VersionName, other: VersionName) -> bool:
    """Whether each has another bare number, that of a version or of what only is of one pattern."""
    return one.is_bare and other.is_bare and one.numbers != other.numbers


def _least(one: VersionName, other: VersionName) -> float:
    """Two that have each a number in brackets are copies of what has none, or papers numbered so: not of each other.
    Nor is a message a rendition of what it was sent with.
    """
    if one.bracket != other.bracket and one.bracket and other.bracket:
        return _NEVER
    if one.family != other.family and Family.EMAIL in (one.family, other.family):
        return _NEVER
    if (one.day and other.day and one.day != other.day) or numbered_apart(one, other):
        return LEAST_OF_PATTERNS
    return LEAST_OF_OTHERS if one.family != other.family else LEAST
