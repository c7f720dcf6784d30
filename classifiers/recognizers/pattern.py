"""What the recognisers by pattern have in common: each declares a form, a check and the words that make it sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any

import regex
from presidio_analyzer import Pattern, PatternRecognizer, RecognizerResult

from classifiers.expression import beginning, needs, stays_in_cell, stays_in_line
from classifiers.phrase_search import Ways, search_for
from classifiers.weakened import Windows, weakened
from domain.errors import ItemTroubleError, ProblemCode

SECONDS_FOR_ONE_PATTERN = 1
PENDING = 0.01
"""The score of a result that still waits for its context: Presidio takes 0 for invalid."""


class DeclaredPattern(PatternRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """A recogniser that is read off its class attributes.

    `pattern` is case-sensitive unless it says otherwise (Presidio's default is not, and then prose looks like vehicle
    marks); the group `value`, where there is one, is what is found. `score_alone` is None where a value means nothing
    without context: it is then dropped. Context is one of `phrases`, as whole words, at most `before` characters
    ahead of the value or `after` behind it, or heading its column. Where `context_is_shared` is false, a phrase
    speaks of the next value only. Where several recognisers find one kind, `part_of_kind` tells them apart, so that
    each can be asked for by itself.
    """

    kind: str
    part_of_kind: str = ""
    pattern: str
    score_alone: float | None = None
    score_with_context: float
    phrases: tuple[str, ...] = ()
    before: int = 60
    after: int = 25
    context_is_shared: bool = True

    def __init__(self) -> None:
        pattern = Pattern(type(self).__name__, self.pattern, self.score_alone or PENDING)
        super().__init__(self.asked_as, patterns=[pattern], context=list(self.phrases), global_regex_flags=0)
        self._form: Any = regex.compile(self.pattern)
        self._found_as: str | int = "value" if "value" in self._form.groupindex else 0
        self._marks = {
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
            RecognizerResult.RECOGNIZER_NAME_KEY: self.name,
        }

    def prepare(self) -> None:
        """Make now what is made when it is first needed, so that no text waits for it."""
        _ = self._windows, self._beginning, self.phrase_in

    @property
    def asked_as(self) -> str:
        """What the engine is asked for to have this recogniser run: its kind, with the part where it has one."""
        return f"{self.kind}:{self.part_of_kind}" if self.part_of_kind else self.kind

    def needs(self, among: frozenset[str]) -> bool:
        """Whether it finds nothing in a text of ASCII without any of these characters."""
        return needs(self.pattern, among)

    @property
    def stays_in_line(self) -> bool:
        """Whether what is `searched_as` this is never met across the end of a line."""
        return stays_in_line(self.pattern)

    @property
    def stays_in_cell(self) -> bool:
        """Whether it finds in a row of cells, which tabulators part, nothing but what it finds in one of them."""
        return stays_in_cell(self.pattern) and not self.needs_context

    @property
    def searched_as(self) -> bytes:
        """What RE2 meets in the bytes of every text in which this finds something, from the same place on: see
        `weakened`.
        """
        return weakened(self.pattern)

    @cached_property
    def phrase_in(self) -> Callable[[str, int, int], object] | None:
        """A search of a text in lower case for the phrases, as whole words; None without any."""
        return search_for(self.ways) if self.phrases else None

    @property
    def ways(self) -> Ways:
        """The phrases as products of lists, which are searched for the faster the fewer they are."""
        return ((self.phrases,),)

    @property
    def needs_context(self) -> bool:
        """Whether it finds nothing at all where none of its phrases stands."""
        return self.score_alone is None and type(self).score is DeclaredPattern.score

    def valid(self, value: str) -> bool:
        """Whether `value` obeys the published rule beyond its form."""
        return bool(value)

    def length(self, value: str) -> int:
        """How many of the matched characters are the value, where the form alone cannot tell."""
        return len(value)

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Where the values of one match are: the group `value` where there is one."""
        start, end = match.span(self._found_as)
        yield start, start + self.length(match.string[start:end])

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # for those that override it
        """How sure a valid value is with or without context; None drops it."""
        return self.score_with_context if in_context else self.score_alone

    def validate_result(self, pattern_text: str) -> bool | None:
        """False where invalid, else None: True would make Presidio surer than any context could."""
        return None if self.valid(pattern_text) else False

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: Any = None, regex_flags: int | None = None
    ) -> list[RecognizerResult]:
        """Every valid value. Presidio's own loop knows no groups, and skips a pattern that timed out in silence."""
        del entities, nlp_artifacts, regex_flags
        try:
            return [self._result(start, end) for start, end in self._spans(text)]
        except TimeoutError as error:
            raise ItemTroubleError(ProblemCode.TIMEOUT, "pattern") from error

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        for match in self.matches(text):
            for start, end in self.values(match):
                if self.validate_result(text[start:end]) is None:
                    yield start, end

    def windows(self, text: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
        """The stretches of the text, or of the part of it from `low` to `high`, where a match could begin."""
        return self._windows(text, low, high)

    def is_promising(self, text: str, low: int, high: int) -> bool:  # noqa: ARG002  # for those that can tell
        """Whether a match could begin in this stretch: a quick look that saves a slow one."""
        return low < high

    def matches(self, text: str) -> Iterator[regex.Match[str]]:
        """As `finditer` has them, looked for only where RE2 points, which is many times as fast."""
        at = 0
        for low, high in self.windows(text):
            if not self.is_promising(text, low, high):
                continue
            at = max(at, low)
            while (start := self._next(text, at, high)) < high:
                match = self._form.match(text, start, timeout=SECONDS_FOR_ONE_PATTERN)
                if match:
                    yield match
                at = max(match.end(), start + 1) if match else start + 1

    def _next(self, text: str, at: int, high: int) -> int:
        """The next place from `at` on where a match could begin, or `high`."""
        if self._beginning is None:
            return at
        found = self._beginning.search(text, at, high) if at < high else None
        return found.start() if found else high

    @cached_property
    def _windows(self) -> Windows:
        return Windows(self.searched_as)

    @cached_property
    def _beginning(self) -> Any:
        """What every match begins with, in a form that takes one look; None where that says little."""
        written = beginning(self.pattern)
        return regex.compile(written) if written else None

    def _result(self, start: int, end: int) -> RecognizerResult:
        return RecognizerResult(self.kind, start, end, self.score_alone or PENDING, recognition_metadata=self._marks)


def digits_of(value: str) -> list[int]:
    """The decimal digits of a value, in order, whatever stands between them."""
    return [int(char) for char in value if char.isdecimal()]
