"""Characters a CPU second: rules alone, the whole cascade and Presidio as it ships, over the same texts in one run.

usage: python benchmarks/detection_speed.py SET.jsonl [--documents N] [--shortest CHARACTERS] [--longest CHARACTERS]
                                            [--warm N] [--text FILE ...]

SET is as benchmarks/council writes it. Presidio as it ships is its default registry with the same language model. Each
road first reads N other documents of the set, since a worker reads thousands: automata and caches grow with the first
of them. With --text the files are what is measured, as they are.
"""

from __future__ import annotations

import argparse
import gc
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.measure import machine
from classifiers.audit import stock_presidio
from classifiers.models import best_model
from classifiers.presidio import PresidioClassifier
from domain.content import Content
from domain.privacy import FingerprintKey

_KEY = FingerprintKey(b"speed of detection, no secret...")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", type=Path)
    parser.add_argument("--documents", type=int, default=150)
    parser.add_argument("--shortest", type=int, default=0)
    parser.add_argument("--longest", type=int, default=30_000)
    parser.add_argument("--warm", type=int, default=60)
    parser.add_argument("--text", type=Path, nargs="*", default=[])
    asked = parser.parse_args()
    texts = [json.loads(line)["text"] for line in asked.set.read_text("utf-8").splitlines()]
    fitting = [text for text in texts if asked.shortest <= len(text) <= asked.longest]
    measured = [path.read_text("utf-8", "replace") for path in asked.text]
    measured = measured or fitting[:: max(1, len(fitting) // asked.documents)][: asked.documents]
    others = sorted(set(texts).difference(measured), key=len)
    report(measured, others[:: max(1, len(others) // asked.warm)][: asked.warm])


def report(texts: Sequence[str], others: Sequence[str]) -> None:
    """Each road warms up on the other texts, so that what it makes once is not counted."""
    model = best_model()
    stock = stock_presidio(model or "")
    rules, cascade = PresidioClassifier(_KEY, None), PresidioClassifier(_KEY, model)
    roads: dict[str, Callable[[str], object]] = {
        "Presidio as it ships": stock,
        "rules alone": lambda text: rules.find(Content(text)),
        "the whole cascade": lambda text: cascade.find(Content(text)),
    }
    characters = sum(map(len, texts))
    print(f"{machine()}\n- {len(texts)} documents, {characters} characters, mean {characters // len(texts)}; {model}\n")
    print("| road | CPU s | characters a CPU s | times Presidio |\n|---|---|---|---|")
    dearest = 0.0
    for name, road in roads.items():
        seconds = _seconds(road, texts, others)
        dearest = dearest or seconds
        print(f"| {name} | {seconds:.2f} | {characters / seconds:,.0f} | {dearest / seconds:.1f} |")


def _seconds(road: Callable[[str], object], texts: Sequence[str], others: Sequence[str]) -> float:
    for text in others:
        road(text)
    gc.freeze()  # as a scan does with what was made before it
    began = time.process_time()
    for text in texts:
        road(text)
    return time.process_time() - began


if __name__ == "__main__":
    main()
