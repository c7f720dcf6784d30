"""Phrases written as data, all of them looked for in one pass over a text's words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, product
from typing import Any, Generic, TypeVar

Meaning = TypeVar("Meaning")
Places = tuple[tuple[str, ...], ...]
"""A phrase as the alternatives, of no word or several, at each of its places."""

_WORD = re.compile(r"([^\W_]+)")
_JOINT = re.compile(r"[ \xa0\r]{0,2}[\n,/&'\"\u2018-\u201d\u2010-\u2013-]?[ \xa0]{0,8}")
_SET = re.compile(r"\{(\w+)\}")
_NEAR = 40
_NUMBER, _NOTHING = "#", "_"
_MOST_STATES = 20_000
_COMMON = frozenset(
    re.findall(
        r"\w+",
        "a about after all am an and any are as ask asked at back be because been by can council date day days did do "
        "does e for from get go had has have he her him his i if in into is it its last made me mr mrs my name new no "
        "not number of off office officer on or our out over own report road s school service services she so some t "
        "team that the their them there they this to told under up us was we were what when which who will with work "
        "would year years you your",
    )
)
"""So common in letters that to look beside each of them would be to look everywhere."""


def lowered(text: str) -> str:
    """Lower case, character by character where a letter has two in lower case, so that offsets stay true."""
    lower = text.lower()
    if len(lower) == len(text):
        return lower
    return "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def places_of(phrase: str, sets: Mapping[str, str]) -> Places:
    """The alternatives of a phrase: "pray|prays at {the} mosque", where `sets` has the = "the|a|_".

    A bar parts the alternatives for one place, "_" is no word, "+" parts the words of one alternative, "#" is any
    number in figures, {name} a set of `sets`.
    """
    written = (_SET.sub(lambda name: sets[name[1]], place).split("|") for place in phrase.split())
    return tuple(
        tuple(dict.fromkeys("" if one == _NOTHING else " ".join(_words(one)) for one in place)) for place in written
    )


def spelt_out(phrase: str, sets: Mapping[str, str]) -> Iterator[str]:
    """Every wording of a phrase, as `places_of` reads it."""
    for words in product(*places_of(phrase, sets)):
        yield " ".join(filter(None, words))


@dataclass(frozen=True, slots=True)
class Met(Generic[Meaning]):
    """A phrase stands here, by character offsets, and what it means."""

    start: int
    end: int
    meaning: Meaning


class Phrases(Generic[Meaning]):
    """Meanings by phrase. Words match whole; hyphens, apostrophes and the end of a line part them as spaces do.

    At each place the longest phrase is met, and it hides those within it that are no longer: "church lane" "church".
    Time is linear in the text: no place is looked at more often than the longest phrase has words. A phrase's wordings
    are never spelt out: what may follow on some words is worked out when a text first has them, and kept.
    """

    def __init__(
        self, meanings: Mapping[str, Meaning] | Mapping[Places, Meaning], sought: Iterable[str | Places] | None = None
    ) -> None:
        """Phrases as words or by their places; where some of those have a wording in common, their meanings are tuples
        and it means all of them. With `sought`, others are met only where one of these may stand near.
        """
        self._nodes: list[_Node[Meaning]] = [_Node()]
        self._states: dict[tuple[int, ...], _State[Meaning]] = {}
        for phrase, meaning in meanings.items():
            self._add(_in_places(phrase), meaning)
        self._signs = None if sought is None else _signs_of(map(_in_places, sought))
        self._first = self._state((0,))

    def met_in(self, lower: str) -> Iterator[Met[Meaning]]:
        """Those in a text in lower case, in order."""
        parts = _WORD.split(lower)
        words, gaps, ends = parts[1::2], parts[2::2], list(accumulate(map(len, parts)))
        behind = 0
        for index in self._beginnings(words):
            if index >= behind and (met := self._longest(words, gaps, index)):
                end, meaning = met
                behind = self._next(words, gaps, index, end)
                yield Met(ends[2 * index], ends[2 * end - 1], meaning)

    def _add(self, places: Places, meaning: Meaning) -> None:
        """Nodes for the phrase: at each place the alternatives lead on to the next, and where one is no word so do
        those behind it.
        """
        starts = [0]
        for place in places:
            end = len(self._nodes)
            self._nodes.append(_Node())
            for wording in filter(None, place):
                first, *others = wording.split(" ")
                target = self._chain(others, end)
                for start in starts:
                    self._nodes[start].following.setdefault(first, []).append(target)
            starts = [*starts, end] if "" in place else [end]
        for start in filter(None, starts):
            self._nodes[start].meanings.append(meaning)

    def _chain(self, words: Sequence[str], end: int) -> int:
        """The node from which the words lead to `end`."""
        for word in reversed(words):
            self._nodes.append(_Node({word: [end]}))
            end = len(self._nodes) - 1
        return end

    def _state(self, nodes: tuple[int, ...]) -> _State[Meaning]:
        if (known := self._states.get(nodes)) is not None:
            return known
        if len(self._states) > _MOST_STATES:
            self._states.clear()
            self._first.known.clear()
        merged = self._nodes[nodes[0]] if len(nodes) == 1 else _merged([self._nodes[node] for node in nodes])
        self._states[nodes] = state = _State(merged.following, _together(merged.meanings))
        return state

    def _longest(self, words: list[str], gaps: list[str], index: int) -> tuple[int, Meaning] | None:
        """Behind which word the longest phrase ends that begins at `index`, and its meaning."""
        met = None
        state = self._first
        while (following := self._after(state, words[index])) is not None:
            state, index = following, index + 1
            if state.meanings:
                met = index, state.meanings[0]
            if index == len(words) or not (gaps[index - 1] == " " or _JOINT.fullmatch(gaps[index - 1])):
                break
        return met

    def _after(self, state: _State[Meaning], word: str) -> _State[Meaning] | None:
        """What follows on a word; worked out when it is first asked for."""
        if word not in state.following:
            if _NUMBER not in state.following or not word.isdecimal():
                return None
            word = _NUMBER
        if (following := state.known.get(word)) is None:
            state.known[word] = following = self._state(tuple(sorted({*state.following[word]})))
        return following

    def _next(self, words: list[str], gaps: list[str], index: int, end: int) -> int:
        """Where to look on behind a phrase: where a longer one begins inside it, else at its end."""
        for inside in range(index + 1, end):
            met = self._longest(words, gaps, inside)
            if met is not None and met[0] - inside > end - index:
                return inside
        return end

    def _beginnings(self, words: list[str]) -> list[int]:
        """The places of words with which a phrase begins, near the signs where there are any."""
        firsts, signs = self._first.following, self._signs
        if signs is None:
            near: Iterable[range] = (range(len(words)),)
        else:
            near = _near([index for index, word in enumerate(words) if word in signs], len(words))
        return [index for stretch in near for index in stretch if words[index] in firsts or words[index].isdecimal()]


@dataclass(slots=True)
class _Node(Generic[Meaning]):
    """A place in a phrase: which words lead where, and what it means to end here."""

    following: dict[str, list[int]] = field(default_factory=dict)
    meanings: list[Meaning] = field(default_factory=list)


@dataclass(slots=True)
class _State(Generic[Meaning]):
    """All places of phrases that some words lead to, and the states behind it that were asked for."""

    following: dict[str, list[int]]
    meanings: list[Meaning]
    known: dict[str, _State[Meaning]] = field(default_factory=dict)


def _merged(nodes: Iterable[_Node[Meaning]]) -> _Node[Meaning]:
    merged: _Node[Meaning] = _Node()
    for node in nodes:
        merged.meanings += node.meanings
        for word, targets in node.following.items():
            merged.following.setdefault(word, []).extend(targets)
    return merged


def _together(meanings: list[Any]) -> list[Any]:
    """None, the one, or one of all."""
    return meanings if len(meanings) < 2 else [tuple(dict.fromkeys(chain.from_iterable(meanings)))]


def _in_places(phrase: str | Places) -> Places:
    return tuple((word,) for word in _words(phrase)) if isinstance(phrase, str) else phrase


def _signs_of(phrases: Iterable[Places]) -> frozenset[str]:
    """Words of which almost each wording of each phrase has one: those of the place whose words are the least common.

    Common ones are left out, so that a wording of nothing else is met only where another phrase may stand near.
    """
    signs: set[str] = set()
    for places in phrases:
        by_place = [{max(wording.split(), key=_rarity) for wording in place} for place in places if "" not in place]
        signs |= min(by_place, key=lambda words: sum(2.0 ** -_rarity(word) for word in words))
    return frozenset(word for word in signs if _rarity(word) > 0)


def _rarity(word: str) -> int:
    """The longer a word the seldomer it is; some short ones and numbers are met everywhere."""
    return -8 if word in _COMMON or word.isdecimal() or word == _NUMBER else len(word)


def _words(phrase: str) -> list[str]:
    return re.findall(rf"[^\W_]+|{_NUMBER}", phrase)


def _near(signs: Sequence[int], words: int) -> Iterator[range]:
    """The stretches in which every place is at most some words from one of the signs, in order."""
    behind = 0
    for sign in signs:
        end = min(sign + _NEAR, words)
        if end > behind:
            yield range(max(behind, sign - _NEAR), end)
        behind = max(behind, end)
