"""The lines of a text in which a name could stand: the only ones the language model reads, for it is slow."""

from __future__ import annotations

from dataclasses import dataclass, field

import regex

_LINE_OF_NAMES = regex.compile(
    r"(?m)^[^\n]*?(?:\b\p{Lu}[\p{L}'\u2019-]+[ \u00a0]+\p{Lu}[\p{L}'\u2019.-]*"
    r"|\b(?:Dear|Mrs?|Ms|Miss|Dr|Cllr)\b|\b(?i:name|signed|regards|sincerely)\b)[^\n]*"
)
_TOO_LONG_A_WORD = regex.compile(r"\S{1000}")
GROUP = 2_000
BUDGET = 6_000
_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True)
class Group:
    """Lines to be read together, and for each where it begins in the group and in the document."""

    text: str = field(repr=False)
    starts: tuple[tuple[int, int], ...]

    def offset(self, at: int) -> int:
        """Where the character `at` of the group stands in the document."""
        here, there = max(start for start in self.starts if start[0] <= at)
        return there + at - here


def candidate_groups(text: str, budget: int = BUDGET) -> list[Group]:
    """Candidate lines of at most `budget` characters in all, drawn evenly from the whole text, in groups."""
    lines = _evenly(_pieces(text), budget)
    groups: list[Group] = []
    batch: list[tuple[int, int]] = []
    for start, end in lines:
        if batch and sum(stop - begin + 1 for begin, stop in batch) + end - start > GROUP:
            groups.append(_group(text, batch))
            batch = []
        batch.append((start, end))
    return [*groups, _group(text, batch)] if batch else groups


def _pieces(text: str) -> list[tuple[int, int]]:
    """Candidate lines, a long one cut at white space; none with a run of a thousand characters without any."""
    pieces: list[tuple[int, int]] = []
    for match in _LINE_OF_NAMES.finditer(text):
        start, end = match.span()
        while end - start > GROUP:
            cut = text.rfind(" ", start, start + GROUP)
            cut = cut if cut > start else start + GROUP
            pieces.append((start, cut))
            start = cut
        pieces.append((start, end))
        if len(pieces) > _MOST_LINES:
            break
    return [(start, end) for start, end in pieces if not _TOO_LONG_A_WORD.search(text, start, end)]


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
