"""A pool of processes that can be killed: hostile input costs the item that holds it, never its neighbours."""

from __future__ import annotations

import logging
import multiprocessing
import os
import signal
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, CancelledError, wait
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import resource_tracker
from typing import Any, Self

from pebble import CONSTS, ProcessExpired, ProcessPool

from domain.errors import MunimentError, Problem, ProblemCode
from domain.examination import ENDED, Batch, Cursor
from operations.examine import Toolkit, failed
from operations.executor import Counts, Record, Task
from operations.executors.seclusion import ALONE, Seclusion
from operations.executors.spool import sweep_spool
from operations.executors.watch import MemoryWatch
from operations.executors.worker import Lifetime, prepare, work_on
from scanner.budget import Budget

_log = logging.getLogger(__name__)

_TASKS_PER_WORKER = 5000
"""So few that a parser's leaks end with the worker; so many that to start another is little beside them."""

_LOCK_SECONDS = 10.0
"""A worker killed just as it takes a task or gives one back keeps the pool's lock for ever: the others wait so long."""

_STARTUP_SECONDS = 180.0
_WINDOW = 3
"""Tasks under way for each worker: enough that none waits, few enough that a broken pool loses little time."""

_REBUILDS_IN_VAIN = 15
"""So many new pools in a row without one batch, and the machine cannot run workers at all."""


class WorkersFailedError(MunimentError):
    """The worker processes do not start, or die faster than they work."""


class ProcessExecutor:
    """A pebble pool under a supervisor.

    A worker that runs past the budget's seconds or resident memory is killed from here. An item whose worker died or
    ran out of time is tried once more, alone and part by part; only then is it blamed. A worker that has kept too much
    memory is replaced between two tasks. A broken pool is rebuilt and what was under way is run again.
    """

    def __init__(
        self, make_tools: Callable[[], Toolkit], workers: int, budget: Budget, seclusion: Seclusion = ALONE
    ) -> None:
        self._make_tools, self._workers, self._budget, self._seclusion = make_tools, workers, budget, seclusion
        self._standing: _Supervisor | None = None

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        if self._standing is not None:
            return self._standing.drive(iter(work), record)
        with self:
            return self.run(work, record)

    def __enter__(self) -> Self:
        """Keep the workers from one run to the next. An error of a run ends this."""
        self._standing = _Supervisor(self._make_tools, self._workers, self._budget, self._seclusion)
        self._standing.begin()
        return self

    def __exit__(self, *_: object) -> None:
        if self._standing is not None:
            self._standing.end()
            self._standing = None


