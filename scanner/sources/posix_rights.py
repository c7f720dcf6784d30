"""Who may read a folder or file of this machine: its mode, and its access control list where it has one (acl(5))."""

from __future__ import annotations

import errno
import os
import stat
import struct
from contextlib import suppress
from functools import lru_cache

from domain.access import EVERYONE, Access
from scanner.sources.rights_apart import told_apart

_XATTR = "system.posix_acl_access"
_VERSION = 2  # linux/posix_acl_xattr.h
_HEADER, _ENTRY = struct.Struct("<I"), struct.Struct("<HHI")
_OWNER, _USER, _GROUP, _NAMED_GROUP, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x08, 0x10, 0x20
_MASKED = _USER | _GROUP | _NAMED_GROUP
READ, _WRITE, ENTER = 4, 2, 1


ANYBODY: tuple[str, ...] = (EVERYONE,)


def rights_of(folder: int, facts: os.stat_result, coming: tuple[str, ...] = ANYBODY) -> tuple[Access, tuple[str, ...]]:
    """The rights of an open folder, and who can go on into it where only these come as far as here.

    To read is to list and to enter it; to write is to enter and to change it. A folder that lets everyone in lies open
    to no more than those who can enter all that it lies in.
    """
    return _of_folder(_list_of(folder), facts.st_uid, facts.st_gid, stat.S_IMODE(facts.st_mode), coming)


def entries_of(acl: bytes, facts: os.stat_result) -> list[tuple[str, int]]:
    """Principals and their permissions, by a list, which may be b"", or the mode; the owner comes first.

    Raises OSError for what is no list: its mode alone would tell of more than there is.
    """
    if acl and not (listed := _listed(acl, facts.st_uid, facts.st_gid)):
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))
    return listed if acl else _of_mode(stat.S_IMODE(facts.st_mode), facts.st_uid, facts.st_gid)


class FileRights:
    """Judges the rights of the files in an open folder, which has these itself and lets these pass."""

    def __init__(self, folder: int, own: Access, passing: tuple[str, ...]) -> None:
        self._folder, self._own, self._passing = folder, own, passing
        self._plain: dict[tuple[int, int, int], Access] = {}

    def of(self, name: bytes, mode: int, owner: int, group: int) -> Access:
        """The folder's own rights where a file's come to the same, its owner apart.

        A list of its own is asked for only where it could say more: it grants no more than the mode grants the group
        (the mask, acl(5)), and what the mode grants to others everyone has anyway.
        """
        key = mode, owner, group
        if key in self._plain:
            return self._plain[key]
        acl = self._list_of(name) if mode >> 3 & ~mode & (READ | _WRITE) else None
        access = _of_file(acl or b"", owner, group, mode & 0o777, self._own, self._passing)
        if acl is None:
            self._plain[key] = access
        return access

    def _list_of(self, name: bytes) -> bytes:
        # By way of the folder's descriptor, and not through a link.
        return _list_of(b"/proc/self/fd/%d/%s" % (self._folder, name), follow_symlinks=False)


@lru_cache(4096)  # Folders mostly have their neighbours' rights.
def _of_folder(
    acl: bytes, owner: int, group: int, mode: int, coming: tuple[str, ...]
) -> tuple[Access, tuple[str, ...]]:
    entries = _listed(acl, owner, group) or _of_mode(mode, owner, group)
    wanted = (READ | ENTER, _WRITE | ENTER, ENTER)
    readers, writers, passing = (_narrowed(_with(entries, one), coming) for one in wanted)
    return Access(f"uid:{owner}", readers, writers), passing


@lru_cache(4096)
def _of_file(acl: bytes, owner: int, group: int, mode: int, folder: Access, coming: tuple[str, ...]) -> Access:
    entries = _listed(acl, owner, group) or _of_mode(mode, owner, group)
    readers, writers = (_narrowed(_with(entries, one), coming) for one in (READ, _WRITE))
    return told_apart(Access(f"uid:{owner}", readers, writers), folder)


def _list_of(place: int | bytes, *, follow_symlinks: bool = True) -> bytes:
    # Most file systems have no such list, and some refuse to say so: the mode holds then.
    with suppress(OSError):
        return os.getxattr(place, _XATTR, follow_symlinks=follow_symlinks)
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
