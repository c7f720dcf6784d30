"""Sessions at an IMAP server that may move and remove messages: for disposal alone, with a login of its own.

What it reads it reads as a scan does: by BODY.PEEK, so that no flag is set.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import TypeVar

from domain.disposal import Refusal, RefusedFileError
from domain.errors import ItemTroubleError, ProblemCode
from operations.disposal.holding import SourceLostError
from scanner.sources.imap.messages import numbers_of
from scanner.sources.imap.responses import GarbledError, listed, personal_prefix
from scanner.sources.imap.session import FolderFacts, Session
from scanner.sources.imap.settings import ImapSettings
from scanner.sources.imap.wire import ConnectionLostError, quoted
from scanner.sources.imap.wire import RefusedError as DeclinedError

T = TypeVar("T")

_TRIES = 2
_REFUSALS = {
    ProblemCode.DENIED: Refusal.DENIED, ProblemCode.VANISHED: Refusal.GONE, ProblemCode.LOCKED: Refusal.BUSY,
    ProblemCode.LIMIT: Refusal.FULL,
}  # fmt: skip
_STATE = ("UIDVALIDITY", "UIDNEXT", "EXISTS", "HIGHESTMODSEQ")
_AWAY = frozenset({"\\noselect", "\\nonexistent"})


class RenumberedError(Exception):
    """The numbers of a folder are not those that were asked about (UIDVALIDITY)."""


class ReadOnlyError(Exception):
    """A folder may be read, and not written to."""


class MovingSession(Session):
    """Raises as `Session` does; what writes raises RenumberedError and ReadOnlyError too."""

    def __init__(self, settings: ImapSettings, login: str) -> None:
        super().__init__(settings, login)
        self.moves = self._wire.offers("MOVE")
        self.is_numbering = self._wire.offers("UIDPLUS")

    def own(self, name: bytes) -> bytes:
        """A name among the login's own folders (RFC 2342)."""
        if not self._wire.offers("NAMESPACE"):
            return name
        self._wire.ask("NAMESPACE")
        return personal_prefix(self._wire.answers("NAMESPACE")) + name

    def has(self, folder: bytes) -> bool:
        self._wire.ask("LIST", b'""', quoted(folder))
        return any(not _AWAY & found.flags for found in listed(self._wire.answers("LIST")))

    def make(self, folder: bytes) -> None:
        self._wire.ask("CREATE", quoted(folder))

    def of_size(self, size: int) -> list[int]:
        """The UIDs in the open folder of the messages that are so large, rising."""
        return self._found(b"LARGER %d SMALLER %d" % (max(size - 1, 0), size + 1))

    def move(self, uid: int, folder: bytes) -> bytes:
        """Out of the open folder into another (RFC 6851): the name that a scan would give it there."""
        self._wire.ask("UID", b"MOVE", b"%d" % uid, quoted(folder))
        return self._copied()

    def copy(self, uid: int, folder: bytes) -> bytes:
        self._wire.ask("UID", b"COPY", b"%d" % uid, quoted(folder))
        return self._copied()

    def expunge(self, uid: int) -> None:
        """One message of the open folder, and no other that somebody has marked (RFC 4315, 2.1)."""
        self._wire.ask("UID", b"STORE", b"%d" % uid, b"+FLAGS.SILENT (\\Deleted)")
        self._wire.ask("UID", b"EXPUNGE", b"%d" % uid)

    def unmark(self, uid: int) -> None:
        self._wire.ask("UID", b"STORE", b"%d" % uid, b"-FLAGS.SILENT (\\Deleted)")

    def select(self, folder: bytes, uidvalidity: int) -> None:
        """Open a folder to be written to, as it is now."""
        self.selected = None
        self._wire.ask("SELECT", quoted(folder))
        is_read_only = bool(self._wire.answers("READ-ONLY"))
        self.selected, self.facts = folder, FolderFacts(*map(self._wire.number, _STATE))
        if self.facts.uidvalidity != uidvalidity:
            raise RenumberedError
        if is_read_only:
            raise ReadOnlyError

    def _found(self, criteria: bytes) -> list[int]:
        self._wire.ask("UID", b"SEARCH", criteria)
        told = b" ".join(answer for answer in self._wire.answers("SEARCH") if isinstance(answer, bytes))
        return sorted(int(uid) for uid in told.split() if uid.isdigit())

    def _copied(self) -> bytes:
        """b"" where the server said nothing of it, as of a message that was not there (RFC 4315, 3)."""
        told = self._wire.answers("COPYUID")
        words = told[-1].split() if told and isinstance(told[-1], bytes) else []
        name = b"%b-%b.eml" % (words[0], words[2]) if len(words) == 3 else b""
        return name if numbers_of(name) else b""


@dataclass(slots=True)
class MovingSessions:
    """A session of each account that was lately asked, begun anew where it is lost; of the source that is named."""

    source: str
    settings: ImapSettings = field(repr=False)
    _open: dict[str, MovingSession] = field(default_factory=dict, init=False, repr=False)

    def ask(self, login: str, work: Callable[[MovingSession], T]) -> T:
        """What may be asked for again where the connection is lost. Raises SourceLostError where that does not help,
        and RefusedFileError where the server refuses.
        """
        for _ in range(_TRIES):
            with suppress(ConnectionLostError):
                return self.once(login, work)
        raise SourceLostError(self.source)

    def once(self, login: str, work: Callable[[MovingSession], T]) -> T:
        """Raises ConnectionLostError where nobody can tell whether it was done."""
        with _refusing():
            try:
                return work(self._of(login))
            except (ConnectionLostError, GarbledError):
                if (lost := self._open.pop(login, None)) is not None:
                    lost.close()
                raise

    def close(self) -> None:
        while self._open:
            self._open.popitem()[1].close()

    def _of(self, login: str) -> MovingSession:
        if login not in self._open:
            while len(self._open) >= self.settings.connections:
                self._open.pop(next(iter(self._open))).close()
            self._open[login] = MovingSession(self.settings, login)
        return self._open[login]


@contextmanager
def _refusing() -> Iterator[None]:
    """What a server says to one request, as it stands for one message."""
    try:
        yield
    except DeclinedError as declined:
        raise RefusedFileError(_REFUSALS.get(declined.code, Refusal.UNREADABLE)) from declined
    except ItemTroubleError as trouble:
        raise RefusedFileError(_REFUSALS.get(trouble.problem.code, Refusal.UNREADABLE)) from trouble
    except GarbledError as garbled:
        raise RefusedFileError(Refusal.UNREADABLE) from garbled
    except RenumberedError as renumbered:
        raise RefusedFileError(Refusal.RENUMBERED) from renumbered
    except ReadOnlyError as read_only:
        raise RefusedFileError(Refusal.DENIED) from read_only
