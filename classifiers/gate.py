"""Which recognisers could find anything in a text: one pass over it for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

import re2

from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import as_bytes, options, weakened

_GAP: Final = r"[\t-\r\x1c- \x80-\xff_]+"
"""Between the words of a phrase; an underscore where it heads a column."""


class Gate:
    """All patterns in one `re2.Set`, whose time is linear in the text. It never shuts out what would be found.

    A recogniser is asked where its pattern is met in the form that RE2 knows; one that finds nothing without context
    only where one of its phrases stands in the text as well, or heads one of its columns.
    """

    def __init__(self, recognizers: Iterable[DeclaredPattern]) -> None:
        self._needs: list[tuple[str, tuple[int, ...]]] = []
        self._set: Any = re2.Set.SearchSet(options())
        for recognizer in recognizers:
            needs = [self._set.Add(weakened(recognizer.pattern))]
            if recognizer.needs_context:
                needs.append(self._set.Add(_any_of(recognizer.phrases)))
            self._needs.append((recognizer.asked_as, tuple(needs)))
        self._set.Compile()

    def open_to(self, text: str, headings: Sequence[str] = ()) -> set[str]:
        """The names under which the engine is asked for the recognisers that this text is for."""
        met = set(self._set.Match(as_bytes(text)) or ())
        met.update(self._set.Match(as_bytes("\n".join(headings))) or () if headings else ())
        return {name for name, needs in self._needs if met.issuperset(needs)}


def _any_of(phrases: Sequence[str]) -> bytes:
    return f"(?i:{'|'.join(_GAP.join(map(re2.escape, phrase.split(' '))) for phrase in phrases)})".encode("ascii")
