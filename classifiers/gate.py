"""Which recognisers could find anything in a text: one pass over it for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

import re2

from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import as_bytes, options

TOGETHER: Final = 6
"""Patterns in one automaton: the states of many multiply, and each state costs time when it is first met."""
_GAP: Final = r"[\t-\r\x1c- \x80-\xff_]+"
"""Between the words of a phrase; an underscore where it heads a column."""
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
        self._sets = [_GateSet(asked[at : at + TOGETHER]) for at in range(0, len(asked), TOGETHER)]

    def open_to(self, text: str, headings: Sequence[str] = ()) -> set[str]:
        """The names under which the engine is asked for the recognisers that this text is for."""
        searched, heads = as_bytes(text), as_bytes("\n".join(headings))
        return {name for some in self._sets for name in some.open_to(searched, heads)}


class _GateSet:
    """Some of the patterns, in one automaton."""

    def __init__(self, recognizers: Sequence[DeclaredPattern]) -> None:
        self._needs: list[tuple[str, tuple[int, ...]]] = []
        self._set: Any = re2.Set.SearchSet(options())
        for recognizer in recognizers:
            needs = [self._set.Add(recognizer.searched_as)]
            if recognizer.needs_context:
                needs.append(self._set.Add(_any_of(recognizer.phrases)))
            self._needs.append((recognizer.asked_as, tuple(needs)))
        self._set.Compile()

    def open_to(self, searched: bytes, heads: bytes) -> Iterator[str]:
        met = {*(self._set.Match(searched) or ()), *(self._set.Match(heads) or () if heads else ())}
        return (name for name, needs in self._needs if met.issuperset(needs))


def _any_of(phrases: Sequence[str]) -> bytes:
    said = "|".join(_GAP.join(map(re2.escape, phrase.split(" "))) for phrase in phrases)
    return f"(?i:{_ACCENTED.sub(_ANY_ACCENTED, said)})".encode("ascii")
