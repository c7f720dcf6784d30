"""The memory of the workers over many mixed files, and how often one of them was replaced.

usage: python benchmarks/worker_memory.py FOLDER ... [--items 2000]

The files of all the folders are shuffled, the same way each time, and so many of them examined by the real executor
with all that a scan uses, the language model included, but without an inventory.
"""

from __future__ import annotations

import os
import random
import sys
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from benchmarks.measure import machine
from benchmarks.observed import Observed, losses
from domain.examination import Batch, Cursor
from domain.item import Item
from domain.privacy import FingerprintKey
from operations.config import Settings, default_settings
from operations.executor import Task
from operations.executors.watch import workers_of
from operations.scanning.sources import source_of
from operations.wiring import ToolkitMaker, ad_hoc_source, executor_of
from scanner.budget import MIB

_INTERVAL = 0.1


@dataclass(slots=True)
class Watched:
    """What was seen of the workers: every one there was, their resident memory in MiB, and what they got through."""

    marks: frozenset[int]
    workers: set[int] = field(default_factory=set)
    now: float = 0.0
    peak: float = 0.0
    done: int = 0
    parts: int = 0
    ended: threading.Event = field(default_factory=threading.Event)

    def watch(self) -> None:
        while not self.ended.wait(_INTERVAL):
            sizes = dict(_resident())
            self.workers |= sizes.keys()
            self.now = max(sizes.values(), default=0.0)
            self.peak = max(self.peak, self.now)

    def record(self, _item: Item, _after: Cursor | None, batch: Batch) -> None:
        self.done += batch.rest is None
        self.parts += sum(bool(examination.item.ref.part) for examination in batch.examinations)
        if batch.rest is None and self.done in self.marks:
            print(f"| {self.done} | {self.now:.0f} | {self.peak:.0f} | {len(self.workers)} |", flush=True)


def _resident() -> Iterator[tuple[int, float]]:
    for child in workers_of(psutil.Process()):
        try:
            yield child.pid, child.memory_info().rss / MIB
        except psutil.NoSuchProcess:
            continue


def main(folders: list[str], items: int) -> None:
    settings = default_settings().over(ad_hoc_source(folder, Path(folder).resolve()) for folder in folders)
    chosen = _files(settings, items)
    watched = Watched(frozenset({100, 500, 1000, len(chosen)}))
    print(f"Machine: {machine()}; cap {settings.limits.memory_mb} MiB a worker")
    print("| items | RSS of the largest worker, MiB | peak so far | workers so far |\n|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder, losses() as lost:
        notes = Path(folder) / "notes"
        maker = Observed(ToolkitMaker(settings, FingerprintKey(b"k" * 32), reuse=False, withholds=False), notes)
        threading.Thread(target=watched.watch, daemon=True).start()
        counts = executor_of(settings, maker).run((Task(item) for item in chosen), watched.record)
        watched.ended.set()
        tasks = sum(line.startswith("task ") for line in notes.read_text().splitlines())
    replaced = len(watched.workers) - (settings.limits.workers or os.cpu_count() or 1) - len(lost)
    print(f"{watched.done} items and {watched.parts} parts in {tasks} tasks, {counts.retried} tried again")
    print(f"Workers killed {len(lost)}, replaced when worn {replaced}; peak {watched.peak:.0f} MiB in one")


def _files(settings: Settings, items: int) -> list[Item]:
    found = [item for source in settings.sources for listing in source_of(source).list() for item in listing.items]
    random.Random(7).shuffle(found)
    return found[:items]


if __name__ == "__main__":
    arguments = sys.argv[1:]
    number = int(arguments.pop(arguments.index("--items") + 1)) if "--items" in arguments else 2000
    main([argument for argument in arguments if argument != "--items"], number)
