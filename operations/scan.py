"""Scanning: list a source, examine what is new or changed, write it down; killed at any moment, it goes on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from domain.errors import ConfigurationError, MunimentError, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item, readable
from domain.privacy import FingerprintKey
from inventory.engine import Database, InventoryError, only_scan, open_inventory
from inventory.recorder import Recorder
from operations.config import Settings, SourceSettings
from operations.examine import failed, unlisted_folder
from operations.executor import Executor, Task
from operations.recognise import recognise
from operations.wiring import (
    ToolkitMaker,
    ad_hoc_source,
    detector_of,
    executor_of,
    load_key,
    ocr_queue,
    place_of,
    recorder_of,
    source_of,
)  # fmt: skip
from scanner.source import Source
from scanner.sources.unreachable import SourceUnreachableError


@dataclass(slots=True)
class Progress:
    """Running figures of a scan. `done` of `expected` items are examined; parts inside items are counted apart, and
    so are the files that were but moved.

    `recognised` of `to_recognise` contents have had the text in their pictures read.
    """

    listed: int = 0
    expected: int = 0
    done: int = 0
    parts: int = 0
    moved: int = 0
    bytes: int = 0
    all_listed: bool = False
    to_recognise: int = 0
    recognised: int = 0
    problems: Counter[ProblemCode] = field(default_factory=Counter)


Watcher = Callable[[Progress], None]


def utc_now() -> datetime:
    return datetime.now(UTC)


def scan_sources(
    settings: Settings, sources: Iterable[SourceSettings], watcher: Watcher, *, examine_content: bool = True
) -> Progress:
    """Scan sources one after the other into the configured inventory; return the figures of all together.

    A source that cannot be reached stops no other. Raises SourceUnreachableError at the end for those, and
    InventoryError where another scan is running.
    """
    key = load_key(settings.inventory.key_file)
    sources = tuple(sources)
    settings = settings.over(sources)
    progress, unreachable = Progress(), []
    with only_scan(settings.inventory.url):
        database = open_inventory(settings.inventory.url, create=False)
        executor = executor_of(settings, ToolkitMaker(settings, key))
        scanned = []
        for source in sources:
            recorder = recorder_of(settings, database, source, utc_now().date())
            recorder.begin(utc_now(), detector_of(settings), key.id)
            progress.all_listed = False
            try:
                scan(source_of(source), recorder, executor, progress, watcher, examine_content=examine_content)
            except SourceUnreachableError as error:
                unreachable.append(str(error))
            else:
                scanned.append(source)
        if examine_content:
            _recognise(settings.over(scanned), key, database, progress, watcher)
        database.dispose()
    if unreachable:
        raise MunimentError("\n".join(unreachable))
    return progress


def _recognise(
    settings: Settings, key: FingerprintKey, database: Database, progress: Progress, watcher: Watcher
) -> None:
    """Read the text in pictures, where that is wanted and some wait; last of all, so that nothing waits for it."""
    if not settings.ocr.pictures and not settings.ocr.documents:
        return
    queues = [ocr_queue(settings, database, source.name) for source in settings.sources]
    progress.to_recognise = sum(map(len, queues))
    if not progress.to_recognise:
        return

    def read(contents: int) -> None:
        progress.recognised += contents
        watcher(progress)

    watcher(progress)
    executor = executor_of(settings, ToolkitMaker(settings, key, recognises=True))
    for queue in queues:
        recognise(queue, executor, read)


def with_ocr(settings: Settings) -> Settings:
    """The same settings with all text recognition on."""
    return settings.model_copy(update={"ocr": settings.ocr.model_copy(update={"pictures": True, "documents": True})})


def ad_hoc_sources(settings: Settings, paths: Iterable[Path]) -> tuple[SourceSettings, ...]:
    """Sources for paths named on the command line; a path that is a configured source's root is that source.

    Raises ConfigurationError for a path that is not there, or lies in or around a configured source's root.
    """
    return tuple(_ad_hoc(settings, path) for path in paths)


def _ad_hoc(settings: Settings, path: Path) -> SourceSettings:
    source = ad_hoc_source(readable(os.fsencode(path.resolve())), path.resolve())
    own = place_of(source)
    for configured in settings.sources:
        place = place_of(configured)
        if place.root == own.root:
            return configured
        if place.overlaps(own.root):
            raise ConfigurationError(
                f"This path overlaps source {configured.name!r}, so files would be counted twice. "
                f"Scan that: muniment scan --source {configured.name!r}"
            )
    return source


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
        else:
            for _ in work:
                pass
        progress.moved += recorder.settle()
        if examine_content:
            _run_again(run, executor, recorder)
    except BaseException:
        with suppress(InventoryError):  # what is raised already is what the user must see
            recorder.finish(utc_now(), complete=False)
        raise
    recorder.finish(utc_now(), complete=True)


def _run_again(run: _Run, executor: Executor, recorder: Recorder) -> None:
    """Examine what was not moved after all, and the few copies whose twin changed before they could share with it."""
    waiting = recorder.waiting()
    if waiting:
        executor.run((Task(todo.item) for todo in waiting), run.record)


class _Run:
    def __init__(self, recorder: Recorder, progress: Progress, watcher: Watcher) -> None:
        self._recorder, self.progress, self._watcher = recorder, progress, watcher

    def work(self, source: Source) -> Iterable[Task]:
        """List the source and yield what is to be examined; what cannot be opened is recorded at once."""
        for listing in source.list(self._recorder.state_of):
            for todo in self._recorder.note(listing):
                self.progress.expected += 1
                if todo.item.problem is None:
                    yield Task(todo.item, todo.after)
                else:
                    self.record(todo.item, None, Batch((failed(todo.item, todo.item.problem),)))
            if (folder := unlisted_folder(source, listing)) is not None and folder.problem is not None:
                self.record(folder, None, Batch((failed(folder, folder.problem),)))
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
