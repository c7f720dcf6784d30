"""Leases between one who drives and hosts in this process, over a real queue."""

from __future__ import annotations

import threading
from types import SimpleNamespace

import psycopg
import pytest
from builders import an_item
from fakes import MakeTools
from leasing import QUEUE, SHORT, Cluster, working

from domain.errors import MunimentError
from inventory.again import again
from inventory.engine import InventoryError
from inventory.leases import items_in_leases, numbers, open_leases
from inventory.progress import told_by_workers
from inventory.queries import Inventory
from operations.executors.lease import Lease, Pass, queue_of
from operations.executors.leasing import Backlog, Terms
from operations.executors.serial import SerialExecutor

pytestmark = pytest.mark.servers

FILES = {f"Finance/{number}.txt".encode(): b"text" for number in range(30)}
ITEMS = [an_item(name, len(content)) for name, content in FILES.items()]


@pytest.fixture
def cluster(postgres_url):
    made = Cluster(postgres_url)
    yield made
    made.database.dispose()


class Ear:
    """Counts what was recorded, from whatever thread."""

    def __init__(self) -> None:
        self.names: list[bytes] = []

    def __call__(self, item, after, batch) -> None:
        self.names.append(item.ref.name)


def serially() -> SerialExecutor:
    return SerialExecutor(MakeTools(FILES))


def outcomes(cluster) -> dict[str, str]:
    return {one.record.ref.path: one.record.outcome or "waiting" for one in Inventory(cluster.database).held()}


def sql(cluster, statement: str, *values) -> list[tuple]:
    with psycopg.connect(cluster.url) as connection:
        done = connection.execute(statement, values)
        return done.fetchall() if done.description else []


def left_by_a_dead_host(cluster, *leases: Lease, crashes: int = 1) -> None:
    """Leases that a host took which has been silent for an hour, and that took down others before it."""
    for lease in leases:
        sql(cluster, "INSERT INTO procrastinate_jobs (queue_name, task_name, args, attempts) VALUES (%s, %s, %s, %s)",
            QUEUE, Pass.EXAMINE.value, psycopg.types.json.Jsonb(lease.job()), crashes - 1)  # fmt: skip
    (dead,) = sql(
        cluster, "INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '1 hour') RETURNING id"
    )
    sql(cluster, "UPDATE procrastinate_jobs SET status = 'doing', worker_id = %s", *dead)


def test_leases_that_wait_are_bounded_however_fast_the_listing_is(cluster):
    recorder, tasks = cluster.begin(ITEMS)
    listed = threading.Event()

    def work():
        yield from tasks
        listed.set()

    ear, most = Ear(), []
    executor = cluster.leasing(recorder, Terms(items=2, waiting=3, poll=0.01),
                               lambda figures: most.append(open_leases(cluster.database, [QUEUE]).waiting))  # fmt: skip
    driver = threading.Thread(target=lambda: executor.run(work(), Ear()))
    driver.start()
    assert listed.wait(60)
    with working(cluster.host(serially, ear)):
        driver.join()
    assert max(most) == 3
    assert sorted(ear.names) == sorted(item.ref.name for item in ITEMS)


def test_items_in_a_lease_that_another_driver_left_are_not_leased_twice(cluster):
    recorder, tasks = cluster.begin(ITEMS)
    ids = numbers(cluster.database, recorder.scan.source_id, ITEMS)
    sql(cluster, "INSERT INTO procrastinate_jobs (queue_name, task_name, args) VALUES (%s, 'examine', %s)",
        QUEUE, psycopg.types.json.Jsonb(Lease(recorder.scan.id, tuple(ids[:10])).job()))  # fmt: skip
    assert items_in_leases(cluster.database, QUEUE) == set(ids[:10])
    ear = Ear()
    with working(cluster.host(serially, ear), cluster.host(serially, ear)):
        cluster.leasing(recorder).run(tasks, Ear())
    assert sorted(ear.names) == sorted(item.ref.name for item in ITEMS)


