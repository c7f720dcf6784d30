"""The rights of one file at this moment, on the way to it and its own: asked before its content is shown to anybody.

What a listing tells of them says how far a file lies open, and not of everybody whether they can read it.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

from domain.access import EVERYONE, Right
from domain.errors import ItemTroubleError, ProblemCode
from scanner.sources.descriptors import closing_descriptor, open_root, open_within
from scanner.sources.posix_rights import ENTER, READ, entries_of

_TELLING = frozenset({"ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "bcachefs", "tmpfs", "overlay"})
"""File systems that keep the rights themselves: of a mounted share its server does, and the mount makes some up."""


def rights_now(root: bytes, locator: bytes, file: int) -> Iterator[tuple[Right, ...]]:
    """The rights of every folder from the root on, and of the file that is open: each must admit who is to read it.

    Of the way to the root nothing is asked. Raises ItemTroubleError (unsupported: rights) where the file system does
    not tell, and OSError where a folder is gone.
    """
    names = locator.rpartition(b"/")[0].split(b"/") if b"/" in locator else []
    with closing_descriptor(open_root(root)) as top:
        for count in range(len(names) + 1):
            with closing_descriptor(open_within(top, b"/".join(names[:count]))) as folder:
                yield _rights(folder, ENTER)
    yield _rights(file, READ)


def _rights(place: int, wanted: int) -> tuple[Right, ...]:
    if not _tells(place):
        raise ItemTroubleError(ProblemCode.UNSUPPORTED, "rights")
    facts = os.fstat(place)
    try:
        granted = {name: bool(bits & wanted) for name, bits in reversed(entries_of(_list_of(place), facts))}
    except OSError as error:
        raise ItemTroubleError(ProblemCode.UNSUPPORTED, "rights") from error
    # A group without the right is shut out only from what everyone else may (acl(5)); a user always.
    is_open = granted.get(EVERYONE, False)
    return tuple(
        Right(name, allows)
        for name, allows in granted.items()
        if allows or name.startswith("uid:") or (is_open and name != EVERYONE)
    )


def _list_of(place: int) -> bytes:
    """Its access control list; b"" where it has none, or its file system knows none. Raises OSError."""
    try:
        # By its name in /proc: what is open as a place alone has no attributes to read.
        return os.getxattr(f"/proc/self/fd/{place}", "system.posix_acl_access")
    except OSError as error:
        if error.errno in (errno.ENODATA, errno.ENOTSUP):
            return b""
        raise


def _tells(place: int) -> bool:
    """By the kind of the mount that it lies on (proc_pid_mountinfo(5))."""
    told = dict(line.split(":", 1) for line in _lines(f"/proc/self/fdinfo/{place}") if ":" in line)
    mount = told.get("mnt_id", "").strip()
    for line in _lines("/proc/self/mountinfo"):
        mounted, dash, kind = line.partition(" - ")
        if dash and mounted.split(" ", 1)[0] == mount:
            return kind.split(" ", 1)[0] in _TELLING
    return False


def _lines(path: str) -> list[str]:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read().splitlines()
