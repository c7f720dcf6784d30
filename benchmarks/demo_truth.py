"""What the scan of the demo estate says against what its generator knows, file by file (parts with their file).

The estate was written by hands other than the rules', but both are ours: a smoke test, not a measure of accuracy.

usage: python benchmarks/demo_truth.py DEMO_FOLDER   (where `muniment demo DEMO_FOLDER` ran)
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from domain.examination import Assessment
from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import load_settings
from operations.demo.estate import estate_truth
from operations.demo.plan import Reading, Truth

QUESTIONS: dict[str, tuple[Callable[[Truth], bool], Callable[[Assessment], bool]]] = {
    "personal": (lambda truth: truth.personal, lambda found: found.personal),
    "special": (lambda truth: bool(truth.special), lambda found: bool(found.special)),
    "children": (lambda truth: truth.children, lambda found: found.children),
    "criminal": (lambda truth: truth.criminal, lambda found: found.criminal),
}


def main(demo: str) -> None:
    database = open_inventory(load_settings(Path(demo) / "muniment.toml").inventory.url, create=False)
    judged = [held.record for held in Inventory(database).held() if held.record.assessment]
    truth = {path: known for path, known in estate_truth().items() if known.reading is Reading.TEXT}
    print("| of files with text | there and found | there, missed | not there, flagged | not there, clean |")
    print("|---|---|---|---|---|")
    for name, (is_there, is_found) in QUESTIONS.items():
        found = {record.ref.locator.decode() for record in judged if record.assessment and is_found(record.assessment)}
        count = Counter((is_there(known), path in found) for path, known in truth.items())
        cells = (count[True, True], count[True, False], count[False, True], count[False, False])
        print(f"| {name} | {' | '.join(map(str, cells))} |")


if __name__ == "__main__":
    main(sys.argv[1])
