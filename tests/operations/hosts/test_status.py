"""What `status` and the metrics tell, of rows as scans and hosts leave them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from inventories import an_inventory
from prometheus_client import CollectorRegistry, generate_latest
from scan_driver import FILES, a_recorder, scan

from inventory.progress import Figures, Role, forget_progress, other_pipelines, tell, told_by_workers
from operations.hosts.serving import collector
from operations.hosts.status import State, status_of

BEGAN = datetime(2026, 11, 2, 9, tzinfo=UTC)
NOW = BEGAN + timedelta(seconds=200)


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


def tell_of(database, scan_id, process, role, figures, seconds) -> None:
    tell(database, scan_id, process, role, Figures(), BEGAN)
    tell(database, scan_id, process, role, figures, BEGAN + timedelta(seconds=seconds))


def test_a_running_scan_tells_its_rate_what_is_left_and_when_it_ends(database):
    number = a_recorder(database).scan.id
    figures = Figures(listed=2000, expected=1000, done=400, all_listed=True, problems={"corrupt": 3})
    tell_of(database, number, "one:1", Role.DRIVER, figures, 200)
    tell_of(database, number, "two:2", Role.WORKER, Figures(done=300), 200)
    (found,) = status_of(database, NOW).scans
    assert (found.state, found.rate, found.left) == (State.RUNNING, 2.0, 600)
    assert found.ends == NOW + timedelta(seconds=300)
    assert {host.process: host.rate for host in found.hosts} == {"one:1": 2.0, "two:2": 1.5}


def test_until_all_is_listed_nobody_knows_when_it_ends(database):
    number = a_recorder(database).scan.id
    tell_of(database, number, "one:1", Role.DRIVER, Figures(expected=1000, done=400), 200)
    assert status_of(database, NOW).scans[0].ends is None


def test_a_scan_of_which_nobody_tells_any_more_was_interrupted(database):
    number = a_recorder(database).scan.id
    tell_of(database, number, "one:1", Role.DRIVER, Figures(expected=9, done=4), 10)
    assert status_of(database, NOW).scans[0].state is State.INTERRUPTED


def test_a_scan_that_has_ended_leaves_nothing(database):
    scan(database, FILES)
    found = status_of(database, NOW)
    assert [(one.state, one.left) for one in found.scans] == [(State.COMPLETE, 0)]
    assert found.waiting == 0


def test_what_hosts_say_adds_up_and_is_forgotten_in_time(database):
    number = a_recorder(database).scan.id
    for process in ("one:1", "two:2"):
        tell_of(database, number, process, Role.WORKER, Figures(done=5, problems={"corrupt": 1}), 1)
    assert told_by_workers(database, number) == Figures(done=10, problems={"corrupt": 2})
    forget_progress(database, number + 1)
    assert told_by_workers(database, number) == Figures()


def test_a_live_scan_that_reads_with_something_else_is_found(database):
    recorder = a_recorder(database)
    tell(database, recorder.scan.id, "one:1", Role.DRIVER, Figures(), datetime.now(UTC))
    minute = timedelta(minutes=1)
    assert other_pipelines(database, "another", datetime.now(UTC), minute) == (recorder.scan,)
    assert other_pipelines(database, recorder.scan.pipeline, datetime.now(UTC), minute) == ()
    assert other_pipelines(database, "another", datetime.now(UTC) + timedelta(hours=1), minute) == ()


def test_metrics_name_no_path(database):
    scan(database, FILES)
    registry = CollectorRegistry()
    registry.register(collector(database))
    told = generate_latest(registry).decode()
    assert 'muniment_scan_running{source="1"} 0.0' in told
    assert "muniment_inventory_up 1.0" in told
    assert "memory" not in told  # a source that nobody configured is called by its path
    assert "Finance" not in told
