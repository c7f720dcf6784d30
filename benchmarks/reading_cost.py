"""What reading costs: our road against everything through native Tika, on the same files in one run.

usage: python benchmarks/reading_cost.py FOLDER [TIMES]

FOLDER holds ordinary files: build them with `muniment demo` (its `estate` folder), made larger by `grown_estate.py`.
Each file is read TIMES (3) times by each road, turn by turn, and the cheapest counts.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

from benchmarks.measure import machine
from benchmarks.road import COUNTED, cpu_of, family_of, our_road, tika_road


def main(folder: str, rounds: int = 3) -> None:
    cost: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0, 0])
    for path in sorted(Path(folder).rglob("*")):
        family = family_of(path)
        if not path.is_file() or family == "other":
            continue
        content = path.read_bytes()
        ours, tikas = cpu_of(our_road, content, path.name, rounds), cpu_of(tika_road, content, path.name, rounds)
        row = cost[family]
        row[0] += ours
        row[1] += tikas
        row[2] += 1
        row[3] += our_road(content, path.name).escalated
    print(f"Machine: {machine()}")
    print("| family | files | escalated | ours, CPU ms a file | Tika, CPU ms a file | Tika / ours |")
    print("|---|---|---|---|---|---|")
    for family, row in sorted(cost.items()):
        _print(family, row)
    _print("all of the target", [sum(cost[family][n] for family in COUNTED if family in cost) for n in range(4)])


def _print(family: str, row: list[float]) -> None:
    ours, tikas, files, escalated = row
    share = f"{escalated:.0f} ({escalated / files:.0%})"
    milliseconds = f"{1000 * ours / files:.2f} | {1000 * tikas / files:.2f}"
    print(f"| {family} | {files} | {share} | {milliseconds} | {tikas / ours:.1f} |")


if __name__ == "__main__":
    main(sys.argv[1], *map(int, sys.argv[2:3]))
