"""How much of the words that native Tika shows our road finds, on the same files.

usage: python benchmarks/reading_fidelity.py FOLDER

Recall of a file: of the distinct words that Tika's text has, those that ours has too; files with fewer than ten words,
and files that either cannot read, are not scored but counted. For spreadsheets also the integers of seven or more
digits that Tika shows.
"""

from __future__ import annotations

import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import mean, median

from measure import machine
from road import family_of, our_road, tika_road

_WORD = re.compile(r"[^\W_]{2,}")
_INTEGER = re.compile(r"(?<![\d.,/:-])\d{7,15}(?![\d,/:-]|\.\d)")
_PICTURE = re.compile(r"\b\S+\.(?:png|jpe?g|gif|emf|wmf|bmp|tiff?|xml|bin|rels|vml)\b", re.IGNORECASE)
_FEWEST = 10


def main(folder: str) -> None:
    recalls: dict[str, list[float]] = defaultdict(list)
    unscored: dict[str, int] = defaultdict(int)
    escalated: dict[str, int] = defaultdict(int)
    shown = found = 0
    for path in sorted(Path(folder).rglob("*")):
        family = family_of(path)
        if not path.is_file() or family == "other":
            continue
        content = path.read_bytes()
        ours, tikas = our_road(content, path.name), tika_road(content, path.name)
        escalated[family] += ours.escalated
        text, reference = " ".join(ours.texts), " ".join(tikas.texts)
        if family == "spreadsheets":
            wanted = set(_INTEGER.findall(reference))
            shown, found = shown + len(wanted), found + len(wanted & set(re.findall(r"\d{7,15}", text)))
        words, there = _words(reference), _words(text)
        if len(words) < _FEWEST or not there:
            unscored[family] += 1
        else:
            recalls[family].append(len(words & there) / len(words))
    print(f"Machine: {machine()}")
    print("| family | files scored | not scored | escalated | recall, mean | median | at least .95 |")
    print("|---|---|---|---|---|---|---|")
    for family, scores in sorted(recalls.items()):
        _print(family, scores, unscored[family], escalated[family])
    everything = [score for scores in recalls.values() for score in scores]
    _print("all", everything, sum(unscored.values()), sum(escalated.values()))
    print(
        f"\nIntegers of seven or more digits that Tika shows in spreadsheets: {shown}, found {found}"
        f" ({found / max(1, shown):.1%})"
    )


def _words(text: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(_PICTURE.sub(" ", text))}


def _print(family: str, scores: list[float], unscored: int, escalated: int) -> None:
    sure = sum(score >= 0.95 for score in scores) / len(scores)
    files = len(scores) + unscored
    print(
        f"| {family} | {len(scores)} | {unscored} | {escalated} of {files} | {mean(scores):.3f} | {median(scores):.3f} "
        f"| {sure:.0%} |"
    )


if __name__ == "__main__":
    main(sys.argv[1])
