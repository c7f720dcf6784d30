"""A folder tree of this machine, mounted shares included. Below the root no link is ever followed.

Everything is opened relative to a directory descriptor, one name at a time: so paths may be longer than the system's
limit, names need not be text, and a folder that is swapped for a link in mid-scan leads nowhere. The quarantine of
disposal, directly below the root, or below that of a source that lies in this one, is not listed: what lies there has
been listed where it lay. Nor is a stub that disposal left.
"""

from __future__ import annotations

import marshal
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import blake2b
from operator import attrgetter, itemgetter
from typing import TypeAlias

from domain.access import Access
from domain.disposal import MARKER, QUARANTINE
from domain.entry import Entries, Entry, microseconds_of
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from domain.stub import LONGEST_STUB, STUB_ENDING, is_stub
from scanner.source import Known, Opened, nothing_known
from scanner.sources.descriptors import OpenFolders, closing_descriptor, open_file, open_listing, open_root, open_within
from scanner.sources.posix_rights import ANYBODY, FileRights, rights_of
from scanner.sources.trouble import code_of, named_trouble, reading
from scanner.sources.unreachable import SourceUnreachableError

# In nanoseconds. What the calendar does not reach is no time: some tools write the year 30828.
_FIRST, _LAST = (1000 * (microseconds_of(datetime(year, 1, 1, tzinfo=UTC)) or 0) for year in (1, 9999))
_DAY = 86_400
_STUB = os.fsdecode(STUB_ENDING)
_OTHERS = stat.S_IRWXG | stat.S_IRWXO
_BLOCK = 512  # The unit of st_blocks, whatever the file system's own (inode(7)).
_ENCODING, _ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
_STATE = b"folder, form 2"  # Another form, and every folder is listed anew: raise it with what an item tells.
_MARSHAL = 2  # The last form in which equal values are always equal bytes: from the third on equal objects are shared.
_BEGUN = blake2b(digest_size=8)

_Look: TypeAlias = tuple[int, int, int, int]
"""A file's size, when it was modified and changed, and its number: what would tell another version of it."""


@dataclass(frozen=True, slots=True)
class FilesystemSource:
    """The tree below `root`, which may itself be a link. With `only`, just the file of that name in `root`.

    A listing of `only` is never complete: it says nothing of what else the folder holds.
    """

    name: str
    root: bytes
    only: bytes | None = None

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        """Depth first, names in the order of their bytes. Raises SourceUnreachableError where there is no root.

        Every file is looked at each time; what a folder's files and rights looked like together is its state, and a
        folder of which that is `known` has nothing to list.
        """
        with self._reaching():
            root = open_root(self.root)
        with closing_descriptor(root):
            if self.only is None:
                yield from self._walked(root, known)
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
            yield Opened(file, version_of(before), min(before.st_size, before.st_blocks * _BLOCK))
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

    def _walked(self, root: int, known: Known) -> Iterator[Listing]:
        with self._reaching():
            os.close(open_listing(root))
        pending = [(b"", ANYBODY)]
        with OpenFolders(root) as folders:
            while pending:
                folder, coming = pending.pop()
                listing, below, passing = self._listed(folders, folder, known, coming)
                yield listing
                if below:
                    pending += [(one, passing) for one in sorted(below, reverse=True)]

    def _listed(
        self, folders: OpenFolders, folder: bytes, known: Known, coming: tuple[str, ...]
    ) -> tuple[Listing, Sequence[bytes], tuple[str, ...]]:
        """The listing of one folder, the folders in it that can be listed in their turn, and who can go on into them
        of those `coming` as far as here.
        """
        parent, _, name = folder.rpartition(b"/")
        try:
            opened = open_listing(folders.open(parent), name or b".")
        except OSError as error:
            return Listing(folder, (), complete=False, problem=Problem(code_of(error))), (), coming
        try:
            seen = _Seen(opened, coming, is_root=not folder)
            below = [_joined(folder, name) for name in seen.below]
            state, before = seen.state, known(folder)  # Asked of every folder: so the questions come in order.
            if state and before == state:
                return Listing(folder, (), state=state, since_known=True), below, seen.passing
            told = seen.entries()
        finally:
            os.close(opened)
        # What was not seen is unknown, not gone: the listing says so.
        items = Entries(self.name, folder, told) if told else ()
        return Listing(folder, items, seen.problem is None, seen.problem, seen.access, state), below, seen.passing

    def _item(self, folder: int, name: bytes) -> Item:
        try:
            facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            return Item(ItemRef(self.name, name), problem=Problem(code_of(error)))
        (entry,) = _entries([(os.fsdecode(name), _LOOK(facts), 0)], [(os.fsdecode(name), facts)], None)
        return entry.item(self.name, b"")

    def _descriptor(self, locator: bytes) -> int:
        """A file descriptor below the root. Raises OSError, at a root that has gone too."""
        with closing_descriptor(open_root(self.root)) as root:
            folder, _, name = locator.rpartition(b"/")
            with closing_descriptor(open_within(root, folder)) as parent:
                return open_file(parent, name)


