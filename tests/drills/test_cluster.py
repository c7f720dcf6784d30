"""Worker hosts, the driver and the database lost in the middle: the inventory is that of a quiet scan, no row twice."""

from __future__ import annotations

import random

import psutil
import pytest
from clusters import HOSTS, ended, ended_with, kill, stopped, until

from operations.executors.watch import workers_of

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]


def test_a_quiet_scan_by_three_hosts_gives_the_inventory_of_one_machine(
    cluster, undisturbed, hosts_are, record_property
):
    hosts = [cluster.host() for _ in range(HOSTS)]
    assert ended(cluster.scan()) == 0
    assert cluster.inventory() == undisturbed
    assert stopped(*hosts) == [0] * HOSTS
    record_property("drill", f"a quiet scan by {HOSTS} {hosts_are}; inventory equal to that of one machine")


def test_a_killed_pool_child_costs_its_host_nothing(cluster, undisturbed, drill_size, record_property):
    chance = random.Random(31)
    driver, host, killed = cluster.scan(), cluster.host(), 0
    for moment in sorted(chance.sample(range(len(undisturbed) * 3 // 4), drill_size(2, 10))):
        if cluster.until_recorded(moment, driver):
            until(lambda: driver.poll() is not None or children(host))
            for child in children(host):
                child.kill()
                killed += 1
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    assert stopped(host) == [0]
    record_property("drill", f"{killed} pool children of a host killed with -9; the host went on, inventory equal")
    assert killed > 0


def children(host) -> list[psutil.Process]:
    return workers_of(psutil.Process(host.pid))


def test_every_worker_host_killed_in_the_middle_costs_nothing(
    cluster, undisturbed, drill_size, hosts_are, record_property
):
    chance = random.Random(30)
    driver, kills = cluster.scan(), 0
    for moment in sorted(chance.sample(range(10, len(undisturbed) * 3 // 4), drill_size(1, 5))):
        hosts = [cluster.host() for _ in range(HOSTS)]
        if cluster.until_recorded(moment, driver):
            kills += len(hosts)
        for host in hosts:
            kill(host)
    cluster.host()
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    record_property("drill", f"{kills} worker hosts killed with -9, {HOSTS} at a time ({hosts_are}); inventory equal")
    assert kills > 0


def test_a_driver_killed_in_the_middle_is_followed_by_another(cluster, undisturbed, record_property):
    driver = cluster.scan()
    hosts = [cluster.host() for _ in range(2)]
    killed = cluster.until_recorded(len(undisturbed) // 4, driver)
    kill(driver)
    assert ended(cluster.scan(place=2)) == 0
    assert cluster.inventory() == undisturbed
    assert stopped(*hosts) == [0, 0]
    record_property("drill", "driver killed with -9, another started on another host; inventory equal")
    assert killed


def test_a_database_restarted_in_the_middle_is_waited_for_by_the_hosts(cluster, undisturbed, record_property):
    driver = cluster.scan()
    hosts = [cluster.host() for _ in range(2)]
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    cluster.server.stop(at_once=True)
    cluster.server.start()
    status, said = ended_with(driver)
    assert status == 0 or "The inventory could not be used" in said
    assert ended(cluster.scan()) == 0
    assert cluster.inventory() == undisturbed
    assert stopped(*hosts) == [0, 0]
    record_property("drill", "database restarted in the middle of a scan; hosts went on, inventory equal")


def test_a_host_that_is_stopped_gives_back_what_it_has_not_done(cluster, undisturbed, record_property):
    driver = cluster.scan()
    first = cluster.host()
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    assert stopped(first) == [0]
    assert cluster.ask("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == [(0,)]
    assert ended(cluster.host("--once")) == 0
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    record_property("drill", "a host stopped with SIGTERM gave its leases back at once; inventory equal")


def test_a_host_that_reads_otherwise_is_refused(cluster, undisturbed):
    driver = cluster.scan()
    until(lambda: bool(cluster.ask("SELECT scan_id FROM progress")))
    status, said = ended_with(cluster.host(MUNIMENT_LIMITS__DEPTH="3"))
    assert status == 2
    assert "bring this host to the same version" in said
    assert cluster.recorded() == 0
    cluster.host()
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed


def test_a_host_whose_muniment_is_older_than_the_tables_is_refused(cluster, record_property):
    """What an older program finds that a newer one has migrated: a revision that it does not know."""
    cluster.ask("UPDATE alembic_version SET version_num = '9999' RETURNING version_num")
    status, said = ended_with(cluster.host())
    assert status == 2
    assert "A newer Muniment has written this inventory. Update Muniment here, on every host." in said
    record_property("drill", "a host of an older version refused, by what it reads with and by the tables")
