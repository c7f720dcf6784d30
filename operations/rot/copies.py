"""Which of the copies of one content is proposed to stay: never the oldest, but the one with the most merits."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import NamedTuple

from domain.decision import State
from domain.item import readable
from domain.rot import MERIT_BITS, STAYS, Merit
from domain.rule import Action
from inventory import rot_reading
from inventory.engine import Database
from inventory.rot_hashed import of_same_bytes
from inventory.rot_reading import RotFile
from operations.rot.grounds import Place, RotGrounds

_BITS = tuple(MERIT_BITS[merit] for merit in Merit)


class Kept(NamedTuple):
    """The copy that stays of a content: its number, what it is ahead in, and whether another was its equal. `file` and
    `case` tell whether a copy is the same file by another name, or lies in the same case file.
    """

    item: int
    ahead: int
    tied: int
    file: int
    case: int


@dataclass(frozen=True, slots=True)
class Alike:
    """What digests alone tell: the copy that stays of `contents` that are the same bytes, and of files that are
    `unread`, by their numbers; and of unread files the content that they would have, where one of the same was read.
    """

    contents: dict[int, Kept] = field(default_factory=dict)
    unread: dict[int, Kept] = field(default_factory=dict)
    read_as: dict[int, int] = field(default_factory=dict)


class Copies:
    """Of each content with several files the one that stays, forty bytes a content."""

    def __init__(self, found: Iterable[tuple[int, Kept]], alike: Alike) -> None:
        self._contents = array("q")
        self._kept = tuple(array("q") for _ in Kept._fields)
        self._alike = alike
        for content, kept in found:
            self._contents.append(content)
            for column, value in zip(self._kept, kept, strict=True):
                column.append(value)

    def as_read(self, file: RotFile) -> RotFile:
        """The file with the content that it has by its hash, where only others of the same bytes were read."""
        known = None if file.content else self._alike.read_as.get(file.number)
        return file._replace(content=known) if known else file

    def of(self, file: RotFile) -> Kept | None:
        if file.content is None:
            return self._alike.unread.get(file.number)
        return self._of_content(file.content)

    def _of_content(self, content: int) -> Kept | None:
        if content in self._alike.contents:
            return self._alike.contents[content]
        at = bisect_left(self._contents, content)
        if at == len(self._contents) or self._contents[at] != content:
            return None
        return Kept(*(column[at] for column in self._kept))


def copies_in(database: Database, grounds: RotGrounds) -> Copies:
    """Hard links are one file, and no copies of each other."""
    same = rot_reading.twins(database)
    groups = groupby(_known(rot_reading.copies(database), grounds), key=attrgetter("content"))
    found = (
        (content, kept) for content, members in groups if content not in same and (kept := _kept(members, grounds))
    )
    alike = Alike(dict(_of_twins(database, grounds, same)))
    _know_hashed(alike, database, grounds)
    return Copies(found, alike)


def _known(chunks: Iterable[list[RotFile]], grounds: RotGrounds) -> Iterator[RotFile]:
    """File after file; their folders are looked up together."""
    for chunk in chunks:
        grounds.know({file.folder for file in chunk})
        yield from chunk


def _of_twins(database: Database, grounds: RotGrounds, same: Mapping[int, int]) -> Iterator[tuple[int, Kept]]:
    """The same bytes under several media types are copies too."""
    ordered = sorted(same.items(), key=itemgetter(1, 0))
    for _, group in groupby(ordered, key=itemgetter(1)):
        contents = [content for content, _ in group]
        if kept := _kept(rot_reading.of_contents(database, contents), grounds):
            yield from ((content, kept) for content in contents)


def _know_hashed(alike: Alike, database: Database, grounds: RotGrounds) -> None:
    """Files that nobody read are copies of each other, and of what was read, where hashing told so."""
    for files in of_same_bytes(database):
        contents = {file.content for file in files if file.content}
        unread = [file.number for file in files if not file.content]
        kept = _kept(files, grounds)
        if contents:
            alike.read_as.update(dict.fromkeys(unread, min(contents)))
        if kept and contents:
            alike.contents.update(dict.fromkeys(contents, kept))
        elif kept:
            alike.unread.update(dict.fromkeys(unread, kept))


def _kept(files: Iterable[RotFile], grounds: RotGrounds) -> Kept | None:
    """None where there is but one file, or none that stays: all of them go for reasons of their own."""
    members = iter(files)
    first = next(members, None)
    if first is None:
        return None
    best, place, several, tied = first, grounds.place(first.folder), False, False
    most = common = merits(first, place, grounds)
    for file in members:
        here = grounds.place(file.folder)
        bits = merits(file, here, grounds)
        other = file.link is None or file.link != best.link
        several, common = several or other, common & bits
        tied = (tied or other) if bits == most else tied and bits < most
        if bits > most:
            best, place, most = file, here, bits
    if not several or most & STAYS != STAYS:
        return None
    return Kept(best.number, most & ~common, int(tied), link_of(best), case_of(place))


def link_of(file: RotFile) -> int:
    """The same for names of one file on a disk; 0 where it has no number there."""
    return hash(file.link) if file.link else 0


def case_of(place: Place) -> int:
    """The same within one case file, 0 outside of all."""
    return hash(place.case) if place.case else 0


def merits(file: RotFile, place: Place, grounds: RotGrounds) -> int:
    """What speaks for a copy, as a number: the greater stays."""
    owner, said = grounds.owner(file, place), grounds.words.said(readable(file.name))
    access = file.access or place.access
    speaks = (
        file.number in grounds.proposed,
        grounds.trivial_as(file, place) is None,
        not (file.state == State.DUE and file.action == Action.DISPOSE),
        file.number not in grounds.superseded,
        file.number in grounds.held or bool(place.case),
        place.classed or file.number in grounds.classed,
        not (place.where.backup or place.mailbox or "copied" in said),
        owner is not None and owner not in grounds.rights.left,
        "final" in said,
        access in grounds.rights.narrow,
    )
    return sum(bit for bit, speaks_for in zip(_BITS, speaks, strict=True) if speaks_for)
