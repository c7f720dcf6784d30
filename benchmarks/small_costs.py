"""What telling the media type costs, and what reading a small mail costs, by our road.

usage: python benchmarks/small_costs.py FOLDER

Each is done five times and the cheapest counts. A small mail is a message of at most 8 KiB with nothing attached.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measure import machine
from benchmarks.road import our_road
from scanner.blob import read_once
from scanner.budget import MIB
from scanner.media import media_type

_ROUNDS = 5
_SMALL = 8 * 1024


def main(folder: str) -> None:
    files = [path for path in sorted(Path(folder).rglob("*")) if path.is_file()]
    mails = [path for path in files if path.suffix == ".eml" and path.stat().st_size <= _SMALL]
    plain = [path for path in mails if b"attachment" not in path.read_bytes()]
    print(f"Machine: {machine()}")
    print("| what | times | CPU ms, median | 99 in 100 at most | dearest |\n|---|---|---|---|---|")
    _print("media type of a file", [_typed(path) for path in files])
    _print("a small mail, read", [_read(path) for path in plain])


def _typed(path: Path) -> float:
    with open(path, "rb") as file, read_once(file, 1024 * MIB) as blob:
        return _cheapest(lambda: media_type(blob, path.name))


def _read(path: Path) -> float:
    content = path.read_bytes()
    return _cheapest(lambda: our_road(content, path.name))


def _cheapest(call: Callable[[], object]) -> float:
    """CPU milliseconds of one call."""
    spent = []
    for _ in range(_ROUNDS):
        before = time.process_time_ns()
        call()
        spent.append((time.process_time_ns() - before) / 1e6)
    return min(spent)


def _print(what: str, milliseconds: Sequence[float]) -> None:
    ordered = sorted(milliseconds)
    middle, most = ordered[len(ordered) // 2], ordered[int(0.99 * (len(ordered) - 1))]
    print(f"| {what} | {len(ordered)} | {middle:.3f} | {most:.3f} | {ordered[-1]:.3f} |")


if __name__ == "__main__":
    main(sys.argv[1])
