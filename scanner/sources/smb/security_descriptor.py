"""Who can read and who can write, by a Windows security descriptor in its self-relative form (MS-DTYP 2.4.6)."""

from __future__ import annotations

import struct
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from domain.access import EVERYONE, Access, Right

_DESCRIPTOR = struct.Struct("<BxHLLLL")
_ACL = struct.Struct("<BxHHxx")
_ACE = struct.Struct("<BBHL")
_SID = struct.Struct(">BBHL")
_DACL_PRESENT, _INHERIT_ONLY = 0x4, 0x8
_MOST_SUBAUTHORITIES = 15
# By type: whether it allows, and whether it names object types or a condition as well.
_KINDS = {0x0: (True, False), 0x1: (False, False), 0x5: (True, True), 0x6: (False, True), 0x9: (True, True),
          0xA: (False, True), 0xB: (True, True), 0xC: (False, True)}  # fmt: skip
_OBJECT_TYPES = frozenset({0x5, 0x6, 0xB, 0xC})
_SILENT = frozenset({0x2, 0x3, 0x7, 0x8, 0xD, 0xE, 0xF, 0x10, 0x11, 0x12, 0x13})
"""Types that only watch or label, and neither grant nor deny anything here (MS-DTYP 2.4.4.1)."""
_GENERIC = ((0x80000000, 0x120089), (0x40000000, 0x120116), (0x20000000, 0x1200A0), (0x10000000, 0x1F01FF))
READS = 0x1  # FILE_READ_DATA, of a folder FILE_LIST_DIRECTORY
ENTERS = 0x20  # FILE_TRAVERSE
_WRITES = 0x2 | 0x4 | 0x40 | 0x10000 | 0x40000 | 0x80000  # write, append, delete what is in it, delete, rights, owner
_WORLD, _OWNER_RIGHTS = "S-1-1-0", "S-1-3-4"
_UNIX_USER, _UNIX_GROUP = "S-1-22-1-", "S-1-22-2-"


