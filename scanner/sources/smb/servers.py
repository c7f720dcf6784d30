"""The sessions that one source keeps: few to each server, shared by its threads, and made anew when they are lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock
from typing import TypeVar

from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.status import ConnectionLostError, NtStatusError, asks_for_patience

_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before the second, third, fourth and fifth try
T = TypeVar("T")
Connect = Callable[[SmbSettings, str], SmbSession]


class SmbServers:
    """A thread gets a session that nobody uses, or another one as long as there are fewer than `connections`."""

    def __init__(self, settings: SmbSettings, sleep: Callable[[float], None], connect: Connect = SmbSession) -> None:
        self._settings, self._sleep, self._connect = settings, sleep, connect
        self._sessions: dict[str, list[SmbSession]] = {}
        self._given_up: set[str] = set()
        self._turn = Lock()

    def tried(self, server: str, work: Callable[[SmbSession], T]) -> T:
        """What `work` gives; after a pause and over a new connection where one is lost, after a pause alone where the
        server asks for patience. `work` must bear repeating.

        Raises ConnectionLostError in the end, and from then on after a single try, until one succeeds.
        """
        for pause in () if server in self._given_up else _PAUSES:
            try:
                return self._once(server, work)
            except ConnectionLostError:
                self._sleep(pause)
            except NtStatusError as error:
                if not asks_for_patience(error.status):
                    raise
                self._sleep(pause)
        try:
            return self._once(server, work)
        except ConnectionLostError:
            self._given_up.add(server)
            raise

    def hope_again(self) -> None:
        """Forget which servers were given up."""
        self._given_up.clear()

    @contextmanager
    def using(self, session: SmbSession) -> Iterator[SmbSession]:
        """Counts the session as busy, so that others take another."""
        with self._turn:
            session.users += 1
        try:
            yield session
        finally:
            with self._turn:
                session.users -= 1

    def close(self) -> None:
        with self._turn:
            for sessions in self._sessions.values():
                for session in sessions:
                    session.close()
            self._sessions.clear()

    def _once(self, server: str, work: Callable[[SmbSession], T]) -> T:
        session = self._taken(server)
        try:
            done = work(session)
        finally:
            with self._turn:
                session.users -= 1
        self._given_up.discard(server)
        return done

    def _taken(self, server: str) -> SmbSession:
        with self._turn:
            kept = [session for session in self._sessions.get(server, ()) if not session.is_lost]
            self._sessions[server] = kept
            session = min(kept, key=lambda session: session.users, default=None)
            if session is None or (session.users and len(kept) < self._settings.connections):
                kept.append(session := self._connect(self._settings, server))
            session.users += 1
            return session