def test_a_job_holds_numbers_alone(cluster):
    recorder, tasks = cluster.begin(ITEMS[:3])
    jobs: list[tuple] = []

    def look(_figures) -> None:
        jobs.extend(sql(cluster, "SELECT args FROM procrastinate_jobs"))

    with working(cluster.host(serially)):
        cluster.leasing(recorder, SHORT, look).run(tasks, Ear())
    (job,) = jobs[0]
    assert job == {"scan": recorder.scan.id, "proofs": [], "items": job["items"]}
    assert all(isinstance(one, int) for one in job["items"])


def test_the_leases_of_a_silent_host_go_to_another(cluster):
    recorder, _ = cluster.begin(ITEMS)
    ids = numbers(cluster.database, recorder.scan.source_id, ITEMS)
    left_by_a_dead_host(cluster, Lease(recorder.scan.id, tuple(ids)), crashes=1)
    cluster.host(serially).run(once=True)
    assert set(outcomes(cluster).values()) == {"examined"}
    assert told_by_workers(cluster.database, recorder.scan.id).done == len(ITEMS)


def test_a_lease_that_took_down_three_hosts_goes_item_by_item(cluster):
    recorder, _ = cluster.begin(ITEMS[:5])
    ids = numbers(cluster.database, recorder.scan.source_id, ITEMS[:5])
    left_by_a_dead_host(cluster, Lease(recorder.scan.id, tuple(ids)), crashes=3)
    cluster.host(serially).run(once=True)
    assert set(outcomes(cluster).values()) == {"examined"}
    last = sql(cluster, "SELECT last_value FROM procrastinate_jobs_id_seq")
    assert last == [(1 + 5,)]


def test_an_item_that_took_down_three_hosts_by_itself_is_named_and_not_tried_again(cluster):
    recorder, _ = cluster.begin(ITEMS[:2])
    ids = numbers(cluster.database, recorder.scan.source_id, ITEMS[:2])
    left_by_a_dead_host(cluster, Lease(recorder.scan.id, (ids[0],), alone=3))
    ear = Ear()
    cluster.host(serially, ear).run(once=True)
    held = {one.number: one.record for one in Inventory(cluster.database).held()}
    assert held[ids[0]].problem is not None
    assert held[ids[0]].problem.code == "crashed"
    assert open_leases(cluster.database, [QUEUE]).held == 0


def test_an_item_that_was_with_hosts_when_others_took_them_down_is_not_blamed(cluster):
    recorder, _ = cluster.begin(ITEMS[:4])
    ids = numbers(cluster.database, recorder.scan.source_id, ITEMS[:4])
    left_by_a_dead_host(cluster, *(Lease(recorder.scan.id, (one,), alone=0) for one in ids), crashes=9)
    cluster.host(serially).run(once=True)
    assert set(outcomes(cluster).values()) == {"examined"}


class Greedy:
    """Takes all that there is before it examines any of it; notes what was under way together, and what was told."""

    def __init__(self, cluster) -> None:
        self._cluster, self.together, self.told = cluster, [], []

    def run(self, work, record):
        tasks = list(work)
        self.together.append(len(tasks))
        self.told += sql(self._cluster, "SELECT args ->> 'alone' FROM procrastinate_jobs WHERE args ->> 'alone' > '0'")
        return serially().run(tasks, record)


def test_an_item_that_is_suspected_is_examined_with_nothing_else_under_way_and_that_is_counted(cluster):
    recorder, _ = cluster.begin(ITEMS[:5])
    ids = numbers(cluster.database, recorder.scan.source_id, ITEMS[:5])
    leases = Lease(recorder.scan.id, tuple(ids[:3])), *(Lease(recorder.scan.id, (one,), alone=0) for one in ids[3:])
    left_by_a_dead_host(cluster, *leases)
    greedy = Greedy(cluster)
    cluster.host(lambda: greedy).run(once=True)
    assert sorted(filter(None, greedy.together)) == [1, 1, 3]
    assert greedy.told == [("1",), ("1",)]
    assert set(outcomes(cluster).values()) == {"examined"}


