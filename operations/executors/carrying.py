"""Reads network sources here, in the process that holds their credentials, and hands the workers bytes alone.

Each item is copied once to a nameless file, some of them ahead of the workers; a kill leaves nothing of it behind.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager, ExitStack, nullcontext, suppress
from dataclasses import replace
from threading import Event
from typing import BinaryIO, TypeAlias

from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, ItemRef
from operations.executor import Counts, Executor, Record, Task
from operations.executors.lanes import Lanes
from operations.scanning.reading import failed
from operations.toolkit import surprises_named
from scanner.budget import MIB, Budget
from scanner.source import RemoteSource
from scanner.sources.carried import Carried

_TRIES = 3
_AHEAD = 300
_AHEAD_BYTES = 1024 * MIB
"""What is copied before a worker asks for it: each copy is an open file, and takes its room on disk."""

_HELD = 10_000
"""Tasks that may wait for their lane while those of others are read: the inventory knows them, whatever happens."""

Turn: TypeAlias = Callable[[str], AbstractContextManager[None]]
"""Takes a turn at the source of that name, and waits for it where others have theirs."""


def _at_once(source: str) -> AbstractContextManager[None]:  # noqa: ARG001
    return nullcontext()


_Brought: TypeAlias = tuple[Task, "_Copy | Problem"]


class CarryingExecutor:
    """Another executor, to which the tasks of network sources come with the bytes that they need."""

    def __init__(
        self, executor: Executor, sources: Mapping[str, RemoteSource], budget: Budget, turn: Turn = _at_once
    ) -> None:
        self._executor, self._sources, self._budget, self._turn = executor, sources, budget, turn

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        with _Carrier(self._sources, record, self._budget, self._turn) as carrier:
            return self._executor.run(carrier.carried(work), carrier.record)


class _Copy:
    def __init__(self, file: BinaryIO, version: bytes, taken: int) -> None:
        self.file = file
        self.carried = Carried(f"/proc/{os.getpid()}/fd/{file.fileno()}", version, taken)


class _Carrier:
    def __init__(self, sources: Mapping[str, RemoteSource], record: Record, budget: Budget, turn: Turn) -> None:
        self._sources, self._record, self._budget, self._turn = sources, record, budget, turn
        self._copies: dict[ItemRef, BinaryIO] = {}
        self._threads: dict[str, ThreadPoolExecutor] = {}
        self._lanes: dict[str, Lanes] = {}
        self._ahead: dict[Future[Sequence[_Brought]], Sequence[Task]] = {}
        self._ended = Event()

    def __enter__(self) -> _Carrier:
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()  # What is still being read nobody waits for: it stops at its next megabyte.
        for threads in self._threads.values():
            threads.shutdown(cancel_futures=True)
        for coming in self._ahead:
            if coming.done() and not coming.cancelled() and coming.exception() is None:
                self._keep(coming.result())
        with ExitStack() as closing:
            for file in self._copies.values():
                closing.callback(file.close)

    def carried(self, work: Iterable[Task]) -> Iterator[Task]:
        """The tasks, with what is to be read of network sources, as it comes; what cannot be read is recorded in their
        place.
        """
        for task in work:
            source = self._sources.get(task.item.ref.source)
            if source is None:
                yield task
                continue
            self._lanes.setdefault(source.name, Lanes(source)).add(task)
            self._begin(whole=self._held < _AHEAD)
            while self._held >= _HELD:
                yield from self._arrived()
            yield from self._come()
        while self._held or self._ahead:
            self._begin(whole=False)
            yield from self._arrived()

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        """Record a batch, and let the copy go with the last one of its item."""
        self._record(item, after, batch)
        if batch.rest is None and item.ref in self._copies:
            self._copies.pop(item.ref).close()

    @property
    def _held(self) -> int:
        return sum(lanes.held for lanes in self._lanes.values())

    def _begin(self, *, whole: bool) -> None:
        """Have groups read, as far ahead as may be."""
        for lanes in self._lanes.values():
            while not self._is_far_ahead() and (group := lanes.take(whole=whole)):
                self._ahead[self._threads_of(lanes.source).submit(self._bring, lanes.source, group)] = group

    def _threads_of(self, source: RemoteSource) -> ThreadPoolExecutor:
        if source.name not in self._threads:
            self._threads[source.name] = ThreadPoolExecutor(source.connections, f"fetch-{source.name}")
        return self._threads[source.name]

    def _is_far_ahead(self) -> bool:
        """Whether what is on its way takes more files, or more room on disk, than it is worth."""
        coming = [task.item.size for tasks in self._ahead.values() for task in tasks]
        return len(coming) > _AHEAD or (len(self._ahead) > 1 and sum(coming) > _AHEAD_BYTES)

    def _arrived(self) -> Iterator[Task]:
        """What comes next, however long that takes."""
        self._begin(whole=False)
        wait(self._ahead, return_when=FIRST_COMPLETED)
        yield from self._come()

    def _come(self) -> Iterator[Task]:
        """What has come by now."""
        for coming in [coming for coming in self._ahead if coming.done()]:
            group = self._ahead.pop(coming)
            self._lanes[group[0].item.ref.source].arrived(group)
            yield from self._come_with(coming.result())
            self._begin(whole=self._held < _AHEAD)

    def _come_with(self, brought: Sequence[_Brought]) -> Iterator[Task]:
        self._keep(brought)
        for task, copy in brought:
            if isinstance(copy, Problem):
                begun = task.after is not None and task.after.at != ()
                self._record(task.item, task.after, Batch((failed(task.item, copy, begun=begun),)))
            else:
                yield replace(task, carried=copy.carried)

    def _keep(self, brought: Sequence[_Brought]) -> None:
        self._copies.update((task.item.ref, copy.file) for task, copy in brought if isinstance(copy, _Copy))

    def _bring(self, source: RemoteSource, tasks: Sequence[Task]) -> Sequence[_Brought]:
        """Small items together, then one by one what did not come so."""
        asked = {task.item.ref: task for task in tasks}
        brought: list[_Brought] = []
        if len(tasks) > 1:
            with self._turn(source.name), suppress(ItemTroubleError), surprises_named("-"):
                for item, found in source.fetch([task.item for task in tasks]):
                    brought.append((asked.pop(item.ref), _copied(item, found)))
                    self._go_on()
        return [*brought, *((task, self._brought(source, task.item)) for task in asked.values())]

    def _brought(self, source: RemoteSource, item: Item) -> _Copy | Problem:
        """A copy of an item; what changed while it was copied is copied twice more, unless it is a large store."""
        if item.size > self._budget.store:
            return Problem(ProblemCode.LIMIT, "store")
        for _ in range(_TRIES - 1 if item.size <= self._budget.bytes else 0):
            copy = self._copy(source, item)
            if copy != Problem(ProblemCode.CHANGED):
                return copy
        return self._copy(source, item)

    def _copy(self, source: RemoteSource, item: Item) -> _Copy | Problem:
        file = tempfile.TemporaryFile(prefix="muniment-")  # noqa: SIM115  closed with the item's last batch
        try:
            self._go_on()
            with self._turn(source.name), surprises_named("-"), source.open(item) as opened:
                while block := opened.file.read(MIB):
                    file.write(block)
                    self._go_on()
                file.flush()
                copy = _Copy(file, opened.version, opened.taken)
        except ItemTroubleError as trouble:
            file.close()
            return trouble.problem
        except BaseException:
            file.close()
            raise
        return copy

    def _go_on(self) -> None:
        """Raises ItemTroubleError, which nobody hears of, once the run has ended."""
        if self._ended.is_set():
            raise ItemTroubleError(ProblemCode.VANISHED)


def _copied(item: Item, found: bytes | ItemTroubleError) -> _Copy | Problem:
    if isinstance(found, ItemTroubleError):
        return found.problem
    file = tempfile.TemporaryFile(prefix="muniment-")  # noqa: SIM115  closed with the item's last batch
    file.write(found)
    file.flush()
    return _Copy(file, item.version, len(found))
