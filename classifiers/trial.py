"""A site's own recogniser against its own cases, through the whole classifier."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from presidio_analyzer import RecognizerResult

from classifiers.classifier import Classifier
from classifiers.context import WindowContext
from classifiers.recognizers.user_defined import UserDefined
from classifiers.user_defined import Definition
from domain.content import Content
from domain.errors import ItemTroubleError

_HOSTILE = tuple((run * 100_000)[:100_000] for run in ("1", "A", "a ", "1 ", "A1", "1-", "Aa ", "0/", ":", "AB12 "))
_NO_CASE = "it has no case that it should find; write one in finds"
_SLOW = "a text of 100,000 characters like {!r} takes it over its time: begin it with what is rare, and repeat less"


@dataclass(frozen=True, slots=True)
class Failure:
    """A case that did not come out as it should, by its name and never by its text; and why."""

    recogniser: str
    case: str
    reason: str


def failures(definition: Definition, classifier: Classifier) -> Iterator[Failure]:
    """Yield what is wrong with the recogniser; `classifier` is one with the recogniser in force."""
    trial = _Trial(definition, classifier)
    if not definition.finds:
        yield Failure(definition.id, "finds", _NO_CASE)
    for case, reason in (
        *_numbered("finds", map(trial.missed, definition.finds)),
        *_numbered("ignores", map(trial.false_hit, definition.ignores)),
        ("pattern", trial.too_slow()),
    ):
        if reason:
            yield Failure(definition.id, case, reason)


def _numbered(name: str, reasons: Iterable[str]) -> Iterator[tuple[str, str]]:
    return ((f"{name}[{number}]", reason) for number, reason in enumerate(reasons, start=1))


class _Trial:
    """One recogniser beside the classifier that it is a part of. Reasons are empty where nothing is wrong."""

    def __init__(self, definition: Definition, classifier: Classifier) -> None:
        self._definition, self._classifier = definition, classifier
        self._own, self._context = UserDefined(definition), WindowContext()

    def missed(self, text: str) -> str:
        """Why the recogniser's value is not found, step by step as the classifier goes."""
        if not any(True for _ in self._own.matches(text)):
            return "the pattern does not match, or only a piece of a longer word or number"
        if not self._own.analyze(text, []):
            return f"the {self._definition.checksum} check fails" if self._definition.checksum else "the value is empty"
        own = self._sure(text)
        if not own:
            return "none of its context stands near: at most 60 characters ahead, 25 behind, or in the column's heading"
        kinds = self._kinds_there(text, own)
        return "" if self._definition.kind in kinds else f"another kind was surer: {', '.join(kinds) or 'none'}"

    def false_hit(self, text: str) -> str:
        return "it is found" if self._definition.kind in self._kinds_there(text, self._sure(text)) else ""

    def too_slow(self) -> str:
        for text in _HOSTILE:
            try:
                self._own.analyze(text, [])
            except ItemTroubleError:
                return _SLOW.format(text[:6])
        return ""

    def _sure(self, text: str) -> list[RecognizerResult]:
        """What the recogniser finds by itself, with its context."""
        return self._context.enhance_using_context(text, self._own.analyze(text, []), None, [self._own])

    def _kinds_there(self, text: str, own: list[RecognizerResult]) -> list[str]:
        """The kinds that the classifier reports where the recogniser found something."""
        return [
            finding.kind
            for finding in self._classifier.find(Content(text))
            if any(start < one.end and one.start < end for one in own for start, end in finding.spans)
        ]
