"""Tells the files that nobody read from each other: by size, then by their ends, then whole; each stage only what the
one before could not tell apart.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import TypeVar

from domain.actor import Actor, Verb
from domain.errors import ItemTroubleError
from domain.item import Item
from inventory.engine import Database
from inventory.hashed import Numbered, note_digests, note_ends, sizes, without_digest, without_ends
from operations.access import ask
from operations.people.audit import Trail
from scanner.ends import hash_ends, hash_whole
from scanner.source import Source

_AT_ONCE = 200
_Read = TypeVar("_Read")


@dataclass(slots=True)
class Hashing:
    """How many files were read at their ends, and whole; the bytes of both; how many could not be read so."""

    ends: int = 0
    whole: int = 0
    bytes: int = 0
    unread: int = 0


def hash_unread(actor: Actor, trail: Trail, sources: Mapping[str, Source]) -> Hashing:
    """Hash what no reader read, because it was only listed or is too large, where another file could be the same.

    What was read has its digest, and is not read again. Hard links are one file; placeholders are not opened.
    """
    ask(actor, Verb.SCAN)
    found, alike = Hashing(), sizes(trail.database)
    _hash_ends(trail.database, _there(without_ends(trail.database, alike.shared), sources), sources, found)
    _hash_whole(trail.database, _there(without_digest(trail.database, alike.read), sources), sources, found)
    return found


def _there(items: Iterable[Numbered], sources: Mapping[str, Source]) -> Iterator[Numbered]:
    """Those of sources that are configured."""
    return (one for one in items if one[1].ref.source in sources)


def _hash_ends(
    database: Database, items: Iterator[Numbered], sources: Mapping[str, Source], found: Hashing
) -> None:  # fmt: skip
    while some := list(islice(items, _AT_ONCE)):
        rows = []
        for number, item in some:
            if (ends := _tried(hash_ends, sources, item, found)) is not None:
                found.ends += 1
                found.bytes += ends.read
                rows.append((number, ends.version, ends.ends, ends.digest))
        note_ends(database, rows)


def _hash_whole(
    database: Database, items: Iterator[Numbered], sources: Mapping[str, Source], found: Hashing
) -> None:  # fmt: skip
    while some := list(islice(items, _AT_ONCE)):
        rows = []
        for number, item in some:
            if (whole := _tried(hash_whole, sources, item, found)) is not None:
                found.whole += 1
                found.bytes += item.size
                rows.append((number, *whole))
        note_digests(database, rows)


def _tried(
    read: Callable[[Source, Item], _Read | None], sources: Mapping[str, Source], item: Item, found: Hashing
) -> _Read | None:
    """What reading a file comes to; None, and counted, where it could not be read so."""
    try:
        hashed = read(sources[item.ref.source], item)
    except ItemTroubleError:
        hashed = None
    found.unread += hashed is None
    return hashed
