"""Moving a file from one open folder to another without ever replacing anything: rename(2) alone would replace."""

from __future__ import annotations

import ctypes
import errno
import os
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from functools import cache
from typing import cast

_RENAME_NOREPLACE = 1
_NOT_HERE = frozenset({errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM})


class Returning(StrEnum):
    """How a file system lets a file be put back where something may stand by now."""

    NOREPLACE = "rename without replacing"
    LINK = "link and unlink"


def take(name: bytes, folder: int, token: bytes, quarantine: int) -> None:
    """Rename out of a folder that others write to, into one that nobody else does. Raises OSError.

    There `token` is nobody's, so nothing is replaced where the file system cannot promise it either. To link and unlink
    would be wrong here: what is unlinked could be another file by then.
    """
    try:
        _rename_noreplace(name, folder, token, quarantine)
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
        _refuse_taken(token, quarantine)
        os.rename(name, token, src_dir_fd=folder, dst_dir_fd=quarantine)


def give_back(token: bytes, quarantine: int, name: bytes, folder: int, how: Returning) -> None:
    """Rename out of the folder that nobody else writes to. Raises FileExistsError where the name is taken, or OSError.

    Where renaming could replace, link fails instead; what is unlinked then has a name that is nobody else's.
    """
    if name in (b"", b".", b"..") or b"\0" in name:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if how is Returning.NOREPLACE:
        _rename_noreplace(token, quarantine, name, folder)
        return
    os.link(token, name, src_dir_fd=quarantine, dst_dir_fd=folder, follow_symlinks=False)
    os.unlink(token, dir_fd=quarantine)


def returning_of(quarantine: int) -> Returning | None:
    """How files can be put back from here, found out with empty ones; None where that cannot be done safely.

    Raises OSError where nothing can be written.
    """
    _clear(quarantine)
    try:
        for name in TRIALS[:2]:
            os.close(os.open(name, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=quarantine))
        return next((how for how in Returning if _does(how, quarantine)), None)
    finally:
        _clear(quarantine)


TRIALS = (b"trial-1", b"trial-2", b"trial-3")
DRAFT = b"draft"
"""What is written in quarantine before it is put where others write."""


def is_trial(name: bytes) -> bool:
    """Whether a file in quarantine is one that a trial, or a draft, has left there when it broke off."""
    return name in (*TRIALS, DRAFT)


def _does(how: Returning, quarantine: int) -> bool:
    """Whether a file is given back where there is room, and is not where something stands."""
    one, taken, free = TRIALS
    try:
        try:
            give_back(one, quarantine, taken, quarantine, how)
        except FileExistsError:
            give_back(one, quarantine, free, quarantine, how)
            return True
    except OSError as error:
        if error.errno not in _NOT_HERE:
            raise
    return False


def _clear(quarantine: int) -> None:
    for name in (*TRIALS, DRAFT):
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=quarantine)


def _refuse_taken(name: bytes, folder: int) -> None:
    with suppress(FileNotFoundError):
        os.stat(name, dir_fd=folder, follow_symlinks=False)
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST))


def _rename_noreplace(name: bytes, folder: int, to: bytes, place: int) -> None:
    """renameat2(2). Raises OSError as it says, ENOSYS where this C library has none."""
    if _renameat2()(folder, name, place, to, _RENAME_NOREPLACE) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))


@cache
def _renameat2() -> Callable[[int, bytes, int, bytes, int], int]:
    library = ctypes.CDLL(None, use_errno=True)
    try:
        found = library.renameat2
    except AttributeError as error:
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS)) from error
    found.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint)
    return cast("Callable[[int, bytes, int, bytes, int], int]", found)
