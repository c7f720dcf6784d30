"""Every hostile file of the tests alone, in a run of its own: its time and memory against the limits.

usage: python benchmarks/hostile_limits.py [NAME ...]

Seconds are those of the longest task (what a worker does until it gives a batch back, or is killed), against
limits.seconds, and of the whole item, which is tried again where a worker was lost. Memory is the worker's peak, and
how long it was above its limit.
"""

from __future__ import annotations

import os
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from operations.executors.watch import workers_of

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "scanner"))
from hostile import everything

from benchmarks.measure import machine
from benchmarks.observed import Observed, losses
from domain.examination import Batch, Cursor
from domain.item import Item
from domain.privacy import FingerprintKey
from operations.config import Settings, default_settings
from operations.executor import Task
from operations.scanning.sources import source_of
from operations.wiring import ToolkitMaker, ad_hoc_source, executor_of
from scanner.budget import MIB

_LIMITS = {"MUNIMENT_LIMITS__SECONDS": "30", "MUNIMENT_LIMITS__MEMORY_MB": "1024", "MUNIMENT_LIMITS__WORKERS": "1",
           "MUNIMENT_DETECTION__MODEL": "none"}  # fmt: skip
_GRACE = 2.0
_INTERVAL = 0.05


class Memory(threading.Thread):
    """The peak of the worker's resident memory in MiB, and how long it was above the limit."""

    def __init__(self, limit: float) -> None:
        super().__init__(daemon=True)
        self._limit, self._ended = limit, threading.Event()
        self.peak = self.above = 0.0

    def run(self) -> None:
        own = psutil.Process()
        while not self._ended.wait(_INTERVAL):
            for child in workers_of(own):
                self._take(child)

    def _take(self, child: psutil.Process) -> None:
        try:
            size = child.memory_info().rss / MIB
        except psutil.NoSuchProcess:
            return
        self.peak = max(self.peak, size)
        self.above += _INTERVAL if size > self._limit else 0.0

    def stop(self) -> None:
        self._ended.set()
        self.join()


@dataclass(slots=True)
class Run:
    """When batches of one item came back, when its worker was lost, and how its parts came out."""

    lost: list[float]
    ends: list[float] = field(default_factory=list)
    outcomes: Counter[str] = field(default_factory=Counter)

    def record(self, _item: Item, _after: Cursor | None, batch: Batch) -> None:
        self.ends.append(time.time())
        self.outcomes.update(e.problem.code if e.problem else e.outcome for e in batch.examinations)

    def longest(self, begun: Sequence[float]) -> float:
        ends = sorted(self.ends + self.lost)
        return max((next((end for end in ends if end > start), start) - start for start in begun), default=0.0)


def main(names: list[str]) -> None:
    os.environ.update(_LIMITS)
    print(f"Machine: {machine()}; limits 30 s, 1024 MiB")
    print("| file | longest task, s | whole, s | peak MiB | s above | lost | outcomes |\n|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        _write(Path(folder), names)
        settings = default_settings().over([ad_hoc_source("hostile", Path(folder).resolve())])
        over = [name for item in _items(settings) for name in _alone(item, settings)]
    print(f"Past a limit by more than {_GRACE:g} s: {', '.join(over) or 'none'}")


def _write(folder: Path, names: list[str]) -> None:
    """Make the files of these names, or all; the huge one is a tebibyte of nothing."""
    for name, content in everything("http://127.0.0.1:9").items():
        if not names or name in names:
            (folder / name).write_bytes(content)
    if not names or "huge.bin" in names:
        with open(folder / "huge.bin", "wb") as file:
            file.truncate(1024**4)


def _items(settings: Settings) -> list[Item]:
    (source,) = settings.sources
    return sorted((item for listing in source_of(source).list() for item in listing.items), key=lambda i: i.ref.locator)


def _alone(item: Item, settings: Settings) -> list[str]:
    """Examine one item in a run of its own and print its row; its name where it passed a limit."""
    memory = Memory(settings.limits.memory_mb)
    memory.start()
    with losses() as lost:
        run = Run(lost)
        begun = _run(item, settings, run)
    memory.stop()
    longest, whole = run.longest(begun), max(run.ends) - min(begun or run.ends)
    told = ", ".join(f"{code} {count}" for code, count in run.outcomes.most_common(4))
    figures = f"{longest:.1f} | {whole:.1f} | {memory.peak:.0f} | {memory.above:.1f} | {len(run.lost)}"
    name = item.ref.locator.decode()
    print(f"| {name} | {figures} | {told} |", flush=True)
    return [name] if longest > settings.limits.seconds + _GRACE or memory.above > _GRACE else []


def _run(item: Item, settings: Settings, run: Run) -> list[float]:
    """Examine the item; return when its tasks began."""
    with tempfile.TemporaryDirectory() as folder:
        notes = Path(folder) / "notes"
        maker = Observed(ToolkitMaker(settings, FingerprintKey(b"k" * 32), reuse=False, withholds=False), notes)
        executor_of(settings, maker).run([Task(item)], run.record)
        lines = notes.read_text().splitlines() if notes.exists() else []
    return [float(line.split()[2]) for line in lines if line.startswith("task ")]


if __name__ == "__main__":
    main(sys.argv[1:])
