"""How much of the words that native Tika shows our road finds, on the same files.

usage: python benchmarks/reading_fidelity.py [--misses] FOLDER

Recall of a file: of the distinct words that Tika's text has, those that ours has too; files with fewer than ten words,
and files that either cannot read, are not scored but counted. Once as they stand ("raw"), and once as they were meant
("fair"), by the rules of fairness.py. For spreadsheets also the integers of seven or more digits that Tika shows.
`--misses` names the files under 0.97 and what was missed by the second count.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from statistics import mean, median

from benchmarks.fairness import recall, words
from benchmarks.measure import machine
from benchmarks.road import Road, family_of, our_road, tika_road

_INTEGER = re.compile(r"(?<![\d.,/:-])\d{7,15}(?![\d,/:-]|\.\d)")
_FEWEST = 10
_TARGET = 0.97


@dataclass(slots=True)
class _Family:
    raw: list[float] = field(default_factory=list)
    fair: list[float] = field(default_factory=list)
    unscored: int = 0
    escalated: int = 0


def main(folder: str, *, shows_misses: bool) -> None:
    families: dict[str, _Family] = defaultdict(_Family)
    shown: list[tuple[str, bool]] = []
    for path in sorted(path for path in Path(folder).rglob("*") if path.is_file() and family_of(path) != "other"):
        content, family = path.read_bytes(), families[family_of(path)]
        ours, tikas = our_road(content, path.name), tika_road(content, path.name)
        missed = _count(family, ours, tikas)
        if family_of(path) == "spreadsheets":
            shown += _integers(ours, tikas)
        if shows_misses and missed and family.fair[-1] < _TARGET:
            print(f"{path.name}: {family.raw[-1]:.3f} {family.fair[-1]:.3f} {' '.join(sorted(missed)[:40])}")
    print(f"Machine: {machine()}")
    print("| family | files scored | not scored | escalated | raw, mean | fair, mean | fair, median | at least .95 |")
    print("|---|---|---|---|---|---|---|---|")
    for name, family in sorted(families.items()):
        _print(name, family)
    _print("all", _together(families.values()))
    found = sum(is_found for _, is_found in shown)
    share = found / max(1, len(shown))
    print(
        f"\nIntegers of seven or more digits that Tika shows in spreadsheets: {len(shown)}, found {found} ({share:.1%})"
    )


def _count(family: _Family, ours: Road, tikas: Road) -> set[str]:
    """Score a file, and say which words were missed."""
    wanted, there = words(" ".join(tikas.texts)), words(" ".join(ours.texts))
    family.escalated += ours.escalated
    if len(wanted) < _FEWEST or not there:
        family.unscored += 1
        return set()
    score, missed = recall("\n".join((*ours.texts, *ours.names)), *tikas.texts)
    family.raw.append(len(wanted & there) / len(wanted))
    family.fair.append(score)
    return missed


def _integers(ours: Road, tikas: Road) -> list[tuple[str, bool]]:
    there = set(re.findall(r"\d{7,15}", " ".join(ours.texts)))
    return [(number, number in there) for number in sorted(set(_INTEGER.findall(" ".join(tikas.texts))))]


def _together(families: Iterable[_Family]) -> _Family:
    whole = _Family()
    for family in families:
        whole.raw += family.raw
        whole.fair += family.fair
        whole.unscored += family.unscored
        whole.escalated += family.escalated
    return whole


def _print(name: str, family: _Family) -> None:
    scores = family.fair
    if not scores:
        return
    sure = sum(score >= 0.95 for score in scores) / len(scores)
    print(
        f"| {name} | {len(scores)} | {family.unscored} | {family.escalated} of {len(scores) + family.unscored} "
        f"| {mean(family.raw):.3f} | {mean(scores):.3f} | {median(scores):.3f} | {sure:.0%} |"
    )


if __name__ == "__main__":
    main(sys.argv[-1], shows_misses="--misses" in sys.argv)
