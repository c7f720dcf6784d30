"""Hosts that are still there and yet are not: frozen, cut off, or living in another hour."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest
from clusters import ended, kill, python_beginning_with, stopped, until

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]

_FAKETIME = {"DONT_FAKE_MONOTONIC": "1", "FAKETIME_DONT_FAKE_MONOTONIC": "1", "NO_FAKE_STAT": "1"}
_SLEEP = """
import threading, time

time.sleep = lambda seconds: threading.Event().wait(seconds)
"""
"""Under faketime (0.9.10) the system's own, as Python has it, takes no time to be in the future and fails."""


@pytest.fixture(params=["frozen", "cut off"])
def lost(request, network) -> tuple[Callable, Callable]:
    """How a host is lost for a while, and how it comes back."""
    if request.param == "frozen":
        return lambda host: os.killpg(host.pid, signal.SIGSTOP), lambda host: os.killpg(host.pid, signal.SIGCONT)
    if network is None:
        pytest.skip("This account may make no network namespaces.")
    return lambda host: network.cut_off(0), lambda host: network.connect(0)


def test_a_host_that_is_lost_for_a_while_and_comes_back_disturbs_nobody(
    cluster, undisturbed, lost, request, record_property
):
    """What it held is with another host by then, and it does it too: once or twice, the inventory is the same."""
    lose, find = lost
    driver, first = cluster.scan(), cluster.host(place=0)
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    lose(first)
    held = cluster.ask("SELECT id FROM procrastinate_jobs WHERE status = 'doing'")
    second = cluster.host(place=1)
    until(lambda: not set(held) & set(cluster.ask("SELECT id FROM procrastinate_jobs WHERE attempts = 0")))
    find(first)
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    assert stopped(first, second) == [0, 0]
    assert ended(cluster.host("--once")) == 0  # What the first gave back at the end had been done by the second.
    assert cluster.inventory() == undisturbed
    record_property("drill", f"a host {request.node.callspec.id} in mid-lease, and back later; inventory equal")


def test_a_driver_whose_machine_is_lost_is_followed_by_another(cluster, undisturbed, network, record_property):
    """Nobody tells the server that it is gone, which would hold its locks for two hours."""
    if network is None:
        pytest.skip("This account may make no network namespaces.")
    driver, host = cluster.scan(place=2), cluster.host(place=0)
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    network.cut_off(2)
    kill(driver)
    try:
        until(lambda: ended(cluster.scan(place=1)) == 0)
    finally:
        network.connect(2)
    assert cluster.inventory() == undisturbed
    assert stopped(host) == [0]
    record_property("drill", "the driver's machine lost without a word; another took over, inventory equal")


@pytest.mark.parametrize("off", ["+1h", "-1h"])
def test_hosts_whose_clocks_are_an_hour_off_take_leases_over_by_the_databases(
    cluster, undisturbed, off, tmp_path, record_property
):
    library = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
    if library is None:
        pytest.skip("There is no faketime on this machine: requirements/apt.sh PYTHON servers")
    driver, right = cluster.scan(), cluster.host()
    preloaded = {"LD_PRELOAD": str(library), "FAKETIME": off, **_FAKETIME}
    wrong = cluster.host(**preloaded, PYTHONPATH=python_beginning_with(_SLEEP, tmp_path))
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    kill(right)
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    assert stopped(wrong) == [0]
    record_property("drill", f"a host whose clock is off by {off} took over from one that was killed; inventory equal")
