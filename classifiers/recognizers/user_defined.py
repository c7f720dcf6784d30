from __future__ import annotations

from collections.abc import Iterator
from time import process_time
from typing import Any

from classifiers.checksums import CHECKSUMS
from classifiers.recognizers.pattern import SECONDS_FOR_ONE_PATTERN, DeclaredPattern
from classifiers.user_defined import Definition, compiled, without_upper_ends
from classifiers.weakened import as_bytes


class UserDefined(DeclaredPattern):
    """What a site defines by itself: its pattern is searched by RE2 alone, so that no text makes it slow.

    It sees a byte for each character: letters beyond Latin-1 are alike to it, and so are signs.
    """

    def __init__(self, definition: Definition) -> None:
        self.kind, self.part_of_kind = definition.kind, definition.id
        self.pattern = definition.pattern
        self.score_alone, self.score_with_context = definition.score_alone, definition.score_with_context
        self.phrases = definition.context
        self.definition = definition
        super().__init__()
        self._form = compiled(definition.pattern)
        self._group = self._form.groupindex.get(b"value", 0)

    @property
    def searched_as(self) -> bytes:
        return without_upper_ends(self.pattern).encode("ascii")

    def needs(self, among: frozenset[str]) -> bool:  # noqa: ARG002  # RE2 writes some things in other ways
        return False

    @property
    def stays_in_line(self) -> bool:
        return False

    @property
    def stays_in_cell(self) -> bool:
        return False

    def valid(self, value: str) -> bool:
        check = self.definition.checksum
        return bool(value.strip()) and (check is None or CHECKSUMS[check](value))

    def values(self, match: Any) -> Iterator[tuple[int, int]]:
        yield match.span(self._group)

    def matches(self, text: str) -> Iterator[Any]:
        """Those that are no piece of a longer word or number.

        Raises TimeoutError: one search is linear, and a match may end long before what it was searched in.
        """
        # CPU time, as `regex` counts its own: on a busy machine a second of the clock says nothing of the pattern.
        until = process_time() + SECONDS_FOR_ONE_PATTERN
        for match in self._form.finditer(as_bytes(text)):
            if process_time() > until:
                raise TimeoutError
            start, end = match.span()
            if not _goes_on(text, start) and not _goes_on(text, end):
                yield match


def _goes_on(text: str, at: int) -> bool:
    """Whether a word or a number goes on across this place."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()
