"""Files of a folder tree or mounted share, moved between their places and quarantine, and unlinked there.

Linux cannot remove, or rename, the file that is open rather than the one that has the name just then. So nothing is
ever unlinked where others write: a file is first renamed into a folder that is the disposer's alone, and looked at
there; what was not meant is put back, never over anything.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from domain.disposal import Planned, Refusal, RefusedFileError, Step
from operations.disposal import renaming
from operations.disposal.identity import digest_of, is_number, lasting, refuse_moved, refuse_other, why_not
from operations.disposal.quarantine import Quarantine, refusing
from scanner.sources.descriptors import closing_descriptor, open_file, open_listing, open_within
from scanner.sources.filesystem import version_of

Watch = Callable[[Step], None]
"""Told of each step as it is taken. A drill has the machine stop there."""

_ANYTHING = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC


def unwatched(_step: Step) -> None:
    """Nobody looks."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking a file: its version in quarantine; or why it is not there, or (`stranded`) still is."""

    kept: bytes = b""
    refusal: Refusal | None = None
    stranded: bool = False


@dataclass(frozen=True, slots=True)
class FileTree:
    """A source with its quarantine."""

    quarantine: Quarantine
    watch: Watch = unwatched

    def take(self, planned: Planned, token: str) -> Taken:
        """Move a file into quarantine if it is, to the byte, the one that was planned; else leave it, or put it back.

        Raises RefusedFileError where it was not moved.
        """
        with refusing(), self._folder_of(planned.ref.locator) as folder:
            name = planned.ref.name
            with self._as_planned(folder, name, planned) as file:
                self.watch(Step.OPENED)
                renaming.take(name, folder, token.encode(), self.quarantine.folder)
                self.watch(Step.RENAMED)
                try:
                    with refusing():
                        self._refuse_moved(folder, planned.ref.locator)
                        self._keep(folder)
                        return self._looked_at(file, planned, token)
                except RefusedFileError as refused:
                    return self._put_back(token, name, folder, refused.refusal)

    @contextmanager
    def open_verified(self, planned: Planned) -> Iterator[BinaryIO]:
        """A file in its place, to be read, if it looks as it was planned, before and after. Raises RefusedFileError."""
        with (
            refusing(),
            self._folder_of(planned.ref.locator) as folder,
            self._as_planned(folder, planned.ref.name, planned) as file,
            os.fdopen(os.dup(file), "rb") as opened,
        ):
            yield opened
            if refusal := why_not(os.fstat(file), planned, self.quarantine.device):
                raise RefusedFileError(refusal)

    def finish(self, planned: Planned, token: str) -> Taken | None:
        """Go on where taking broke off; None where the file was not moved, or is back."""
        with refusing():
            if self._standing(token) is None:
                return None
        try:
            with self._in_quarantine(token) as file, refusing():
                self.quarantine.keep()
                return self._looked_at(file, planned, token)
        except RefusedFileError as refused:
            try:
                with refusing(), self._folder_of(planned.ref.locator) as folder:
                    return self._put_back(token, planned.ref.name, folder, refused.refusal)
            except RefusedFileError:
                return Taken(refusal=refused.refusal, stranded=True)

    def give_back(self, locator: bytes, token: str, digest: bytes) -> bool:
        """Rename what is in quarantine to a path below the root, where nothing may stand; whether its bytes, times,
        mode and access are what they were.

        Raises RefusedFileError (taken, folder-gone, missing, …).
        """
        if self._standing(token) is None:
            raise RefusedFileError(Refusal.MISSING)
        with refusing(), closing_descriptor(self._open(token)) as thing:
            same = self._has_digest(token, digest)
            before = lasting(thing)
            with self._returning_to(locator) as folder:
                self._give_back(token, locator.rpartition(b"/")[2], folder)
            self.watch(Step.RETURNED)
            return same and before == lasting(thing)

    def is_back(self, locator: bytes, token: str, planned: Planned) -> bool:
        """Whether a file that was being given back is in its place alone: where it has both names, it loses the one
        in quarantine. Raises RefusedFileError (missing) where it has none.
        """
        with refusing():
            here, there = self._standing(token), self._facts(locator)
            if here is None:
                if there is None or not is_number(there, planned):
                    raise RefusedFileError(Refusal.MISSING)
                return True
            if there is None or not os.path.samestat(here, there):
                return False
            os.unlink(token, dir_fd=self.quarantine.folder)
            self.quarantine.keep()
            return True

    def purge(self, planned: Planned, token: str, kept: bytes, intend: Callable[[], None]) -> None:
        """Hash a file in quarantine again, have that be noted (`intend`), unlink it, and see that it is gone.

        Raises RefusedFileError; whether it is gone then `is_gone` tells.
        """
        with self._in_quarantine(token) as file, refusing():
            refuse_other(file, planned, kept)
            intend()
            if version_of(os.fstat(file)) != kept:
                raise RefusedFileError(Refusal.CHANGED)
            os.unlink(token, dir_fd=self.quarantine.folder)
            self.watch(Step.UNLINKED)
            self.quarantine.keep()
            if os.fstat(file).st_nlink or not self.is_gone(token):
                raise RefusedFileError(Refusal.NOT_GONE)

    def is_gone(self, token: str) -> bool:
        """Whether nothing is in quarantine under that name. Raises RefusedFileError where that cannot be told."""
        with refusing():
            return self._standing(token) is None

    @contextmanager
    def _as_planned(self, folder: int, name: bytes, planned: Planned) -> Iterator[int]:
        """The file, open, if what stands there looks as it was planned. Raises RefusedFileError or OSError."""
        facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        if refusal := why_not(facts, planned, self.quarantine.device):
            raise RefusedFileError(refusal)
        with closing_descriptor(open_file(folder, name)) as file:
            if not os.path.samestat(os.fstat(file), facts):
                raise RefusedFileError(Refusal.REPLACED)
            yield file

    def _refuse_moved(self, folder: int, locator: bytes) -> None:
        """Raises RefusedFileError where the folder is not, or not any more, the one that is reached from the root."""
        with self._folder_of(locator) as there:
            if not os.path.samestat(os.fstat(folder), os.fstat(there)):
                raise RefusedFileError(Refusal.FOLDER_LINK)

    def _looked_at(self, file: int, planned: Planned, token: str) -> Taken:
        """Raises RefusedFileError where what lies in quarantine is not what was planned."""
        moved = os.stat(token, dir_fd=self.quarantine.folder, follow_symlinks=False)
        kept = refuse_moved(file, moved, planned)
        self.watch(Step.HASHED)
        return Taken(kept)

    def _put_back(self, token: str, name: bytes, folder: int, refusal: Refusal) -> Taken:
        """Whatever was taken, in the folder that it was taken from; where that cannot be, it stays in quarantine."""
        try:
            self._give_back(token, name, folder)
        except OSError:
            return Taken(refusal=refusal, stranded=self._standing(token) is not None)
        self.watch(Step.PUT_BACK)
        return Taken(refusal=refusal)

    def _give_back(self, token: str, name: bytes, folder: int) -> None:
        renaming.give_back(token.encode(), self.quarantine.folder, name, folder, self.quarantine.how)
        self._keep(folder)

    def _keep(self, folder: int) -> None:
        """A folder that may be written to but not read cannot be told to keep its names: its own disk sees to that."""
        self.quarantine.keep()
        with suppress(PermissionError), closing_descriptor(open_listing(folder)) as listed:
            os.fsync(listed)

    @contextmanager
    def _folder_of(self, locator: bytes) -> Iterator[int]:
        """The folder of a file, reached from the root without following a link. Raises OSError."""
        with closing_descriptor(open_within(self.quarantine.root, locator.rpartition(b"/")[0])) as folder:
            yield folder

    @contextmanager
    def _returning_to(self, locator: bytes) -> Iterator[int]:
        try:
            folder = open_within(self.quarantine.root, locator.rpartition(b"/")[0])
        except FileNotFoundError as error:
            raise RefusedFileError(Refusal.FOLDER_GONE) from error
        with closing_descriptor(folder):
            yield folder

    def _open(self, token: str) -> int:
        """Whatever lies there, to be looked at and not read."""
        return os.open(token, _ANYTHING, dir_fd=self.quarantine.folder)

    @contextmanager
    def _in_quarantine(self, token: str) -> Iterator[int]:
        with refusing():
            standing = self._standing(token)
            if standing is None:
                raise RefusedFileError(Refusal.MISSING)
            if not stat.S_ISREG(standing.st_mode):
                raise RefusedFileError(Refusal.REPLACED)
            file = open_file(self.quarantine.folder, token.encode())
        with closing_descriptor(file):
            yield file

    def _has_digest(self, token: str, digest: bytes) -> bool:
        with suppress(RefusedFileError, OSError), self._in_quarantine(token) as file:
            return digest_of(file) == digest
        return False

    def _standing(self, token: str) -> os.stat_result | None:
        with suppress(FileNotFoundError):
            return os.stat(token, dir_fd=self.quarantine.folder, follow_symlinks=False)
        return None

    def _facts(self, locator: bytes) -> os.stat_result | None:
        with suppress(FileNotFoundError), self._folder_of(locator) as folder:
            return os.stat(locator.rpartition(b"/")[2], dir_fd=folder, follow_symlinks=False)
        return None
