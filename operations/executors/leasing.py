"""Has items examined by worker hosts: leases them, some hundred at a time, and waits until none is left.

What is leased is in the inventory, and the hosts record what comes of it; whoever drives may die at any moment.
"""

from __future__ import annotations

import tempfile
import threading
import time
from array import array
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from domain.item import Item
from inventory.engine import Database
from inventory.leases import driver_connection, items_in_leases, numbers, open_leases
from inventory.progress import Figures, told_by_workers
from inventory.recorder import RunningScan
from operations.executor import Counts, Record, Task
from operations.executors.lease import Lease, Pass, defer
from operations.toolkit import run_out

Follow = Callable[[Figures], None]
"""Told every so often what all hosts together have done for the scan."""

_GATHERED_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class Terms:
    """How many items a lease has, how many leases may wait for a host, and how often (seconds) is looked."""

    items: int = 200
    waiting: int = 64
    poll: float = 0.5


class LeasingExecutor:
    """An executor whose `record` is never called: each host records what it has examined, over a connection of its own.

    So many leases wait at the most, however fast the work comes: the numbers of the other items wait in a nameless
    file. Items that are in a lease already, since another driver died, are not leased twice.
    """

    def __init__(
        self, database: Database, scan: RunningScan, what: Pass, queue: str, terms: Terms, follow: Follow
    ) -> None:
        self._database, self._scan, self._what, self._queue = database, scan, what, queue
        self._terms, self._follow = terms, follow

    def run(self, work: Iterable[Task], record: Record) -> Counts:  # noqa: ARG002  the hosts record
        already = items_in_leases(self._database, self._queue)
        with Backlog() as backlog, ThreadPoolExecutor(1, "lease") as threads:
            leasing = threads.submit(self._lease_out, backlog)
            try:
                for tasks in _together(work, self._terms.items):
                    backlog.put(number for number in self._numbers(tasks) if number not in already)
                    _raise_if_failed(leasing)
                backlog.close()
                return leasing.result()
            except BaseException:
                backlog.drop()  # What is leased goes on without us.
                raise

    def _numbers(self, tasks: Iterable[Task]) -> Iterator[int]:
        """The items' numbers; those of proofs less than nothing."""
        items: list[Item] = []
        proofs: list[Item] = []
        for task in tasks:
            (proofs if task.proof else items).append(task.item)
        yield from numbers(self._database, self._scan.source_id, items)
        yield from (-number for number in numbers(self._database, self._scan.source_id, proofs))

    def _lease_out(self, backlog: Backlog) -> Counts:
        """Keep so many leases waiting, until the backlog is closed and nothing is left of it or of them."""
        leased = 0
        while True:
            ending = backlog.is_closed
            is_open = open_leases(self._database, (self._queue,))
            leases = [self._lease(some) for some in self._taken(backlog, is_open.waiting, whole=not ending)]
            if leases:
                with driver_connection(self._database) as connection:
                    defer(connection, self._what, self._queue, leases)
            leased += len(leases)
            self._follow(told_by_workers(self._database, self._scan.id))
            if backlog.is_dropped or (ending and not backlog and not is_open and not leases):
                return Counts(leased)
            backlog.wait(self._terms.poll)

    def _taken(self, backlog: Backlog, waiting: int, *, whole: bool) -> Iterator[list[int]]:
        """What is leased now: whole leases, unless nothing more comes or the hosts have nothing to do."""
        for _ in range(self._terms.waiting - waiting):
            if not backlog or (whole and len(backlog) < self._terms.items and waiting):
                return
            yield backlog.take(self._terms.items)

    def _lease(self, some: list[int]) -> Lease:
        items, proofs = (number for number in some if number > 0), (-number for number in some if number < 0)
        return Lease(self._scan.id, tuple(items), tuple(proofs))


class Backlog:
    """Numbers that wait, first in, first out, in a nameless file: at eight bytes each, however many there are."""

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="muniment-")  # noqa: SIM115  closed with the backlog
        self._put, self._took = 0, 0
        self._changed = threading.Condition()
        self.is_closed = self.is_dropped = False

    def __enter__(self) -> Backlog:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __len__(self) -> int:
        return self._put - self._took

    def put(self, some: Iterable[int]) -> None:
        """Raises MunimentError where there is no room for it."""
        more = array("q", some)
        with self._changed:
            try:
                self._file.seek(self._put * more.itemsize)
                self._file.write(more.tobytes())
                self._file.flush()
            except OSError as error:
                raise run_out(error) from error
            self._put += len(more)

    def take(self, most: int) -> list[int]:
        taken = array("q")
        with self._changed:
            self._file.seek(self._took * taken.itemsize)
            taken.frombytes(self._file.read(min(most, len(self)) * taken.itemsize))
            self._took += len(taken)
            if not self:
                self._put = self._took = 0
        return taken.tolist()

    def drop(self) -> None:
        """Forget what waits: nobody is to go on with it."""
        with self._changed:
            self._put = self._took = 0
            self.is_dropped = True
            self._changed.notify_all()

    def close(self) -> None:
        """Nothing more will come."""
        with self._changed:
            self.is_closed = True
            self._changed.notify_all()

    def wait(self, seconds: float) -> None:
        """Wait so long, or until nothing more will come."""
        if self.is_closed:
            time.sleep(seconds)
            return
        with self._changed:
            self._changed.wait(seconds)


def _together(work: Iterable[Task], most: int) -> Iterator[list[Task]]:
    """Tasks in groups, but none waits long for others."""
    group: list[Task] = []
    began = time.monotonic()
    for task in work:
        group.append(task)
        if len(group) >= most or time.monotonic() - began >= _GATHERED_SECONDS:
            yield group
            group, began = [], time.monotonic()
    if group:
        yield group


def _raise_if_failed(leasing: Future[Counts]) -> None:
    if leasing.done():
        leasing.result()
