"""A process that reads documents reaches no network and no other process, and was told no secret."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from functools import partial

import pytest
import refused_seccomp
import secluded_work
from builders import an_item
from fakes import MakeTools
from secluded_work import CANARY, Seized

from operations.config import Settings
from operations.configuration.sections import InventorySettings, TikaSettings
from operations.executor import Task
from operations.executors.alone import alone
from operations.executors.processes import ProcessExecutor
from operations.executors.seclusion import ALONE, Reach, Seclusion
from operations.health.seclusion_health import seclusion_check
from operations.wiring import seclusion_of

GIB = 2**30


def in_a_child(work, seclusion: Seclusion = ALONE) -> str:
    return alone(work, 60, GIB, seclusion).decode()


@pytest.fixture
def open_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_no_way_out_is_open(open_port):
    assert in_a_child(partial(secluded_work.ways_out, open_port)) == ""


def test_no_thread_is_left_out_though_libraries_began_it_before():
    assert set(in_a_child(secluded_work.filtered).split()) == {"2"}


def test_where_a_server_is_asked_the_network_is_open_and_other_processes_are_not(open_port):
    """Which shows as well that the test above would find something."""
    ways = in_a_child(partial(secluded_work.ways_out, open_port), Seclusion(network=True)).split(",")
    assert {"tcp", "udp"} <= set(ways)
    assert "memory of the host" not in ways


def test_it_knows_nothing_of_the_hosts_environment(monkeypatch):
    for name in ("MUNIMENT_INVENTORY_PASSWORD", "PGPASSWORD", "CLOUD_TOKEN"):
        monkeypatch.setenv(name, CANARY)
    told = in_a_child(secluded_work.known)
    assert CANARY not in told
    assert "PATH" in told


def test_what_signs_in_at_the_inventory_is_left_where_it_must(monkeypatch):
    monkeypatch.setenv("PGPASSWORD", CANARY)
    monkeypatch.setenv("CLOUD_TOKEN", "another")
    told = in_a_child(secluded_work.known, Seclusion(variables=("PG",)))
    assert CANARY in told
    assert "another" not in told


def test_it_inherits_no_open_file_or_connection(tmp_path):
    path = tmp_path / "the password file"
    path.write_text("x")
    with path.open() as file, socket.create_server(("127.0.0.1", 0)) as server:
        for descriptor in (file.fileno(), server.fileno()):
            os.set_inheritable(descriptor, True)
        inherited = os.readlink(f"/proc/self/fd/{server.fileno()}")
        held = in_a_child(secluded_work.held)
    assert str(path) not in held
    assert inherited not in held
    assert "/dev/null" in held


@pytest.mark.parametrize(("seclusion", "found_something"), [(ALONE, False), (Seclusion(network=True), True)])
def test_in_a_pool_a_reader_that_is_taken_over_gets_nothing(tmp_path, monkeypatch, seclusion, found_something):
    monkeypatch.setenv("MUNIMENT_INVENTORY_PASSWORD", CANARY)
    (tmp_path / "the password file").write_text(CANARY)
    found = []
    with (tmp_path / "the password file").open():
        make_tools = MakeTools({b"a.txt": b"text"}, extractor=Seized)
        ProcessExecutor(make_tools, 1, make_tools.budget, seclusion).run(
            [Task(an_item(b"a.txt", 4))], lambda item, after, batch: found.extend(batch.examinations)
        )
    assert [(one.outcome, bool(one.findings)) for one in found] == [("examined", found_something)]


@pytest.mark.parametrize(
    ("url", "tika", "expected"),
    [
        ("sqlite:///inventory.db", None, Seclusion()),
        ("sqlite:///inventory.db", "http://127.0.0.1:9998", Seclusion(network=True)),
        ("postgresql:///muniment?host=/run/postgresql", None,
         Seclusion(variables=("MUNIMENT_INVENTORY_PASSWORD", "PG", "KRB5"))),
        ("postgresql://writer@db.example/muniment", None,
         Seclusion(network=True, variables=("MUNIMENT_INVENTORY_PASSWORD", "PG", "KRB5"))),
    ],
    ids=["a file", "and a Tika server", "a socket", "a server"],
)  # fmt: skip
def test_each_is_left_what_it_needs_and_no_more(url, tika, expected, monkeypatch):
    monkeypatch.delenv("PGHOST", raising=False)
    settings = Settings(inventory=InventorySettings(url=url), tika=TikaSettings(server=tika))
    assert seclusion_of(settings) == expected


def test_where_only_newer_threads_can_be_kept_from_it_this_is_said_once_and_by_the_doctor():
    told = subprocess.run(
        [sys.executable, refused_seccomp.__file__], capture_output=True, text=True, timeout=120, check=True
    )
    said = Reach.NEWER_THREADS.warning
    assert told.stderr == f"{said}\n--\n{said}\n"
    assert told.stdout.splitlines() == [
        "4", "could open connections in threads that libraries began: the call seccomp is refused here",
    ]  # fmt: skip


def test_the_doctor_says_whether_they_are_kept_from_the_network():
    assert seclusion_check(Settings()).health == "good"
    told = seclusion_check(Settings(inventory=InventorySettings(url="postgresql://writer@db.example/muniment")))
    assert told.health == "advice"
    assert "hardening" in told.mend
