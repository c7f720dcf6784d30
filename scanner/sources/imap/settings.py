"""Where an IMAP source reads, as whom, and which mailboxes it may."""

from __future__ import annotations

import ipaddress
import re
from contextlib import suppress
from dataclasses import dataclass, field
from enum import StrEnum

from domain.errors import ConfigurationError
from scanner.sources.imap.folders import Mailbox

_CONTROL = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")


class Tls(StrEnum):
    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class ImapSettings:
    """`mailboxes` is the allow-list: accounts, and folders of other namespaces as `username` sees them, told by the `/`
    in them ("shared/planning").

    Another's account is read by a master user: with `master_separator` the login is `account*username`, without one
    the account is asked for as SASL PLAIN does it (RFC 4616). `ca_file` names the authority behind the server's
    certificate where it is not one of the system's. `timeout` is in seconds.
    """

    host: str
    username: str
    password: str = field(repr=False)
    mailboxes: tuple[str, ...]
    port: int = 993
    tls: Tls = Tls.IMPLICIT
    master_separator: str | None = None
    connections: int = 4
    ca_file: str | None = None
    timeout: float = 60.0

    def __post_init__(self) -> None:
        if self.tls is Tls.NONE and not _is_loopback(self.host):
            raise ConfigurationError("An IMAP source without TLS may only be on this machine: set tls to 'implicit'.")
        texts = (self.username, self.password, self.master_separator or "", *self.mailboxes)
        if not all(self.mailboxes) or any(_CONTROL.search(text) for text in texts):
            raise ConfigurationError(
                "An IMAP account, password or mailbox is empty or holds what nobody can type: write it as text."
            )
        if self.connections < 1:
            raise ConfigurationError("An IMAP source needs at least one connection: set connections to 1 or more.")

    def allowed(self) -> list[Mailbox]:
        """The mailboxes in the order of their locators, each with the account that it is read as. One that lies in
        another is a part of that.
        """
        found: list[Mailbox] = []
        for title in sorted(set(self.mailboxes), key=lambda title: title.encode().split(b"/")):
            if not any("/" in each.title and title.startswith(each.title + "/") for each in found):
                found.append(Mailbox(title, self.username if "/" in title else title))
        return found


def _is_loopback(host: str) -> bool:
    with suppress(ValueError):
        return ipaddress.ip_address(host).is_loopback
    return host == "localhost"
