"""What each pattern costs on texts made to cost it much: `python benchmarks/hostile_patterns.py`.

The texts repeat pieces of the very values that the pattern finds, cut short, run together or with one character too
many, so that as many matches as may be are begun and not ended. Printed for each recogniser: the dearest of its texts
at 50,000 and 100,000 characters, in CPU seconds, and how much the time grew when the text doubled.
"""

from __future__ import annotations

import time
import tomllib
from collections.abc import Iterator
from pathlib import Path

from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.registry import RULES

_CASES = Path(__file__).parents[1] / "tests" / "cases"
_LENGTH = 50_000
_ROUNDS = 3
_PIECES = ("a", "A", "1", " ", "\t", "\n", "Aa ", "A. ", "1 ", "1-", "A-", ", ", "a@", "a.", "Mr ", "Dear ", "\nName:")


def main() -> None:
    print("| recogniser | dearest at 50,000 | at 100,000 | grew by |\n|---|---|---|---|")
    for rule in RULES:
        if issubclass(rule, DeclaredPattern):
            once, twice = _dearest(rule())
            print(f"| {rule.__name__} | {once:.3f} s | {twice:.3f} s | {twice / max(once, 1e-3):.1f} |")


def _dearest(recognizer: DeclaredPattern) -> tuple[float, float]:
    pieces = sorted(set(_pieces(recognizer.kind)), key=lambda piece: -_seconds(recognizer, piece, _LENGTH // 10))[:5]
    return max(
        ((_seconds(recognizer, piece, _LENGTH), _seconds(recognizer, piece, 2 * _LENGTH)) for piece in pieces),
        key=lambda pair: pair[1],
    )


def _seconds(recognizer: DeclaredPattern, piece: str, length: int) -> float:
    """The cheapest of some rounds: what else the machine does is no fault of the pattern."""
    text = (piece * (length // len(piece) + 1))[:length]
    best = float("inf")
    for _ in range(_ROUNDS):
        began = time.process_time()
        recognizer.analyze(text, [], None)
        best = min(best, time.process_time() - began)
    return best


def _pieces(kind: str) -> Iterator[str]:
    cases = tomllib.loads((_CASES / f"{kind.lower()}.toml").read_text("utf-8"))
    yield from _PIECES
    for case in [*cases["finds"], *cases.get("ignores", [])]:
        yield from (case, case + " ", case + "\n", case[:-1], case[1:], case[: len(case) // 2], case[len(case) // 2 :])


if __name__ == "__main__":
    main()
