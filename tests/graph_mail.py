"""Alice's mailbox in a local Microsoft 365, open to the application that scans and to the one that disposes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager

from graph_servers import CLIENT, DISPOSER, DISPOSER_SECRET, SECRET, TENANT, Graph

from domain.disposal import MAIL_QUARANTINE
from operations.disposal.graph import GraphPost
from operations.disposal.graph_client import MovingClient
from operations.disposal.holding import Watch, unwatched
from operations.disposal.mail import MailHolding
from scanner.sources.graph.mailboxes import MailTree
from scanner.sources.graph.message_ids import MessageIds
from scanner.sources.graph.settings import GraphSettings
from scanner.sources.graph.source import GraphSource
from scanner.sources.mail_policy import MailPolicy

ALICE = "alice@council.example"
READING = MailPolicy(content=True)


def a_moving_client(graph: Graph, pauses: list[float] | None = None) -> MovingClient:
    waited: list[float] = [] if pauses is None else pauses
    return MovingClient("m365", _settings(graph, DISPOSER, DISPOSER_SECRET), waited.append)


@contextmanager
def a_graph_holding(
    graph: Graph, watch: Watch = unwatched, pauses: list[float] | None = None
) -> Iterator[MailHolding]:  # fmt: skip
    client = a_moving_client(graph, pauses)
    tree = MailTree("m365", ALICE, client, READING, MessageIds(), archive=False)
    with closing(GraphPost("m365", client, {tree.locator: tree}, MAIL_QUARANTINE)) as post:
        yield MailHolding(post, watch)


def a_graph_scan(graph: Graph) -> GraphSource:
    return GraphSource("m365", _settings(graph, CLIENT, SECRET), READING, lambda _: None)


def _settings(graph: Graph, client: str, secret: str) -> GraphSettings:
    return GraphSettings(
        TENANT, client, secret, mailboxes=(ALICE,), archives=False, authority=graph.authority, base=graph.base,
        ca_file=graph.ca_file, timeout=10,
    )  # fmt: skip
