"""What the operating system's errors mean for the item they were met at."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from io import BufferedReader, FileIO
from typing import TYPE_CHECKING, BinaryIO

from domain.errors import PASSING, ItemTroubleError, ProblemCode

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_CODES = {
    ProblemCode.DENIED: ("EACCES", "EPERM", "EROFS", "EKEYREJECTED", "ENOKEY"),
    ProblemCode.VANISHED: (
        "ENOENT", "ENOTDIR", "EISDIR", "ESTALE", "ENODEV",
        # The connection to a mounted share is lost: the item is out of reach now and is tried again.
        "ENOTCONN", "ESHUTDOWN", "EHOSTDOWN", "EHOSTUNREACH", "ENETDOWN", "ENETUNREACH", "ECONNRESET", "ECONNABORTED",
    ),
    ProblemCode.LINK: ("ELOOP",),
    ProblemCode.LOCKED: ("EBUSY", "ETXTBSY", "EAGAIN", "EDEADLK", "ENOLCK"),
    ProblemCode.NOT_A_FILE: ("ENXIO",),
    ProblemCode.TIMEOUT: ("ETIMEDOUT",),
    ProblemCode.LIMIT: ("ENAMETOOLONG", "EOVERFLOW", "EFBIG"),
    ProblemCode.UNSUPPORTED: ("ENOSYS", "EOPNOTSUPP"),
}  # fmt: skip
_CODE_OF = {getattr(errno, name): code for code, names in _CODES.items() for name in names}
_OUR_OWN = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


def code_of(error: OSError) -> ProblemCode:
    """The problem that an error at one item amounts to. What is not known, like EIO, is damage.

    Raises the error again where it is this process that has run out of something: that is no fault of the item.
    """
    if error.errno in _OUR_OWN:
        raise error
    return _CODE_OF.get(error.errno or 0, ProblemCode.CORRUPT)


@contextmanager
def named_trouble() -> Iterator[None]:
    """Turn the operating system's errors at one item into ItemTroubleError."""
    try:
        yield
    except OSError as error:
        raise _trouble_of(error) from error


@contextmanager
def reading(descriptor: int) -> Iterator[BinaryIO]:
    """The open file behind a descriptor, which it closes; what fails in reading it is an ItemTroubleError.

    Only the reading is translated: an error of the caller's, such as a full disk, stays what it is. A trouble that may
    pass is raised at the end as well: what reads through a library may have taken a lost connection for damage.
    """
    raw = _Reading(descriptor, "rb")
    with BufferedReader(raw) as file:
        yield file
        if raw.passing is not None:
            raise ItemTroubleError(raw.passing)


class _Reading(FileIO):
    passing: ProblemCode | None = None

    def readinto(self, buffer: WriteableBuffer) -> int | None:
        with self._noted():
            return super().readinto(buffer)

    def readall(self) -> bytes:
        with self._noted():
            return super().readall()

    @contextmanager
    def _noted(self) -> Iterator[None]:
        try:
            with named_trouble():
                yield
        except ItemTroubleError as trouble:
            if trouble.problem.code in PASSING:
                self.passing = trouble.problem.code
            raise


def _trouble_of(error: OSError) -> ItemTroubleError:
    code = code_of(error)
    limit = os.strerror(error.errno or 0).lower() if code is ProblemCode.LIMIT else None
    return ItemTroubleError(code, limit)
