"""What a server's status means for the item that it was met at, and for the connection (MS-ERREF 2.3.1)."""

from __future__ import annotations

from domain.errors import ItemTroubleError, Problem, ProblemCode

SUCCESS = 0
NO_MORE_FILES = 0x80000006
END_OF_FILE = 0xC0000011
NO_SUCH_FILE = 0xC000000F
ACCESS_DENIED = 0xC0000022
BAD_NETWORK_PATH = 0xC00000BE
BAD_NETWORK_NAME = 0xC00000CC
NAME_TOO_LONG = 0xC0000106
DATA_ERROR = 0xC000003E
PATH_NOT_COVERED = 0xC0000257

_LATER = frozenset({
    0xC000009A,  # INSUFFICIENT_RESOURCES
    0xC00000D0,  # REQUEST_NOT_ACCEPTED
    0xC0000205,  # INSUFF_SERVER_RESOURCES
    0xC0000466,  # SERVER_UNAVAILABLE
    0xC0000467,  # FILE_NOT_AVAILABLE
})  # fmt: skip
_CODES = {
    ProblemCode.DENIED: (
        ACCESS_DENIED,
        0xC0000061,  # PRIVILEGE_NOT_HELD
        0xC00000CA,  # NETWORK_ACCESS_DENIED
        0xC000006D,  # LOGON_FAILURE, by another server that a link leads to
    ),
    ProblemCode.LOCKED: (
        0xC0000043,  # SHARING_VIOLATION
        0xC0000054,  # FILE_LOCK_CONFLICT
        0xC0000055,  # LOCK_NOT_GRANTED
        *_LATER,
    ),
    ProblemCode.VANISHED: (
        NO_SUCH_FILE,
        0xC0000034,  # OBJECT_NAME_NOT_FOUND
        0xC000003A,  # OBJECT_PATH_NOT_FOUND
        0xC0000056,  # DELETE_PENDING
        BAD_NETWORK_PATH,
        BAD_NETWORK_NAME,
        0xC0000103,  # NOT_A_DIRECTORY
        0xC0000123,  # FILE_DELETED
        0xC0000225,  # NOT_FOUND
        0xC000026E,  # VOLUME_DISMOUNTED
    ),
    ProblemCode.LINK: (
        0x8000002D,  # STOPPED_ON_SYMLINK
        PATH_NOT_COVERED,
        0xC0000279,  # IO_REPARSE_TAG_NOT_HANDLED
    ),
    ProblemCode.NOT_A_FILE: (0xC00000BA,),  # FILE_IS_A_DIRECTORY
    ProblemCode.PLACEHOLDER: (
        0xC0000267,  # FILE_IS_OFFLINE
        *range(0xC000CF00, 0xC000CF20),  # the CLOUD_FILE family
    ),
    ProblemCode.LIMIT: (
        0xC0000033,  # OBJECT_NAME_INVALID: a path that is longer than the server takes comes back as any of these
        0xC0000039,  # OBJECT_PATH_INVALID
        0xC000003B,  # OBJECT_PATH_SYNTAX_BAD
        NAME_TOO_LONG,
    ),
    ProblemCode.TIMEOUT: (0xC00000B5,),  # IO_TIMEOUT
    ProblemCode.UNSUPPORTED: (
        0xC0000002,  # NOT_IMPLEMENTED
        0xC0000010,  # INVALID_DEVICE_REQUEST
        0xC00000BB,  # NOT_SUPPORTED
    ),
}
_CODE_OF = {status: code for code, statuses in _CODES.items() for status in statuses}

_ENDS_THE_CONNECTION = frozenset({
    0xC00000C9,  # NETWORK_NAME_DELETED
    0xC0000203,  # USER_SESSION_DELETED
    0xC000020C,  # CONNECTION_DISCONNECTED
    0xC000020D,  # CONNECTION_RESET
    0xC0000241,  # CONNECTION_ABORTED
    0xC000035C,  # NETWORK_SESSION_EXPIRED
})  # fmt: skip


class NtStatusError(Exception):
    """The server refused one request. Says the status and nothing else: a path may name a person."""

    def __init__(self, status: int) -> None:
        self.status = status
        super().__init__(f"NT status 0x{status:08X}")

    @property
    def problem(self) -> Problem:
        code = _CODE_OF.get(self.status, ProblemCode.CORRUPT)
        return Problem(code, "path length" if code is ProblemCode.LIMIT else None)

    @property
    def trouble(self) -> ItemTroubleError:
        return ItemTroubleError(self.problem.code, self.problem.limit)


class ShareRefusedError(NtStatusError):
    """The server gives this account no such share."""


class AccountRefusedError(Exception):
    """The server does not take this account, or not with signing. Never tried again: accounts are locked that way."""


class ConnectionLostError(Exception):
    """The server does not answer, or not so that it can be understood. Another connection may do better."""


def asks_for_patience(status: int) -> bool:
    """Whether the same may be granted a little later."""
    return status in _LATER


def ends_the_connection(status: int) -> bool:
    """Whether it says something of the connection rather than of the item."""
    return status in _ENDS_THE_CONNECTION
