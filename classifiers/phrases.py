"""Phrases written as data, all of them looked for in one pass over a text's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, product
from typing import Any, Generic, TypeVar

Meaning = TypeVar("Meaning")

_WORD = re.compile(r"([^\W_]+)")
_JOINT = re.compile(r"[ \xa0\r]{0,2}[\n,/&'\u2019\u2010-\u2013-]?[ \xa0]{0,8}")
_SET = re.compile(r"\{(\w+)\}")
_NEAR = 40
_NUMBER, _NOTHING, _END = "#", "_", ""


def spelt_out(phrase: str, sets: Mapping[str, str]) -> Iterator[str]:
    """Every wording of a phrase: "pray|prays at {the} mosque", where `sets` has the = "the|a|_".

    A bar parts the alternatives for one word, "_" is no word, "#" any number in figures, {name} a set of `sets`.
    """
    places = [_SET.sub(lambda name: sets[name[1]], place).split("|") for place in phrase.split()]
    for words in product(*places):
        yield " ".join(word for word in words if word != _NOTHING)


@dataclass(frozen=True, slots=True)
class Met(Generic[Meaning]):
    """A phrase stands here, by character offsets, and what it means."""

    start: int
    end: int
    meaning: Meaning


class Phrases(Generic[Meaning]):
    """Meanings by phrase. Words match whole; hyphens, apostrophes and the end of a line part them as spaces do.

    At each place the longest phrase is met, and it hides those within it that are no longer: "church lane" "church".
    Time is linear in the text: no place is looked at more often than the longest phrase has words.
    """

    def __init__(self, meanings: Mapping[str, Meaning], sought: Iterable[str] | None = None) -> None:
        """With `sought`, which are some of the phrases, the others are met only where one of these may stand near."""
        self._first: dict[str, Any] = {}
        for phrase, meaning in meanings.items():
            node = self._first
            for word in _words(phrase):
                node = node.setdefault(word, {})
            node[_END] = meaning
        # The longest word of a phrase is seldom a common one.
        self._signs = frozenset(max(_words(phrase), key=len) for phrase in sought) if sought is not None else None

    def met_in(self, lower: str) -> Iterator[Met[Meaning]]:
        """Those in a text in lower case, in order."""
        parts = _WORD.split(lower)
        words, gaps, ends = parts[1::2], parts[2::2], list(accumulate(map(len, parts)))
        behind = 0
        for index in _near(self._signs_in(words), len(words)):
            begins = index >= behind and (words[index] in self._first or words[index].isdecimal())
            if begins and (met := _longest(self._first, words, gaps, index)):
                end, meaning = met
                behind = self._next(words, gaps, index, end)
                yield Met(ends[2 * index], ends[2 * end - 1], meaning)

    def _next(self, words: list[str], gaps: list[str], index: int, end: int) -> int:
        """Where to look on behind a phrase: where a longer one begins inside it, else at its end."""
        for inside in range(index + 1, end):
            met = _longest(self._first, words, gaps, inside)
            if met is not None and met[0] - inside > end - index:
                return inside
        return end

    def _signs_in(self, words: list[str]) -> Sequence[int]:
        if self._signs is None:
            return range(len(words))
        return [index for index, word in enumerate(words) if word in self._signs]


def _words(phrase: str) -> list[str]:
    return re.findall(rf"[^\W_]+|{_NUMBER}", phrase)


def _near(signs: Sequence[int], words: int) -> Iterator[int]:
    """Every place at most some words from one of the signs, once, in order."""
    behind = 0
    for sign in signs:
        end = min(sign + _NEAR, words)
        yield from range(max(behind, sign - _NEAR), end)
        behind = max(behind, end)


def _longest(node: dict[str, Any], words: list[str], gaps: list[str], index: int) -> tuple[int, Any] | None:
    """Behind which word the longest phrase ends that begins at `index`, and its meaning; `node` is the tree's root."""
    met = None
    while (
        following := node.get(words[index]) or (node.get(_NUMBER) if words[index].isdecimal() else None)
    ) is not None:
        node, index = following, index + 1
        if _END in node:
            met = index, node[_END]
        if index == len(words) or not (gaps[index - 1] == " " or _JOINT.fullmatch(gaps[index - 1])):
            break
    return met
