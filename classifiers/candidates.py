"""The sentences of a text in which a name could stand: the only ones the language model reads, for it is slow."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import regex

from classifiers.overlap import Hit
from classifiers.recognizers.names import NOT_NAMES, PLACE_OR_BODY

_PAIR = regex.compile(r"\b(\p{Lu}[\p{L}'\u2019-]*)\.?[ \u00a0]+(?=(\p{Lu}[\p{L}'\u2019-]+))")
_SENTENCE = regex.compile(r"[^\n]+?(?:(?<=\p{Ll}[.!?])[ \u00a0]+(?=\p{Lu})|\n|\Z)")
_TOO_LONG_A_WORD = regex.compile(r"\S{1000}")
GROUP = 2_000
BUDGET = 6_000
_KNOWN = 0.55
_OFTEN = 3
"""Sentences read for the sake of the same two words: if they are a name, its echoes are found without the model."""
_MOST_LINES = 20_000
_NEVER = NOT_NAMES | PLACE_OR_BODY


@dataclass(frozen=True, slots=True)
class Group:
    """Lines to be read together, and for each where it begins in the group and in the document."""

    text: str = field(repr=False)
    starts: tuple[tuple[int, int], ...]

    def offset(self, at: int) -> int:
        """Where the character `at` of the group stands in the document."""
        here, there = max(start for start in self.starts if start[0] <= at)
        return there + at - here


def candidate_groups(text: str, known: Iterable[Hit] = (), budget: int = BUDGET) -> list[Group]:
    """Candidate sentences of at most `budget` characters in all, drawn evenly from the whole text, in groups.

    What is `known` to be something makes no line a candidate.
    """
    lines = _evenly(_pieces(_without(text, known)), budget)
    groups: list[Group] = []
    batch: list[tuple[int, int]] = []
    for start, end in lines:
        if batch and sum(stop - begin + 1 for begin, stop in batch) + end - start > GROUP:
            groups.append(_group(text, batch))
            batch = []
        batch.append((start, end))
    return [*groups, _group(text, batch)] if batch else groups


def _without(text: str, known: Iterable[Hit]) -> str:
    """The text with small letters in the place of what is surely known, as long as it was."""
    shown, at = [], 0
    for hit in sorted(known):
        if hit.score >= _KNOWN and hit.start >= at:
            shown += [text[at : hit.start], "x" * (hit.end - hit.start)]
            at = hit.end
    return "".join((*shown, text[at:]))


def _pieces(text: str) -> list[tuple[int, int]]:
    """Candidate sentences, a long one cut at white space; none with a run of a thousand characters without any."""
    pieces: list[tuple[int, int]] = []
    at = 0
    read: Counter[tuple[str, ...]] = Counter()
    for pair in filter(_could_be_a_name, _PAIR.finditer(text)):
        if pair.start() < at or read[pair.groups()] == _OFTEN:
            continue
        read[pair.groups()] += 1
        start = max(at, text.rfind("\n", 0, pair.start()) + 1)
        for sentence in _SENTENCE.finditer(text, start):
            start, at = sentence.span()
            if at >= pair.end(2):
                break
        pieces += _cut(text, start, at)
        if len(pieces) > _MOST_LINES:
            break
    return [(start, end) for start, end in pieces if not _TOO_LONG_A_WORD.search(text, start, end)]


def _could_be_a_name(pair: regex.Match[str]) -> bool:
    """Whether neither word is one for which the model would not be believed."""
    return not any(word.lower() in _NEVER for word in pair.groups())


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    end = start + len(text[start:end].rstrip())
    while end - start > GROUP:
        cut = text.rfind(" ", start, start + GROUP)
        cut = cut if cut > start else start + GROUP
        yield start, cut
        start = cut
    yield start, end


def _evenly(lines: list[tuple[int, int]], budget: int) -> list[tuple[int, int]]:
    total = sum(end - start for start, end in lines)
    if total <= budget:
        return lines
    taken, used = [], 0
    for index, (start, end) in enumerate(lines):
        if used + end - start <= budget * (index + 1) / len(lines):
            taken.append((start, end))
            used += end - start
    return taken


def _group(text: str, lines: list[tuple[int, int]]) -> Group:
    shown, starts = "", []
    for start, end in lines:
        starts.append((len(shown), start))
        shown += _in_title_case(text[start:end]) + "\n"
    return Group(shown, tuple(starts))


def _in_title_case(line: str) -> str:
    """A line in capitals as a model expects it: it sees no names in ALL CAPS."""
    titled = line.title()
    return titled if line.isupper() and len(titled) == len(line) else line
