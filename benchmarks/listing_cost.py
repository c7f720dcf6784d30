"""What it costs to list a folder tree into the inventory: beside bare os.scandir with os.stat, find and rsync.

usage: python benchmarks/listing_cost.py [FILES] [FOLDERS] [--profile PASS]

FILES (60,000) small files in FOLDERS (4,000) folders, made below the temporary folder and warm in its cache. Each way
goes over the tree three times, in turn, and its cheapest round counts. Measured are CPU and wall seconds: ours of this
process without its start, rsync's of all its processes. The first pass is `scan --metadata-only` into a new inventory.
Before the rescan everything that waits is marked as examined in the tables, each file with a content of its own: so
nothing is read, and the rescan has to find that nothing has changed. With --profile, PASS (first or unchanged)
is made once more under cProfile.
"""

from __future__ import annotations

import cProfile
import os
import pstats
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from sqlalchemy import insert, select, update

from benchmarks.measure import machine
from inventory.engine import open_inventory, writing
from inventory.tables import ContentRow, ItemRow
from operations.config import Settings, load_settings
from operations.people.sign_in import actor_here
from operations.scanning.scan import Progress, scan_sources
from operations.setup import Workspace, initialise
from operations.wiring import pipeline_of

_ROUNDS = 3
_MOST_UNCHANGED, _MOST_FIRST = 3.0, 5.0
_FOUND = "%p %s %T@ %C@ %i\\n"

_Seconds: TypeAlias = tuple[float, float]


def main(files: int = 60_000, folders: int = 4_000, *, profiled: str | None = None) -> int:
    print(f"Machine: {machine()}")
    with tempfile.TemporaryDirectory() as made:
        work = Path(made)
        _grow(work / "tree", files, folders)
        _grow(work / "alone" / "tree", 1, 1)
        shutil.copytree(work / "tree", work / "equal", copy_function=shutil.copy2)
        print(f"{files:,} files in {folders:,} folders\n\n| what | CPU s | wall s | CPU us a file | times bare |")
        print("|---|---|---|---|---|", flush=True)
        found = _measured(work, files)
        if profiled:
            _profile(work, profiled)
    return _verdict(found)


def _grow(root: Path, files: int, folders: int) -> None:
    for number in range(folders):
        folder = root / f"Service {number % 20:02}" / f"Team {number % 400:03}" / f"Case {number:05}"
        folder.mkdir(parents=True)
        for file in range(files * number // folders, files * (number + 1) // folders):
            (folder / f"Letter to the applicant {file:06}.txt").write_bytes(b"Dear applicant %d" % file)


def _measured(work: Path, files: int) -> dict[str, _Seconds]:
    ways: dict[str, Callable[[], _Seconds]] = {
        "bare os.scandir and stat": lambda: _here(lambda: _bare(os.fsencode(work / "tree"))),
        "first pass": lambda: _first(work, files),
        "unchanged rescan": lambda: _again(work, files),
        "first pass over one file": lambda: _first(work / "alone", 1),
    }
    ways["find, size and times"] = lambda: _outside(["find", str(work / "tree"), "-type", "f", "-printf", _FOUND])
    if shutil.which("rsync"):
        ways["rsync -an, empty target"] = lambda: _outside(["rsync", "-an", f"{work}/tree/", f"{work}/nothing/"])
        ways["rsync -an, equal target"] = lambda: _outside(["rsync", "-an", f"{work}/tree/", f"{work}/equal/"])
    else:
        print("rsync is not installed, so nothing is measured beside it")
    rounds = [{name: way() for name, way in ways.items()} for _ in range(_ROUNDS)]
    best = {name: min(each[name] for each in rounds) for name in ways}
    for name, (cpu, wall) in best.items():
        times = cpu / best["bare os.scandir and stat"][0]
        print(f"| {name} | {cpu:.2f} | {wall:.2f} | {cpu / files * 1e6:.1f} | {times:.2f} |")
    return best


def _here(work: Callable[[], object]) -> _Seconds:
    began, cpu = time.perf_counter(), time.process_time()
    work()
    return time.process_time() - cpu, time.perf_counter() - began


def _outside(command: list[str]) -> _Seconds:
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def _bare(root: bytes) -> int:
    found, pending = 0, [root]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                else:
                    entry.stat(follow_symlinks=False)
                    found += 1
    return found


def _first(work: Path, files: int) -> _Seconds:
    shutil.rmtree(work / "inventory", ignore_errors=True)
    initialise(work / "inventory", Workspace(root=work / "tree"))
    return _scan(work, files)


def _again(work: Path, files: int) -> _Seconds:
    _mark_examined(work / "inventory" / "inventory.db", pipeline_of(_settings(work)))
    return _scan(work, files)


def _scan(work: Path, files: int) -> _Seconds:
    settings, told = _settings(work), [Progress()]
    actor = actor_here(settings)

    def scan() -> None:
        told.append(scan_sources(actor, settings, settings.sources, lambda _: None, examine_content=False))

    seconds = _here(scan)
    if told[-1].listed != files:
        raise SystemExit(f"{told[-1].listed} of {files} files were listed")
    return seconds


def _settings(work: Path) -> Settings:
    return load_settings(work / "inventory" / "muniment.toml")


def _mark_examined(inventory: Path, pipeline: str) -> None:
    database = open_inventory(f"sqlite:///{inventory}", create=False)
    waiting = ItemRow.outcome.is_(None)
    done = {"pipeline": pipeline, "media_type": "text/plain", "outcome": "examined"}
    with writing(database) as connection:
        numbers = connection.execute(select(ItemRow.id).where(waiting)).scalars().all()
        contents = [{"id": one, "digest": one.to_bytes(32), "whole_item_id": one, **done} for one in numbers]
        if contents:
            connection.execute(insert(ContentRow), contents)
        connection.execute(update(ItemRow).where(waiting).values(content_id=ItemRow.id, **done))
    database.dispose()


def _profile(work: Path, name: str) -> None:
    profile = cProfile.Profile()
    {"first": _first, "unchanged": _again}[name]  # a name that is none ends here
    if name == "first":
        shutil.rmtree(work / "inventory")
        initialise(work / "inventory", Workspace(root=work / "tree"))
    settings = _settings(work)
    profile.runcall(
        scan_sources, actor_here(settings), settings, settings.sources, lambda _: None, examine_content=False
    )
    pstats.Stats(profile).sort_stats("tottime").print_stats(30)


def _verdict(found: dict[str, _Seconds]) -> int:
    bare, first, again = found["bare os.scandir and stat"], found["first pass"], found["unchanged rescan"]
    kept = [
        (f"unchanged rescan at most {_MOST_UNCHANGED:g} times bare, in CPU", again[0] <= _MOST_UNCHANGED * bare[0]),
        (f"first pass at most {_MOST_FIRST:g} times bare, in CPU", first[0] <= _MOST_FIRST * bare[0]),
    ]
    if equal := found.get("rsync -an, equal target"):
        kept += [("unchanged rescan no slower than rsync -an", again[1] <= equal[1])]
    for target, is_kept in kept:
        print(f"{'kept' if is_kept else 'MISSED'}: {target}")
    return 0 if all(is_kept for _, is_kept in kept) else 1


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:] if argument.isdigit()]
    sys.exit(main(*numbers[:2]) if "--profile" not in sys.argv else main(*numbers[:2], profiled=sys.argv[-1]))