class _Seen:
    """What lies in an open folder: its rights, the facts of its files, the folders that can be listed, what cannot be
    looked at, and the problem that ended the looking early, where one did.
    """

    def __init__(self, folder: int, coming: tuple[str, ...], *, is_root: bool) -> None:
        self.below: list[bytes] = []
        self.access: Access | None = None
        self.passing, self.problem = coming, None
        self._folder = folder
        self._files: list[tuple[str, os.stat_result]] = []
        self._is_root = is_root
        self._troubled: list[Entry] = []
        try:
            with os.scandir(folder) as entries:
                self.access, self.passing = rights_of(folder, os.fstat(folder), coming)
                self._look(entries)
        except OSError as error:
            self.problem = Problem(code_of(error))
        self._files.sort(key=_NAME)
        self._looks = [(name, _LOOK(facts), facts[stat.ST_ATIME] // _DAY) for name, facts in self._files]

    @property
    def state(self) -> bytes:
        """What it all looked like, to the day of the last access; none where there is nothing to compare with."""
        if not self._files or self._troubled or self.problem is not None:
            return b""
        rights = (self.access.owner, self.access.readers, self.access.writers) if self.access else None
        told = marshal.dumps((self._looks, rights, self.passing), _MARSHAL)
        return blake2b(told, digest_size=16, person=_STATE).digest()

    def entries(self) -> list[Entry]:
        """While the folder is open: rights may have to be asked for."""
        rights = FileRights(self._folder, self.access, self.passing) if self.access else None
        told = _entries(self._looks, self._files, rights)
        told += self._troubled
        told.sort(key=_NAME)
        return told

    def _look(self, entries: Iterable[os.DirEntry[str]]) -> None:
        files = self._files
        for entry in entries:
            try:
                if entry.is_dir(follow_symlinks=False):
                    if entry.name.startswith(QUARANTINE) and self._is_quarantine(entry.name):
                        continue
                    self._look_into(os.fsencode(entry.name))
                    continue
                name, facts = entry.name, entry.stat(follow_symlinks=False)
                if not (name.endswith(_STUB) and self._is_stub(name, facts)):
                    files.append((name, facts))
            except OSError as error:
                self._troubled.append(_trouble(os.fsencode(entry.name), ItemKind.FILE, error))

    def _is_quarantine(self, name: str) -> bool:
        """By its marker; to whom may not even enter it, its name is enough, since nothing of it could be read. Deeper
        it is one account's alone besides, as every quarantine is: what people share is not hidden by a name.
        """
        if not self._is_root and os.stat(name, dir_fd=self._folder, follow_symlinks=False).st_mode & _OTHERS:
            return False
        try:
            os.stat(f"{name}/{MARKER}", dir_fd=self._folder, follow_symlinks=False)
        except PermissionError:
            return True
        except OSError:
            return False
        return True

    def _is_stub(self, name: str, facts: os.stat_result) -> bool:
        """Whether what is named so is what disposal left in the place of a file, to the letter."""
        if facts.st_size > LONGEST_STUB or not stat.S_ISREG(facts.st_mode):
            return False
        with suppress(OSError), closing_descriptor(open_file(self._folder, os.fsencode(name))) as file:
            return is_stub(os.read(file, LONGEST_STUB))
        return False

    def _look_into(self, name: bytes) -> None:
        try:
            os.close(open_listing(self._folder, name))
        except OSError as error:
            self._troubled.append(_trouble(name, ItemKind.FOLDER, error))
        else:
            self.below.append(name)


_NAME = itemgetter(0)
_LOOK = attrgetter("st_size", "st_mtime_ns", "st_ctime_ns", "st_ino")
_ALSO = attrgetter("st_atime_ns", "st_blocks")


def _joined(folder: bytes, name: bytes) -> bytes:
    return folder + b"/" + name if folder else name


def _trouble(name: bytes, kind: ItemKind, error: OSError) -> Entry:
    return Entry(name, kind, 0, None, b"", None, None, None, None, False, None, None, Problem(code_of(error)))


def _entries(
    looks: Iterable[tuple[str, _Look, float]], files: Iterable[tuple[str, os.stat_result]], rights: FileRights | None
) -> list[Entry]:
    """All in one function, and past the constructor of entries, which takes eight times as long: it is done for every
    file that there is.
    """
    told: list[Entry] = []
    for (called, look, _), (_, facts) in zip(looks, files, strict=True):
        name = called.encode(_ENCODING, _ERRORS)
        size, modified, _, number = look
        mode, _, device, _, owner, group, *_ = facts
        accessed, blocks = _ALSO(facts)
        kind, problem, access = "file", None, None
        if not stat.S_ISREG(mode):
            kind, size, problem = "other", 0, _problem_of(mode)
        elif rights is not None:
            access = rights.of(name, mode, owner, group)
        told.append(tuple.__new__(Entry, (
            name, kind, size, modified // 1000 if _FIRST < modified < _LAST else None, _digest(look),
            f"{device}:{number}", None, accessed // 1000 if _FIRST < accessed < _LAST else None,
            blocks * _BLOCK, False, _account(owner), access, problem,
        )))  # fmt: skip
    return told


@lru_cache
def _account(owner: int) -> str:
    return f"uid:{owner}"


def _problem_of(mode: int) -> Problem:
    return Problem(ProblemCode.LINK if stat.S_ISLNK(mode) else ProblemCode.NOT_A_FILE)


def version_of(facts: os.stat_result) -> bytes:
    return _digest(_LOOK(facts))


def _digest(look: _Look) -> bytes:
    # Made as text, and from what is begun already: each takes half as long as the other way.
    digest = _BEGUN.copy()
    digest.update(b"%d %d %d %d" % look)
    return digest.digest()


def _state(facts: os.stat_result) -> tuple[int, int, int]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
