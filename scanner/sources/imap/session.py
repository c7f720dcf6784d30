"""One session at an IMAP server, logged in as one account, for reading alone.

Folders are opened by EXAMINE and messages fetched by BODY.PEEK, so that no flag is set (RFC 3501, 6.3.2 and 6.4.5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scanner.sources.imap.responses import (
    Fetched,
    Listed,
    access_lists,
    fetched,
    foreign_prefixes,
    listed,
    own_rights,
    statuses,
    vanished_earlier,
)
from scanner.sources.imap.settings import ImapSettings
from scanner.sources.imap.wire import Wire, quoted


@dataclass(frozen=True, slots=True)
class FolderFacts:
    """The state of a folder (RFC 3501, 2.3.1.1; RFC 7162). 0 stands for what the server does not tell."""

    uidvalidity: int = 0
    uidnext: int = 0
    count: int = 0
    modseq: int = 0


class Session:
    """For one thread at a time. Raises ServerAwayError, and RefusedError where the login is refused; its methods raise
    ConnectionLostError, RefusedError and GarbledError.
    """

    def __init__(self, settings: ImapSettings, login: str) -> None:
        self.login = login
        self.selected: bytes | None = None
        self.facts = FolderFacts()
        self._foreign: tuple[bytes, ...] | None = None
        self._wire = Wire(settings)
        try:
            self._wire.log_in(*_credentials(settings, login))
            self.is_resyncing = self._wire.offers("QRESYNC")
            if self.is_resyncing:
                self._wire.ask("ENABLE", b"QRESYNC")
        except BaseException:
            self.close()
            raise

    def folders(self) -> tuple[list[Listed], dict[bytes, FolderFacts]]:
        """Every folder that the login sees and, where the server tells it along with that, in which state each is."""
        self._unselect()
        wanted = b""
        if self._wire.offers("LIST-STATUS"):
            uses = b"SPECIAL-USE " if self._wire.offers("SPECIAL-USE") else b""
            wanted = b" RETURN (%bSTATUS %b)" % (uses, self._status_items())
        self._wire.ask("LIST", b'"" "*"' + wanted)
        names = list(listed(self._wire.answers("LIST")))
        return names, {name: _facts(numbers) for name, numbers in statuses(self._wire.answers("STATUS"))}

    def foreign_prefixes(self) -> tuple[bytes, ...]:
        """What the names of other people's and of shared folders begin with, as far as the server tells."""
        if self._foreign is None:
            self._foreign = ()
            if self._wire.offers("NAMESPACE"):
                self._wire.ask("NAMESPACE")
                self._foreign = foreign_prefixes(self._wire.answers("NAMESPACE"))
        return self._foreign

    def status(self, folder: bytes) -> FolderFacts:
        self._unselect()
        self._wire.ask("STATUS", quoted(folder), self._status_items())
        return next((_facts(numbers) for _, numbers in statuses(self._wire.answers("STATUS"))), FolderFacts())

    def examine(self, folder: bytes, since: FolderFacts | None = None) -> list[tuple[int, int]]:
        """Open a folder; its state is in `facts` then. With `since`, the ranges of UIDs that are gone (QRESYNC)."""
        self.selected = None
        resync = b""
        if since is not None:
            known = (since.uidvalidity, since.modseq, max(since.uidnext - 1, 1))
            resync = b" (QRESYNC (%d %d 1:%d))" % known
        self._wire.ask("EXAMINE", quoted(folder) + resync)
        kinds = ("UIDVALIDITY", "UIDNEXT", "EXISTS", "HIGHESTMODSEQ")
        self.selected, self.facts = folder, FolderFacts(*map(self._wire.number, kinds))
        return vanished_earlier(self._wire.answers("VANISHED"))

    def fetch(self, uids: str, what: bytes) -> Iterator[Fetched]:
        """What was asked for of each message that is still there, in whatever order the server gives."""
        self._wire.ask("UID", b"FETCH", uids.encode(), what)
        return fetched(self._wire.answers("FETCH"))

    def rights(self, folder: bytes) -> Mapping[bytes, bytes] | None:
        """What each identifier may do with a folder (RFC 4314); None where the server does not tell."""
        if not self._wire.offers("ACL"):
            return None
        self._wire.ask("GETACL", quoted(folder))
        return next(access_lists(self._wire.answers("ACL")), None)

    def own_rights(self, folder: bytes) -> bytes | None:
        """What this login may do with a folder, a letter for each right; None where the server does not tell."""
        if not self._wire.offers("ACL"):
            return None
        self._wire.ask("MYRIGHTS", quoted(folder))
        return own_rights(self._wire.answers("MYRIGHTS"))

    def close(self) -> None:
        self._wire.close()

    def _unselect(self) -> None:
        """A folder that is open may be told of as it was when it was opened (RFC 3501, 6.3.10)."""
        if self.selected is not None and self._wire.offers("UNSELECT"):
            self._wire.ask("UNSELECT")
            self.selected = None

    def _status_items(self) -> bytes:
        modseq = b" HIGHESTMODSEQ" if self._wire.offers("CONDSTORE") or self._wire.offers("QRESYNC") else b""
        return b"(UIDVALIDITY UIDNEXT MESSAGES%b)" % modseq


def _credentials(settings: ImapSettings, login: str) -> tuple[str, str, str]:
    if login == settings.username:
        return "", login, settings.password
    if settings.master_separator is None:
        return login, settings.username, settings.password
    return "", f"{login}{settings.master_separator}{settings.username}", settings.password


def _facts(numbers: Mapping[bytes, int]) -> FolderFacts:
    return FolderFacts(*(numbers.get(key, 0) for key in (b"UIDVALIDITY", b"UIDNEXT", b"MESSAGES", b"HIGHESTMODSEQ")))
