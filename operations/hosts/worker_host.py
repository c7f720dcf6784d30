"""A worker host: takes leases of what is being scanned, has their items examined here, and records what comes of it."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Self

from procrastinate.exceptions import ProcrastinateException

from domain.errors import MunimentError
from domain.examination import Batch, Cursor
from domain.item import Item, ItemRef
from inventory.engine import Database, InventoryError
from inventory.leases import count_alone, open_leases, running_scan
from inventory.progress import Role, tell
from operations.executor import Executor, Task
from operations.executors.inbox import Held, Inbox
from operations.executors.lease import Lease, Pass
from operations.executors.lease_service import LeaseService, Service
from operations.hosts.lease_work import LeaseWork, ScanWork, crash
from operations.scanning.telling import process_name

_log = logging.getLogger(__name__)

_LONGEST_BACKOFF = 60.0


class _StoppedError(MunimentError):
    """The time to finish what was under way is over."""


@dataclass(frozen=True, slots=True)
class HostTerms:
    """How a host behaves: leases held at once, after how many seconds of silence others are given up, how long what is
    under way may take after `stop`, how often (seconds) it tells how far it is, and how often it looks for leases.
    """

    at_once: int = 4
    silent_seconds: float = 60.0
    grace_seconds: float = 30.0
    tell_seconds: float = 5.0
    poll: float = 0.5


def _at_ease() -> None:
    """Nothing is amiss."""


@dataclass(slots=True)
class WorkerHost:
    """One host, its inventory, and what it can do. `check` raises MunimentError where it may not do what there is.

    What it holds when it ends, however it was asked to, goes back and is leased to others. What is lost with its
    machine others take over when it has been silent for long enough.
    """

    database: Database
    address: str
    kinds: Sequence[LeaseWork]
    terms: HostTerms = HostTerms()
    check: Callable[[], None] = _at_ease
    stopping: threading.Event = field(default_factory=threading.Event)
    stopped_at: float = 0.0

    def stop(self) -> None:
        """Take no more, finish what is under way; may be called by the handler of a signal."""
        self.stopped_at = self.stopped_at or time.monotonic()
        self.stopping.set()

    def run(self, *, once: bool = False) -> None:
        """Work until `stop`, or with `once` until no lease is left. An inventory that is away is waited for.

        Raises MunimentError where this host cannot work, or may not.
        """
        backoff = 1.0
        while not self.stopping.is_set():
            try:
                self.check()
                with _Shift(self) as shift:
                    shift.work(once=once)
                    return
            except (InventoryError, ProcrastinateException) as error:
                _log.error("The inventory is away; this host tries again. %s", error)  # said without --verbose too
                self.stopping.wait(backoff)
                backoff = min(2 * backoff, _LONGEST_BACKOFF)

    @property
    def is_late(self) -> bool:
        """Whether what was under way at `stop` has had its time."""
        return self.stopping.is_set() and time.monotonic() > self.stopped_at + self.terms.grace_seconds


class _Shift:
    """A host's work from one connection to the queue to its end, or to its loss."""

    def __init__(self, host: WorkerHost) -> None:
        self._host, self._kinds, self._database = host, {kind.what: kind for kind in host.kinds}, host.database
        self._queues = [queue for kind in host.kinds for queue in kind.queues]
        self._inbox = Inbox()
        terms = host.terms
        self._service = LeaseService(
            Service(host.address, self._queues, terms.at_once, terms.silent_seconds, self._crashed), self._inbox
        )
        self._works: dict[tuple[Pass, int], ScanWork] = {}
        self._under_way: dict[ItemRef, tuple[Held, int, ScanWork]] = {}
        self._examined: list[ItemRef] = []
        self._held: list[Held] = []
        self._bench = ExitStack()
        self._benched: tuple[Pass, Executor] | None = None
        self._threads = ThreadPoolExecutor(1, "telling")
        self._ended = threading.Event()

    def __enter__(self) -> Self:
        self._service.start()
        self._telling: Future[None] = self._threads.submit(self._tell_on)
        return self

    def __exit__(self, *_: object) -> None:
        """Give everything back before anything else: what was fetched meanwhile, too."""
        self._service.stop()
        self._ended.set()
        with suppress(MunimentError):  # What is not written is not done, and goes back.
            self._flush()
        while not self._service.done:
            self._give_back()
            self._service.wait(0.1)
        self._give_back()
        self._bench.close()
        self._threads.shutdown()
        with suppress(InventoryError):
            self._tell()

    def work(self, *, once: bool) -> None:
        while not self._host.stopping.is_set():
            if self._service.done:
                self._service.join()
                raise InventoryError("The connection to the inventory's queue was lost.")
            if self._telling.done():
                self._telling.result()
            what = self._inbox.wait(self._host.terms.poll)
            if what is not None:
                self._work_off(what)
            elif once and not open_leases(self._database, self._queues):
                return

    def _work_off(self, what: Pass) -> None:
        """Have leases examined in one go, for as long as more are there: nobody is idle at the end of each."""
        try:
            self._executor(what).run(self._tasks(what), self._record)
        except _StoppedError:
            _log.info("what was under way goes back")
        self._flush()
        if self._under_way and not self._host.stopping.is_set():
            raise MunimentError("An executor ended before its work was done.")

    def _executor(self, what: Pass) -> Executor:
        """Who examines; what it has running is kept until there is something else to do."""
        if self._benched is None or self._benched[0] is not what:
            self._bench.close()
            self._benched = what, self._bench.enter_context(self._kinds[what].executor())
        return self._benched[1]

    def _tasks(self, what: Pass) -> Iterator[Task]:
        while not self._host.stopping.is_set() and (held := self._inbox.take(what)):
            work, alone = self._work(what, held.lease.scan), held.lease.alone is not None
            if alone and self._under_way:
                self._inbox.put_back(held)
                return
            if (seconds := work.seconds_to_wait()) > 0:
                self._inbox.put_back(held)
                self._host.stopping.wait(0 if self._under_way else min(seconds, self._host.terms.tell_seconds))
                return
            tasks = work.tasks(held.lease)
            held.begin(tasks)
            if alone and tasks:
                count_alone(self._database, held.job)
            self._held = [one for one in (*self._held, held) if not one.outcome.done()]
            for number, task in tasks.items():
                if self._host.stopping.is_set():
                    return
                if task.item.ref in self._under_way:
                    held.done(number)  # Leased twice; the other lease answers for it.
                    continue
                self._under_way[task.item.ref] = held, number, work
                yield task
            if alone:
                return

    def _work(self, what: Pass, scan_id: int) -> ScanWork:
        if (what, scan_id) not in self._works:
            scan = running_scan(self._database, scan_id)
            if scan is None:
                raise MunimentError(f"There is no scan {scan_id} in this inventory: was an older backup put back?")
            self._works[what, scan_id] = self._kinds[what].work(scan)
        return self._works[what, scan_id]

    def _record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        _, _, work = self._under_way[item.ref]
        work.record(item, after, batch)
        if batch.rest is None:
            self._examined.append(item.ref)
        if all(one.is_written for one in self._works.values()):
            self._written()
        if self._host.is_late:
            raise _StoppedError

    def _flush(self) -> None:
        for work in self._works.values():
            work.flush()
        self._written()

    def _written(self) -> None:
        """What was examined is in the inventory: only now it is done, and its lease may end."""
        while self._examined:
            held, number, _ = self._under_way.pop(self._examined.pop())
            if held.ends_with(number) and all(one is held or one.outcome.done() for one in self._held):
                self._tell()  # Whoever drives may end with this lease, and by then is to know of all that was done.
            held.done(number)

    def _give_back(self) -> None:
        for held in (*self._held, *self._inbox.empty()):
            held.give_back()
        self._held.clear()

    def _crashed(self, what: Pass, lease: Lease) -> None:
        scan = running_scan(self._database, lease.scan)
        if scan is not None:
            crash(self._kinds[what].work(scan), lease)

    def _tell_on(self) -> None:
        """Tell every few seconds how far this host is, and see whether it may still work."""
        while not self._ended.wait(self._host.terms.tell_seconds):
            self._tell()
            self._host.check()

    def _tell(self) -> None:
        for what, scan_id in list(self._works):
            self._tell_of(what, scan_id)

    def _tell_of(self, what: Pass, scan_id: int) -> None:
        process = f"{process_name()} {'pictures' if what is Pass.RECOGNISE else ''}".strip()
        figures = self._works[what, scan_id].figures()
        tell(self._database, scan_id, process, Role.WORKER, figures, datetime.now(UTC))
