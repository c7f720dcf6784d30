"""Who may read a folder of this machine: its mode, and its access control list where it has one (acl(5))."""

from __future__ import annotations

import os
import stat
import struct
from collections.abc import Iterator
from contextlib import suppress

from domain.access import EVERYONE, Access

_XATTR = "system.posix_acl_access"
_VERSION = 2  # linux/posix_acl_xattr.h
_HEADER, _ENTRY = struct.Struct("<I"), struct.Struct("<HHI")
_OWNER, _USER, _GROUP, _NAMED_GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_MASKED = _USER | _GROUP | _NAMED_GROUP
_READ, _WRITE, _ENTER = 4, 2, 1


def rights_of(folder: int, facts: os.stat_result) -> Access:
    """The rights of an open folder. To read is to list and to enter it; to write is to enter and to change it."""
    entries = list(_listed(_list_of(folder), facts) or _of_mode(facts))
    return Access(
        f"uid:{facts.st_uid}", _with(entries, _READ | _ENTER), _with(entries, _WRITE | _ENTER)
    )  # fmt: skip


def _list_of(folder: int) -> bytes:
    # Most file systems have no such list, and some refuse to say so: the mode holds then.
    with suppress(OSError):
        return os.getxattr(folder, _XATTR)
    return b""


def _listed(acl: bytes, facts: os.stat_result) -> list[tuple[str, int]]:
    """Principals and their permissions by a list; none where it is not one."""
    if len(acl) < _HEADER.size or _HEADER.unpack_from(acl)[0] != _VERSION:
        return []
    whole = len(acl) - (len(acl) - _HEADER.size) % _ENTRY.size
    entries = list(_ENTRY.iter_unpack(acl[_HEADER.size : whole]))
    mask = next((granted for tag, granted, _ in entries if tag == _MASK), 7)
    return [
        (name, granted & mask if tag & _MASKED else granted)
        for tag, granted, number in entries
        if (name := _named(tag, number, facts))
    ]


def _named(tag: int, number: int, facts: os.stat_result) -> str | None:
    return {
        _OWNER: f"uid:{facts.st_uid}", _USER: f"uid:{number}", _GROUP: f"gid:{facts.st_gid}",
        _NAMED_GROUP: f"gid:{number}", _OTHER: EVERYONE,
    }.get(tag)  # fmt: skip


def _of_mode(facts: os.stat_result) -> Iterator[tuple[str, int]]:
    mode = stat.S_IMODE(facts.st_mode)
    yield f"uid:{facts.st_uid}", mode >> 6 & 7
    yield f"gid:{facts.st_gid}", mode >> 3 & 7
    yield EVERYONE, mode & 7


def _with(entries: list[tuple[str, int]], wanted: int) -> tuple[str, ...]:
    return tuple(sorted({name for name, granted in entries if granted & wanted == wanted}))
