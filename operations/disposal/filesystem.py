"""Files of a folder tree or mounted share, moved between their places and quarantine, and unlinked there.

Linux cannot remove, or rename, the file that is open rather than the one that has the name just then. So nothing is
ever unlinked where others write: a file is first renamed into a folder that is the disposer's alone, and looked at
there; what was not meant is put back, never over anything.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import BinaryIO

from domain.disposal import Disposal, Planned, Refusal, RefusedFileError, Step
from operations.disposal import renaming
from operations.disposal.holding import Around, Promise, Taken, Watch, around, unwatched
from operations.disposal.identity import digest_of, is_number, lasting, refuse_moved, refuse_other, why_not
from operations.disposal.quarantine import Quarantine, refusing
from scanner.sources.descriptors import closing_descriptor, open_file, open_listing, open_within
from scanner.sources.filesystem import version_of

_ANYTHING = os.O_PATH | os.O_NOFOLLOW | os.O_CLOEXEC


@dataclass(frozen=True, slots=True)
class FileTree:
    """A folder tree as a `Holding`."""

    quarantine: Quarantine
    watch: Watch = unwatched

    @property
    def promise(self) -> Promise:
        return Promise(f"quarantine on its own file system, put back by {self.quarantine.how}")

    def open(self, planned: Planned) -> BinaryIO:
        """What is read of it is compared by who packs it."""
        with (
            refusing(),
            self._folder_of(planned.ref.locator) as folder,
            self._as_planned(folder, planned.ref.name, planned) as file,
        ):
            return os.fdopen(os.dup(file), "rb")

    def take(self, one: Disposal) -> Taken:
        planned, token = one.planned, one.token
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

    def finish(self, one: Disposal) -> Taken | None:
        planned, token = one.planned, one.token
        with refusing():
            if self._standing(token) is None or self._is_in_both(token, planned.ref.locator):
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

    def give_back(self, one: Disposal, locator: bytes) -> bool:
        planned, token = one.planned, one.token
        if self._standing(token) is None:
            raise RefusedFileError(Refusal.MISSING)
        with refusing(), closing_descriptor(self._open(token)) as thing:
            same = self._has_digest(token, planned.digest)
            before = lasting(thing)
            with self._returning_to(locator) as folder:
                self._give_back(token, locator.rpartition(b"/")[2], folder)
            self.watch(Step.RETURNED)
            return same and before == lasting(thing)

    def is_back(self, one: Disposal, locator: bytes) -> bool:
        with refusing():
            if self._standing(one.token) is not None:
                return self._is_in_both(one.token, locator)
            there = self._facts(locator)
            if there is None or not is_number(there, one.planned):
                raise RefusedFileError(Refusal.MISSING)
            return True

    def purge(self, one: Disposal, intend: Callable[[], None]) -> None:
        planned, token, kept = one.planned, one.token, one.kept
        with self._in_quarantine(token) as file, refusing():
            refuse_other(file, planned, kept)
            intend()
            if version_of(os.fstat(file)) != kept:
                raise RefusedFileError(Refusal.CHANGED)
            os.unlink(token, dir_fd=self.quarantine.folder)
            self.watch(Step.UNLINKED)
            self.quarantine.keep()
            if os.fstat(file).st_nlink or self._standing(token) is not None:
                raise RefusedFileError(Refusal.NOT_GONE)

    def is_gone(self, one: Disposal) -> bool:
        with refusing():
            return self._standing(one.token) is None

    def look_around(self, expected: Iterable[Disposal]) -> Around:
        with refusing():
            return around(map(os.fsdecode, self.quarantine.tokens()), expected)

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

    def _is_in_both(self, token: str, locator: bytes) -> bool:
        """Whether it is back but for a second name in quarantine, which it loses: putting back by link and unlink broke
        off between the two.
        """
        here, there = self._standing(token), None
        with suppress(OSError):  # In a place that cannot be reached any more it is not.
            there = self._facts(locator)
        if here is None or there is None or not os.path.samestat(here, there):
            return False
        os.unlink(token, dir_fd=self.quarantine.folder)
        self.quarantine.keep()
        return True

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
