"""Terms of the special categories (UK GDPR Articles 9 and 10) and of safeguarding, weighed by what stands around them.

They are counted only where a document is personal: "diabetes" in a leaflet says nothing of anybody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult

from classifiers.context import lowered
from classifiers.layout import tables_in
from classifiers.lexicon import TERMS, Meaning, Meanings, Role, lexicons, of_lexicons
from classifiers.phrases import Met
from classifiers.special_fields import People, answers_in, is_question, people_in

ANSWER, SURE, IN_CONTEXT, ALONE = 0.85, 0.8, 0.7, 0.4
"""What answers a label or a heading, a term that says it all, one that is said of somebody, one that is of nobody."""

_SENTENCE_END = re.compile(r"[.!?;:](?<!\bmr.)(?<!\bmrs.)(?<!\bms.)(?<!\bdr.)\s|\n[ \r]*\n|[\t|\u2022\u00b7]")
_PERSON_BEFORE, _PERSON_BEHIND = 200, 80
_BESIDE = 14


class SpecialCategoryTerms(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """Terms of all lexicons in one pass over the text's words, and the answers to their labels and headings.

    A term alone is below the medium band: no class of a document rests on it.
    """

    def __init__(self) -> None:
        super().__init__(list(lexicons()), context=[])
        self._phrases = of_lexicons()

    def load(self) -> None:
        """Nothing: the lexicons are read when it is made."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        lower = lowered(text)
        met = list(self._phrases.met_in(lower))
        tables = tables_in(nlp_artifacts)
        if not met and not tables:
            return []
        people = people_in(lower, tables)
        answers = answers_in(lower, met, people)
        results = [_result(answer.kind, answer.start, answer.end, ANSWER) for answer in answers]
        return [*results, *_terms(_Surroundings(lower, met, people), met)]


def _terms(around: _Surroundings, met: Sequence[Met[Meanings]]) -> Iterator[RecognizerResult]:
    for one in met:
        terms = [meaning for meaning in one.meaning if meaning.role in TERMS]
        for meaning in terms if terms and not is_question(around.lower, one) else ():
            if (score := around.score(one, meaning)) is not None:
                yield _result(meaning.kind, one.start, one.end, score)


def _result(kind: str, start: int, end: int, score: float) -> RecognizerResult:
    return RecognizerResult(kind, start, end, score, recognition_metadata={})


class _Surroundings:
    """Where the cues of a text stand, where its sentences end, and its tables of people."""

    def __init__(self, lower: str, met: Sequence[Met[Meanings]], people: Sequence[People]) -> None:
        self.lower = lower
        self._ends = [end.end() for end in _SENTENCE_END.finditer(lower)]
        self._people = [(table.start, table.end) for table in people]
        self._cues: dict[Meaning, list[tuple[int, int]]] = {}
        for one in met:
            for meaning in one.meaning:
                self._cues.setdefault(meaning, []).append((one.start, one.end))

    def score(self, term: Met[Meanings], meaning: Meaning) -> float | None:
        """How surely the term is said of somebody; None where it is denied.

        Signs that it is are weighed against signs that it is not, and a sure term is one sign by itself.
        """
        low, high = self._sentence(term.start)
        if self._just_before(Role.NEGATION, term.start, low):
            return None
        is_sure = meaning.role is Role.SURE
        said = self._is_of_a_person(term) + (is_sure or self._just_before(Role.POSSESSION, term.start, low))
        general = self._within(Meaning(Role.GENERIC), low, high) + self._names_a_thing(term, high)
        general += 2 * self._within(Meaning(Role.NOT_BESIDE, meaning.kind), low, high)
        return ALONE if said <= general else SURE if is_sure else IN_CONTEXT

    def _sentence(self, at: int) -> tuple[int, int]:
        index = bisect_right(self._ends, at)
        return (
            self._ends[index - 1] if index else 0,
            self._ends[index] if index < len(self._ends) else len(self.lower),
        )

    def _is_of_a_person(self, term: Met[Meanings]) -> bool:
        index = bisect_right(self._people, (term.start, len(self.lower))) - 1
        if index >= 0 and term.start < self._people[index][1]:
            return True
        return self._within(Meaning(Role.PERSON), max(0, term.start - _PERSON_BEFORE), term.end + _PERSON_BEHIND)

    def _within(self, cue: Meaning, low: int, high: int) -> bool:
        places = self._cues.get(cue, [])
        index = bisect_left(places, (low, 0))
        return index < len(places) and places[index][0] < high

    def _just_before(self, role: Role, start: int, low: int) -> bool:
        """Whether such a cue of the same clause ends a word or two before."""
        places = self._cues.get(Meaning(role), [])
        index = bisect_left(places, (start, 0)) - 1
        if index < 0 or places[index][0] < low:
            return False
        between = self.lower[places[index][1] : start]
        return len(between) <= _BESIDE and "," not in between

    def _names_a_thing(self, term: Met[Meanings], high: int) -> bool:
        """Whether the word right behind the term makes it the name of a service, a policy or the like."""
        things = self._cues.get(Meaning(Role.THING), [])
        index = bisect_left(things, (term.end, 0))
        return index < len(things) and things[index][0] < min(high, term.end + 3)
