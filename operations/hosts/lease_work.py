"""What a worker host does with leases of one kind: who examines, and where what came of it is written down."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Protocol

from domain.errors import ConfigurationError, Problem, ProblemCode
from domain.examination import Batch, Cursor
from domain.item import Item
from domain.privacy import FingerprintKey
from inventory.again import again
from inventory.engine import Database
from inventory.leases import leased_items, picture_items, proof_items
from inventory.noting import Unexamined
from inventory.progress import Figures
from inventory.recorder import RunningScan
from operations.config import Settings
from operations.configuration.source_settings import SourceSettings
from operations.examine import failed
from operations.executor import Executor, Task
from operations.executors.lease import Lease, Pass, queue_of
from operations.executors.processes import ProcessExecutor
from operations.scanning.courtesy import Courtesy
from operations.scanning.engine import reads_with, recognises_with
from operations.scanning.progress import Progress
from operations.scanning.run import MOST_AT_ONCE, Run
from operations.scanning.scan import with_ocr
from operations.scanning.telling import figures_of
from operations.wiring import ToolkitMaker, ocr_queue, place_of, reaching, recorder_of, seclusion_of
from scanner.source import Source


class ScanWork(Protocol):
    """The leases of one scan as a host works them off."""

    @property
    def is_written(self) -> bool:
        """Whether all that was recorded is in the inventory: some is gathered, to be written together."""

    def tasks(self, lease: Lease) -> Mapping[int, Task]:
        """What is still to be done of a lease, by the items' numbers."""

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None: ...

    def flush(self) -> None:
        """Write what is gathered."""

    def seconds_to_wait(self) -> float:
        """How long the source is to be left alone."""

    def figures(self) -> Figures: ...


class LeaseWork(Protocol):
    """Leases of one kind, from these queues."""

    what: Pass
    queues: Sequence[str]

    def executor(self) -> AbstractContextManager[Executor]:
        """Who examines; what it has running stays until the end."""

    def work(self, scan: RunningScan) -> ScanWork: ...


def crash(work: ScanWork, lease: Lease) -> None:
    """Write down that whoever examines this one item dies."""
    for task in work.tasks(lease).values():
        begun = task.after is not None and task.after.at != ()
        work.record(task.item, task.after, Batch((failed(task.item, Problem(ProblemCode.CRASHED), begun=begun),)))
    work.flush()


@dataclass(slots=True)
class Hosted:
    """What a host has for its work: its configuration, the sources in it, and the inventory."""

    settings: Settings
    key: FingerprintKey
    database: Database
    sources: Mapping[str, Source]
    courtesies: Mapping[str, Courtesy]
    now: Callable[[], datetime] = field(default=lambda: datetime.now(UTC))

    def source(self, scan: RunningScan) -> SourceSettings:
        """The source of a scan. Raises ConfigurationError where this host has none of that name."""
        for one in self.settings.sources:
            if one.name == scan.source:
                return one
        raise ConfigurationError(
            f"The source {scan.source!r} has another name in this host's configuration; use the same on all hosts."
        )

    def queues(self, what: Pass, with_what: str) -> Sequence[str]:
        return [queue_of(what, with_what, place_of(source).root) for source in self.settings.sources]

    @contextmanager
    def executor(self, maker: ToolkitMaker) -> Iterator[Executor]:
        budget, workers = self.settings.limits.budget(), self.settings.limits.workers or os.cpu_count() or 1
        with ProcessExecutor(maker, workers, budget, seclusion_of(self.settings)) as pool:
            yield reaching(pool, budget, self.sources, self.courtesies)


class Examining:
    """The work on what is new or changed."""

    what = Pass.EXAMINE

    def __init__(self, hosted: Hosted) -> None:
        self._hosted = hosted
        self.queues = hosted.queues(self.what, reads_with(hosted.settings))

    def executor(self) -> AbstractContextManager[Executor]:
        return self._hosted.executor(ToolkitMaker(self._hosted.settings, self._hosted.key))

    def work(self, scan: RunningScan) -> ScanWork:
        return _ExaminingScan(self._hosted, scan)


class _ExaminingScan:
    def __init__(self, hosted: Hosted, scan: RunningScan) -> None:
        source = hosted.source(scan)
        recorder = recorder_of(hosted.settings, hosted.database, source, hosted.now().date())
        recorder.join(scan)
        self._database, self._scan, self._source = hosted.database, scan, hosted.sources[source.name]
        self._progress = Progress()
        self._courtesy = hosted.courtesies[source.name]
        self._run = Run(recorder, self._progress, _unwatched, at_once=MOST_AT_ONCE)

    @property
    def is_written(self) -> bool:
        return self._run.is_written

    def tasks(self, lease: Lease) -> Mapping[int, Task]:
        found = leased_items(self._database, self._scan, lease.items)
        found |= proof_items(self._database, self._scan, lease.proofs)
        return {number: self._run.task(self._source, one) for number, one in found.items()}

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:
        self._run.record(item, after, batch)

    def flush(self) -> None:
        self._run.flush()

    def seconds_to_wait(self) -> float:
        return self._courtesy.seconds_to_wait()

    def figures(self) -> Figures:
        return figures_of(self._progress)


def _unwatched(_progress: Progress) -> None:
    """What is done here is told of by the host."""


class Recognising:
    """The work on the second pass. Its queue tells the recogniser too, whose version its results are marked with."""

    what = Pass.RECOGNISE

    def __init__(self, hosted: Hosted) -> None:
        self._hosted, self._settings = hosted, with_ocr(hosted.settings)
        self.queues = hosted.queues(self.what, recognises_with(self._settings, hosted.database))

    def executor(self) -> AbstractContextManager[Executor]:
        return self._hosted.executor(ToolkitMaker(self._settings, self._hosted.key, recognises=True))

    def work(self, scan: RunningScan) -> ScanWork:
        return _RecognisingScan(self._hosted, self._settings, scan)


class _RecognisingScan:
    is_written = True

    def __init__(self, hosted: Hosted, settings: Settings, scan: RunningScan) -> None:
        source = hosted.source(scan)
        self._database, self._scan = hosted.database, scan
        self._queue = ocr_queue(settings, hosted.database, source.name)
        self._courtesy = hosted.courtesies[source.name]
        self._recognised = 0

    def tasks(self, lease: Lease) -> Mapping[int, Task]:
        found: dict[int, Unexamined] = picture_items(self._database, self._scan, lease.items)
        return {number: Task(one.item) for number, one in found.items()}

    def record(self, item: Item, after: Cursor | None, batch: Batch) -> None:  # noqa: ARG002  the executor's signature
        again(lambda: self._queue.record(item, batch))
        self._recognised += len(batch.examinations)

    def flush(self) -> None:
        """Nothing is gathered: to read a picture takes so long that a transaction is nothing beside it."""

    def seconds_to_wait(self) -> float:
        return self._courtesy.seconds_to_wait()

    def figures(self) -> Figures:
        return Figures(recognised=self._recognised)