@pytest.mark.parametrize("gathers", [1, 50])
def test_a_lease_ends_when_all_of_it_is_written(cluster, gathers):
    recorder, tasks = cluster.begin(ITEMS)
    with working(cluster.host(serially, gathers=gathers)):
        cluster.leasing(recorder).run(tasks, Ear())
    assert set(outcomes(cluster).values()) == {"examined"}


def test_what_a_host_has_gathered_is_not_done_until_it_is_written(cluster):
    recorder, _ = cluster.begin(ITEMS)
    left_by_a_dead_host(
        cluster, Lease(recorder.scan.id, tuple(numbers(cluster.database, recorder.scan.source_id, ITEMS)))
    )
    unwritten = cluster.host(serially, gathers=50)
    failing = unwritten.kinds[0].work

    def work(scan):
        made = failing(scan)
        made.flush = refuse
        return made

    def refuse():
        raise MunimentError("no room")

    unwritten.kinds[0].work = work
    with pytest.raises(MunimentError, match="no room"):
        unwritten.run(once=True)
    assert set(outcomes(cluster).values()) == {"waiting"}
    cluster.host(serially).run(once=True)
    assert set(outcomes(cluster).values()) == {"examined"}


def test_what_is_done_already_is_not_done_again(cluster):
    recorder, tasks = cluster.begin(ITEMS)
    lease = Lease(recorder.scan.id, tuple(numbers(cluster.database, recorder.scan.source_id, ITEMS)))
    with working(cluster.host(serially)):
        cluster.leasing(recorder).run(tasks, Ear())
    left_by_a_dead_host(cluster, lease, crashes=1)
    ear = Ear()
    cluster.host(serially, ear).run(once=True)
    assert ear.names == []


def test_a_host_that_may_not_work_takes_nothing(cluster):
    recorder, _ = cluster.begin(ITEMS)
    left_by_a_dead_host(cluster, Lease(recorder.scan.id, (1, 2, 3)), crashes=1)
    host = cluster.host(serially)

    def refuse():
        raise ValueError("another version")

    host.check = refuse
    with pytest.raises(ValueError, match="another version"):
        host.run(once=True)
    assert set(outcomes(cluster).values()) == {"waiting"}


def test_a_write_that_another_host_was_in_the_way_of_is_made_again():
    tries = []

    def write():
        tries.append(1)
        if len(tries) < 3:
            error = InventoryError("DeadlockDetected (40P01)")
            error.__cause__ = type("Refused", (Exception,), {"orig": SimpleNamespace(sqlstate="40P01")})()
            raise error

    again(write)
    assert len(tries) == 3


def test_numbers_come_out_of_the_backlog_as_they_went_in():
    with Backlog() as backlog:
        backlog.put(range(1, 6))
        assert backlog.take(2) == [1, 2]
        backlog.put([-6])
        assert (len(backlog), backlog.take(9), len(backlog)) == (4, [3, 4, 5, -6], 0)


def test_a_queue_has_a_name_that_postgresql_can_notify_by():
    for what in Pass:
        assert len(f"procrastinate_queue_v1#{queue_of(what, 'a' * 200, b'/srv/' + b'x' * 500)}") < 64


def test_a_driver_that_fails_leaves_its_leases_and_does_not_wait_for_them(cluster):
    recorder, tasks = cluster.begin(ITEMS)

    def work():
        yield from tasks
        raise ValueError("the source is gone")

    with pytest.raises(ValueError, match="the source is gone"):
        cluster.leasing(recorder).run(work(), Ear())
    assert set(outcomes(cluster).values()) == {"waiting"}
