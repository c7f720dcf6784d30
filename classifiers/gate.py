"""Which recognisers could find anything in a text: one pass over it for all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from string import ascii_letters, digits
from typing import Any, Final

import re2

from classifiers.phrase_search import Ways
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import as_bytes, options

TOGETHER: Final = 7
"""Patterns in one automaton: the states of many multiply, and each state costs time when it is first met."""
_SMALL: Final = 60
"""Instructions of a pattern's program: one with more is searched for by itself, with the very automaton that shows
its recogniser where to look.
"""
_DIGITS: Final = frozenset(digits)
_LETTERS: Final = frozenset(ascii_letters)
_GAP: Final = r"[\t-\r\x1c- \x80-\xff_]+"
"""Between the words of a phrase; an underscore where it heads a column."""
_ALL_DIGITS: Final = digits.encode()
_APART: Final = b"\n\n\0\n\n"
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_ANY_ACCENTED: Final = r"[\\x80-\\xff]"
"""RE2 does not know a letter of these bytes and its capital for one."""


class Gate:
    """All patterns, in searches whose time is linear in the text. It never shuts out what would be found.

    A recogniser is asked where its pattern is met in the form that RE2 knows; one that finds nothing without context
    only where one of its phrases stands in the text as well, or heads one of its columns. Those that a text without
    digits, or without letters, can have nothing for are not even searched for in one.
    """

    def __init__(self, recognizers: Iterable[DeclaredPattern]) -> None:
        asked = list(recognizers)
        self._names = [recognizer.asked_as for recognizer in asked]
        by_need: dict[tuple[bool, bool], dict[int, bytes]] = {}
        for at, one in enumerate(asked):
            by_need.setdefault((one.needs(_DIGITS), one.needs(_LETTERS)), {})[at] = one.searched_as
        self._searches = [(*need, list(_searches(forms))) for need, forms in by_need.items()]
        phrases = {at: _any_of(one.ways) for at, one in enumerate(asked) if one.needs_context}
        self._need_context = frozenset(phrases)
        self._phrases = _together(phrases)

    def open_to(self, text: str, headings: Sequence[str] = ()) -> set[str]:
        """The names under which the engine is asked for the recognisers that this text is for."""
        searched = as_bytes(text)
        if any(headings):
            searched = _APART.join((searched, as_bytes("\n".join(headings))))
        met = set(self._met_in(searched))
        if not met.isdisjoint(self._need_context):
            met -= self._need_context.difference(self._phrases(searched))
        return {self._names[at] for at in met}

    def _met_in(self, searched: bytes) -> Iterator[int]:
        has_more = not searched.isascii()
        has_digits = has_more or searched.translate(None, _ALL_DIGITS) != searched
        has_letters = has_more or searched.upper() != searched or searched.lower() != searched
        for needs_digits, needs_letters, searches in self._searches:
            if (has_digits or not needs_digits) and (has_letters or not needs_letters):
                for search in searches:
                    yield from search(searched)


_Search = Callable[[bytes], Iterable[int]]
"""Which of some expressions are met, by the keys under which they are known."""


def _searches(forms: Mapping[int, bytes]) -> Iterator[_Search]:
    compiled = {at: re2.compile(form, options()) for at, form in forms.items()}
    yield from (_alone(at, form) for at, form in compiled.items() if form.programsize > _SMALL)
    small = [at for at, form in compiled.items() if form.programsize <= _SMALL]
    for at in range(0, len(small), TOGETHER):
        yield _together({one: forms[one] for one in small[at : at + TOGETHER]})


def _alone(key: int, form: Any) -> _Search:
    return lambda searched: (key,) if form.search(searched) else ()


def _together(expressions: Mapping[int, bytes]) -> _Search:
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
