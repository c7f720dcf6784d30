"""Who may read a folder of this machine: its mode, and its access control list where it has one (acl(5))."""

from __future__ import annotations

import os
import stat
import struct
from contextlib import suppress
from functools import lru_cache

from domain.access import EVERYONE, Access

_XATTR = "system.posix_acl_access"
_VERSION = 2  # linux/posix_acl_xattr.h
_HEADER, _ENTRY = struct.Struct("<I"), struct.Struct("<HHI")
_OWNER, _USER, _GROUP, _NAMED_GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_MASKED = _USER | _GROUP | _NAMED_GROUP
_READ, _WRITE, _ENTER = 4, 2, 1


ANYBODY: tuple[str, ...] = (EVERYONE,)


def rights_of(folder: int, facts: os.stat_result, coming: tuple[str, ...] = ANYBODY) -> tuple[Access, tuple[str, ...]]:
    """The rights of an open folder, and who can go on into those below it where only these come as far as here.

    To read is to list and to enter it; to write is to enter and to change it. A folder that lets everyone in lies open
    to no more than those who can enter all that it lies in.
    """
    return _told(_list_of(folder), facts.st_uid, facts.st_gid, stat.S_IMODE(facts.st_mode), coming)


@lru_cache(4096)  # Folders mostly have their neighbours' rights.
def _told(acl: bytes, owner: int, group: int, mode: int, coming: tuple[str, ...]) -> tuple[Access, tuple[str, ...]]:
    entries = _listed(acl, owner, group) or _of_mode(mode, owner, group)
    wanted = (_READ | _ENTER, _WRITE | _ENTER, _ENTER)
    readers, writers, passing = (_narrowed(_with(entries, one), coming) for one in wanted)
    return Access(f"uid:{owner}", readers, writers), passing


def _list_of(folder: int) -> bytes:
    # Most file systems have no such list, and some refuse to say so: the mode holds then.
    with suppress(OSError):
        return os.getxattr(folder, _XATTR)
    return b""


def _listed(acl: bytes, owner: int, group: int) -> list[tuple[str, int]]:
    """Principals and their permissions by a list; none where it is not one."""
    if len(acl) < _HEADER.size or _HEADER.unpack_from(acl)[0] != _VERSION:
        return []
    whole = len(acl) - (len(acl) - _HEADER.size) % _ENTRY.size
    entries = list(_ENTRY.iter_unpack(acl[_HEADER.size : whole]))
    mask = next((granted for tag, granted, _ in entries if tag == _MASK), 7)
    return [
        (name, granted & mask if tag & _MASKED else granted)
        for tag, granted, number in entries
        if (name := _named(tag, number, owner, group))
    ]


def _named(tag: int, number: int, owner: int, group: int) -> str | None:
    return {
        _OWNER: f"uid:{owner}", _USER: f"uid:{number}", _GROUP: f"gid:{group}",
        _NAMED_GROUP: f"gid:{number}", _OTHER: EVERYONE,
    }.get(tag)  # fmt: skip


def _of_mode(mode: int, owner: int, group: int) -> list[tuple[str, int]]:
    return [(f"uid:{owner}", mode >> 6 & 7), (f"gid:{group}", mode >> 3 & 7), (EVERYONE, mode & 7)]


def _with(entries: list[tuple[str, int]], wanted: int) -> tuple[str, ...]:
    return tuple(sorted({name for name, granted in entries if granted & wanted == wanted}))


def _narrowed(names: tuple[str, ...], coming: tuple[str, ...]) -> tuple[str, ...]:
    """Everyone is everyone that comes. Where none but users come, so is a group; else who of it comes is not known."""
    if EVERYONE in coming:
        return names
    if all(map(_is_user, coming)):
        return tuple(one for one in coming if one in names) if all(map(_is_user, names)) else coming
    return tuple(sorted({*names, *coming} - {EVERYONE})) if EVERYONE in names else names


def _is_user(name: str) -> bool:
    return name.startswith("uid:")
