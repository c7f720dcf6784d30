"""A file of a share, held open by its handle: whatever its name comes to stand for, this file is looked at, moved and
removed, and no other client writes to it meanwhile.
"""

from __future__ import annotations

import errno
import os
import struct
from contextlib import suppress
from dataclasses import dataclass, field, replace
from io import BufferedReader
from typing import BinaryIO

from domain.disposal import Planned, Refusal, RefusedFileError
from domain.entry import microseconds_of
from domain.errors import ItemTroubleError, ProblemCode
from operations.disposal.smb_requests import remove, rename
from scanner.blob import Blob, hashed
from scanner.sources.smb.facts import Facts, moment
from scanner.sources.smb.file import AHEAD, SmbFile
from scanner.sources.smb.messages import close, create, last_access, query_file, query_security
from scanner.sources.smb.places import is_listable
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import ConnectionLostError, NtStatusError

READERS, NOBODY = 0x1, 0x0
"""With whom a file is shared while it is held: those who read it, or no one."""
_READ, _READ_ATTRIBUTES, _WRITE_ATTRIBUTES = 0x1, 0x80, 0x100
_DELETE, _READ_CONTROL, _SYNCHRONIZE = 0x10000, 0x20000, 0x100000
_ACCESS = _READ | _READ_ATTRIBUTES | _WRITE_ATTRIBUTES | _DELETE | _READ_CONTROL | _SYNCHRONIZE
_NO_RECALL = 0x400000
_NUMBER, _STANDARD, _NETWORK_OPEN, _TAG = 6, 5, 34, 35  # classes of information (MS-FSCC 2.4)
_LINKS = struct.Struct("<16xL")
_IS_READ_ONLY, _WAS_TOUCHED = 0x1, 0x20
_NO_NAME = frozenset(':*?"<>|') | frozenset(map(chr, range(32)))  # a colon would name a stream of a file
_WHY = {
    ProblemCode.LINK: Refusal.LINK, ProblemCode.NOT_A_FILE: Refusal.NOT_A_FILE,
    ProblemCode.PLACEHOLDER: Refusal.PLACEHOLDER,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Look:
    """What the server says of what is open: `links` is how many names it has, `rights` its security descriptor."""

    facts: Facts
    links: int
    rights: bytes = field(repr=False)

    @property
    def lasting(self) -> tuple[object, ...]:
        """What moving a file leaves as it was: size, times, marks but that it is to be archived, and its rights."""
        facts = self.facts
        return facts.size, facts.created, facts.accessed, facts.written, facts.attributes & ~_WAS_TOUCHED, self.rights

    def why_not(self, planned: Planned, version: bytes) -> Refusal | None:
        """What tells what is open from what was planned, of which this is the version, before it is read."""
        if self.facts.problem is not None:
            return _WHY.get(self.facts.problem.code, Refusal.UNREADABLE)
        if self.facts.is_folder:
            return Refusal.NOT_A_FILE
        if not is_number(self.facts.file_id, planned):
            return Refusal.REPLACED
        if self.links != 1:
            return Refusal.HARD_LINKED
        if version != planned.version:
            return Refusal.CHANGED
        return Refusal.READ_ONLY if self.facts.attributes & _IS_READ_ONLY else None

    def why_other(self, planned: Planned) -> Refusal | None:
        """The same of what was moved, which may have given it another time of change and does no more."""
        if not is_number(self.facts.file_id, planned):
            return Refusal.REPLACED
        if self.links != 1:
            return Refusal.HARD_LINKED
        times = microseconds_of(moment(self.facts.written)), microseconds_of(planned.modified)
        return Refusal.CHANGED if self.facts.size != planned.size or times[0] != times[1] else None


@dataclass(frozen=True, slots=True)
class Held:
    """`root` is the path in its share below which everything lies. Raises NtStatusError and ConnectionLostError."""

    session: SmbSession
    share: str
    root: str
    handle: bytes

    def look(self) -> Look:
        network, number, standard, tag, rights = self.session.ask(
            self.share, query_file(_NETWORK_OPEN, self.handle), query_file(_NUMBER), query_file(_STANDARD),
            query_file(_TAG), query_security(),
        )  # fmt: skip
        facts = network.facts
        told = replace(facts, file_id=number.file_id, tag=tag.tag if facts.is_reparse_point else 0)
        return Look(told, _LINKS.unpack_from(standard.output)[0], rights.output)

    def digest(self) -> bytes:
        """Of all of it, read once. The time of access is then another: see `seem_unread`."""
        file = SmbFile(self.session, self.share, self.handle, self.look().facts)
        try:
            return hashed(Blob(BufferedReader(file, AHEAD), 0, b"")).digest
        except ItemTroubleError as trouble:
            raise trouble.__cause__ or trouble from trouble

    def seem_unread(self, since: Look) -> None:
        """Give it back the time of access that it had, where the server lets that be done."""
        with suppress(NtStatusError):
            self._ask(last_access(self.handle, since.facts.accessed))

    def lent(self) -> BinaryIO:
        """The same to be read; to close that is to let go of it."""
        return BufferedReader(_Lent(self.session, self.share, self.handle, self.look().facts), AHEAD)

    def move(self, locator: bytes) -> None:
        """Give it another place below the root, and replace nothing."""
        self._ask(rename(path_of(self.root, locator), self.handle))

    def remove(self) -> None:
        """Have it be gone as soon as it is let go of."""
        self._ask(remove(self.handle))

    def let_go(self) -> None:
        """As far as that can be done: a server closes by itself what a lost connection had open."""
        with suppress(NtStatusError, ConnectionLostError):
            self._ask(close(self.handle))

    def _ask(self, message: object) -> None:
        (answer,) = self.session.ask(self.share, message)
        answer.expect_success()


class _Lent(SmbFile):
    """What fails in reading is an OSError here, and closing it closes the handle."""

    def _read(self, length: int) -> bytes:
        try:
            return super()._read(length)
        except ItemTroubleError as trouble:
            raise OSError(errno.EIO, os.strerror(errno.EIO)) from trouble

    def close(self) -> None:
        if not self.closed:
            self.abandon()
        super().close()


def hold(session: SmbSession, share: str, root: str, locator: bytes, sharing: int) -> Held:
    """Raises NtStatusError: a sharing violation where somebody has it open for more than `sharing` leaves."""
    (opened,) = session.ask(share, create(path_of(root, locator), _ACCESS, _NO_RECALL, sharing))
    handle, _ = opened.opened
    return Held(session, share, root, handle)


def is_number(file_id: int, planned: Planned) -> bool:
    """By its number on the volume alone, as files on this machine are."""
    return bool(file_id) and planned.file_id.rpartition(":")[2] == f"{file_id:x}"


def path_of(root: str, locator: bytes) -> str:
    """The path in the share. Raises RefusedFileError for a locator that no listing gives: it might lead elsewhere."""
    if not is_listable(locator) or not _NO_NAME.isdisjoint(name := locator.decode("utf-8", "surrogatepass")):
        raise RefusedFileError(Refusal.GONE)
    return "\\".join((*filter(None, (root,)), name.replace("/", "\\")))
