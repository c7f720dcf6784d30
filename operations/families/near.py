"""What is nearly the same wherever it lies: texts by their MinHashes, pictures by what they look like."""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from domain.copies import CopyFamily, CopyKind
from inventory.copies import copies_by_content, people_in, pictures, texts
from inventory.engine import Database
from inventory.families import families_by_content
from operations.families.apart import apart_families
from operations.families.record_copy import family_of_copies, standing_for
from scanner.near import Sketches, around, kept, linked, looking_alike, near_pictures, near_texts, shares_with_first

LEAST = 0.8
"""Of the text that two documents must have in common: one word in thirty may be another."""
MOST_BITS = 4
"""Of the 64 of two pictures that may differ."""

_COMPARED_AT_ONCE = 2_000
_FAMILIES_AT_ONCE = 200


def near_families(database: Database) -> Iterator[CopyFamily]:
    """Of texts, each kind in the order of its keys: versions of which not all lie in one place, then near copies.

    Near copies name the same people: a letter to one and the same letter to another are no copies. What is together in
    a family of versions, one of these or one that was written before, is in no other.
    """
    with kept(texts(database)) as (contents, sketches):
        apart = list(apart_families(database, contents, sketches))
        yield from apart
        known = _families_of(apart)
        groups = iter(sorted(_groups(database, contents, sketches)))
        while some := list(islice(groups, _FAMILIES_AT_ONCE)):
            numbers = [[contents[row] for row in rows] for rows in some]
            shares = {
                contents[row]: share
                for rows in some
                for row, share in zip(rows, shares_with_first(sketches, rows), strict=True)
            }
            yield from _families(database, numbers, shares, known)


def _families_of(families: Iterable[CopyFamily]) -> Mapping[int, Collection[bytes]]:
    """By item, the keys of the families that it is in."""
    found: dict[int, set[bytes]] = defaultdict(set)
    for family in families:
        for member in family.members:
            found[member.item].add(family.key)
    return found


def picture_families(database: Database) -> Iterator[CopyFamily]:
    """Of pictures, in the order of their keys. A person chooses: scans of typed pages look more alike than they are."""
    numbers, hashes = array("q"), array("Q")
    for content, picture in pictures(database):
        numbers.append(content)
        hashes.append(picture % 2**64)
    groups = (
        [numbers[row] for row in close]
        for rows in linked(near_pictures(hashes, MOST_BITS), len(hashes))
        for some in _cut(rows)
        for close in looking_alike(hashes, some, MOST_BITS)
        if len(close) > 1
    )
    ordered = iter(sorted(groups))
    while some := list(islice(ordered, _FAMILIES_AT_ONCE)):
        held = copies_by_content(database, [number for group in some for number in group])
        for group in some:
            members = [standing_for(held[number]) for number in group if number in held]
            if family := family_of_copies(CopyKind.PICTURES, group[0].to_bytes(8, "big"), members):
                yield family


def _groups(database: Database, contents: Sequence[int], sketches: Sketches) -> Iterator[list[int]]:
    for page in _pages(linked(near_texts(sketches, LEAST), len(sketches))):
        people = people_in(database, [contents[row] for rows in page for row in rows])
        for rows in page:
            for same in _about_the_same(rows, [people[contents[row]] for row in rows]):
                yield from (close for close in around(sketches, same, LEAST) if len(close) > 1)


def _pages(groups: Iterable[list[int]]) -> Iterator[list[Sequence[int]]]:
    """Groups, large ones in several, as many at a time as are asked about together."""
    page: list[Sequence[int]] = []
    for rows in groups:
        for some in _cut(rows):
            page.append(some)
            if sum(map(len, page)) >= _COMPARED_AT_ONCE:
                yield page
                page = []
    yield page


def _cut(rows: Sequence[int]) -> Iterator[Sequence[int]]:
    return (rows[at : at + _COMPARED_AT_ONCE] for at in range(0, len(rows), _COMPARED_AT_ONCE))


def _about_the_same(rows: Sequence[int], people: Sequence[frozenset[bytes]]) -> Iterable[list[int]]:
    groups: dict[frozenset[bytes], list[int]] = defaultdict(list)
    for row, named in zip(rows, people, strict=True):
        groups[named].append(row)
    return (group for group in groups.values() if len(group) > 1)


def _families(
    database: Database,
    groups: Sequence[Sequence[int]],
    shares: Mapping[int, float],
    apart: Mapping[int, Collection[bytes]],
) -> Iterator[CopyFamily]:
    numbers = [number for group in groups for number in group]
    held = copies_by_content(database, numbers)
    versions = families_by_content(database, CopyKind.VERSIONS, numbers)
    for group in groups:
        there = [number for number in group if number in held]
        members = [replace(standing_for(held[number]), alike=shares[number]) for number in there]
        family = family_of_copies(CopyKind.NEAR, group[0].to_bytes(8, "big"), members)
        apart_from = (apart.get(one.item, ()) for one in members)
        if family and not (_in_one(apart_from) or _in_one(versions[number] for number in there)):
            yield family


def _in_one(families: Iterable[Collection[object]]) -> bool:
    """Whether there is a family that all are in."""
    first, *others = map(frozenset, families)
    return bool(first.intersection(*others))
