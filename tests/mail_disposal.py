"""A mailbox of Alice's on a real Dovecot with its quarantine, and messages of it as a manifest would have them."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass

from blake3 import blake3
from dovecot_servers import DISPOSER, DISPOSER_PASSWORD, PASSWORD, Dovecot

from domain.disposal import MAIL_QUARANTINE, Planned
from domain.item import Item
from operations.disposal.holding import Journal, Watch, no_journal, unwatched
from operations.disposal.imap import ImapPost
from operations.disposal.mail import MailHolding
from scanner.sources.imap.settings import ImapSettings, Tls
from scanner.sources.imap.source import ImapSource
from scanner.sources.mail_policy import MailPolicy

READING = MailPolicy(content=True)
UIDPLUS_ALONE = "imap_capability = IMAP4rev1 LITERAL+ SASL-IR ID ENABLE NAMESPACE UNSELECT UIDPLUS LIST-EXTENDED"


@contextmanager
def a_holding(
    server: Dovecot, watch: Watch = unwatched, journal: Journal = no_journal, port: int = 0
) -> Iterator[MailHolding]:
    """Alice's mailbox, open to the account that disposes."""
    settings = ImapSettings(
        "127.0.0.1", DISPOSER, DISPOSER_PASSWORD, ("alice",), port or server.port, Tls.NONE, "*", timeout=10
    )  # fmt: skip
    with closing(ImapPost("mail", settings, READING, MAIL_QUARANTINE, journal)) as post:
        yield MailHolding(post, watch)


def a_scan(server: Dovecot) -> ImapSource:
    """As the account that scans."""
    return ImapSource("mail", ImapSettings("127.0.0.1", "alice", PASSWORD, ("alice",), server.port, Tls.NONE), READING)


def planned_of(server: Dovecot, content: bytes, number: int = 1, folder: bytes = b"alice/INBOX") -> Planned:
    """A message with that content, as a manifest has it."""
    source = a_scan(server)
    try:
        items = [item for listing in source.list() for item in listing.items if item.ref.folder == folder]
        found = [item for item, read in source.fetch(items) if read == content]
    finally:
        source.close()
    return planned_as(found[number - 1] if number <= len(found) else found[0], content, number)


def planned_as(item: Item, content: bytes, number: int = 1) -> Planned:
    assert item.file_id is not None
    return Planned(
        number, number, item.ref, "tag", "place", "Housing", item.size, item.modified, item.version, item.file_id,
        blake3(content).digest(), "HO", None, None, "schedule",
    )  # fmt: skip


@dataclass(frozen=True)
class Seen:
    """A message as its owner sees it."""

    content: bytes
    flags: frozenset[bytes]
    date: bytes


def seen(server: Dovecot, folder: str, user: str = "alice") -> list[Seen]:
    """What somebody finds in a folder, in the order of its numbers."""
    with as_owner(server, user) as client:
        if client.select(f'"{folder}"', readonly=True)[0] != "OK":
            return []
        _, told = client.uid("FETCH", "1:*", "(FLAGS INTERNALDATE BODY.PEEK[])")
        return [_seen(*one) for one in told if isinstance(one, tuple)]


@contextmanager
def as_owner(server: Dovecot, user: str = "alice") -> Iterator[imaplib.IMAP4]:
    with imaplib.IMAP4("127.0.0.1", server.port, 10) as client:
        client.authenticate("PLAIN", lambda _: f"\0{user}\0{PASSWORD}".encode())
        yield client


def _seen(head: bytes, content: bytes) -> Seen:
    flags = frozenset(imaplib.ParseFlags(head)) - {b"\\Recent"}
    return Seen(content, flags, head.partition(b"INTERNALDATE ")[2].split(b'"')[1])
