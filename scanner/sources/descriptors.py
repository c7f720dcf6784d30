"""Opening by directory descriptors, one name at a time, so that no path is too long and no link is followed."""

from __future__ import annotations

import errno
import os
import stat
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

# A place is passed through, not listed: that takes no more than the right to enter (O_PATH in open(2)).
_PLACE = os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_KEPT = 64


class OpenFolders:
    """Descriptors of the folders used last, a bounded number: a deep tree costs neither descriptors nor a walk from
    the root for each of its folders.
    """

    def __init__(self, root: int) -> None:
        self._root = root
        self._kept: OrderedDict[bytes, int] = OrderedDict()

    def open(self, locator: bytes) -> int:
        """The folder's place, good until the next call. Raises OSError."""
        start, descriptor = self._nearest(locator)
        below = locator[len(start) :].lstrip(b"/")
        if not below:
            return descriptor
        opened = open_within(descriptor, below)
        self._kept[locator] = opened
        if len(self._kept) > _KEPT:
            os.close(self._kept.popitem(last=False)[1])
        return opened

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        while self._kept:
            os.close(self._kept.popitem()[1])

    def _nearest(self, locator: bytes) -> tuple[bytes, int]:
        while locator:
            if locator in self._kept:
                self._kept.move_to_end(locator)
                return locator, self._kept[locator]
            locator = locator.rpartition(b"/")[0]
        return b"", self._root


@contextmanager
def closing_descriptor(descriptor: int) -> Iterator[int]:
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def open_root(path: bytes) -> int:
    """The place at a path that the user gave: the only one where links are followed. Raises OSError."""
    place = os.open(b"/" if path.startswith(b"/") else b".", _PLACE)
    for name in filter(None, path.split(b"/")):
        place = _exchanged(place, name, _PLACE)
    return place


def open_within(place: int, locator: bytes) -> int:
    """The place of a folder below another, which stays open. Raises OSError (ELOOP at a link)."""
    below = os.dup(place)
    for name in filter(None, locator.split(b"/")):
        below = _exchanged(below, name, _PLACE | os.O_NOFOLLOW)
    return below


def open_listing(place: int, name: bytes = b".") -> int:
    """A folder, for listing it. Raises OSError."""
    return os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC, dir_fd=place)


def open_file(place: int, name: bytes) -> int:
    """A file in a folder, read-only; its time of access is left alone where this account may ask for that.

    Only the file's owner and a privileged account may: anyone else is refused with EPERM (open(2)).
    """
    _refuse_dots(name)
    try:
        return os.open(name, _FILE | os.O_NOATIME, dir_fd=place)
    except PermissionError as error:
        if error.errno != errno.EPERM:
            raise
        return os.open(name, _FILE, dir_fd=place)


def _exchanged(place: int, name: bytes, flags: int) -> int:
    """The place of what lies in another, in exchange for that one, which is closed."""
    try:
        if flags & os.O_NOFOLLOW:
            _refuse_dots(name)
        return os.open(name, flags, dir_fd=place)
    except NotADirectoryError as error:
        if flags & os.O_NOFOLLOW and stat.S_ISLNK(os.stat(name, dir_fd=place, follow_symlinks=False).st_mode):
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP)) from error
        raise
    finally:
        os.close(place)


def _refuse_dots(name: bytes) -> None:
    if name in (b"", b".", b".."):
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
