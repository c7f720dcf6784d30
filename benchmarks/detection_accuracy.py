"""The tables of `muniment accuracy` over a labelled set as Markdown, with the machine and what it cost.

usage: python benchmarks/detection_accuracy.py SET.jsonl [--model auto|none|NAME] [--errors FILE]

SET is as `python -m benchmarks.council` writes it. FILE is written anew with every miss and false hit and the forty
characters on either side: of an invented set only.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import machine
from classifiers.models import best_model
from classifiers.presidio import PresidioClassifier
from cli.accuracy import slip_line, tables
from domain.privacy import FingerprintKey
from operations.measuring.accuracy import Accuracy, Comparison, add_up, judge, scored_kinds
from operations.measuring.gold import Gold, load_gold


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--model", default="auto")
    parser.add_argument("--errors", type=Path)
    arguments = parser.parse_args()
    model = {"auto": best_model(), "none": None}.get(arguments.model, arguments.model)
    classifier = PresidioClassifier(FingerprintKey(bytes(32)), model)
    texts = load_gold(arguments.set)
    slips: list[str] = []
    result = add_up(_compared(texts, classifier, slips))
    print(f"Machine: {machine()}\nDetector: {classifier.version}")
    for headings, rows in (*tables(result), _cost(result)):
        print("\n" + "\n".join(_markdown(headings, rows)))
    if arguments.errors:
        arguments.errors.write_text("".join(sorted(slips)), encoding="utf-8")


def _compared(texts: Sequence[Gold], classifier: PresidioClassifier, slips: list[str]) -> Iterator[Comparison]:
    kinds = scored_kinds(texts)
    for text in texts:
        comparison = judge(text, classifier, kinds)
        slips.extend(slip_line(text, slip) for slip in comparison.slips)
        yield comparison


def _cost(result: Accuracy) -> tuple[Sequence[str], list[Sequence[str]]]:
    speed = result.characters / max(1e-9, result.seconds)
    row = (str(result.documents), str(result.characters), f"{result.seconds:.1f}", f"{speed:.0f}")
    return ("documents", "characters", "CPU s", "characters a CPU s"), [row]


def _markdown(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    for cells in (headings, ["---"] * len(headings), *rows):
        yield f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    main()
