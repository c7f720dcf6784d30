"""`muniment examine --json` over a folder, measured: what was read, what was not, and what it cost.

usage: python benchmarks/examine_folder.py FOLDER
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

from benchmarks.measure import PROGRAM, machine, measure


def main(folder: str) -> None:
    run = measure([PROGRAM, "examine", folder, "--json"])
    lines = [json.loads(line) for line in run.output.splitlines()]
    files = {line["path_b64"] for line in lines if not line["part"]}
    there = sum(not path.is_dir() for path in Path(folder).rglob("*"))
    print(f"Machine: {machine()}")
    outcomes = Counter(line["outcome"] for line in lines)
    problems = Counter(line["problem"]["code"] for line in lines if line["problem"])
    pending, personal = (sum(bool(line[key]) for line in lines) for key in ("pending", "personal"))
    print(f"Exit status {run.status}; {len(files)} of {there} files named; {len(lines)} lines with the parts inside")
    print(f"Outcomes: {dict(outcomes.most_common())}")
    print(f"Problems by kind: {dict(problems.most_common())}")
    print(f"Awaiting OCR: {pending}; personal: {personal}")
    print("| wall s | CPU s | CPU s a line | peak MiB, one process | peak MiB, all together |")
    print("|---|---|---|---|---|")
    print(f"| {run.wall:.1f} | {run.cpu:.1f} | {run.cpu / len(lines):.3f} | {run.peak_one:.0f} | {run.peak:.0f} |")


if __name__ == "__main__":
    main(sys.argv[1])
