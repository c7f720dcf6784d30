"""A tenant of its own for each test, and sources that read it; what no test may do is checked at the end of each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from graph_servers import CLIENT, MOST_AT_ONCE, SECRET, TENANT, Graph, running_graph

from scanner.sources.graph.settings import GraphSettings
from scanner.sources.graph.source import GraphSource
from scanner.sources.mail_policy import MailPolicy


@pytest.fixture
def graph() -> Iterator[Graph]:
    with running_graph() as running:
        yield running
        assert running.leaked == [], "a token reached another host"
        assert running.written == [], "something was asked for that could write"
        assert max(running.most_at_once.values(), default=0) <= MOST_AT_ONCE


@pytest.fixture
def pauses() -> list[float]:
    """How long sources have waited."""
    return []


@pytest.fixture
def opened(graph, pauses) -> Iterator[Callable[..., GraphSource]]:
    """Makes sources that read mail too, and closes them."""
    sources: list[GraphSource] = []

    def make(policy: MailPolicy | None = None, **changes: Any) -> GraphSource:
        places = {"authority": graph.authority, "base": graph.base, "ca_file": graph.ca_file}
        settings = GraphSettings(TENANT, CLIENT, **({"secret": SECRET} | places | changes))
        sources.append(GraphSource("m365", settings, policy or MailPolicy(content=True), pauses.append))
        return sources[-1]

    yield make
    for source in sources:
        source.close()
