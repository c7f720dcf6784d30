"""One connection to an LDAP server by ldap3: encrypted, bound to read, with an end to what it takes in.

Nothing that a server says is put into an error: its words quote entries, and entries are people. What ldap3 raises is
therefore raised anew without its words.
"""

from __future__ import annotations

import ipaddress
import socket
import ssl
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, TypeAlias

from scanner.directories.ldap_settings import LdapSettings
from scanner.directory import DirectoryError

with warnings.catch_warnings():
    # ldap3 asks pyasn1 for names that it has newer ones for.
    warnings.simplefilter("ignore", DeprecationWarning)
    import ldap3
    from ldap3.core.exceptions import LDAPException

Attributes: TypeAlias = dict[str, list[bytes]]
"""The values of an entry by attribute, in small letters."""

_BYTES_OF_AN_ANSWER = 4 * 1024 * 1024
_ANSWERS_WITHIN = 10
"""How many times a wait for one packet a whole answer may take."""
_PAGE, _MOST_PAGES = 250, 20
_SUCCESS, _TIME_LIMIT, _SIZE_LIMIT, _REFERRAL, _ADMINISTRATIVE_LIMIT = 0, 3, 4, 10, 11
_NO_SUCH_OBJECT, _INVALID_CREDENTIALS, _NO_RIGHTS = 32, 49, 50
_WHY = {
    _TIME_LIMIT: "stopped at its limit of time. Ask for a longer one for this account",
    _SIZE_LIMIT: "stopped at its limit of size. Ask for a larger one for this account",
    _ADMINISTRATIVE_LIMIT: "stopped at a limit of its own. Ask for a larger one for this account",
    _REFERRAL: "sends on to another server. Name the one that holds the base",
    _NO_SUCH_OBJECT: "does not hold the base. Correct directory.base",
    _INVALID_CREDENTIALS: "does not accept the account and its password. Correct directory.username, or its password",
    _NO_RIGHTS: "does not let this account read. Give it the right to read people and groups",
}
"""What a result code means (RFC 4511 4.1.9)."""


class TooManyError(Exception):
    """The server stopped at its limit of entries: less is to be asked for at once."""


class LdapConnection:
    """Connects at once. Raises DirectoryError."""

    def __init__(self, settings: LdapSettings) -> None:
        if settings.tls == "none" and not _is_loopback(settings.host):
            raise DirectoryError("Without TLS a directory may only be on this machine. Set its tls to 'implicit'.")
        self._settings = settings
        self._tls = _CheckedTls(settings.ca_file)
        server = ldap3.Server(
            settings.host, settings.port, use_ssl=settings.tls == "implicit", tls=self._tls, get_info=ldap3.NONE,
            connect_timeout=settings.timeout,
        )  # fmt: skip
        # A referral is not followed: it would take the password to a server that nobody named.
        self._ldap = ldap3.Connection(
            server, settings.username, settings.password, client_strategy=ldap3.SAFE_SYNC, read_only=True,
            auto_referrals=False, check_names=False, receive_timeout=settings.timeout,
        )  # fmt: skip
        try:
            self._log_in()
        except DirectoryError:
            self.close()
            raise

    def _log_in(self) -> None:
        with self._told():
            self._ldap.open(read_server_info=False)
            if self._settings.tls == "starttls":
                self._ldap.start_tls(read_server_info=False)
            self._ldap.socket = self._metered = _Metered(self._ldap.socket, self._settings.timeout)
            _, result, _, _ = self._ldap.bind(read_server_info=False)
        self._accept(result["result"])

    def search(self, condition: str, attributes: tuple[str, ...]) -> list[Attributes]:
        """All that fulfil a condition below the base. Raises TooManyError, DirectoryError."""
        found: list[Attributes] = []
        cookie: bytes | None = None
        for _ in range(_MOST_PAGES):
            self._metered.begin()
            with self._told():
                _, result, entries, _ = self._ldap.search(
                    self._settings.base, condition, attributes=attributes, paged_size=_PAGE, paged_cookie=cookie
                )
                found += [_attributes(entry) for entry in entries or () if entry.get("type") == "searchResEntry"]
                cookie = _cookie(result)
            if result["result"] == _SIZE_LIMIT:
                raise TooManyError
            self._accept(result["result"])
            if not cookie:
                return found
        raise DirectoryError(f"{self._name} gives no end of answers. Check that it is the directory that is meant.")

    def close(self) -> None:
        connected = self._ldap.socket
        with suppress(LDAPException, OSError):
            self._ldap.unbind()
        if connected is not None:
            connected.close()  # ldap3 leaves it open where the connection failed

    @property
    def _name(self) -> str:
        return f"The directory {self._settings.host}:{self._settings.port}"

    def _accept(self, code: int) -> None:
        if code != _SUCCESS:
            raise DirectoryError(f"{self._name} {_WHY.get(code, f'refused, with the LDAP result {code}')}.")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception:  # noqa: BLE001  ldap3 raises what its decoder stumbles over, of any kind
            if self._tls.distrusts:
                why = "has a certificate that this machine does not trust. Name its authority in ca_file"
            else:
                why = "does not answer, or not as LDAP with the TLS that is set. Check its server, port and tls"
            raise DirectoryError(f"{self._name} {why}, in [directory].") from None


class _CheckedTls(ldap3.Tls):  # type: ignore[misc]  # ldap3 has no types
    """TLS whose certificates OpenSSL itself checks, the name of the server included."""

    def __init__(self, ca_file: str | None) -> None:
        super().__init__(validate=ssl.CERT_REQUIRED)
        self._ca_file = ca_file
        self.distrusts = False

    def wrap_socket(self, connection: Any, do_handshake: bool = False) -> None:  # noqa: ARG002  ldap3's form
        context = ssl.create_default_context(cafile=self._ca_file)
        try:
            connection.socket = context.wrap_socket(connection.socket, server_hostname=connection.server.host)
        except ssl.SSLCertVerificationError:
            self.distrusts = True
            raise


class _Metered:
    """A socket from which an answer of bounded size comes within a bounded time: ldap3 itself would take any."""

    def __init__(self, inner: socket.socket, timeout: int) -> None:
        self._inner, self._seconds = inner, _ANSWERS_WITHIN * timeout
        self.begin()

    def begin(self) -> None:
        self._left, self._until = _BYTES_OF_AN_ANSWER, time.monotonic() + self._seconds

    def recv(self, size: int) -> bytes:
        chunk = self._inner.recv(size)
        self._left -= len(chunk)
        if self._left < 0 or time.monotonic() > self._until:
            raise OSError("no end of an answer")
        return chunk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


def _attributes(entry: dict[str, Any]) -> Attributes:
    return {name.lower(): list(values) for name, values in entry["raw_attributes"].items()}


def _cookie(result: dict[str, Any]) -> bytes | None:
    paged: dict[str, Any] = result.get("controls", {}).get("1.2.840.113556.1.4.319", {})  # RFC 2696
    return paged.get("value", {}).get("cookie") or None


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
