"""Which recognisers could find anything in a text: one pass over it for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import and_
from string import ascii_letters, digits
from typing import Any, Final, NamedTuple

import re2

from classifiers.phrase_search import Ways
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import Form, as_bytes, form_of, options

TOGETHER: Final = 7
"""Patterns in one automaton: the states of many multiply, and each state costs time when it is first met."""
_SMALL: Final = 60
"""Instructions of a pattern's program: one with more is searched for by itself, with the very automaton that shows
its recogniser where to look.
"""
_MOST_KNOWN: Final = 256
_DIGITS: Final = frozenset(digits)
_LETTERS: Final = frozenset(ascii_letters)
_SPACE: Final = frozenset(" ")
_GAP: Final = r"[\t-\r\x1c- \x80-\xff_]+"
"""Between the words of a phrase; an underscore where it heads a column."""
_NUMBERED = re.compile(rb"(?m)^[^0-9\n]*+[0-9][^\n]*+")
_APART: Final = b"\n\n\0\n\n"
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_ANY_ACCENTED: Final = r"[\\x80-\\xff]"
"""RE2 does not know a letter of these bytes and its capital for one."""


_Met = Callable[[bytes], Iterable[int]]
"""Which of some expressions are met, by the keys under which they are known."""


class _Search(NamedTuple):
    keys: tuple[int, ...]
    met: _Met


class _Need(NamedTuple):
    """What a text without which has no match: digits, letters, spaces; and whether each match stays in its line."""

    digits: bool
    letters: bool
    spaces: bool
    in_line: bool


_Searches = tuple[_Need, list[_Search]]


class Gate:
    """All patterns, in searches whose time is linear in the text. It never shuts out what would be found.

    A recogniser is asked where its pattern is met in the form that RE2 knows; one that finds nothing without context
    only where one of its phrases stands in the text as well, or heads one of its columns. Those that a text without
    digits, letters or spaces can have nothing for are not even searched for in one.
    """

    def __init__(self, recognizers: Iterable[DeclaredPattern]) -> None:
        asked = list(recognizers)
        self._names = [recognizer.asked_as for recognizer in asked]
        self.in_cells = _in_cells(asked)
        by_need: dict[_Need, dict[int, bytes]] = {}
        for at, one in enumerate(asked):
            by_need.setdefault(_need(one), {})[at] = one.searched_as
        self._searches: list[_Searches] = [(need, list(_searches(forms))) for need, forms in by_need.items()]
        self._knowing = lru_cache(maxsize=_MOST_KNOWN)(self._without)
        phrases = {at: _any_of(one.ways) for at, one in enumerate(asked) if one.needs_context}
        self._need_context = frozenset(phrases)
        self._phrases = _together(phrases)

    def open_to(self, text: str, headings: Sequence[str] = (), known: frozenset[str] = frozenset()) -> set[str]:
        """The names under which the engine is asked for the recognisers that this text is for.

        Where it is `known` by name or by kind that it is for one, that need not be among them: it saves a search.
        """
        searched = as_bytes(text)
        if any(headings):
            searched = _APART.join((searched, as_bytes("\n".join(headings))))
        met = set(self._met_in(searched, self._knowing(known)))
        if not met.isdisjoint(self._need_context):
            met -= self._need_context.difference(self._phrases(searched))
        return {self._names[at] for at in met}

    def _without(self, known: frozenset[str]) -> list[_Searches]:
        """The searches that could tell of others than are known."""
        new = {at for at, name in enumerate(self._names) if known.isdisjoint((name, name.partition(":")[0]))}
        return [
            (need, left)
            for need, searches in self._searches
            if (left := [one for one in searches if not new.isdisjoint(one.keys)])
        ]

    def _met_in(self, searched: bytes, asked: Iterable[_Searches]) -> Iterator[int]:
        numbered = _lines_with_digits(searched)
        is_ascii = searched.isascii()
        has_letters = not is_ascii or searched.upper() != searched or searched.lower() != searched
        lacks = (not numbered, not has_letters, is_ascii and b" " not in searched)
        for need, searches in asked:
            if not any(map(and_, need, lacks)):
                for search in searches:
                    yield from search.met(numbered if need.in_line else searched)


def _need(one: DeclaredPattern) -> _Need:
    needs_digits = one.needs(_DIGITS)
    return _Need(needs_digits, one.needs(_LETTERS), one.needs(_SPACE), needs_digits and one.stays_in_line)


def _in_cells(recognizers: Sequence[DeclaredPattern]) -> frozenset[str]:
    """The names of those that no row of cells is for unless a cell of it is; the bare name of a kind is that of all."""
    beyond = {one.kind for one in recognizers if not one.stays_in_cell}
    return frozenset(one.asked_as for one in recognizers if one.stays_in_cell and one.asked_as not in beyond)


def _lines_with_digits(searched: bytes) -> bytes:
    """The lines with a digit."""
    return b"\n".join(_NUMBERED.findall(searched))


def _searches(forms: Mapping[int, bytes]) -> Iterator[_Search]:
    sizes = {at: form_of(form).size for at, form in forms.items()}
    yield from (_Search((at,), _alone(at, form_of(forms[at]))) for at, size in sizes.items() if size > _SMALL)
    small = [at for at, size in sizes.items() if size <= _SMALL]
    for at in range(0, len(small), TOGETHER):
        keys = small[at : at + TOGETHER]
        yield _Search(tuple(keys), _together({one: forms[one] for one in keys}))


def _alone(key: int, form: Form) -> _Met:
    return lambda searched: (key,) if form.is_met(searched) else ()


def _together(expressions: Mapping[int, bytes]) -> _Met:
    keys = list(expressions)
    automaton: Any = re2.Set.SearchSet(options())
    for expression in expressions.values():
        automaton.Add(expression)
    automaton.Compile()
    return lambda searched: [keys[index] for index in automaton.Match(searched) or ()]


def _any_of(ways: Ways) -> bytes:
    said = "|".join(_GAP.join(f"(?:{'|'.join(map(_spaced, phrases))})" for phrases in way) for way in ways)
    return f"(?i:{_ACCENTED.sub(_ANY_ACCENTED, said)})".encode("ascii")


def _spaced(phrase: str) -> str:
    return _GAP.join(map(re2.escape, phrase.split(" ")))
