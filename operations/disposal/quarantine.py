"""The quarantine of a source: a folder below its root for the disposer alone, on its file system, never crawled."""

from __future__ import annotations

import errno
import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from domain.disposal import MARKER, Refusal, RefusedFileError
from operations.access import RefusedError
from operations.disposal.renaming import Returning, is_trial, returning_of
from scanner.sources.descriptors import closing_descriptor, open_listing, open_root

TEXT = b"""This folder belongs to Muniment. It holds files that were approved for disposal, until they are purged or
restored. Do not add, change or remove anything here: what became of each file is proved by what lies here.
To put a file back: muniment dispose restore
"""
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


@dataclass(frozen=True, slots=True)
class Quarantine:
    """`root` and `folder` are open descriptors; `how` says how files are put back from here."""

    root: int
    folder: int
    device: int
    how: Returning

    def tokens(self) -> Iterator[bytes]:
        """The names of all that lies in quarantine."""
        with closing_descriptor(open_listing(self.folder)) as listed:
            names = sorted(map(os.fsencode, os.listdir(listed)))
        return (name for name in names if name != MARKER.encode() and not is_trial(name))

    def keep(self) -> None:
        """Have what was renamed here, or away from here, outlive a power cut."""
        os.fsync(self.folder)


@contextmanager
def open_quarantine(source: str, root: bytes, name: str, *, is_known: bool = False) -> Iterator[Quarantine]:
    """The quarantine of a source, made where there is none yet, unless it `is_known` that files lie in one.

    Raises RefusedError where the source cannot be disposed of safely, and says why.
    """
    with ExitStack() as stack:
        try:
            place = stack.enter_context(closing_descriptor(open_root(root)))
            folder = stack.enter_context(_folder(source, place, os.fsencode(name), is_known=is_known))
            how = returning_of(folder)
        except OSError as error:
            raise RefusedError(told(source, trouble_of(error), os.strerror(error.errno or 0))) from error
        if how is None:
            raise RefusedError(
                f"The source {source!r} lies on a file system where nothing can be put back without the risk of "
                "replacing something, so nothing is disposed of there. Give others the manifest: muniment dispose list"
            )
        yield Quarantine(place, folder, os.fstat(folder).st_dev, how)


def new_token(manifest: int) -> str:
    """A name in quarantine that nobody has and nobody guesses."""
    return f"{manifest}-{secrets.token_hex(16)}"


def trouble_of(error: OSError) -> Refusal:
    """What an error of the operating system amounts to for one file."""
    return _REFUSALS.get(error.errno or 0, Refusal.UNREADABLE)


_REFUSALS = {
    errno.ENOENT: Refusal.GONE, errno.ESTALE: Refusal.GONE, errno.ELOOP: Refusal.FOLDER_LINK,
    errno.ENOTDIR: Refusal.FOLDER_LINK, errno.EXDEV: Refusal.OTHER_VOLUME, errno.EEXIST: Refusal.TAKEN,
    errno.EACCES: Refusal.DENIED, errno.EPERM: Refusal.DENIED, errno.EROFS: Refusal.DENIED,
    errno.ENOSPC: Refusal.FULL, errno.EDQUOT: Refusal.FULL, errno.EBUSY: Refusal.BUSY, errno.ETXTBSY: Refusal.BUSY,
    errno.EAGAIN: Refusal.BUSY,
}  # fmt: skip
_OUR_OWN = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


@contextmanager
def refusing() -> Iterator[None]:
    """Turn the operating system's errors at one file into RefusedFileError; what this process ran out of ends it."""
    try:
        yield
    except OSError as error:
        if error.errno in _OUR_OWN:
            raise
        raise RefusedFileError(trouble_of(error)) from error


@contextmanager
def _folder(source: str, root: int, name: bytes, *, is_known: bool) -> Iterator[int]:
    """Raises OSError, and RefusedError for a folder of that name that is not ours, or that others get into."""
    if is_known:
        refuse_lost(source, name in _names(root))
    try:
        os.mkdir(name, 0o700, dir_fd=root)
    except FileExistsError:
        is_new = False
    else:
        is_new = True
    with closing_descriptor(open_listing(root, name)) as folder:
        facts = os.fstat(folder)
        if facts.st_uid != os.geteuid() or facts.st_mode & _OTHERS:
            raise RefusedError(
                f"The quarantine of {source!r} is not this account's own, or others may enter it. Have it belong to "
                "the account that runs disposal, with mode 0700; on a mounted share, mount it so."
            )
        if facts.st_dev != os.fstat(root).st_dev:
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        _mark(source, folder, is_new=is_new, is_known=is_known)
        yield folder


def _names(root: int) -> list[bytes]:
    with closing_descriptor(open_listing(root)) as listed:
        return list(map(os.fsencode, os.listdir(listed)))


def refuse_lost(source: str, is_there: bool) -> None:
    """A quarantine that is not there, though the journal knows of files in it, is no proof that they are gone: an
    unmounted disk looks like that too, and so does an empty folder without our marker. Raises RefusedError.
    """
    if not is_there:
        raise RefusedError(
            f"The quarantine of {source!r} is not there, and by the journal files lie in it. Mount its disk, or give "
            "disposal.quarantine the name that it had. Where it was removed for good, have this account make a folder "
            f"of that name, for itself alone, with a file {MARKER} in it: then what lay in it is told as lost."
        )


def _mark(source: str, folder: int, *, is_new: bool, is_known: bool) -> None:
    """Leave the marker in a folder that is new, or that was left empty when that broke off."""
    names = os.listdir(folder)
    if MARKER in names:
        return
    if names and not is_new:
        raise RefusedError(
            f"The quarantine of {source!r} has files in it and no {MARKER}: it may be somebody else's folder. Look "
            f"into it, and put that file back there, or name another folder in disposal.quarantine."
        )
    refuse_lost(source, not is_known)
    made = os.open(MARKER, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600, dir_fd=folder)
    with os.fdopen(made, "wb") as file:
        file.write(TEXT)


def told(source: str, refusal: Refusal, failure: str) -> str:
    """What a source answers of which the quarantine cannot be opened."""
    why = _WHY.get(refusal, f"it failed ({failure})")
    return f"Nothing can be disposed of in the source {source!r}: {why}. Then run the same command again."


_WHY = {
    Refusal.GONE: "its root is not there. Is it mounted?",
    Refusal.FOLDER_LINK: "its quarantine is a link or no folder. Take that away",
    Refusal.DENIED: "this account may not write below its root. Give it that right, or mount it to be written to",
    Refusal.FULL: "its disk is full. Make room",
    Refusal.OTHER_VOLUME: "its quarantine lies on another file system. Unmount that",
}
