"""The rights of single files, read where they are owed: of what is new, and of what has changed since.

To read them costs many times what listing the file costs; so many are asked for in one round trip, and a folder's state
says which are known.
"""

from __future__ import annotations

import marshal
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import TypeAlias

from domain.access import Access
from domain.item import Item, Listing
from scanner.sources.rights_apart import told_apart
from scanner.sources.smb.facts import Facts
from scanner.sources.smb.listing import asking_for_rights
from scanner.sources.smb.messages import Answer
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import ACCESS_DENIED, SUCCESS

NOT_SHOWN = b""
"""In the place of a descriptor: this account may not see it, and need not ask again."""

_FORM = b"\1"
_LOOK, _MARK = 16, 6  # bytes
_CREDITS = 3  # for one file
_MOST = 64  # handles at a time
_MARSHAL = 2  # The last form in which equal values are always equal bytes: from the third on equal objects are shared.


_Told: TypeAlias = str | tuple[str, ...] | tuple[tuple[str, bool], ...] | None
Seen = Mapping[bytes, tuple[Item, Facts]]
AskRights = Callable[[Sequence[bytes]], Mapping[bytes, Access | None]]
"""Gives the rights of those of the files that could be asked for them; None where they are not to be had."""


def listing_of(folder: bytes, seen: Seen, access: Access | None, known: bytes, ask: AskRights) -> Listing:
    """The listing of a folder that was seen whole, with those rights of its files that were not known before."""
    before = _State.read(known)
    marks = {
        locator: _mark(item.ref.name, facts, access) for locator, (item, facts) in seen.items() if item.problem is None
    }
    kept = before.marks.intersection(marks.values())
    rights = ask([locator for locator, mark in marks.items() if mark not in kept])
    now = _State(_look(seen, access), kept.union(marks[locator] for locator in rights))
    # What cannot be opened is told each time: it may be a folder, and of what lies in that nothing is known.
    if marks and len(marks) == len(seen) and now.look == before.look and not rights:
        return Listing(folder, (), state=now.written(), since_known=True)
    items = tuple(_with_rights(item, rights.get(locator), access) for locator, (item, _) in seen.items())
    return Listing(folder, items, access=access, state=now.written() if seen else b"")


def read_rights(session: SmbSession, share: str, paths: Sequence[str]) -> list[bytes | None]:
    """The security descriptor of each file, NOT_SHOWN where it is refused; None where it may be told another time."""
    at_once = max(min(session.credit // _CREDITS, _MOST), 1)
    found: list[bytes | None] = []
    for start in range(0, len(paths), at_once):
        asked = [asking_for_rights(path) for path in paths[start : start + at_once]]
        found += [_descriptor(opened, security) for opened, security, _ in session.ask_each(share, asked)]
    return found


@dataclass(frozen=True, slots=True)
class _State:
    """What a folder looked like, to the day of the last access, and the marks of the files whose rights are known."""

    look: bytes = b""
    marks: frozenset[bytes] = frozenset()

    def written(self) -> bytes:
        return b"".join((_FORM, self.look, *sorted(self.marks)))

    @classmethod
    def read(cls, state: bytes) -> _State:
        """That of a folder never seen, where it is empty or was not written by this version."""
        start = len(_FORM) + _LOOK
        if not state.startswith(_FORM) or len(state) < start:
            return cls()
        marks = (state[at : at + _MARK] for at in range(start, len(state), _MARK))
        return cls(state[len(_FORM) : start], frozenset(marks))


def _look(seen: Seen, access: Access | None) -> bytes:
    """The same for as long as all that is told of a folder is the same."""
    looks = [
        (item.ref.name, item.version, item.allocated, item.accessed.toordinal() if item.accessed else 0)
        for item, _ in seen.values()
    ]
    return blake2b(marshal.dumps((looks, _told(access)), _MARSHAL), digest_size=_LOOK).digest()


def _mark(name: bytes, facts: Facts, access: Access | None) -> bytes:
    """Another where a file's rights may be others: a change of rights moves the time of change, and those that are set
    for a whole folder are set for what inherits them.
    """
    told = marshal.dumps((name, facts.file_id, facts.created, facts.changed, _told(access)), _MARSHAL)
    return blake2b(told, digest_size=_MARK).digest()


def _told(access: Access | None) -> tuple[_Told, ...] | None:
    if access is None:
        return None
    entries = None if access.entries is None else tuple((one.principal, one.allows) for one in access.entries)
    return access.owner, access.readers, access.writers, entries


def _with_rights(item: Item, own: Access | None, folder: Access | None) -> Item:
    if own is None:
        return item
    return replace(item, owner=own.owner, access=told_apart(own, folder) if folder else own)


def _descriptor(opened: Answer, security: Answer) -> bytes | None:
    if opened.status == SUCCESS == security.status:
        return security.output
    return NOT_SHOWN if ACCESS_DENIED in (opened.status, security.status) else None
