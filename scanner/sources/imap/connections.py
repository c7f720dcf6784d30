"""The sessions of an IMAP source: a bounded number, lent to one thread at a time, begun anew where one is lost."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Condition
from typing import TypeVar

from scanner.sources.imap.session import Session
from scanner.sources.imap.settings import ImapSettings
from scanner.sources.imap.wire import ConnectionLostError, RefusedError, ServerAwayError
from scanner.sources.unreachable import SourceUnreachableError

T = TypeVar("T")

TRIES = 5
_FIRST_PAUSE = 0.5


@dataclass(slots=True)
class Connections:
    """Of the source that is named, for errors. A session that lies idle is kept for whoever reads that account next."""

    source: str
    settings: ImapSettings = field(repr=False)
    sleep: Callable[[float], None] = time.sleep
    _idle: list[Session] = field(default_factory=list, init=False, repr=False)
    _lent: int = field(default=0, init=False)
    _free: Condition = field(default_factory=Condition, init=False, repr=False)

    def persist(self, login: str, work: Callable[[Session], T], tries: int = TRIES) -> T:
        """What the work gives. Where its connection is lost it is begun anew on another, so often, with longer and
        longer pauses between; then ConnectionLostError is raised.

        Raises SourceUnreachableError where no connection comes about, and RefusedError where the login is refused.
        """
        for tried in range(1, tries + 1):
            try:
                with self.borrowed(login) as session:
                    return work(session)
            except ConnectionLostError:
                if tried == tries:
                    raise
                self._pause(tried)
        raise AssertionError

    @contextmanager
    def borrowed(self, login: str) -> Iterator[Session]:
        """A session of that account's; waits while all are lent. Only one that can go on is kept."""
        session = self._taken(login)
        try:
            session = session or self._begun(login)
            yield session
        except RefusedError:
            raise
        except BaseException:
            if session is not None:
                session.close()
                session = None
            raise
        finally:
            with self._free:
                self._lent -= 1
                self._idle += [session] if session else []
                self._free.notify()

    def close(self) -> None:
        """End what lies idle; a session that is lent is not touched."""
        with self._free:
            while self._idle:
                self._idle.pop().close()

    def _taken(self, login: str) -> Session | None:
        """An idle session of that account's, or None and the right to begin one."""
        with self._free:
            self._free.wait_for(lambda: self._lent < self.settings.connections)
            self._lent += 1
            for at, session in enumerate(self._idle):
                if session.login == login:
                    return self._idle.pop(at)
            while len(self._idle) + self._lent > self.settings.connections:
                self._idle.pop(0).close()
            return None

    def _begun(self, login: str) -> Session:
        for tried in range(1, TRIES + 1):
            try:
                return Session(self.settings, login)
            except ConnectionLostError as lost:
                if tried == TRIES:
                    why = lost.why if isinstance(lost, ServerAwayError) else "ends every connection"
                    raise SourceUnreachableError(self.source, why) from lost
                self._pause(tried)
        raise AssertionError

    def _pause(self, tried: int) -> None:
        self.sleep(_FIRST_PAUSE * 2 ** (tried - 1))
