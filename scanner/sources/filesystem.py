"""A folder tree of this machine, mounted shares included. Below the root no link is ever followed.

Everything is opened relative to a directory descriptor, one name at a time: so paths may be longer than the system's
limit, names need not be text, and a folder that is swapped for a link in mid-scan leads nowhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known, Opened, nothing_known
from scanner.sources.descriptors import OpenFolders, closing_descriptor, open_file, open_listing, open_root, open_within
from scanner.sources.posix_rights import rights_of
from scanner.sources.trouble import code_of, named_trouble, reading
from scanner.sources.unreachable import SourceUnreachableError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BLOCK = 512  # The unit of st_blocks, whatever the file system's own (inode(7)).


@dataclass(frozen=True, slots=True)
class FilesystemSource:
    """The tree below `root`, which may itself be a link. With `only`, just the file of that name in `root`.

    A listing of `only` is never complete: it says nothing of what else the folder holds.
    """

    name: str
    root: bytes
    only: bytes | None = None

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:  # noqa: ARG002
        """Depth first, names in the order of their bytes. Raises SourceUnreachableError where there is no root."""
        with self._reaching():
            root = open_root(self.root)
        with closing_descriptor(root):
            if self.only is None:
                yield from self._walked(root)
            else:
                yield Listing(b"", (self._item(root, self.only),), complete=False)

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        """Never waits on a pipe, never leaves the root through a link, and leaves the time of access where it may."""
        with named_trouble():
            descriptor = self._descriptor(item.ref.locator)
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            os.close(descriptor)
            raise ItemTroubleError(ProblemCode.NOT_A_FILE)
        with reading(descriptor) as file:
            yield Opened(file, _version(before), min(before.st_size, before.st_blocks * _BLOCK))
            with named_trouble():
                after = os.fstat(descriptor)
            if _state(after) != _state(before):
                raise ItemTroubleError(ProblemCode.CHANGED)

    @contextmanager
    def _reaching(self) -> Iterator[None]:
        try:
            yield
        except (FileNotFoundError, NotADirectoryError) as error:
            raise SourceUnreachableError(self.name, "is missing or is not a folder") from error
        except OSError as error:
            raise SourceUnreachableError(self.name, f"cannot be opened ({os.strerror(error.errno or 0)})") from error

    def _walked(self, root: int) -> Iterator[Listing]:
        with self._reaching():
            os.close(open_listing(root))
        pending = [b""]
        with OpenFolders(root) as folders:
            while pending:
                folder = pending.pop()
                listing, below = self._listed(folders, folder)
                yield listing
                pending.extend(sorted(below, reverse=True))

    def _listed(self, folders: OpenFolders, folder: bytes) -> tuple[Listing, Sequence[bytes]]:
        """The listing of one folder, and the folders in it that can be listed in their turn."""
        found: dict[bytes, Item | None] = {}
        access, problem = None, None
        try:
            parent, _, name = folder.rpartition(b"/")
            opening = open_listing(folders.open(parent), name or b".")
            with closing_descriptor(opening) as opened, os.scandir(opened) as entries:
                access = rights_of(opened, os.fstat(opened))
                for entry in entries:
                    locator = _joined(folder, os.fsencode(entry.name))
                    found[locator] = self._entry(opened, ItemRef(self.name, locator), entry)
        except OSError as error:
            problem = Problem(code_of(error))  # What was not seen is unknown, not gone: the listing says so.
        items = tuple(found[locator] for locator in sorted(found))
        below = tuple(locator for locator, item in found.items() if item is None)
        return Listing(folder, tuple(filter(None, items)), problem is None, problem, access), below

    def _entry(self, folder: int, ref: ItemRef, entry: os.DirEntry[str]) -> Item | None:
        """The item, or None for a folder that can be listed."""
        is_folder = False
        try:
            is_folder = entry.is_dir(follow_symlinks=False)
            if not is_folder:
                return _item(ref, entry.stat(follow_symlinks=False))
            os.close(open_listing(folder, ref.name))
        except OSError as error:
            return Item(ref, ItemKind.FOLDER if is_folder else ItemKind.FILE, problem=Problem(code_of(error)))
        return None

    def _item(self, folder: int, name: bytes) -> Item:
        ref = ItemRef(self.name, name)
        try:
            return _item(ref, os.stat(name, dir_fd=folder, follow_symlinks=False))
        except OSError as error:
            return Item(ref, problem=Problem(code_of(error)))

    def _descriptor(self, locator: bytes) -> int:
        """A file descriptor below the root. Raises OSError, at a root that has gone too."""
        with closing_descriptor(open_root(self.root)) as root:
            folder, _, name = locator.rpartition(b"/")
            with closing_descriptor(open_within(root, folder)) as parent:
                return open_file(parent, name)


def _joined(folder: bytes, name: bytes) -> bytes:
    return folder + b"/" + name if folder else name


def _item(ref: ItemRef, facts: os.stat_result) -> Item:
    problem = _problem_of(facts.st_mode)
    return Item(
        ref,
        ItemKind.OTHER if problem else ItemKind.FILE,
        0 if problem else facts.st_size,
        _in_utc(facts.st_mtime_ns),
        _version(facts),
        f"{facts.st_dev}:{facts.st_ino}",
        problem,
        accessed=_in_utc(facts.st_atime_ns),
        allocated=facts.st_blocks * _BLOCK,
        owner=f"uid:{facts.st_uid}",
    )


def _problem_of(mode: int) -> Problem | None:
    if stat.S_ISLNK(mode):
        return Problem(ProblemCode.LINK)
    return None if stat.S_ISREG(mode) else Problem(ProblemCode.NOT_A_FILE)


def _in_utc(nanoseconds: int) -> datetime | None:
    """None for a time that the calendar does not reach: some tools write the year 30828."""
    try:
        return _EPOCH + timedelta(microseconds=nanoseconds // 1000)
    except OverflowError:
        return None


def _version(facts: os.stat_result) -> bytes:
    seen = f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}"
    return hashlib.blake2b(seen.encode(), digest_size=8).digest()


def _state(facts: os.stat_result) -> tuple[int, int, int]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
