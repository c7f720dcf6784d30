"""A scan as `muniment scan` makes it, observed: what its workers begin and what it records is noted, a line each.

usage, by other benchmarks: python observed.py WORK [--fake-store]

WORK holds muniment.toml; the lines go to WORK/notes: `content DIGEST` before a content is read that is not known yet,
`task PID SECONDS` before a worker takes up an item where it was left, `batch EXAMINATIONS PROBLEMS` when one was
recorded.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from benchmarks.fake_store import open_fakes
from domain.examination import Batch, Cursor
from domain.item import Item
from inventory.engine import only_scan, open_inventory
from operations.config import load_settings
from operations.executor import Counts, Executor, Record, Task
from operations.executors import processes
from operations.keys import load_key
from operations.scanning.scan import Progress, Run, scan, utc_now
from operations.scanning.sources import source_of
from operations.toolkit import Toolkit
from operations.wiring import ToolkitMaker, detector_of, executor_of, recorder_of


@dataclass(frozen=True, slots=True)
class Observed:
    """Makes the toolkit that `maker` makes, which notes what it begins; with `fake`, libpff opens fake stores."""

    maker: ToolkitMaker
    notes: Path
    fake: bool = False

    def __call__(self) -> Toolkit:
        if self.fake:
            open_fakes()
        tools, note = self.maker(), appender(self.notes)

        def known(digest: bytes, media_type: str) -> bool:
            if tools.known(digest, media_type):
                return True
            note(f"content {digest.hex()}")
            return False

        sources: Any = {name: _Source(source, note) for name, source in tools.sources.items()}
        return replace(tools, known=known, sources=sources)


@contextmanager
def losses() -> Iterator[list[float]]:
    """When workers were lost while this lasts, as the executor logs it; that is kept from the terminal."""
    at: list[float] = []

    def noted(record: logging.LogRecord) -> bool:
        at.extend([record.created] if "worker was lost" in record.msg else [])
        return False

    log = logging.getLogger(processes.__name__)
    log.setLevel(logging.INFO)
    log.addFilter(noted)
    try:
        yield at
    finally:
        log.removeFilter(noted)


def appender(path: Path) -> Callable[[str], None]:
    """Writes whole lines that outlive the process, however it ends."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    return lambda line: void(os.write(descriptor, f"{line}\n".encode()))


def void(_: object) -> None:
    """Take what nobody asks for."""


@dataclass(frozen=True, slots=True)
class _Source:
    source: Any
    note: Callable[[str], None]

    def open(self, item: Item) -> AbstractContextManager[Any]:
        self.note(f"task {os.getpid()} {time.time()}")
        opened: AbstractContextManager[Any] = self.source.open(item)
        return opened


@dataclass(frozen=True, slots=True)
class _Executor:
    executor: Executor
    note: Callable[[str], None]

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        def noted(item: Item, after: Cursor | None, batch: Batch) -> None:
            record(item, after, batch)
            problems = sum(examination.problem is not None for examination in batch.examinations)
            self.note(f"batch {len(batch.examinations)} {problems}")

        return self.executor.run(work, noted)


def main(work: Path, *, fake: bool) -> None:
    settings = load_settings(work / "muniment.toml")
    key, notes = load_key(settings.inventory.key_file), work / "notes"
    executor = _Executor(executor_of(settings, Observed(ToolkitMaker(settings, key), notes, fake)), appender(notes))
    with only_scan(settings.inventory.url):
        database = open_inventory(settings.inventory.url, create=False)
        for source in settings.sources:
            recorder = recorder_of(settings, database, source, utc_now().date())
            recorder.begin(utc_now(), detector_of(settings), key.id)
            scan(source_of(source), Run(recorder, Progress(), void), executor)
        database.dispose()


if __name__ == "__main__":
    main(Path(sys.argv[1]), fake="--fake-store" in sys.argv)
