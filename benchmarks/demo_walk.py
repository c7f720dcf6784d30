"""The main job on the demo estate, measured: first run and second.

usage: python benchmarks/demo_walk.py
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from benchmarks.measure import PROGRAM, Measured, machine, measure


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        demo = str(Path(folder) / "demo")
        first, second = (measure([PROGRAM, "demo", demo]) for _ in range(2))
        figures = [PROGRAM, "--config", f"{demo}/muniment.toml", "scan", "--json"]
        shown = subprocess.run(figures, capture_output=True, text=True, check=False)
    inventory = json.loads(shown.stdout)["inventory"]
    print(f"Machine: {machine()}")
    print(f"Inventory: {inventory['items']} items, {inventory['parts']} of them parts, {inventory['bytes']} bytes")
    print(f"Outcomes: {inventory['outcomes']}; awaiting OCR {inventory['awaiting_ocr']}")
    print(f"Problems by kind: {inventory['problems']}")
    print("| run | wall s | CPU s | peak MiB, one process | peak MiB, all together |")
    print("|---|---|---|---|---|")
    for name, run in (("first: build, scan, decide, report", first), ("second", second)):
        print(_row(name, run))
    print(f"CPU s an item in the first run, all included: {first.cpu / inventory['items']:.3f}")


def _row(name: str, run: Measured) -> str:
    return f"| {name} | {run.wall:.1f} | {run.cpu:.1f} | {run.peak_one:.0f} | {run.peak:.0f} |"


if __name__ == "__main__":
    main()
