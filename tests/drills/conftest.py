"""What holds for every drill, and the cluster that most of those with worker hosts run on."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from clusters import HOSTS, Cluster, Rows, Workplace, a_workplace, ended, write_estate
from networks import Network, network_of
from postgres_servers import Postgres, running_postgres


@pytest.fixture(scope="session", autouse=True)
def compiled_once(tmp_path_factory) -> Iterator[None]:
    """Keep bytecode from one start to the next: where none is kept, compiling is most of what a start costs."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        environment.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


@pytest.fixture(scope="session")
def network() -> Iterator[Network | None]:
    with network_of(HOSTS) as made:
        yield made


@pytest.fixture(scope="session")
def server(network) -> Iterator[Postgres]:
    with running_postgres(network.address if network else "127.0.0.1") as server:
        yield server


@pytest.fixture(scope="session")
def workplace(tmp_path_factory) -> Workplace:
    estate = tmp_path_factory.mktemp("estate")
    write_estate(estate)
    return a_workplace(tmp_path_factory.mktemp("work"), estate)


@pytest.fixture
def cluster(server, workplace, network) -> Iterator[Cluster]:
    made = Cluster(server, workplace, network, server.fresh())
    yield made
    made.end()


@pytest.fixture(scope="session")
def undisturbed(server, workplace) -> Rows:
    """The inventory of a quiet scan by this machine alone."""
    quiet = Cluster(server, workplace, None, server.fresh())
    assert ended(quiet.scan(kind="local")) == 0
    rows = quiet.inventory()
    quiet.end()
    return rows


@pytest.fixture
def hosts_are(network) -> str:
    """What the hosts of these drills were, for the record."""
    return "hosts in network namespaces" if network else "hosts as processes of one network (no namespaces here)"
