"""What a lease of a hundred items costs beside the work on them, and what a host, the driver and the database cost.

usage: python -m benchmarks.lease_cost [--leases N] [--files N | --estate FOLDER] [--no-model]

A PostgreSQL server is started on this machine. Leases of items with which nothing is done go from a driver to a host,
both in this process; three times, and the least counts. An estate, or the demo's multiplied to N files, is scanned by
one host, with one worker process and then with two, as it is configured by default: with the language model. CPU
seconds are those of workers, host, driver and server, counted from the first item that is written down: until then
they start.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.grown_estate import multiplied
from benchmarks.measure import PROGRAM, machine
from domain.examination import Batch, Cursor
from domain.item import Item
from inventory.engine import Database, open_inventory, reading
from inventory.leases import driver_address
from inventory.progress import Figures
from inventory.recorder import RunningScan
from operations.executor import Counts, Executor, Record, Task
from operations.executors.lease import Lease, Pass
from operations.executors.leasing import Terms
from operations.hosts.worker_host import WorkerHost

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from builders import an_item
from leasing import QUEUE, Cluster, working
from postgres_servers import Postgres, running_postgres

_ROUNDS = 3
_ITEMS = 100
_ALLOWED = 0.02 * 0.010 * _ITEMS
"""Two hundredths of ten milliseconds an item."""

_WHO = "workers", "host", "driver", "server"
_BETWEEN_LOOKS = 0.1


def main(leases: int, estate: str | None, files: int, *, model: bool) -> None:
    print(f"Machine: {machine()}\n")
    with running_postgres() as server:
        if leases:
            _lease_nothing(server, leases)
        with tempfile.TemporaryDirectory() as made:
            if files:
                multiplied(made, files)
            if estate or files:
                _scan(server, estate or made, model=model)


def _lease_nothing(server: Postgres, leases: int) -> None:
    spent = min(_leased(server, leases) for _ in range(_ROUNDS)) / leases
    print(f"Leases of {_ITEMS} items with which nothing is done: {leases}, CPU ms each {spent * 1000:.1f}")
    print(f"That is {spent / (0.010 * _ITEMS):.2%} of 10 ms an item; allowed {_ALLOWED * 1000:.0f} ms\n", flush=True)


def _leased(server: Postgres, leases: int) -> float:
    cluster = Cluster(server.fresh())
    names = (f"Folder {number // 1000}/{number}.txt".encode() for number in range(leases * _ITEMS))
    recorder, tasks = cluster.begin([an_item(name, 1) for name in names])
    idle = Idle({task.item.ref.locator: task for task in tasks})
    host = WorkerHost(cluster.database, driver_address(cluster.url), [idle])
    executor = cluster.leasing(recorder, Terms(items=_ITEMS))
    before = time.process_time() + _server_seconds(server)
    with working(host):
        executor.run(tasks, idle.record)
    spent = time.process_time() + _server_seconds(server) - before
    cluster.database.dispose()
    assert idle.done == leases * _ITEMS
    return spent


@dataclass
class Idle:
    """The kind of work, the work on one scan, and who examines, all in one: nothing is asked and nothing is done."""

    all: Mapping[bytes, Task]
    what: Pass = Pass.EXAMINE
    queues: Sequence[str] = (QUEUE,)
    is_written: bool = True
    done: int = 0
    _numbered: Iterator[Task] = field(init=False)

    def __post_init__(self) -> None:
        self._numbered = iter(self.all.values())

    def executor(self) -> AbstractContextManager[Executor]:
        return nullcontext(self)

    def work(self, scan: RunningScan) -> Idle:  # noqa: ARG002
        return self

    def tasks(self, lease: Lease) -> Mapping[int, Task]:
        return dict(zip(lease.items, self._numbered, strict=False))

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        for task in work:
            record(task.item, None, Batch(()))
        return Counts()

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:  # noqa: ARG002
        self.done += 1

    def flush(self) -> None:
        """Nothing is gathered."""

    def seconds_to_wait(self) -> float:
        return 0.0

    def figures(self) -> Figures:
        return Figures(done=self.done)


def _scan(server: Postgres, estate: str, *, model: bool) -> None:
    print("| worker processes | items and parts | wall s | CPU s: workers | host | driver | server | all |")
    print("|---|---|---|---|---|---|---|---|", flush=True)
    walls: list[float] = []
    for workers in (1, 2):
        with tempfile.TemporaryDirectory() as work:
            items, wall, spent = _scanned(server, estate, Path(work), workers, model=model)
        walls.append(wall)
        shares = " | ".join(f"{spent[who]:.1f}" for who in _WHO)
        print(f"| {workers} | {items} | {wall:.1f} | {shares} | {sum(spent.values()):.1f} |", flush=True)
    outside, own = spent["host"] + spent["driver"] + spent["server"], spent["workers"]
    each = {who: 1000 * seconds / items for who, seconds in spent.items()}
    print(f"\nLoad of the machine: {os.getloadavg()[2]:.1f}; wall of one to wall of two: {walls[0] / walls[1]:.2f}")
    print(
        f"CPU ms of an item or part: {each['workers']:.1f} in its worker, {1000 * outside / items:.2f} outside: ",
        end="",
    )
    print(f"host {each['host']:.2f}, driver {each['driver']:.2f}, server {each['server']:.2f}")
    print(f"Two cores that bear all of it, to one worker with a core of its own: {2 * own / (own + outside):.2f}")
    print(f"Workers that one core of the database can feed: {own / spent['server']:.0f}")


def _scanned(
    server: Postgres, estate: str, work: Path, workers: int, *, model: bool
) -> tuple[int, float, dict[str, float]]:
    url = server.fresh()
    environment = os.environ | {
        "MUNIMENT_INVENTORY__URL": url, "MUNIMENT_EXECUTOR__KIND": "cluster",
        "MUNIMENT_LIMITS__WORKERS": str(workers),
    } | ({} if model else {"MUNIMENT_DETECTION__MODEL": "none"})  # fmt: skip
    subprocess.run([PROGRAM, "-q", "init", "--root", estate], cwd=work, env=environment, check=True)
    host = subprocess.Popen([PROGRAM, "-q", "worker"], cwd=work, env=environment)
    driver = subprocess.Popen([PROGRAM, "-q", "scan"], cwd=work, env=environment)
    database = open_inventory(url, create=False)
    while driver.poll() is None and not _recorded(database):
        time.sleep(_BETWEEN_LOOKS)
    before, until_then, began = _recorded(database), _server_seconds(server), time.monotonic()
    first = _spent_by({"host": host.pid, "driver": driver.pid})
    last = dict(first)
    while driver.poll() is None:
        last |= _spent_by({"host": host.pid, "driver": driver.pid})
        time.sleep(_BETWEEN_LOOKS)
    wall = time.monotonic() - began
    spent = dict.fromkeys(_WHO, 0.0) | {"server": _server_seconds(server) - until_then}
    host.terminate()
    host.wait()
    for one, seconds in last.items():
        spent[one[0]] += seconds - first.get(one, 0.0)
    items = _recorded(database) - before
    database.dispose()
    return items, wall, spent


def _recorded(database: Database) -> int:
    with reading(database) as connection:
        return int(connection.exec_driver_sql("SELECT count(*) FROM item WHERE outcome IS NOT NULL").scalar_one())


def _spent_by(processes: Mapping[str, int]) -> dict[tuple[str, int], float]:
    """The CPU seconds of each process so far; what a host has started works for it."""
    spent = {}
    for who, pid in processes.items():
        with suppress(psutil.NoSuchProcess):
            one = psutil.Process(pid)
            for name, each in ((who, one), *(("workers", child) for child in one.children(recursive=True))):
                with suppress(psutil.NoSuchProcess):
                    times = each.cpu_times()
                    spent[name, each.pid] = times.user + times.system
    return spent


def _server_seconds(server: Postgres) -> float:
    """CPU seconds of the server so far: its own, and of all that it has started, those that are gone included."""
    own = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))
    spent = sum(own.cpu_times()[:4])
    for child in own.children():
        with suppress(psutil.NoSuchProcess):
            spent += sum(child.cpu_times()[:2])
    return float(spent)


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--leases", type=int, default=400)
    parser.add_argument("--estate", help="a folder to be scanned")
    parser.add_argument("--files", type=int, default=0, help="files that the demo estate is multiplied to")
    parser.add_argument("--no-model", action="store_true", help="without the language model")
    given = parser.parse_args()
    main(given.leases, given.estate, given.files, model=not given.no_model)
