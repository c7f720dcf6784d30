"""Worker hosts in this process, over toolkits of the tests and a real queue."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import date

from scan_driver import HERE, PIPELINE, a_recorder

from domain.examination import Batch, Cursor
from domain.item import Item, Listing
from inventory.engine import Database, open_inventory
from inventory.leases import driver_address, leased_items
from inventory.progress import Figures
from inventory.recorder import Recorder, RunningScan
from inventory.recording import Pipeline
from operations.executor import Counts, Executor, Record, Task
from operations.executors.lease import Lease, Pass
from operations.executors.leasing import LeasingExecutor, Terms
from operations.hosts.worker_host import HostTerms, WorkerHost

QUEUE = "examine:pipeline 1/limits 1:here"
QUICK = HostTerms(at_once=2, silent_seconds=60.0, grace_seconds=30.0, tell_seconds=0.1, poll=0.02)
SHORT = Terms(items=8, waiting=2, poll=0.02)


def unheard(item: Item, after: Cursor | None, batch: Batch) -> None:
    """Nobody listens."""


@dataclass
class BenchKind:
    """Leases examined by an executor of the test's, written down `gathers` at a time, and told to `heard`."""

    database: Database
    make_executor: Callable[[], Executor]
    heard: Record = unheard
    wait: float = 0.0
    gathers: int = 1
    what: Pass = Pass.EXAMINE
    queues: tuple[str, ...] = (QUEUE,)

    def executor(self):
        executor = self.make_executor()
        return executor if hasattr(executor, "__enter__") else nullcontext(executor)

    def work(self, scan: RunningScan) -> BenchWork:
        recorder = Recorder(self.database, HERE, Pipeline(PIPELINE, "limits 1"), date(2026, 3, 2), lambda folder: "Top")
        recorder.join(scan)
        return BenchWork(self, scan, recorder)


@dataclass
class BenchWork:
    kind: BenchKind
    scan: RunningScan
    recorder: Recorder
    count: int = 0
    came: list[tuple[Item, Cursor | None, Batch]] = field(default_factory=list)

    @property
    def is_written(self) -> bool:
        return not self.came

    def tasks(self, lease: Lease) -> Mapping[int, Task]:
        found = leased_items(self.kind.database, self.scan, lease.items)
        return {number: Task(one.item, one.after) for number, one in found.items()}

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        self.came.append((item, after, batch))
        if len(self.came) >= self.kind.gathers:
            self.flush()
        self.kind.heard(item, after, batch)
        self.count += batch.rest is None

    def flush(self) -> None:
        self.recorder.record_all(self.came)
        self.came.clear()

    def seconds_to_wait(self) -> float:
        return self.kind.wait

    def figures(self) -> Figures:
        return Figures(done=self.count)


def listings(items: Iterable[Item]) -> list[Listing]:
    folders: dict[bytes, list[Item]] = {b"": []}
    for item in items:
        folders.setdefault(item.ref.folder, []).append(item)
    return [Listing(folder, tuple(some)) for folder, some in sorted(folders.items())]


@dataclass
class Cluster:
    """An inventory with a queue in it, and as many hosts as a test begins."""

    url: str
    database: Database = field(init=False)

    def __post_init__(self) -> None:
        self.database = open_inventory(self.url, create=True)

    def host(self, make_executor: Callable[[], Executor], heard: Record = unheard, gathers: int = 1) -> WorkerHost:
        kind = BenchKind(self.database, make_executor, heard, gathers=gathers)
        return WorkerHost(self.database, driver_address(self.url), [kind], QUICK)

    def begin(self, items: Iterable[Item]) -> tuple[Recorder, list[Task]]:
        """A scan that has listed these items, and what is to be done."""
        recorder = a_recorder(self.database)
        todo = recorder.note(*listings(items))
        return recorder, [Task(one.item, one.after) for one in todo]

    def leasing(self, recorder: Recorder, terms: Terms = SHORT, follow=lambda figures: None) -> LeasingExecutor:
        return LeasingExecutor(self.database, recorder.scan, Pass.EXAMINE, QUEUE, terms, follow)


@contextmanager
def working(*hosts: WorkerHost) -> Iterator[Callable[[], None]]:
    """Hosts that work meanwhile. What is given raises what has ended one of them."""
    failures: list[BaseException] = []

    def work(host: WorkerHost) -> None:
        try:
            host.run()
        except BaseException as error:  # noqa: BLE001  raised again by `alive`
            failures.append(error)

    def alive() -> None:
        for failure in failures:
            raise failure

    threads = [threading.Thread(target=work, args=(host,)) for host in hosts]
    for thread in threads:
        thread.start()
    try:
        yield alive
    finally:
        for host in hosts:
            host.stop()
        for thread in threads:
            thread.join()
    alive()


@dataclass
class LeasedExecutor:
    """What the contract is for: work handed in here, examined and recorded by two hosts elsewhere."""

    cluster: Cluster
    make_executor: Callable[[], Executor]

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        recorder, tasks = self.cluster.begin([task.item for task in work])
        hosts = [self.cluster.host(self.make_executor, record) for _ in range(2)]
        with working(*hosts) as alive:
            return self.cluster.leasing(recorder, follow=lambda figures: alive()).run(tasks, record)
