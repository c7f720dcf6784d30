from __future__ import annotations

import pytest

from domain.errors import PASSING, ProblemCode
from scanner.sources.smb.servers import SmbServers
from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.status import ConnectionLostError, NtStatusError, ends_the_connection

BUSY, DENIED = 0xC0000205, 0xC0000022


class Line:
    """Stands where a session would, without a server."""

    def __init__(self, settings: SmbSettings, server: str) -> None:
        self.users, self.is_lost = 0, False

    def close(self) -> None:
        self.is_lost = True


@pytest.fixture
def waited() -> list[float]:
    return []


@pytest.fixture
def servers(waited) -> SmbServers:
    return SmbServers(SmbSettings("fs01", "share", connections=2), waited.append, Line)


def failing(times: int, error: Exception):
    left = [error] * times

    def work(line: Line) -> Line:
        if left:
            raise left.pop()
        return line

    return work


def test_a_server_that_asks_for_patience_gets_it_over_the_same_connection(servers, waited):
    line = servers.tried("fs01", lambda line: line)
    assert servers.tried("fs01", failing(2, NtStatusError(BUSY))) is line
    assert waited == [0.5, 1.0]


def test_what_is_refused_again_and_again_is_the_trouble_of_that_item_and_not_of_the_server(servers, waited):
    with pytest.raises(NtStatusError) as caught:
        servers.tried("fs01", failing(9, NtStatusError(BUSY)))
    assert waited == [0.5, 1.0, 2.0, 4.0]
    assert caught.value.problem.code in PASSING
    assert not ends_the_connection(BUSY)


def test_a_refusal_is_not_asked_again(servers, waited):
    with pytest.raises(NtStatusError) as caught:
        servers.tried("fs01", failing(9, NtStatusError(DENIED)))
    assert (waited, caught.value.problem.code) == ([], ProblemCode.DENIED)


def test_a_lost_connection_is_not_used_again(servers):
    def lost(line: Line) -> None:
        line.close()
        raise ConnectionLostError

    first = servers.tried("fs01", lambda line: line)
    with pytest.raises(ConnectionLostError):
        servers.tried("fs01", lost)
    assert servers.tried("fs01", lambda line: line) is not first


def test_no_more_connections_are_made_than_allowed_and_an_idle_one_is_taken_first(servers):
    first = servers.tried("fs01", lambda line: line)
    assert servers.tried("fs01", lambda line: line) is first
    with servers.using(first):
        second = servers.tried("fs01", lambda line: line)
        assert second is not first
        with servers.using(second), servers.using(second):
            assert servers.tried("fs01", lambda line: line) is first


def test_it_may_be_used_again_after_it_was_closed(servers):
    first = servers.tried("fs01", lambda line: line)
    servers.close()
    assert first.is_lost
    assert not servers.tried("fs01", lambda line: line).is_lost
