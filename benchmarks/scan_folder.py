"""`muniment scan` over a folder into a new inventory, measured.

usage: python benchmarks/scan_folder.py FOLDER

Names by the language model are left out (detection.model = none), so that what is measured is reading.
"""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

from benchmarks.measure import PROGRAM, machine, measure


def main(folder: str) -> None:
    os.environ["MUNIMENT_DETECTION__MODEL"] = "none"
    print(f"Machine: {machine()}")
    with tempfile.TemporaryDirectory() as work:
        subprocess.run([PROGRAM, "-q", "init", "--root", folder], cwd=work, check=True)
        run = measure([PROGRAM, "-q", "scan", "--json"], work)
        _print(json.loads(run.output))
        largest = _slowest(work)
        print("| wall s | CPU s | CPU ms an item or part | peak MiB, one process |\n|---|---|---|---|")
        items = json.loads(run.output)["inventory"]["items"]
        print(f"| {run.wall:.1f} | {run.cpu:.1f} | {1000 * run.cpu / items:.2f} | {run.peak_one:.0f} |")
        print(f"Slowest contents, CPU s: {largest}")


def _print(figures: dict[str, Any]) -> None:
    held = figures["inventory"]
    print(
        f"This run examined {figures['examined']} items and {figures['parts']} parts; the inventory holds "
        f"{held['items']}, {held['parts']} of them parts, {held['waiting']} waiting"
    )
    print(f"Outcomes: {held['outcomes']}; problems: {dict(Counter(held['problems']))}")


def _slowest(work: str) -> list[str]:
    query = """
        select content.seconds, content.media_type from content order by content.seconds desc limit 3
    """
    with sqlite3.connect(Path(work) / "inventory.db") as database:
        return [f"{seconds:.2f} ({media_type})" for seconds, media_type in database.execute(query)]


if __name__ == "__main__":
    main(sys.argv[1])
