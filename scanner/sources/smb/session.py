"""One signed session with one server, by smbprotocol: messages sent in compounds, and errors that name nobody."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from threading import Lock, Timer
from typing import Any
from uuid import uuid4

from smbprotocol.connection import Connection
from smbprotocol.exceptions import SMBException, SMBResponseException
from smbprotocol.header import Smb2Flags
from smbprotocol.session import Session
from smbprotocol.tree import TreeConnect

from scanner.sources.smb.messages import Answer
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.status import (
    AccountRefusedError,
    ConnectionLostError,
    NtStatusError,
    ShareRefusedError,
    ends_the_connection,
)

_PATIENCE = 60  # seconds
_CREDIT = 0x10000  # bytes that one credit pays for (MS-SMB2 3.1.5.2)
_KEPT_BACK = 8  # credits for the small requests of a compound
_SYSTEM_TIME = slice(104, 112)  # of the answer to the negotiation, its header included (MS-SMB2 2.2.4)


class SmbSession:
    """Signed on, or not made at all. Threads that share it take turns, one round trip at a time.

    Raises AccountRefusedError, and ConnectionLostError when made and whenever the server does not answer: the session
    is of no further use then.
    """

    def __init__(self, settings: SmbSettings, server: str) -> None:
        _keep_quiet()
        self.users = 0
        self.is_lost = False
        self._turn = Lock()
        self._trees: dict[str, TreeConnect] = {}
        self._server = server
        self._connection = Connection(uuid4(), server, settings.port, require_signing=True)
        # Credentials of its own: those that the library keeps for the whole process are any source's.
        self._session = Session(self._connection, settings.account, settings.password, require_encryption=False)
        try:
            self._sign_on()
        except BaseException:
            self.close()
            raise

    def ask(self, share: str, *messages: Any) -> list[Answer]:
        """The answers to one compound, in one round trip; each message is about what the one before it opened.

        Raises ShareRefusedError too.
        """
        (answers,) = self.ask_each(share, [messages])
        return answers

    def ask_each(self, share: str, compounds: Sequence[Sequence[Any]]) -> list[list[Answer]]:
        """The answers to several compounds that are all sent before the first is answered: `credit` must reach."""
        with self._turn:
            tree = self._tree(share)
            with self._translated():
                sent = [
                    self._connection.send_compound(
                        list(messages), self._session.session_id, tree.tree_connect_id, related=True
                    )
                    for messages in compounds
                ]
                # The last first: once that is there they all are, and nothing wakes this thread in between.
                answers = [[self._answer(one, tree) for one in requests[::-1]][::-1] for requests in sent[::-1]][::-1]
        if any(ends_the_connection(answer.status) for answered in answers for answer in answered):
            self.close()
            raise ConnectionLostError
        return answers

    @property
    def credit(self) -> int:
        """How many messages may be sent before one is answered."""
        window = self._connection.sequence_window
        return int(max(window["high"] - window["low"] - _KEPT_BACK, 1))

    @property
    def began(self) -> int:
        """When this session began, by the server's clock: in units of 100 ns since 1601."""
        # Both messages of the negotiation are kept for the hash of 3.1.1 (MS-SMB2 3.2.1.2); the library reads no more.
        answer = self._connection.preauth_integrity_hash_value[1]
        return int.from_bytes(answer[_SYSTEM_TIME], "little")

    def at_most(self, length: int) -> int:
        """How much of it may be asked for at once: what the server takes, and what it has granted credit for."""
        connection = self._connection
        if not connection.supports_multi_credit:
            return min(length, _CREDIT)
        return int(min(length, connection.max_transact_size, connection.max_read_size, self.credit * _CREDIT))

    def is_dfs(self, share: str) -> bool:
        with self._turn:
            return bool(self._tree(share).is_dfs_share)

    def close(self) -> None:
        """Ends the connection, and with it all that is open at the server. Says no farewell, which would wait."""
        self.is_lost = True
        if self._connection.transport is not None:
            with suppress(Exception):  # there is nothing to be done for a connection that cannot even be ended
                self._connection.disconnect(close=False)

    def _sign_on(self) -> None:
        with self._translated(), self._in_time():
            self._connection.connect(timeout=_PATIENCE)
        try:
            with self._in_time():
                self._session.connect()
        except SMBResponseException as error:
            if ends_the_connection(error.status):
                raise ConnectionLostError from None
            raise AccountRefusedError from None
        except SMBException:  # no credentials, no way to sign on in common, or no more than a guest
            if self._connection.transport.connected:
                raise AccountRefusedError from None
            raise ConnectionLostError from None
        except Exception:  # noqa: BLE001  as in `_translated`
            raise ConnectionLostError from None

    def _tree(self, share: str) -> TreeConnect:
        key = share.casefold()
        if key not in self._trees:
            tree = TreeConnect(self._session, f"\\\\{self._server}\\{share}")
            try:
                with self._translated(), self._in_time():
                    tree.connect()
            except NtStatusError as error:
                raise ShareRefusedError(error.status) from error
            self._trees[key] = tree
        return self._trees[key]

    def _answer(self, request: Any, tree: TreeConnect) -> Answer:
        try:
            header = self._connection.receive(request, timeout=_PATIENCE, resolve_symlinks=False)
        except SMBResponseException as error:
            header = error.header
        # The library checks a signature that is there, and does not miss one that is not.
        is_signed = header["flags"].has_flag(Smb2Flags.SMB2_FLAGS_SIGNED)
        if not (is_signed or self._session.encrypt_data or tree.encrypt_data):
            raise ConnectionLostError
        return Answer(header["status"].get_value(), header["data"].get_value())

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """What is not the server's refusal is the connection's end: the library lets any error through that the bytes
        of a broken server cause, and its messages name the server, the account and the path.
        """
        try:
            yield
        except SMBResponseException as error:
            if not ends_the_connection(error.status):
                raise NtStatusError(error.status) from None
            self.close()
            raise ConnectionLostError from None
        except (NtStatusError, AccountRefusedError):
            raise
        except Exception:  # noqa: BLE001
            self.close()
            raise ConnectionLostError from None

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """The library waits for ever where it signs on; a connection that is ended under it makes it stop."""
        timer = Timer(_PATIENCE, self._connection_ended)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _connection_ended(self) -> None:
        if self._connection.transport is not None:
            self._connection.transport.close()


def _keep_quiet() -> None:
    """The library's log names accounts and paths; what matters of it is raised."""
    for name in ("smbprotocol", "spnego"):
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
