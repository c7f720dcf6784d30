"""Which recognisers could find anything in a text: one pass over it for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import re2

from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import as_bytes, options

TOGETHER: Final = 4
"""Patterns in one automaton: the states of many multiply, and each state costs time when it is first met."""
_LARGE: Final = 300
"""Instructions of a pattern's program: one with more, of many words, has an automaton to itself."""
_GAP: Final = r"[\t-\r\x1c- \x80-\xff_]+"
"""Between the words of a phrase; an underscore where it heads a column."""
_APART: Final = b"\n\n\0\n\n"
_ACCENTED = re.compile(r"[^\x00-\x7f]")
_ANY_ACCENTED: Final = r"[\\x80-\\xff]"
"""RE2 does not know a letter of these bytes and its capital for one."""


class Gate:
    """All patterns, in a few `re2.Set`s whose time is linear in the text. It never shuts out what would be found.

    A recogniser is asked where its pattern is met in the form that RE2 knows; one that finds nothing without context
    only where one of its phrases stands in the text as well, or heads one of its columns.
    """

    def __init__(self, recognizers: Iterable[DeclaredPattern]) -> None:
        asked = list(recognizers)
        self._names = [recognizer.asked_as for recognizer in asked]
        forms = {at: recognizer.searched_as for at, recognizer in enumerate(asked)}
        self._forms = [_Automaton({at: forms[at] for at in group}) for group in _grouped(forms)]
        self._phrases = _Automaton({at: _any_of(one.phrases) for at, one in enumerate(asked) if one.needs_context})

    def open_to(self, text: str, headings: Sequence[str] = ()) -> set[str]:
        """The names under which the engine is asked for the recognisers that this text is for."""
        searched = as_bytes(text)
        if any(headings):
            searched = _APART.join((searched, as_bytes("\n".join(headings))))
        met = {at for automaton in self._forms for at in automaton.met_in(searched)}
        if not met.isdisjoint(self._phrases.keys):
            met -= self._phrases.keys.difference(self._phrases.met_in(searched))
        return {self._names[at] for at in met}


class _Automaton:
    """Expressions that are looked for at once, by the keys under which they are known."""

    def __init__(self, expressions: Mapping[int, bytes]) -> None:
        self.keys = frozenset(expressions)
        self._keys = list(expressions)
        self._set: Any = re2.Set.SearchSet(options())
        for expression in expressions.values():
            self._set.Add(expression)
        self._set.Compile()

    def met_in(self, searched: bytes) -> Iterator[int]:
        return (self._keys[index] for index in self._set.Match(searched) or ())


def _grouped(forms: Mapping[int, bytes]) -> Iterator[list[int]]:
    sizes = {at: re2.compile(form, options()).programsize for at, form in forms.items()}
    yield from ([at] for at, size in sizes.items() if size > _LARGE)
    small = [at for at, size in sizes.items() if size <= _LARGE]
    yield from (small[at : at + TOGETHER] for at in range(0, len(small), TOGETHER))


def _any_of(phrases: Sequence[str]) -> bytes:
    said = "|".join(_GAP.join(map(re2.escape, phrase.split(" "))) for phrase in phrases)
    return f"(?i:{_ACCENTED.sub(_ANY_ACCENTED, said)})".encode("ascii")
