"""One folder of a share in one round trip: opened, listed, its rights read, closed (compounds: MS-SMB2 3.2.4.1.4).

A folder that is too large for that is opened again and listed piece by piece.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from smbprotocol.file_info import FileInformationClass

from domain.errors import Problem, ProblemCode
from scanner.sources.smb.facts import REPARSE_POINT, Facts
from scanner.sources.smb.messages import (
    Answer,
    Message,
    close,
    create,
    prepared,
    query_directory,
    query_file,
    query_security,
    query_volume,
)
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.status import ACCESS_DENIED, NO_MORE_FILES, NO_SUCH_FILE, SUCCESS, NtStatusError

_LIST, _READ_ATTRIBUTES, _READ_CONTROL, _SYNCHRONIZE = 0x1, 0x80, 0x20000, 0x100000
_WRITING = (0x2, 0x4, 0x40, 0x10000, 0x40000, 0x80000)  # the last three: DELETE, WRITE_DAC, WRITE_OWNER
_DIRECTORY, _REPARSE_POINT, _NO_RECALL = 0x1, 0x200000, 0x400000
METADATA_ONLY = _REPARSE_POINT | _NO_RECALL
_ACCESS = _LIST | _READ_ATTRIBUTES | _SYNCHRONIZE
_OPTIONS = _DIRECTORY | METADATA_ONLY
_SMALL = 0x10000
_LARGE = 0x100000
_MOST_ENTRIES = 4_000_000  # in one folder; what goes on for longer never ends
_AT_THE_END = (NO_MORE_FILES, NO_SUCH_FILE)  # The root of a drive has not even itself to list.
# FILE_ID_FULL_DIR_INFORMATION (MS-FSCC 2.4.18); of a reparse point the field for extended attributes holds the tag.
_ENTRY = struct.Struct("<L4x6QLLL4xQ")
_NO_NUMBER = 0xFFFFFFFFFFFFFFFF
_UNNAMEABLE = frozenset("/\\\0")


@dataclass(frozen=True, slots=True)
class Entry:
    """`name` is the Windows name in UTF-8, a half of a surrogate pair as if it were a character."""

    name: bytes = field(repr=False)
    facts: Facts


@dataclass(slots=True)
class Listed:
    """What was seen of a folder so far, and the problem that ended it early, where something did."""

    entries: list[Entry]
    descriptor: bytes | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """What makes a folder that folder, by whatever way it is reached; a `file_id` of 0 says nothing."""

    volume: int
    file_id: int


class BrokenListingError(Exception):
    """What the server sent is no listing, from here on."""


def list_folder(session: SmbSession, share: str, path: str) -> Listed:
    """Raises NtStatusError where the folder cannot be opened at all."""
    try:
        return _list_folder(session, share, path, _ACCESS | _READ_CONTROL)
    except NtStatusError as error:
        if error.status != ACCESS_DENIED:
            raise
    return _list_folder(session, share, path, _ACCESS)  # Some may list a folder and not see its rights.


def mark(session: SmbSession, share: str, path: str) -> Mark:
    """Which folder it is. Raises NtStatusError where it cannot be listed."""
    opened, volume, number, _ = session.ask(share, create(path, _ACCESS, _OPTIONS), _VOLUME, _NUMBER, _CLOSE)
    opened.expect_success()
    return Mark(volume.volume, number.file_id)


def asking_for_rights(path: str) -> tuple[Message, Message, Message]:
    """A compound that asks for the security descriptor of one file, and brings nothing back that is kept elsewhere."""
    return create(path, _READ_CONTROL | _SYNCHRONIZE, METADATA_ONLY), _RIGHTS, _CLOSE


def grants_writing(session: SmbSession, share: str, path: str) -> bool:
    """Whether the folder opens for adding files or folders, for deleting what is in it, or for changing its rights."""
    rights = [[create(path, right | _SYNCHRONIZE, _OPTIONS), _CLOSE] for right in _WRITING]
    return any(opened.status == SUCCESS for opened, _ in session.ask_each(share, rights))


def entries_of(buffer: bytes) -> Iterator[Entry]:
    """Raises BrokenListingError, behind what could be read. Each entry lies behind the one before it."""
    start, step = 0, 1
    while step:
        try:
            step, created, accessed, written, changed, size, allocated, attributes, length, tag, number = (
                _ENTRY.unpack_from(buffer, start)
            )
        except struct.error as error:
            raise BrokenListingError from error
        name = _name(buffer, start + _ENTRY.size, length)
        if name not in (b".", b".."):
            facts = Facts(
                created, accessed, written, changed, size, allocated, attributes,
                tag if attributes & REPARSE_POINT else 0, 0 if number == _NO_NUMBER else number,
            )  # fmt: skip
            yield Entry(name, facts)
        if 0 < step < _ENTRY.size:
            raise BrokenListingError
        start += step


def _name(buffer: bytes, start: int, length: int) -> bytes:
    raw = buffer[start : start + length]
    try:
        name = raw.decode("utf-16-le", "surrogatepass")
    except UnicodeDecodeError as error:
        raise BrokenListingError from error
    if len(raw) < length or not name or not _UNNAMEABLE.isdisjoint(name):
        raise BrokenListingError
    return name.encode("utf-8", "surrogatepass")


def _list_folder(session: SmbSession, share: str, path: str, access: int) -> Listed:
    opened, security, first, second, _ = session.ask(
        share, create(path, access, _OPTIONS), _RIGHTS, _FIRST, _second(session.at_most(_LARGE)), _CLOSE
    )
    opened.expect_success()
    listed = Listed([])
    if not _took(listed, first) or not _took(listed, second):
        return _with_rights(listed, security)
    whole = Listed([])
    _list_at_length(session, share, create(path, access, _OPTIONS), whole)
    return _with_rights(whole, security)


@lru_cache(maxsize=64)
def _second(length: int) -> Message:
    return prepared(query_directory(length))


_RIGHTS, _FIRST, _CLOSE = prepared(query_security()), prepared(query_directory(_SMALL)), prepared(close())
_VOLUME, _NUMBER = prepared(query_volume()), prepared(query_file(FileInformationClass.FILE_INTERNAL_INFORMATION))


def _list_at_length(session: SmbSession, share: str, opening: object, listed: Listed) -> None:
    (opened,) = session.ask(share, opening)
    handle, _ = opened.opened
    more = True
    try:
        while more:
            (answer,) = session.ask(share, query_directory(session.at_most(_LARGE), handle))
            more = _took(listed, answer)
    finally:
        session.ask(share, close(handle))


def _took(listed: Listed, answer: Answer) -> bool:
    """Whether there may be more to come."""
    if answer.status in _AT_THE_END:
        return False
    try:
        listed.entries.extend(entries_of(answer.output))
    except BrokenListingError:
        listed.problem = Problem(ProblemCode.CORRUPT)
    except NtStatusError as error:
        listed.problem = error.problem
    if len(listed.entries) > _MOST_ENTRIES:
        listed.problem = Problem(ProblemCode.LIMIT, "files in a folder")
    return listed.problem is None


def _with_rights(listed: Listed, security: Answer) -> Listed:
    try:
        listed.descriptor = security.output
    except NtStatusError:
        listed.descriptor = None  # Not to be seen by this account: unknown, and the listing is whole all the same.
    return listed