class BrokenDescriptorError(ValueError):
    """The bytes are no security descriptor."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """`principal` is empty where its kind is not known. It is `partial` where it holds under a condition, or for an
    object type: then whether it holds here is not known.
    """

    principal: str = ""
    allows: bool = False
    partial: bool = False
    mask: int = 0


@lru_cache(maxsize=4096)  # a share has few descriptors, and each of them thousands of times
def access_of(descriptor: bytes) -> Access | None:
    """None where the bytes do not tell: rights that are known only in part would make a folder seem safer than it is.

    Without a list of rights everyone can do everything. Entries that are only there to be inherited do not count. A
    denial counts against its own principal, or all where it denies everyone; who is a member of what is not known here,
    nor whether a condition holds, so that a conditional denial counts for nothing and a conditional right as given.
    """
    try:
        return _access_of(descriptor)
    except (struct.error, BrokenDescriptorError):
        return None


@lru_cache(maxsize=4096)
def rights_of(descriptor: bytes, wanted: int = READS) -> tuple[Right, ...] | None:
    """All entries that allow or deny what is `wanted`, in their order; None where the bytes do not tell all of them.

    What may hold and may not counts as a denial and never as a right. No list at all is everyone's right, where it was
    told that there is none.
    """
    try:
        return _rights_of(descriptor, wanted)
    except (struct.error, BrokenDescriptorError):
        return None


def _access_of(descriptor: bytes) -> Access:
    control, owner, dacl_at = _opened(descriptor)
    entries = rights_of(descriptor)
    if not control & _DACL_PRESENT or not dacl_at:
        return Access(owner, (EVERYONE,), (EVERYONE,), entries)
    granted = _granted(list(_entries(descriptor, dacl_at, owner)))
    return Access(owner, _holders(granted, READS), _holders(granted, _WRITES), entries)


def _rights_of(descriptor: bytes, wanted: int) -> tuple[Right, ...] | None:
    control, owner, dacl_at = _opened(descriptor)
    if not control & _DACL_PRESENT:
        return None
    entries = list(_entries(descriptor, dacl_at, owner)) if dacl_at else [_Entry(EVERYONE, True, mask=wanted)]
    if not all(entry.principal for entry in entries):
        return None
    counting = (one for one in entries if one.mask & wanted and not (one.allows and one.partial))
    return tuple(dict.fromkeys(Right(one.principal, one.allows) for one in counting))


def _opened(descriptor: bytes) -> tuple[int, str | None, int]:
    """What is said of it, its owner, and where its list begins."""
    revision, control, owner_at, _, _, dacl_at = _DESCRIPTOR.unpack_from(descriptor)
    if revision != 1:
        raise BrokenDescriptorError
    return control, _sid(descriptor, owner_at) if owner_at else None, dacl_at


def _granted(entries: list[_Entry]) -> dict[str, int]:
    """In the order of the list, where what comes first wins (MS-DTYP 2.5.3.2)."""
    granted: defaultdict[str, int] = defaultdict(int)
    denied: defaultdict[str, int] = defaultdict(int)
    for entry in entries:
        if entry.partial and not entry.allows:
            continue
        if entry.allows:
            granted[entry.principal] |= entry.mask & ~(denied[entry.principal] | denied[_WORLD])
        else:
            denied[entry.principal] |= entry.mask
    return granted


def _holders(granted: dict[str, int], mask: int) -> tuple[str, ...]:
    return tuple(sorted(principal for principal, rights in granted.items() if rights & mask))


def _entries(descriptor: bytes, start: int, owner: str | None) -> Iterator[_Entry]:
    """The entries that grant or deny something here, and those of which that is not known."""
    _, size, count = _ACL.unpack_from(descriptor, start)
    acl = descriptor[start : start + size]
    if len(acl) < size:
        raise BrokenDescriptorError
    place = _ACL.size
    for _ in range(count):
        kind, flags, length, mask = _ACE.unpack_from(acl, place)
        if length < _ACE.size:
            raise BrokenDescriptorError
        if kind in _KINDS and not flags & _INHERIT_ONLY:
            principal = _sid(acl[: place + length], place + _sid_offset(kind, acl, place))
            yield _Entry(
                owner if principal == _OWNER_RIGHTS and owner else principal, *_KINDS[kind], mask=_expanded(mask)
            )
        elif kind not in _KINDS and kind not in _SILENT:
            yield _Entry()
        place += length


def _sid_offset(kind: int, acl: bytes, place: int) -> int:
    """Behind the object types that it names, where it names some (MS-DTYP 2.4.4.3)."""
    if kind not in _OBJECT_TYPES:
        return _ACE.size
    present: int = struct.unpack_from("<L", acl, place + _ACE.size)[0]
    return _ACE.size + 4 + 16 * (present & 3).bit_count()


def _expanded(mask: int) -> int:
    """With the generic rights written out, as files have them (MS-SMB2 2.2.13.1.1)."""
    for generic, rights in _GENERIC:
        if mask & generic:
            mask |= rights
    return mask


def _sid(source: bytes, start: int) -> str:
    """As Windows writes it (MS-DTYP 2.4.2.1); Samba's own for accounts that it knows by number, as that number."""
    revision, count, high, low = _SID.unpack_from(source, start)
    if revision != 1 or count > _MOST_SUBAUTHORITIES:
        raise BrokenDescriptorError
    authority = high << 32 | low
    parts = struct.unpack_from(f"<{count}L", source, start + _SID.size)
    text = "-".join(("S-1", str(authority) if authority < 1 << 32 else f"0x{authority:012X}", *map(str, parts)))
    for prefix, kind in ((_UNIX_USER, "uid:"), (_UNIX_GROUP, "gid:")):
        if text.startswith(prefix):
            return kind + text.removeprefix(prefix)
    return text
