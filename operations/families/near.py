"""What is nearly the same wherever it lies: texts by their MinHashes, pictures by what they look like."""

from __future__ import annotations

import os
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import islice

from classifiers.version_name import version_of
from domain.copies import Copy, CopyFamily, CopyKind
from inventory.copies import copies_by_content, people_in, pictures, texts
from inventory.engine import Database
from operations.families.apart import apart_families
from operations.families.record_copy import family_of_copies, standing_for
from operations.families.versions import place_of
from scanner.near import Sketches, around, kept, linked, looking_alike, near_pictures, near_texts, shares_with_first

LEAST = 0.8
"""Of the text that two documents must have in common: one word in thirty may be another."""
MOST_BITS = 4
"""Of the 64 of two pictures that may differ."""

_COMPARED_AT_ONCE = 2_000
_FAMILIES_AT_ONCE = 200


def near_families(database: Database) -> Iterator[CopyFamily]:
    """Of texts, each kind in the order of its keys: near copies, then versions of which not all lie in one place.

    Near copies name the same people: a letter to one and the same letter to another are no copies.
    """
    with kept(texts(database)) as (contents, sketches):
        groups = iter(sorted(_groups(database, contents, sketches)))
        while some := list(islice(groups, _FAMILIES_AT_ONCE)):
            numbers = [[contents[row] for row in rows] for rows in some]
            shares = {
                contents[row]: share
                for rows in some
                for row, share in zip(rows, shares_with_first(sketches, rows), strict=True)
            }
            yield from _families(database, numbers, shares)
        yield from apart_families(database, contents, sketches)


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


def _families(database: Database, groups: Sequence[Sequence[int]], shares: Mapping[int, float]) -> Iterator[CopyFamily]:
    held = copies_by_content(database, [number for group in groups for number in group])
    for group in groups:
        members = [replace(standing_for(held[number]), alike=shares[number]) for number in group if number in held]
        family = family_of_copies(CopyKind.NEAR, group[0].to_bytes(8, "big"), members)
        if family and not _are_versions(members):
            yield family


def _are_versions(members: Sequence[Copy]) -> bool:
    """Of one name but for marks of versions or formats: `version_families` or `apart_families` has them."""
    versions = [version_of(os.fsdecode(one.name)) for one in members]
    lie_together = len({place_of(one.folder) for one in members}) == 1
    return len({one.stem for one in versions}) == 1 and (lie_together or any(one.is_marked for one in versions))
