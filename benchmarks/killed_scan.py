"""A scan killed with -9 in its middle and run again: what is examined twice, and whether anything is missing.

usage: python benchmarks/killed_scan.py FOLDER CONTENTS ... [--fake-store]

CONTENTS is how many contents the workers have begun by the time of the kill: several, several rounds, each into a new
inventory. Detection by the language model is left out. With --fake-store, libpff opens fake stores (fake_store.py).
"""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measure import PROGRAM, machine

_OBSERVED = str(Path(__file__).with_name("observed.py"))
_LEFT_SECONDS = 2.0
"""By then the workers of a scan that was killed have ended too."""


def main(folder: str, rounds: list[int], options: list[str]) -> None:
    os.environ["MUNIMENT_DETECTION__MODEL"] = "none"
    print(f"Machine: {machine()}")
    print("| contents begun | recorded by then | begun again | largest batch | items | parts | waiting | problems |")
    print("|---|---|---|---|---|---|---|---|")
    for contents in rounds:
        with tempfile.TemporaryDirectory() as work:
            subprocess.run([PROGRAM, "-q", "init", "--root", folder], cwd=work, check=True, stdout=subprocess.DEVNULL)
            _round(Path(work), contents, options)


def _round(work: Path, contents: int, options: list[str]) -> None:
    notes, command = work / "notes", [sys.executable, _OBSERVED, str(work), *options]
    scan = subprocess.Popen(command)
    while scan.poll() is None and len(_begun(notes)) < contents:
        time.sleep(0.05)
    scan.send_signal(signal.SIGKILL)
    scan.wait()
    time.sleep(_LEFT_SECONDS)
    before, batches = _begun(notes), _batches(notes)
    kept = _contents(work)
    notes.unlink()
    subprocess.run(command, check=True)
    again = before & _begun(notes)
    largest = max(batches + _batches(notes))
    print(f"| {len(before)} | {kept} | {len(again)} | {largest} | {_held(work)} |", flush=True)


def _begun(notes: Path) -> set[str]:
    return {line for line in _lines(notes) if line.startswith("content ")}


def _batches(notes: Path) -> list[int]:
    return [int(line.split()[1]) for line in _lines(notes) if line.startswith("batch ")]


def _lines(notes: Path) -> list[str]:
    return notes.read_text().splitlines() if notes.exists() else []


def _contents(work: Path) -> int:
    with sqlite3.connect(work / "inventory.db") as database:
        (count,) = database.execute("select count(*) from content").fetchone()
    return int(count)


def _held(work: Path) -> str:
    query = "select sum(part = ''), sum(part != ''), sum(outcome is null), sum(problem_code is not null) from item"
    with sqlite3.connect(work / "inventory.db") as database:
        return " | ".join(str(count) for count in database.execute(query).fetchone())


if __name__ == "__main__":
    flags = [argument for argument in sys.argv[1:] if argument.startswith("--")]
    folder, *rounds = (argument for argument in sys.argv[1:] if argument not in flags)
    main(folder, [int(contents) for contents in rounds], flags)
