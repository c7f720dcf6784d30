"""Mailboxes as stands of disposal: one on a real Dovecot, and one at a local stand-in of Microsoft 365."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from disposal_stands import Stand
from dovecot_servers import Dovecot
from graph_mail import ALICE, a_graph_holding, a_graph_scan
from graph_servers import Graph
from mail_disposal import a_holding, a_scan, as_owner, seen

from domain.disposal import MAIL_QUARANTINE
from scanner.source import RemoteSource


@contextmanager
def a_mailbox(server: Dovecot) -> Iterator[Stand]:
    def put(_name: str, content: bytes) -> bytes:
        before = standing()
        server.deliver("alice", "INBOX", content, "S")
        return next(locator for locator in standing() if locator not in before)

    def standing() -> dict[bytes, bytes]:
        with closing(a_scan(server)) as source:
            return read_by(source)

    def remove(locator: bytes) -> None:
        expunge("INBOX", locator.rpartition(b"-")[2].removesuffix(b".eml").decode())

    def expunge(folder: str, uids: str) -> None:
        with as_owner(server) as client:
            client.select(f'"{folder}"')
            client.uid("STORE", uids, "+FLAGS.SILENT", "(\\Deleted)")
            client.expunge()

    with closing(a_scan(server)) as source:
        yield Stand(
            lambda watch: a_holding(server, watch), source, put, standing,
            lambda: [one.content for one in seen(server, MAIL_QUARANTINE)], remove,
            lambda: expunge(MAIL_QUARANTINE, "1:*"),
        )  # fmt: skip


@contextmanager
def a_tenant(graph: Graph) -> Iterator[Stand]:
    graph.add_mailbox(ALICE)
    box = graph.mailboxes[ALICE]

    def put(_name: str, content: bytes) -> bytes:
        before = standing()
        graph.deliver(ALICE, "Work", content)
        return next(locator for locator in standing() if locator not in before)

    def standing() -> dict[bytes, bytes]:
        with closing(a_graph_scan(graph)) as source:
            return read_by(source)

    def remove(locator: bytes) -> None:
        content = standing()[locator]
        rid_of([key for key, one in box.messages.items() if one.content == content])

    def away() -> list[str]:
        return [key for key, one in box.messages.items() if box.folders[one.folder].name == MAIL_QUARANTINE]

    def rid_of(keys: list[str]) -> None:
        for key in keys:
            graph.remove_message(ALICE, key)

    with closing(a_graph_scan(graph)) as source:
        yield Stand(
            lambda watch: a_graph_holding(graph, watch), source, put, standing,
            lambda: [box.messages[key].content for key in away()], remove, lambda: rid_of(away()),
        )  # fmt: skip


def read_by(source: RemoteSource) -> dict[bytes, bytes]:
    """All messages that a scan reads, by their locators."""
    items = [item for listing in source.list() for item in listing.items if item.problem is None]
    return {item.ref.locator: read for item, read in source.fetch(items) if isinstance(read, bytes)}
