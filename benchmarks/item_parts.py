"""Where an item's CPU goes in a scan: starting, listing, reading, detection, the rest of examining, and writing.

usage: python -m benchmarks.item_parts [--files N]

The demo estate, or N files made of it, scanned by one process into a new inventory with all that a scan uses. Of a
text that is longer than a stretch all but the first is read while it is searched, and counts as detection. The rest of
examining is to open, hash, tell the format and walk through what is inside, and to gather what later work needs.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from benchmarks.grown_estate import multiplied
from benchmarks.measure import PROGRAM, machine
from benchmarks.road import family_of
from classifiers.classifier import Classifier
from domain.content import Content
from domain.finding import Finding
from inventory.engine import only_scan, open_inventory
from operations.config import Settings, load_settings
from operations.demo.estate import build_estate
from operations.examine import examine
from operations.executor import Counts, Record, Task
from operations.keys import load_key
from operations.scanning.run import MOST_AT_ONCE
from operations.scanning.scan import Progress, Run, scan, utc_now
from operations.scanning.sources import source_of
from operations.toolkit import Toolkit
from operations.wiring import ToolkitMaker, detector_of, recorder_of
from scanner.blob import Blob
from scanner.extractor import Extractor

_STAGES = ("reading", "detection", "the rest of examining", "listing", "writing")


@dataclass(slots=True)
class Clock:
    """CPU seconds by stage and family of file; what one stage begins within another is taken from that."""

    seconds: defaultdict[tuple[str, str], float] = field(default_factory=lambda: defaultdict(float))
    files: Counter[str] = field(default_factory=Counter)
    items: int = 0
    family: str = "all"
    _since: float = 0.0
    _stages: list[str] = field(default_factory=lambda: ["listing"])

    @contextmanager
    def at(self, stage: str) -> Iterator[None]:
        self._turn()
        self._stages.append(stage)
        try:
            yield
        finally:
            self._turn()
            self._stages.pop()

    def _turn(self) -> None:
        now = time.process_time()
        self.seconds[self._stages[-1], self.family] += now - (self._since or now)
        self._since = now


@dataclass(frozen=True, slots=True)
class _Reader:
    reader: Extractor
    clock: Clock

    @property
    def version(self) -> str:
        return self.reader.version

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        with self.clock.at("reading"):
            return self.reader.extract(blob, media_type, limit)


@dataclass(frozen=True, slots=True)
class _Detector:
    classifier: Classifier
    clock: Clock

    @property
    def version(self) -> str:
        return self.classifier.version

    def find(self, content: Content) -> tuple[Finding, ...]:
        with self.clock.at("detection"):
            return self.classifier.find(content)


@dataclass(frozen=True, slots=True)
class _Executor:
    """One after another, as the serial one does it."""

    tools: Toolkit
    clock: Clock

    def run(self, work: Iterable[Task], record: Record) -> Counts:
        for task in work:
            self.clock.family = family_of(Path(task.item.ref.name.decode()))
            self.clock.files[self.clock.family] += 1
            after, going = task.after, True
            while going:
                with self.clock.at("the rest of examining"):
                    batch = examine(task.item, self.tools, after)
                self.clock.items += len(batch.examinations)
                with self.clock.at("writing"):
                    record(task.item, after, batch)
                after, going = batch.rest, batch.rest is not None
            self.clock.family = "all"
        return Counts()


def main(files: int) -> None:
    print(f"Machine: {machine()}")
    with tempfile.TemporaryDirectory(prefix="item-parts-") as made:
        root = Path(made) / "estate"
        if files:
            multiplied(str(root), files)
        else:
            build_estate(root)
        command = [PROGRAM, "-q", "init", "--root", str(root)]
        subprocess.run(command, cwd=made, check=True, stdout=subprocess.DEVNULL)
        settings, began = load_settings(Path(made) / "muniment.toml"), time.process_time()
        clock = Clock()
        tools = _timed(ToolkitMaker(settings, load_key(settings.inventory.key_file))(), clock)
        tools.classifier.find(Content("Dear Mrs Priya Okafor, the meeting is on Monday."))
        started = time.process_time() - began
        clock.seconds.clear()
        _scan(settings, tools, clock)
    _print(clock, started)


def _timed(tools: Toolkit, clock: Clock) -> Toolkit:
    def reader_of(media_type: str) -> Extractor | None:
        reader = tools.extractor_for(media_type)
        return reader and _Reader(reader, clock)

    return replace(tools, classifier=_Detector(tools.classifier, clock), extractor_for=reader_of)


def _scan(settings: Settings, tools: Toolkit, clock: Clock) -> None:
    key, source = load_key(settings.inventory.key_file), settings.sources[0]
    database = open_inventory(settings.inventory.url, create=False)
    with only_scan(settings.inventory.url):
        recorder = recorder_of(settings, database, source, utc_now().date())
        recorder.begin(utc_now(), detector_of(settings), key.id)
        run = Run(recorder, Progress(), lambda _: None, at_once=MOST_AT_ONCE)
        with clock.at("listing"):
            scan(source_of(source), run, _Executor(tools, clock))
    database.dispose()


def _print(clock: Clock, started: float) -> None:
    files = sum(clock.files.values())
    print(f"{files} files, {clock.items} items with their parts; starting a worker: {started:.1f} CPU s\n")
    stages: defaultdict[str, float] = defaultdict(float)
    for (stage, _), seconds in clock.seconds.items():
        stages[stage] += seconds
    whole = sum(stages.values())
    print("| stage | CPU s | CPU ms an item | share |\n|---|---|---|---|")
    for stage in _STAGES:
        seconds = stages[stage]
        print(f"| {stage} | {seconds:.2f} | {1000 * seconds / clock.items:.2f} | {seconds / whole:.0%} |")
    print(f"| all | {whole:.2f} | {1000 * whole / clock.items:.2f} | |\n")
    print("| family | files | CPU ms a file | reading | detection | the rest of examining |\n|---|---|---|---|---|---|")
    for family, count in sorted(clock.files.items()):
        of = [1000 * clock.seconds[stage, family] / count for stage in _STAGES[:3]]
        print(f"| {family} | {count} | {sum(of):.2f} | {' | '.join(f'{one:.2f}' for one in of)} |")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=0)
    main(**vars(parser.parse_args()))
