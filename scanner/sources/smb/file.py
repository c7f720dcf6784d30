"""A file of a share, open for reading: it seeks, reads ahead, and keeps nobody else from it."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from smbprotocol.file_info import FileInformationClass

from domain.errors import PASSING, ItemTroubleError, ProblemCode
from scanner.sources.smb.facts import Facts
from scanner.sources.smb.messages import Message, close, create, last_access, prepared, query_file, read
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import ACCESS_DENIED, END_OF_FILE, ConnectionLostError, NtStatusError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

AHEAD = 0x100000
_READ_DATA, _READ_ATTRIBUTES, _WRITE_ATTRIBUTES, _SYNCHRONIZE = 0x1, 0x80, 0x100, 0x100000
_ACCESS = _READ_DATA | _READ_ATTRIBUTES | _SYNCHRONIZE
_OPTIONS = 0x40 | 0x400000  # not a folder; do not bring back what is kept elsewhere


class SmbFile(io.RawIOBase):
    """Reads from the size that the file had when it was opened. What fails in reading is an ItemTroubleError; one that
    may pass is kept as `passing`, since a library may take a lost connection for damage.
    """

    passing: ItemTroubleError | None = None

    def __init__(self, session: SmbSession, share: str, handle: bytes, facts: Facts) -> None:
        self.session, self.facts = session, facts
        self._share, self._handle = share, handle
        self._position = 0
        self._was_read = False

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._position, io.SEEK_END: self.facts.size}[whence]
        if start + offset < 0:
            raise ValueError("A file has nothing before its beginning")
        self._position = start + offset
        return self._position

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer).cast("B")
        got = self._read(len(view))
        view[: len(got)] = got
        return len(got)

    def readall(self) -> bytes:
        return b"".join(iter(lambda: self._read(AHEAD), b""))

    @property
    def reading_whole(self) -> list[Any]:
        """A compound that reads all of a small file, asks what it is by then, and closes it."""
        return [read(self._handle, 0, self.facts.size), *self.closing]

    @property
    def closing(self) -> list[Any]:
        """A compound that asks what the file is by now, and closes it."""
        return [query_file(FileInformationClass.FILE_NETWORK_OPEN_INFORMATION, self._handle), close(self._handle)]

    def finish(self, *, restore: bool) -> Facts:
        """Closes the file at the server and gives what it is by then. Raises NtStatusError, ConnectionLostError."""
        messages = self.closing
        if restore and self._was_read:
            messages.insert(1, last_access(self._handle, self.facts.accessed))
        facts, *_ = self.session.ask(self._share, *messages)
        return facts.facts

    def abandon(self) -> None:
        """Closes the file at the server, as far as that can be done."""
        with suppress(NtStatusError, ConnectionLostError):
            self.session.ask(self._share, close(self._handle))

    def _read(self, length: int) -> bytes:
        length = min(length, self.facts.size - self._position, self.session.at_most(AHEAD))
        if length <= 0:
            return b""
        try:
            got = self._asked(length)
        except (NtStatusError, ConnectionLostError) as error:
            trouble = trouble_of(error)
            self.passing = trouble if trouble.problem.code in PASSING else None
            raise trouble from error
        self._position += len(got)
        self._was_read = True
        return got

    def _asked(self, length: int) -> bytes:
        (answer,) = self.session.ask(self._share, read(self._handle, self._position, length))
        return b"" if answer.status == END_OF_FILE else answer.read[:length]


def open_file(session: SmbSession, share: str, path: str, *, restore: bool) -> SmbFile:
    """Raises NtStatusError, and ItemTroubleError where it is seen on opening that it must not be read."""
    try:
        return _open_file(session, share, path, _ACCESS | _WRITE_ATTRIBUTES if restore else _ACCESS)
    except NtStatusError as error:
        if error.status != ACCESS_DENIED or not restore:
            raise
    return _open_file(session, share, path, _ACCESS)


def opening(path: str, access: int = _ACCESS) -> Message:
    """The request that opens a file for reading. Raises NtStatusError for a path that cannot be sent."""
    return create(path, access, _OPTIONS)


def _open_file(session: SmbSession, share: str, path: str, access: int) -> SmbFile:
    opened, number = session.ask(share, opening(path, access), _NUMBER)
    handle, facts = opened.opened
    file = SmbFile(session, share, handle, replace(facts, file_id=number.file_id))
    if file.facts.is_reparse_point:
        (tag,) = session.ask(share, query_file(FileInformationClass.FILE_ATTRIBUTE_TAG_INFORMATION, handle))
        file.facts = replace(file.facts, tag=tag.tag)
    if (problem := file.facts.problem) is not None:
        file.abandon()
        raise ItemTroubleError(problem.code)
    return file


_NUMBER = prepared(query_file(FileInformationClass.FILE_INTERNAL_INFORMATION))


def trouble_of(error: NtStatusError | ConnectionLostError) -> ItemTroubleError:
    """What it means for the one item. A connection that is lost may be back at the next scan."""
    return error.trouble if isinstance(error, NtStatusError) else ItemTroubleError(ProblemCode.VANISHED)
