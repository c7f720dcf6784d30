"""What a file server's refusals, and its silence, amount to for one file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from domain.disposal import Refusal, RefusedFileError
from domain.errors import ProblemCode
from operations.disposal.holding import SourceLostError
from scanner.sources.smb.status import AccountRefusedError, ConnectionLostError, NtStatusError, ShareRefusedError

NOT_THERE = frozenset({0xC0000034, 0xC000000F})  # OBJECT_NAME_NOT_FOUND, NO_SUCH_FILE
COLLISION = 0xC0000035  # OBJECT_NAME_COLLISION
_LOST = (ConnectionLostError, AccountRefusedError, ShareRefusedError)
_REFUSALS = {
    **dict.fromkeys(
        (*NOT_THERE, 0xC000003A, 0xC0000123, 0xC0000225), Refusal.GONE
    ),  # also PATH_NOT_FOUND, FILE_DELETED, NOT_FOUND
    0xC0000056: Refusal.BUSY,  # DELETE_PENDING
    0xC0000103: Refusal.FOLDER_LINK,  # NOT_A_DIRECTORY
    0xC0000257: Refusal.OTHER_VOLUME,  # PATH_NOT_COVERED: behind a link of a namespace
    0xC00000D4: Refusal.OTHER_VOLUME,  # NOT_SAME_DEVICE
    COLLISION: Refusal.TAKEN,
    0xC0000121: Refusal.READ_ONLY,  # CANNOT_DELETE
    0xC00000A2: Refusal.DENIED,  # MEDIA_WRITE_PROTECTED
    0xC000007F: Refusal.FULL,  # DISK_FULL
    0xC0000044: Refusal.FULL,  # QUOTA_EXCEEDED
}
_BY_PROBLEM = {
    ProblemCode.DENIED: Refusal.DENIED, ProblemCode.LOCKED: Refusal.BUSY, ProblemCode.LINK: Refusal.LINK,
    ProblemCode.NOT_A_FILE: Refusal.NOT_A_FILE, ProblemCode.PLACEHOLDER: Refusal.PLACEHOLDER,
}  # fmt: skip


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what the server refuses into RefusedFileError. That it is gone itself is nothing that befell one file."""
    try:
        yield
    except ShareRefusedError:
        raise
    except NtStatusError as error:
        raise RefusedFileError(refusal_of(error)) from error


@contextmanager
def telling() -> Iterator[None]:
    """Where nothing is being done, a server that is gone can only not tell: RefusedFileError (unreadable)."""
    try:
        with refusing():
            yield
    except _LOST as error:
        raise RefusedFileError(Refusal.UNREADABLE) from error


@contextmanager
def acting(source: str) -> Iterator[None]:
    """Where something is being done, a server that is gone may have done it: SourceLostError."""
    try:
        with refusing():
            yield
    except _LOST as error:
        raise SourceLostError(source) from error


def refusal_of(error: NtStatusError) -> Refusal:
    return _REFUSALS.get(error.status) or _BY_PROBLEM.get(error.problem.code, Refusal.UNREADABLE)
