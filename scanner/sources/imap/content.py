"""The content of messages: many small ones in one answer, a large one piece by piece as it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import SEEK_CUR, SEEK_END, SEEK_SET, RawIOBase
from typing import TYPE_CHECKING

from domain.errors import ItemTroubleError, ProblemCode
from scanner.sources.imap.messages import FACTS, PIECE, uid_of
from scanner.sources.imap.responses import Fetched, sequence_set
from scanner.sources.imap.session import Session

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_MOST_AT_ONCE = 200


def batches(sizes: Sequence[int]) -> Iterator[slice]:
    """Runs of messages that one answer can hold: so many, and so many bytes unless it is a single one."""
    start = held = 0
    for at, size in enumerate(sizes):
        if at > start and (at - start == _MOST_AT_ONCE or held + size > PIECE):
            yield slice(start, at)
            start, held = at, 0
        held += size
    if start < len(sizes):
        yield slice(start, len(sizes))


def contents(session: Session, folder: bytes, uidvalidity: int, uids: Sequence[int]) -> dict[int, bytes]:
    """The bytes of those messages that are there, by UID."""
    return {
        uid_of(told): told[b"BODY[]"]
        for told in _asked(session, folder, uidvalidity, uids, b"(UID BODY.PEEK[])")
        if b"BODY[]" in told
    }


def beginning(session: Session, folder: bytes, uidvalidity: int, uid: int) -> Fetched | None:
    """What a listing tells of a message, with its first piece; None where it is not there."""
    what = b"(%b BODY.PEEK[]<0.%d>)" % (FACTS, PIECE)
    return next(iter(_asked(session, folder, uidvalidity, [uid], what)), None)


def piece(session: Session, folder: bytes, uidvalidity: int, uid: int, start: int) -> bytes | None:
    """What begins at an offset; None where the server does not give it."""
    what = b"(UID BODY.PEEK[]<%d.%d>)" % (start, PIECE)
    told = next(iter(_asked(session, folder, uidvalidity, [uid], what)), None)
    return told.get(b"BODY[]<%d>" % start) if told else None


class LargeMessage(RawIOBase):
    """Reads a message by `more`, which gives the piece that begins at an offset, or None where it is gone."""

    def __init__(self, first: bytes, size: int, more: Callable[[int], bytes | None]) -> None:
        self._held, self._start = first, 0
        self._size, self._more = size, more
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = SEEK_SET) -> int:
        self._at = max(offset + {SEEK_SET: 0, SEEK_CUR: self._at, SEEK_END: self._size}[whence], 0)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        into = memoryview(buffer).cast("B")
        within = self._at - self._start
        if not 0 <= within < len(self._held):
            self._turn_to(self._at - self._at % PIECE)
            within = self._at - self._start
        found = self._held[within : within + len(into)]
        into[: len(found)] = found
        self._at += len(found)
        return len(found)

    def _turn_to(self, start: int) -> None:
        if start == self._start:
            return  # The last piece was shorter than a piece is: there is no more.
        held = self._more(start) if start < self._size or len(self._held) == PIECE else b""
        if held is None and start < self._size:
            raise ItemTroubleError(ProblemCode.VANISHED)
        self._held, self._start = held or b"", start


def _asked(session: Session, folder: bytes, uidvalidity: int, uids: Sequence[int], what: bytes) -> list[Fetched]:
    """The answers for those messages. A folder that was opened a while ago is opened again where one is missing: it
    shows what it held then.
    """
    wanted = set(uids)
    found: list[Fetched] = []
    is_fresh = session.selected != folder
    while True:
        if is_fresh:
            session.examine(folder)
        if session.facts.uidvalidity != uidvalidity:
            return found
        for told in session.fetch(sequence_set(sorted(wanted)), what):
            uid = uid_of(told)
            if uid in wanted and len(told) > 1:
                wanted.discard(uid)
                found.append(told)
        if is_fresh or not wanted:
            return found
        is_fresh = True
