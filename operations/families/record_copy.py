"""Proposes which item of a family stays as the record, with reasons a person can weigh; never by age alone."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from classifiers.version_name import State, VersionName, both, may_be_marked, state_of_folder, version_of
from domain.access import Breadth
from domain.copies import Copy, CopyFamily, CopyKind, Member, Role, Why

_PASSING = re.compile(
    rb"(?:^|[/ _.$(-])(?:backups?|bak|cop(?:y|ies)|old|temp|tmp|downloads?|desktop|recycle|deleted items|trash)"
    rb"(?:$|[/ _.$)-])",
    re.IGNORECASE,
)
_NARROW = tuple(Breadth)[:-1]
_OF_VERSIONS = (Why.FINAL, Why.LATEST, Why.PLACE, Why.CLASS, Why.NAME, Why.OWNER, Why.ACCESS)
_ORDER = (Why.PLACE, Why.CLASS, Why.FINAL, Why.NAME, Why.OWNER, Why.ACCESS)
# That two pictures look alike is for a person to see.
_VERSIONS = (CopyKind.VERSIONS, CopyKind.APART)
_TEXTS = (*_VERSIONS, CopyKind.NEAR)
_ORDERS = {**dict.fromkeys(_VERSIONS, _OF_VERSIONS), CopyKind.PICTURES: ()}


def family_of_copies(kind: CopyKind, key: bytes, copies: Iterable[Copy]) -> CopyFamily | None:
    """The family with its proposal; None where all that is left is one file, for hard links are no copies."""
    apart = _apart(copies)
    if len(apart) < 2:
        return None
    named = _version_of_text if kind in _TEXTS else _version
    seen = [_Seen(copy, named(copy), _folder(copy.folder)) for copy in apart]
    order = _ORDERS.get(kind, _ORDER)
    by_number = all(one.version.numbers for one in seen)
    points = [tuple(_POINTS[why](one, by_number) for why in order) for one in seen]
    best = max(points)
    first = [place for place, one in enumerate(points) if one == best]
    reasons = tuple(why for at, why in enumerate(order) if any(_decides(best, one, at) for one in points))
    roles = [Role.COPY] * len(apart)
    for place in first:
        roles[place] = Role.RECORD if len(first) == 1 else Role.CHOOSE
    if kind in _TEXTS:
        for place in _renditions(seen, points, {seen[place].version.family for place in first}):
            roles[place] = Role.RECORD
    return _family(kind, key, apart, roles, reasons, apart[first[0]].item if len(first) == 1 else None)


def _renditions(seen: Sequence[_Seen], points: Sequence[tuple[object, ...]], but: Collection[str]) -> Iterable[int]:
    """The best of each other format: what was made from a document, or it from that, stays beside it."""
    best: dict[str, int] = {}
    for place, one in enumerate(seen):
        known = best.setdefault(one.version.family, place)
        best[one.version.family] = max(known, place, key=points.__getitem__)
    return (place for family, place in best.items() if family not in but)


def standing_for(copies: Sequence[Copy]) -> Copy:
    """Of the exact copies of one content that which is proposed to stay, else the first of them."""
    family = family_of_copies(CopyKind.COPY, b"", copies)
    record = family.record if family else None
    return next((copy for copy in copies if copy.item == record), copies[0])


def is_passing(folder: bytes) -> bool:
    """Whether a folder is one for backups, downloads or what is temporary, or lies in such a one."""
    return _PASSING.search(folder) is not None


def _decides(best: Sequence[object], other: Sequence[object], at: int) -> bool:
    """Whether it is here that the best parts from another."""
    return best[:at] == other[:at] and best[at] != other[at]


def unpacked(key: bytes, archive: Copy, files: Iterable[Copy]) -> CopyFamily:
    """An archive beside what it holds: the files can be found and read by themselves, so they stay."""
    members = (_member(archive, Role.COPY), *(_member(one, Role.RECORD) for one in files))
    return CopyFamily(CopyKind.ARCHIVE, key, members, (Why.PLACE,), members[1].item, members[0].goes)


@dataclass(frozen=True, slots=True)
class _Folder:
    """What a folder's path says of all that lies in it."""

    state: State
    is_passing: bool


@dataclass(frozen=True, slots=True)
class _Seen:
    copy: Copy
    version: VersionName
    folder: _Folder


_UNMARKED = VersionName("", "")


def _version(copy: Copy) -> VersionName:
    name = os.fsdecode(copy.name)
    return version_of(name) if may_be_marked(name) else _UNMARKED


def _version_of_text(copy: Copy) -> VersionName:
    """An attachment's format is its own, and not that of its mail."""
    return version_of(copy.part or os.fsdecode(copy.name))


@lru_cache(maxsize=4096)
def _folder(path: bytes) -> _Folder:
    state = state_of_folder(os.fsdecode(path.rpartition(b"/")[2]))
    return _Folder(state, is_passing(path))


def _latest(one: _Seen, by_number: bool) -> tuple[tuple[int, ...], float]:
    modified = one.copy.modified.timestamp() if one.copy.modified else 0.0
    return (one.version.numbers if by_number else (), modified)


_POINTS: dict[Why, Callable[[_Seen, bool], object]] = {
    Why.PLACE: lambda one, _: not (one.copy.inside or one.copy.mailed or one.folder.is_passing),
    Why.CLASS: lambda one, _: one.copy.classed,
    Why.FINAL: lambda one, _: both(one.version.state, one.folder.state),
    Why.LATEST: _latest,
    Why.NAME: lambda one, _: not one.version.copied,
    Why.OWNER: lambda one, _: one.copy.owned,
    Why.ACCESS: lambda one, _: _NARROW.index(one.copy.breadth) if one.copy.breadth in _NARROW else -1,
}


def _apart(copies: Iterable[Copy]) -> list[Copy]:
    """Of hard links one, that which sorts first, so that the next night chooses it again."""
    kept: dict[object, Copy] = {}
    for copy in sorted(copies, key=lambda one: one.item):
        kept.setdefault(copy.file_id if copy.file_id and not copy.inside else copy.item, copy)
    return list(kept.values())


def _family(
    kind: CopyKind,
    key: bytes,
    copies: Sequence[Copy],
    roles: Sequence[Role],
    reasons: tuple[Why, ...],
    record: int | None,
) -> CopyFamily:
    members = tuple(_member(copy, role) for copy, role in zip(copies, roles, strict=True))
    chosen_from = [one.goes for one in members if one.role is Role.CHOOSE]
    goes = sum(one.goes for one in members) - max(chosen_from, default=0)
    return CopyFamily(kind, key, members, reasons, record, goes)


def _member(copy: Copy, role: Role) -> Member:
    goes = 0 if copy.inside or role is Role.RECORD else copy.size
    return Member(copy.item, role, goes, copy.alike)
