"""Archives that libarchive reads: 7z, rar, cab, iso, cpio, lha, ar. A member's name is only a name."""

from __future__ import annotations

import stat
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from itertools import tee
from typing import BinaryIO

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.native_archive import Entry, NativeArchive
from scanner.formats.rar import rar_start
from scanner.streams import Window, as_file

_MOST_DAMAGED = 16
_WORTH_A_PASS = 64 * MIB
_CAB = b"MSCF"


@dataclass(frozen=True, slots=True)
class LibarchiveContainer:
    """The members in the archive's order; a position is an index into them, folders counted.

    `formats` are libarchive's names, one family a container, so that nothing is taken for what its type does not say.
    Parts that are read as they come are read in one pass, which a solid archive wants; one that is read later costs a
    pass of its own. Where a member's damage ends the pass, another goes on behind it, a few times over. Of an archive
    in several files this one is read as far as it goes, and then named unsupported.
    """

    formats: tuple[str, ...]

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        try:
            yield from self._parts(blob, after)
        except ItemTroubleError as trouble:
            if _is_volume(blob):
                raise ItemTroubleError(ProblemCode.UNSUPPORTED) from trouble
            raise
        if _is_volume(blob):
            raise ItemTroubleError(ProblemCode.UNSUPPORTED)

    def _parts(self, blob: Blob, after: int) -> Iterator[Part]:
        with closing(_Pass(blob, self.formats)) as walk:
            entries, same = tee(iter(walk.advance, None))
            for entry, name in zip(entries, unique(map(_name, same)), strict=True):
                if walk.index >= after and not stat.S_ISDIR(entry.kind):
                    yield self._part(walk, entry, name, blob.size)

    def _part(self, walk: _Pass, entry: Entry, name: str, packed: int) -> Part:
        """`packed` is that of the whole archive: no member can be more than all of it unpacks to."""
        problem = self._problem(entry)
        opened = partial(_opened, walk, walk.index, problem)
        return Part(name, walk.index + 1, opened, entry.size, packed, entry.modified, problem)

    def _problem(self, entry: Entry) -> Problem | None:
        """The last of the hard links to one file of a cpio archive carries its content, the others nothing."""
        carries = "cpio" in self.formats and bool(entry.size)
        if stat.S_ISLNK(entry.kind) or (entry.is_hard_link and not carries):
            return Problem(ProblemCode.LINK)
        if entry.kind and not stat.S_ISREG(entry.kind):
            return Problem(ProblemCode.NOT_A_FILE)
        return Problem(ProblemCode.ENCRYPTED) if entry.is_encrypted else None


class _Pass:
    """A forward pass over an archive, begun anew where that is the way on."""

    def __init__(self, blob: Blob, formats: tuple[str, ...]) -> None:
        self.blob, self.formats = blob, formats
        self.index = -1
        self.is_untouched = False
        self._left = 0
        self._damaged = 0
        self._native = NativeArchive(Window(blob), formats)

    def advance(self) -> Entry | None:
        if self._native.is_dead:
            self._damaged += 1
            if self._damaged == _MOST_DAMAGED:
                raise ItemTroubleError(ProblemCode.CORRUPT)
            self._begin_anew()
        elif not self.is_untouched and self._left > _WORTH_A_PASS:
            # To skip what is packed libarchive unpacks it, unless nothing was read yet of what it is packed with.
            self._begin_anew()
        entry = self._native.advance()
        self.index += 1
        self.is_untouched, self._left = True, (entry.size or 0) if entry else 0
        return entry

    def go_to(self, index: int) -> None:
        while self.index < index:
            if self.advance() is None:
                raise ItemTroubleError(ProblemCode.CORRUPT)

    def read(self) -> bytes:
        self.is_untouched = False
        piece = self._native.read()
        self._left -= len(piece)
        return piece

    def close(self) -> None:
        self._native.close()
        self.index = -1

    def _begin_anew(self) -> None:
        self._native.close()
        self._native = NativeArchive(Window(self.blob), self.formats)
        for _ in range(self.index + 1):
            self._native.advance()


def _opened(walk: _Pass, index: int, problem: Problem | None) -> BinaryIO:
    if problem is not None:
        raise ItemTroubleError(problem.code)
    return as_file(_content(walk, index))


def _content(walk: _Pass, index: int) -> Generator[bytes, None, None]:
    """The content of one member: from the walk while it stands there, else from a pass of its own."""
    read = 0
    if walk.index == index and walk.is_untouched:
        while walk.index == index:
            piece = walk.read()
            if not piece:
                return
            read += len(piece)
            yield piece
    with closing(_Pass(walk.blob, walk.formats)) as own:
        own.go_to(index)
        while piece := own.read():
            fresh, read = piece[read:], max(0, read - len(piece))
            if fresh:
                yield fresh


def _name(entry: Entry) -> str:
    try:
        name = entry.name.decode("utf-8")
    except UnicodeDecodeError:
        name = entry.name.decode("cp437")
    return name or "unnamed"


def _is_volume(blob: Blob) -> bool:
    """For cab: [MS-CAB] 2.1, cfhdrPREV_CABINET and cfhdrNEXT_CABINET."""
    head = blob.head
    return rar_start(head).is_volume or (head.startswith(_CAB) and bool(head[30:31]) and head[30] & 3 != 0)


SEVEN_ZIP = LibarchiveContainer(("7zip",))
RAR = LibarchiveContainer(("rar", "rar5"))
CAB = LibarchiveContainer(("cab",))
ISO = LibarchiveContainer(("iso9660",))
CPIO = LibarchiveContainer(("cpio",))
LHA = LibarchiveContainer(("lha",))
AR = LibarchiveContainer(("ar",))
