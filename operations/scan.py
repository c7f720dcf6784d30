"""Scanning: list a source, examine what is new or changed, write it down; killed at any moment, it goes on."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import MunimentError, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item
from inventory.engine import open_inventory
from inventory.recorder import Recorder
from operations.config import Settings, SourceSettings
from operations.examine import failed
from operations.executor import Executor, Task
from operations.wiring import ToolkitMaker, detector_of, executor_of, load_key, pipeline_of, service_finder, source_of
from scanner.source import Source


class ScanRunningError(MunimentError):
    """Another scan writes to this inventory."""


@dataclass(slots=True)
class Progress:
    """Running figures of a scan. `done` of `expected` items are examined; parts inside items are counted apart."""

    listed: int = 0
    expected: int = 0
    done: int = 0
    parts: int = 0
    bytes_expected: int = 0
    bytes: int = 0
    all_listed: bool = False
    problems: Counter[ProblemCode] = field(default_factory=Counter)


Watcher = Callable[[Progress], None]


def utc_now() -> datetime:
    return datetime.now(UTC)


def scan_sources(
    settings: Settings, sources: Iterable[SourceSettings], watcher: Watcher, *, examine_content: bool = True
) -> Progress:
    """Scan sources one after the other into the configured inventory; return the figures of all together.

    Raises MunimentError where a source cannot be reached (what it held before stays), or another scan is running.
    """
    key = load_key(settings.inventory.key_file)
    sources = tuple(sources)
    settings = settings.model_copy(update={"sources": sources})
    detector = detector_of(settings)
    progress = Progress()
    with only_scan(settings.inventory.key_file.parent):
        database = open_inventory(settings.inventory.url, create=False)
        executor = executor_of(settings, ToolkitMaker(settings, key))
        for source in sources:
            today = utc_now().date()
            recorder = Recorder(database, source.name, pipeline_of(detector), today, service_finder(settings))
            recorder.begin(utc_now(), detector, key.id)
            progress.all_listed = False
            scan(source_of(source), recorder, executor, progress, watcher, examine_content=examine_content)
        database.dispose()
    return progress


@contextmanager
def only_scan(folder: Path) -> Iterator[None]:
    """Hold the lock that keeps a second scan from the same inventory; it ends with the process, however that ends."""
    with open(os.open(folder / ".muniment-scan.lock", os.O_RDWR | os.O_CREAT, 0o600), "rb") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ScanRunningError("Another scan of this inventory is running; wait for it, or stop it.") from error
        yield


def scan(
    source: Source,
    recorder: Recorder,
    executor: Executor,
    progress: Progress,
    watcher: Watcher,
    *,
    examine_content: bool = True,
) -> None:
    """Scan one source into the inventory that `recorder` writes; the scan must have begun. Adds up in `progress`.

    Without `examine_content` items are only listed; they wait for a scan that examines them.
    """
    run = _Run(recorder, progress, watcher)
    work = run.work(source)
    try:
        if examine_content:
            executor.run(work, run.record)
            _run_again(run, executor, recorder)
        else:
            for _ in work:
                pass
    except BaseException:
        recorder.finish(utc_now(), complete=False)
        raise
    recorder.finish(utc_now(), complete=True)


def _run_again(run: _Run, executor: Executor, recorder: Recorder) -> None:
    """Examine the few copies that were to share what a twin had, where the twin changed meanwhile."""
    waiting = recorder.waiting()
    if waiting:
        executor.run((Task(todo.item) for todo in waiting), run.record)


class _Run:
    def __init__(self, recorder: Recorder, progress: Progress, watcher: Watcher) -> None:
        self._recorder, self.progress, self._watcher = recorder, progress, watcher

    def work(self, source: Source) -> Iterable[Task]:
        """List the source and yield what is to be examined; what cannot be opened is recorded at once."""
        for listing in source.list():
            for todo in self._recorder.note(listing):
                self.progress.expected += 1
                self.progress.bytes_expected += todo.item.size
                if todo.item.problem is None:
                    yield Task(todo.item, todo.after)
                else:
                    self.record(todo.item, None, Batch((failed(todo.item, todo.item.problem),)))
            self.progress.listed += len(listing.items)
            self._watcher(self.progress)
        self.progress.all_listed = True

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        self._recorder.record(item, after, batch)
        if batch.rest is None:
            self.progress.done += 1
            self.progress.bytes += item.size
        for examination in batch.examinations:
            self.progress.parts += bool(examination.item.ref.part)
            if examination.problem is not None:
                self.progress.problems[examination.problem.code] += 1
        self._watcher(self.progress)