class _Supervisor:
    def __init__(self, make_tools: Callable[[], Toolkit], workers: int, budget: Budget, seclusion: Seclusion) -> None:
        self._make_tools, self._workers, self._budget, self._seclusion = make_tools, workers, budget, seclusion
        self._spawn = multiprocessing.get_context("spawn")
        self._unsaid = self._spawn.Semaphore(1)
        self._ready: deque[Task] = deque()
        self._suspects: deque[Task] = deque()
        self._running: dict[Any, Task] = {}
        self._pool: ProcessPool | None = None
        self._watch = MemoryWatch(budget.memory)
        self._began = time.time()
        self._rebuilt = 0

    def begin(self) -> None:
        sweep_spool(0.0)
        self._watch.start()

    def end(self) -> None:
        self._watch.stop()
        self._close()
        sweep_spool(self._began)

    def drive(self, work: Iterator[Task], record: Record) -> Counts:
        """Keep the window full of fresh work; when that is done, run suspects one at a time."""
        self._record, self._counts = record, Counts()
        while True:
            self._fill(work)
            if not self._running:
                if not self._suspects:
                    return self._counts
                self._submit(self._suspects.popleft())
            self._settle()

    def _fill(self, work: Iterator[Task]) -> None:
        while len(self._running) < _WINDOW * self._workers:
            task = self._ready.popleft() if self._ready else next(work, None)
            if task is None:
                return
            self._submit(task)

    def _submit(self, task: Task) -> None:
        # Started with the first task, so that a scan with nothing to do costs no model.
        self._pool = self._pool or self._open()
        try:
            with _interrupts_held():
                future = self._pool.schedule(work_on, args=(task,), timeout=self._clock(task))
        except RuntimeError:
            self._rebuild([task])
        else:
            self._running[future] = task

    def _clock(self, task: Task) -> float:
        """The seconds of a task; more where a large store is hashed first."""
        return self._budget.clock(task.item.size if task.after is None else 0)

    def _open(self) -> ProcessPool:
        CONSTS.channel_lock_timeout = _LOCK_SECONDS
        known = self._make_tools, os.getpid(), _log.getEffectiveLevel(), _LOCK_SECONDS, self._seclusion, self._unsaid
        return ProcessPool(self._workers, Lifetime(_TASKS_PER_WORKER), prepare, known, self._spawn)

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.stop()
            self._pool.join()
            self._pool = None

    def _settle(self) -> None:
        """Wait until a task is done and take what came of it."""
        longest = max(map(self._clock, self._running.values()), default=self._budget.seconds)
        deadline = time.monotonic() + _STARTUP_SECONDS + longest
        done: set[Any] = set()
        while self._running and not done:
            done, _ = wait(self._running, timeout=1.0, return_when=FIRST_COMPLETED)
            if not done and time.monotonic() > deadline:
                raise WorkersFailedError(
                    "The worker processes do not start. Run muniment doctor to see what is missing."
                )
        for future in done:
            if future in self._running:
                self._take(future, self._running.pop(future))

    def _take(self, future: Any, task: Task) -> None:
        try:
            batch = future.result()
        except TimeoutError:
            self._suspect(task, Problem(ProblemCode.TIMEOUT, "seconds"))
        except ProcessExpired as death:
            killed = self._watch.has_killed(death.pid)
            self._suspect(task, Problem(ProblemCode.MEMORY, "memory") if killed else Problem(ProblemCode.CRASHED))
        except (BrokenExecutor, CancelledError):
            self._rebuild([task])
        else:
            self._took(task, batch)

    def _took(self, task: Task, batch: Batch) -> None:
        self._write(task, batch)
        if batch.rest is None:
            return
        if task.single > 1:  # still among the parts of the batch that was lost
            self._suspects.appendleft(replace(task, after=batch.rest, single=task.single - 1))
        else:
            self._ready.appendleft(replace(task, after=batch.rest, single=0))

    def _write(self, task: Task, batch: Batch) -> None:
        self._record(task.item, task.after, batch)
        self._counts = replace(self._counts, batches=self._counts.batches + 1)
        self._rebuilt = 0

    def _suspect(self, task: Task, problem: Problem) -> None:
        """Try once more alone, part by part; then name the part; then give the item up."""
        _log.info("a worker was lost: %s", problem.code)
        if not task.single:
            self._suspects.append(replace(task, single=self._budget.batch_parts))
            self._counts = replace(self._counts, retried=self._counts.retried + 1)
        elif task.after is None or task.after.spoiled is None:
            self._suspects.append(replace(task, after=replace(task.after or Cursor(), spoiled=problem)))
        elif outward := _outward(task.after.at):
            self._suspects.append(replace(task, after=replace(task.after, at=outward, spoiled=problem)))
        else:
            begun = task.after.at != ()
            self._write(task, Batch((failed(task.item, problem, begun=begun),)))

    def _rebuild(self, tasks: list[Task]) -> None:
        """Open a new pool and run again what was under way in the old one."""
        _log.info("the pool broke; %d tasks run again", len(tasks) + len(self._running))
        tasks += self._running.values()
        self._running.clear()
        self._close()
        self._rebuilt += 1
        if self._rebuilt > _REBUILDS_IN_VAIN:
            raise WorkersFailedError(
                "The worker processes die as they start: see limits.memory_mb and limits.workers, and muniment doctor."
            )
        self._ready.extendleft(task for task in reversed(tasks) if not task.single)
        self._suspects.extendleft(task for task in tasks if task.single)


def _outward(at: tuple[int, ...]) -> tuple[int, ...]:
    """Where to give a container up whose parts cannot even be walked: behind it, in the one it lies in; () for none."""
    within = at[:-1] if at and at[-1] == ENDED else at
    return (*within[:-1], ENDED) if len(within) > 1 else ()


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """Keep Ctrl-C from the threads and processes that begin here, for good: it is the parent's to end them.

    The tracker of multiprocessing begins first: the first process would start it, and it lets Ctrl-C through again.
    """
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
