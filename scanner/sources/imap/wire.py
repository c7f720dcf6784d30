"""Commands to an IMAP server and what comes back, by stdlib imaplib.

Nothing that a server says is kept, printed or put into an error: it is people's mail. What imaplib raises is therefore
raised anew as one of three errors, without its words.
"""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from domain.errors import ProblemCode
from scanner.sources.imap.responses import Answer, GarbledError, number
from scanner.sources.imap.settings import ImapSettings, Tls

_BYTES_OF_AN_ANSWER = 256 * 1024 * 1024
_CODES = {
    "NOPERM": ProblemCode.DENIED, "AUTHORIZATIONFAILED": ProblemCode.DENIED, "AUTHENTICATIONFAILED": ProblemCode.DENIED,
    "NONEXISTENT": ProblemCode.VANISHED, "TRYCREATE": ProblemCode.VANISHED, "EXPUNGEISSUED": ProblemCode.VANISHED,
    "INUSE": ProblemCode.LOCKED, "UNAVAILABLE": ProblemCode.LOCKED, "LIMIT": ProblemCode.LOCKED,
    "CORRUPTION": ProblemCode.CORRUPT, "SERVERBUG": ProblemCode.CORRUPT, "UNKNOWN-CTE": ProblemCode.UNSUPPORTED,
    "OVERQUOTA": ProblemCode.LIMIT,
}  # fmt: skip
"""What a refusal means by its response code (RFC 5530, RFC 3516)."""
_CODE = re.compile(rb"\[([A-Z-]{1,40})")
_STATE_AFTER = {"LOGIN": "AUTH", "EXAMINE": "SELECTED", "SELECT": "SELECTED", "UNSELECT": "AUTH"}
"""imaplib keeps these states itself only where its own methods are called, which cannot say all that is needed."""
_UNSENDABLE = re.compile(rb"[\x00\r\n]")


class ConnectionLostError(Exception):
    """The server ended the connection or did not answer in time."""


class ServerAwayError(ConnectionLostError):
    """No connection came about; `why` completes "the server ..."."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


class RefusedError(Exception):
    """The server said NO or BAD; `code` is what that means for what was asked for."""

    def __init__(self, code: ProblemCode) -> None:
        self.code = code
        super().__init__(str(code))


class Wire:
    """A connection before and after its login. Raises ServerAwayError where none comes about."""

    def __init__(self, settings: ImapSettings) -> None:
        try:
            self._imap = _connected(settings)
        except ssl.SSLCertVerificationError as error:
            raise ServerAwayError("has a certificate that this machine does not trust") from error
        except OSError as error:
            raise ServerAwayError("does not answer") from error
        except ConnectionLostError as error:
            raise ServerAwayError("ends every connection") from error
        except (imaplib.IMAP4.error, GarbledError):
            raise ServerAwayError("does not speak IMAP, or not with the TLS that is set") from None
        self._imap.is_readonly = True  # That a folder cannot be written is no error here.

    def offers(self, capability: str) -> bool:
        return capability in self._imap.capabilities

    def log_in(self, authority: str, name: str, password: str) -> None:
        """As `name`, or with that name's password as the `authority`. Raises RefusedError."""
        plain = f"{authority}\0{name}\0{password}".encode()
        try:
            with self._translated():
                if self.offers("AUTH=PLAIN") or authority:
                    self._imap.authenticate("PLAIN", lambda _: plain)
                else:
                    self.ask("LOGIN", quoted(name.encode()), quoted(password.encode()))
        except RefusedError as refused:
            if refused.code is ProblemCode.LOCKED:
                raise ServerAwayError("takes no more connections") from refused
            raise
        with self._translated():
            told = self._imap.response("CAPABILITY")[1][-1] or self._imap.capability()[1][-1] or b""
            self._imap.capabilities = tuple(told.decode("ascii", "replace").upper().split())

    def ask(self, name: str, *arguments: bytes) -> None:
        """Send a command and take in all that is answered. Raises RefusedError, ConnectionLostError, GarbledError."""
        self._imap.untagged_responses = {}
        self._imap.left = _BYTES_OF_AN_ANSWER
        with self._translated():
            # mypy's stub asks for text; imaplib sends bytes as they are.
            _accept(self._imap.xatom(name, *arguments))  # type: ignore[arg-type]
        self._imap.state = _STATE_AFTER.get(name, self._imap.state)

    def answers(self, kind: str) -> list[Answer]:
        """What the last command was told of a kind, once."""
        return self._imap.untagged_responses.pop(kind, [])

    def number(self, kind: str) -> int:
        """0 where nothing was told."""
        told = self.answers(kind)
        last = told[-1] if told else b""
        return number(last) if isinstance(last, bytes) else 0

    def close(self) -> None:
        """Without a word: a server ends a session whose connection ends."""
        with suppress(OSError):
            self._imap.shutdown()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except imaplib.IMAP4.abort:
            raise (ConnectionLostError if "BYE" in self._imap.untagged_responses else GarbledError) from None
        except imaplib.IMAP4.error as error:
            raise RefusedError(_code_of(str(error).encode())) from None
        except OSError as error:
            raise ConnectionLostError from error


def quoted(name: bytes) -> bytes:
    """A name as a quoted string. Raises RefusedError at one that no line can hold."""
    if _UNSENDABLE.search(name):
        raise RefusedError(ProblemCode.CORRUPT)
    return b'"' + name.replace(b"\\", b"\\\\").replace(b'"', b'\\"') + b'"'


if TYPE_CHECKING:
    _Base = imaplib.IMAP4
else:
    _Base = object


class _Careful(_Base):
    """Bounds what is read, and keeps no log: imaplib's holds the last lines sent, passwords among them."""

    left = _BYTES_OF_AN_ANSWER

    def read(self, size: int) -> bytes:
        self._spend(size)
        return super().read(size)

    def readline(self) -> bytes:
        try:
            line = super().readline()
        except imaplib.IMAP4.error:
            raise GarbledError from None  # The rest of a line without end would be taken for answers.
        self._spend(len(line))
        if not line.endswith(b"\r\n"):
            raise ConnectionLostError
        return line

    def send(self, data: Any) -> None:
        try:
            super().send(data)
        except OSError as error:
            raise ConnectionLostError from error

    def _spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise GarbledError

    def _log(self, line: bytes) -> None:
        pass


class _Open(_Careful, imaplib.IMAP4):
    pass


class _Secure(_Careful, imaplib.IMAP4_SSL):
    pass


def _connected(settings: ImapSettings) -> _Careful:
    if settings.tls is Tls.NONE:
        return _Open(settings.host, settings.port, settings.timeout)
    context = ssl.create_default_context(cafile=settings.ca_file)
    if settings.tls is Tls.IMPLICIT:
        return _Secure(settings.host, settings.port, ssl_context=context, timeout=settings.timeout)
    wire = _Open(settings.host, settings.port, settings.timeout)
    try:
        wire.starttls(context)
    except BaseException:
        with suppress(OSError):
            wire.shutdown()
        raise
    return wire


def _accept(answer: tuple[str, list[Any]]) -> None:
    kind, told = answer
    if kind != "OK":
        raise RefusedError(_code_of(told[-1] or b""))


def _code_of(told: bytes) -> ProblemCode:
    """What is refused without a reason may not be had; BAD, for which imaplib has words of its own, is a fault."""
    code = _CODE.search(told)
    default = ProblemCode.CORRUPT if b"command error: BAD" in told else ProblemCode.DENIED
    return _CODES.get(code[1].decode(), default) if code else default
