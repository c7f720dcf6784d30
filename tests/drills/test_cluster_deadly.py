"""Files that kill whoever opens them: the one is named, its neighbours are examined, and no host is lost for long."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator

import pytest
from clusters import Cluster, Rows, Workplace, a_workplace, ended, kill, python_beginning_with, stopped

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]

_DEADLY = b"deadly.txt"
_WITH_PROBLEMS = 3
_TRAP = f"""
import os, signal, sys

TRAP = os.environ.get("TRAP")  # What reads documents loses its environment.

def trap(event, arguments):
    if event == "open" and isinstance(arguments[0], (str, bytes)) and os.fsencode(arguments[0]).endswith({_DEADLY!r}):
        os.kill(os.getpid(), signal.SIGSEGV) if TRAP == "child" else os.killpg(0, signal.SIGKILL)

sys.addaudithook(trap)
"""


@pytest.fixture(scope="module")
def workplace(tmp_path_factory) -> Workplace:
    """Nine files in leases of three."""
    estate = tmp_path_factory.mktemp("deadly estate")
    for number in range(8):
        (estate / f"{number}.txt").write_text(f"Dear Mrs Thornbury, your number is AB{number:06}C.")
    (estate / _DEADLY.decode()).write_text("Dear Mr Oakenshawe, your number is AB000009C.")
    made = a_workplace(tmp_path_factory.mktemp("work"), estate)
    return Workplace(made.folder, {**made.environment, "MUNIMENT_EXECUTOR__LEASE": "3"})


@pytest.fixture(scope="module")
def undisturbed(server, workplace) -> Iterator[Rows]:
    quiet = Cluster(server, workplace, None, server.fresh())
    assert ended(quiet.scan(kind="local")) == 0
    yield quiet.inventory()
    quiet.end()


@pytest.fixture
def trap(tmp_path) -> str:
    """What PYTHONPATH must be for a host that is trapped."""
    return python_beginning_with(_TRAP, tmp_path)


def but_deadly(rows: Rows) -> Rows:
    return [row for row in rows if row[1] != _DEADLY.hex()]


def problem(rows: Rows) -> object:
    (row,) = (row for row in rows if row[1] == _DEADLY.hex())
    return row[8]


def test_a_file_that_kills_every_pool_child_is_named_and_its_host_goes_on(cluster, undisturbed, trap, record_property):
    driver, host = cluster.scan(), cluster.host(PYTHONPATH=trap, TRAP="child")
    assert ended(driver) == _WITH_PROBLEMS
    assert problem(cluster.inventory()) == "crashed"
    assert but_deadly(cluster.inventory()) == but_deadly(undisturbed)
    assert stopped(host) == [0]
    record_property("drill", "a file that kills every pool child: named crashed, neighbours examined, host alive")


def test_a_file_that_takes_its_whole_host_down_is_named_after_so_many_and_nobody_else_is(
    cluster, undisturbed, trap, record_property
):
    driver, deaths = cluster.scan(), 0
    host = cluster.host(PYTHONPATH=trap, TRAP="host")
    while driver.poll() is None:
        try:
            host.wait(timeout=0.5)
        except subprocess.TimeoutExpired:
            continue
        deaths += 1
        assert deaths < 10, "it goes on and on"
        host = cluster.host(PYTHONPATH=trap, TRAP="host")  # As systemd does.
    assert ended(driver) == _WITH_PROBLEMS
    assert problem(cluster.inventory()) == "crashed"
    assert but_deadly(cluster.inventory()) == but_deadly(undisturbed)
    kill(host)
    host = cluster.host()
    assert ended(cluster.scan()) == 0  # Crashed is a trouble that passes: the next scan tries again.
    assert cluster.inventory() == undisturbed
    assert stopped(host) == [0]
    record_property("drill", f"a file that takes hosts down: named crashed after {deaths}, neighbours examined")
