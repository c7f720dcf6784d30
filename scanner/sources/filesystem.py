"""A folder tree of this machine, mounted shares included. Below the root no link is ever followed.

Everything is opened relative to a directory descriptor, one name at a time: so paths may be longer than the system's
limit, names need not be text, and a folder that is swapped for a link in mid-scan leads nowhere.
"""

from __future__ import annotations

import hashlib
import os
import stat
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from operator import attrgetter

from domain.access import Access
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.source import Known, Opened, nothing_known
from scanner.sources.descriptors import OpenFolders, closing_descriptor, open_file, open_listing, open_root, open_within
from scanner.sources.posix_rights import ANYBODY, rights_of
from scanner.sources.trouble import code_of, named_trouble, reading
from scanner.sources.unreachable import SourceUnreachableError

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_BLOCK = 512  # The unit of st_blocks, whatever the file system's own (inode(7)).
_ENCODING, _ERRORS = sys.getfilesystemencoding(), sys.getfilesystemencodeerrors()
_STATE = b"folder, form 1"  # Another form, and every folder is listed anew: raise it with what an item tells.


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

    def _walked(self, root: int, known: Known) -> Iterator[Listing]:
        with self._reaching():
            os.close(open_listing(root))
        pending = [(b"", ANYBODY)]
        with OpenFolders(root) as folders:
            while pending:
                folder, coming = pending.pop()
                listing, below, passing = self._listed(folders, folder, known, coming)
                yield listing
                pending.extend((one, passing) for one in sorted(below, reverse=True))

    def _listed(
        self, folders: OpenFolders, folder: bytes, known: Known, coming: tuple[str, ...]
    ) -> tuple[Listing, Sequence[bytes], tuple[str, ...]]:
        """The listing of one folder, the folders in it that can be listed in their turn, and who can go on into them
        of those `coming` as far as here.
        """
        seen = _Seen()
        access, passing, problem = None, coming, None
        try:
            parent, _, name = folder.rpartition(b"/")
            opening = open_listing(folders.open(parent), name or b".")
            with closing_descriptor(opening) as opened, os.scandir(opened) as entries:
                access, passing = rights_of(opened, os.fstat(opened), coming)
                seen.look(opened, entries)
        except OSError as error:
            problem = Problem(code_of(error))  # What was not seen is unknown, not gone: the listing says so.
        below = [_joined(folder, name) for name in seen.below]
        looks = _looks(seen.files)
        state = _state_of(access, looks) if looks and not seen.troubled and problem is None else b""
        if state and known(folder) == state:
            return Listing(folder, (), state=state, since_known=True), below, passing
        before = folder + b"/" if folder else b""
        items = [
            _item(ItemRef(self.name, before + name.encode(_ENCODING, _ERRORS)), facts, looks[name])
            for name, facts in seen.files.items()
        ]
        items += (Item(ItemRef(self.name, before + raw), kind, problem=met) for raw, kind, met in seen.troubled)
        items.sort(key=_LOCATOR)
        return Listing(folder, tuple(items), problem is None, problem, access, state), below, passing

    def _item(self, folder: int, name: bytes) -> Item:
        ref = ItemRef(self.name, name)
        try:
            facts = os.stat(name, dir_fd=folder, follow_symlinks=False)
        except OSError as error:
            return Item(ref, problem=Problem(code_of(error)))
        return _item(ref, facts, _look(facts))

    def _descriptor(self, locator: bytes) -> int:
        """A file descriptor below the root. Raises OSError, at a root that has gone too."""
        with closing_descriptor(open_root(self.root)) as root:
            folder, _, name = locator.rpartition(b"/")
            with closing_descriptor(open_within(root, folder)) as parent:
                return open_file(parent, name)


@dataclass(slots=True)
class _Seen:
    """What lies in one folder: the facts of its files, the folders that can be listed, and what cannot be looked at."""

    files: dict[str, os.stat_result] = field(default_factory=dict)
    below: list[bytes] = field(default_factory=list)
    troubled: list[tuple[bytes, ItemKind, Problem]] = field(default_factory=list)

    def look(self, folder: int, entries: Iterator[os.DirEntry[str]]) -> None:
        for entry in entries:
            is_folder = False
            try:
                is_folder = entry.is_dir(follow_symlinks=False)
                if is_folder:
                    name = os.fsencode(entry.name)
                    os.close(open_listing(folder, name))
                    self.below.append(name)
                else:
                    self.files[entry.name] = entry.stat(follow_symlinks=False)
            except OSError as error:
                kind = ItemKind.FOLDER if is_folder else ItemKind.FILE
                self.troubled.append((os.fsencode(entry.name), kind, Problem(code_of(error))))


_LOCATOR = attrgetter("ref.locator")


def _joined(folder: bytes, name: bytes) -> bytes:
    return folder + b"/" + name if folder else name


def _item(ref: ItemRef, facts: os.stat_result, look: str) -> Item:
    problem = None if stat.S_ISREG(facts.st_mode) else _problem_of(facts.st_mode)
    return Item(
        ref,
        ItemKind.OTHER if problem else ItemKind.FILE,
        0 if problem else facts.st_size,
        _in_utc(facts.st_mtime_ns),
        _digest(look),
        f"{facts.st_dev}:{facts.st_ino}",
        problem,
        accessed=_in_utc(facts.st_atime_ns),
        allocated=facts.st_blocks * _BLOCK,
        owner=f"uid:{facts.st_uid}",
    )


def _problem_of(mode: int) -> Problem:
    return Problem(ProblemCode.LINK if stat.S_ISLNK(mode) else ProblemCode.NOT_A_FILE)


def _in_utc(nanoseconds: int) -> datetime | None:
    """None for a time that the calendar does not reach: some tools write the year 30828."""
    try:
        return _EPOCH + timedelta(0, nanoseconds // 1_000_000_000, nanoseconds % 1_000_000_000 // 1000)
    except OverflowError:
        return None


def _version(facts: os.stat_result) -> bytes:
    return _digest(_look(facts))


def _look(facts: os.stat_result) -> str:
    return _looks({"": facts})[""]


def _looks(files: Mapping[str, os.stat_result]) -> dict[str, str]:
    """What would tell another version of each of these files."""
    return {
        name: f"{facts.st_size} {facts.st_mtime_ns} {facts.st_ctime_ns} {facts.st_ino}" for name, facts in files.items()
    }


def _digest(look: str) -> bytes:
    return hashlib.blake2b(look.encode(), digest_size=8).digest()


def _state_of(access: Access | None, looks: Mapping[str, str]) -> bytes:
    """What a folder's files and rights looked like. No name has a slash or a zero in it, so nothing runs together."""
    told = sorted(f"{name}/{look}" for name, look in looks.items())
    return hashlib.blake2b(os.fsencode("\0".join((repr(access), *told))), digest_size=16, person=_STATE).digest()


def _state(facts: os.stat_result) -> tuple[int, int, int]:
    return facts.st_size, facts.st_mtime_ns, facts.st_ctime_ns
