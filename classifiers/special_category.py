"""Terms of the special categories (UK GDPR Articles 9 and 10) and of safeguarding, weighed by what stands around them.

They are counted only where a document is personal: "diabetes" in a leaflet says nothing of anybody.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import zip_longest
from typing import Any

from presidio_analyzer import EntityRecognizer, RecognizerResult

from classifiers.lexicon import TERMS, Meaning, Meanings, Role, lexicons, of_lexicons, words
from classifiers.phrases import Met, lowered
from classifiers.recognizers.names import is_only_a_surname, is_ordinary, is_surname
from classifiers.special_ages import children_in
from classifiers.special_bystanders import is_bystander, is_in_a_mailbox, is_letter, is_published
from classifiers.special_fields import OF_CHILDREN, answers_in, is_question
from classifiers.special_tables import People, people_in
from classifiers.special_ties import is_of_their_own_sex, named_before_brackets

ANSWER, SURE, IN_CONTEXT, ALONE = 0.85, 0.8, 0.7, 0.4
"""What answers a label or a heading, a term that says it all, one that is said of somebody, one that is of nobody."""

_SENTENCE_END = re.compile(r"[.!?;:](?<!\bmr.)(?<!\bmrs.)(?<!\bms.)(?<!\bdr.)\s|\n[ \r]*\n|[\t|\u2022\u00b7]")
_PART_END = re.compile(r"[,\n]")
_PERSON_BEFORE, _PERSON_BEHIND = 200, 80
_BESIDE = 14
_TIED_BEFORE, _TIED_BEHIND = 40, 25
_NAME_BEFORE = re.compile(
    r"(?:(?<![^\W\d_])[A-Z][a-z'\u2019-]+|\b[A-Z]\.?|\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|MR|MRS|MS|MISS)\.?) \Z"
)

_MOST_NAMED, _LONGEST_MARGIN = 40, 40
_MOST_REMEMBERED = 20_000
_FIRST_WORD, _LAST_WORD = re.compile(r"[^\W_]+[\W_]+"), re.compile(r"[\W_]+[^\W_]+\Z")
_INITIALLED = re.compile(
    r"(?<![^\W_])(?:(?!N\.B|Q\. )(?:[A-Z]\. ?){1,3}([A-Z][a-z\u00df-\u024f'\u2019-]+)"
    r"|([A-Z][a-z'\u2019-]+), (?!I\b)[A-Z](?![\w'\u2019]))"
)
_HEADING = re.compile(r"[A-H]\. ?[A-Z][a-z]")
_PART_OF_A_PAPER = re.compile(r"(?:\n|\b(?:option|appendix|section|part|item|schedule))[^\S\n]*\Z")
_LONGEST_LEAD = 24
_NAMED = re.compile(r"(?<![^\W\d_])([A-Z][a-z\u00df-\u024f]+)(?:['\u2019]s)? \Z")
_PRONOUN = re.compile(r"\b(?:i|he|she|my|his|her|mr|mrs|ms|miss)\b")
_PRICE = re.compile(r"[^\n\u00a3]{0,60}\u00a3\d")
_YOU = re.compile(r"\byour?\b")
_NAME_BEHIND = re.compile(r" (?:[A-Z][a-z]|&)")
_OF_SOMEBODY = frozenset(("SPECIAL_POLITICS", "SPECIAL_UNION", "SPECIAL_RELIGION", "SPECIAL_ETHNICITY"))
"""What is said of somebody by no more than a word in brackets: "Pat Moon (UNISON)"; "(hospital)" is where they are."""


class SpecialCategoryTerms(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """Terms of all lexicons in one pass over the text's words, and the answers to their labels and headings.

    A term alone is below the medium band: no class of a document rests on it.
    """

    def __init__(self) -> None:
        super().__init__(list(lexicons()), context=[])
        self._phrases = of_lexicons()
        self._hidden: dict[tuple[str, Meanings], tuple[tuple[int, int, Meanings], ...]] = {}

    def load(self) -> None:
        """Nothing: the lexicons are read when it is made."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        lower = lowered(text)
        met = list(self._met_in(lower))
        people = people_in(lower, nlp_artifacts)
        answers = answers_in(lower, met, people)
        results = [_result(answer.kind, answer.start, answer.end, ANSWER) for answer in answers]
        children = children_in(text, lower, met, people)
        results += [_result(child.kind, child.start, child.end, IN_CONTEXT) for child in children]
        return [*results, *_terms(_Surroundings(text, lower, met, people), met)]

    def _met_in(self, lower: str) -> Iterator[Met[Meanings]]:
        """The phrases, and behind each term of children the terms of other classes that it hides: "robbed a pupil"."""
        for one in self._phrases.met_in(lower):
            yield one
            if any(meaning.role in TERMS and meaning.kind == OF_CHILDREN for meaning in one.meaning):
                for start, end, meanings in self._hidden_in(lower[one.start : one.end], one.meaning):
                    yield Met(one.start + start, one.start + end, meanings)

    def _hidden_in(self, phrase: str, own: Meanings) -> tuple[tuple[int, int, Meanings], ...]:
        """The terms of other classes in the words of a phrase; what was asked before is remembered."""
        if (known := self._hidden.get((phrase, own))) is not None:
            return known
        if len(self._hidden) > _MOST_REMEMBERED:
            self._hidden.clear()
        first, last = _FIRST_WORD.match(phrase), _LAST_WORD.search(phrase)
        parts = ((first.end(), len(phrase)), (0, last.start())) if first and last else ()
        kinds = {meaning.kind for meaning in own}
        found: dict[tuple[int, int], Meanings] = {}
        for low, high in parts:
            for one in self._phrases.met_in(phrase[low:high]):
                others = tuple(other for other in one.meaning if other.role in TERMS and other.kind not in kinds)
                if others and not _is_neutral(one):
                    found[low + one.start, low + one.end] = others
        self._hidden[phrase, own] = hidden = tuple((*place, meanings) for place, meanings in sorted(found.items()))
        return hidden


def _terms(around: _Surroundings, met: Sequence[Met[Meanings]]) -> Iterator[RecognizerResult]:
    for one, following in zip_longest(met, met[1:]):
        if _is_neutral(one) or (following is not None and following.start < one.end and _is_neutral(following)):
            continue
        terms = [meaning for meaning in one.meaning if meaning.role in TERMS]
        for meaning in terms if terms and not around.is_no_statement(one) else ():
            if (score := around.score(one, meaning)) is not None:
                yield _result(meaning.kind, one.start, one.end, score)


def _is_neutral(one: Met[Meanings]) -> bool:
    return any(meaning.role is Role.NEUTRAL for meaning in one.meaning)


def _result(kind: str, start: int, end: int, score: float) -> RecognizerResult:
    return RecognizerResult(kind, start, end, score, recognition_metadata={})


def _is_initialled(found: re.Match[str], lower: str) -> bool:
    """Whether it is somebody's name and not the letter of a heading, "A. Introduction", or of a choice, "Option B."."""
    name, low = found[1] or found[2], max(0, found.start() - _LONGEST_LEAD)
    before = lower[low : found.start()] if low else f"\n{lower[: found.start()]}"
    if _HEADING.match(found[0]) and _PART_OF_A_PAPER.search(before):
        return is_only_a_surname(name)
    return is_surname(name) or not is_ordinary(name)


class _Surroundings:
    """Where the cues of a text stand, where its sentences end, and its tables of people."""

    def __init__(self, text: str, lower: str, met: Sequence[Met[Meanings]], people: Sequence[People]) -> None:
        self._text, self.lower = text, lower
        self._ends = [end.end() for end in _SENTENCE_END.finditer(lower)]
        self._tables = [table for table in people if not table.of_places]
        self._people = [(table.start, table.end) for table in self._tables]
        # In a list of schools stands a denomination, of councillors a party: with somebody's name, and not of them.
        self._unsaid = [(table.table.start, table.end if table.of_places else table.start) for table in people]
        self._cues: dict[Meaning, list[tuple[int, int]]] = {}
        for one in met:
            for meaning in one.meaning:
                self._cues.setdefault(meaning, []).append((one.start, one.end))
        # "N. Frith" and "Frith, N": such a name is somebody's, whatever its words are.
        initialled = _INITIALLED.finditer(text) if met else ()
        named = [one.span() for one in initialled if _is_initialled(one, lower)]
        self._cues[Meaning(Role.PERSON)] = sorted((*self._cues.get(Meaning(Role.PERSON), ()), *named))
        self._contacts: dict[int, bool] = {}
        self._sure_kinds = {meaning.kind for meaning in self._cues if meaning.role is Role.SURE}

    def score(self, term: Met[Meanings], meaning: Meaning) -> float | None:
        """How surely the term is said of somebody; None where it is denied, or faint and of nobody.

        Signs that it is are weighed against signs that it is not, and a sure term is one sign by itself.
        """
        low, high = self._sentence(term.start)
        # "Has not been taking his tablets" says it, not denies it.
        denies = not self.lower.startswith("not ", term.start)
        if denies and self._just_before(Role.NEGATION, term.start, low):
            return None
        is_sure = meaning.role is Role.SURE
        tied = is_sure or self._is_tied(term, meaning, low, high)
        if meaning.role is Role.FAINT and not tied:
            return None
        said = int(self._is_of_a_person(term)) + tied
        general = self._general(term, low, high, before=is_sure)
        beside = self._within(Meaning(Role.NOT_BESIDE, meaning.kind), low, high)
        general += self._names_a_thing(term, high) + 2 * beside
        return ALONE if said <= general else SURE if is_sure else IN_CONTEXT

    def _general(self, term: Met[Meanings], low: int, high: int, *, before: bool) -> int:
        """How many signs the sentence has that it is said of all, or of what somebody has to do with."""
        # What all is said of nobody comes first: "anybody who is a practising Catholic and ...".
        general = int(self._within(Meaning(Role.GENERIC), low, term.start if before else high))
        # Somebody of another sentence is not whom "anybody with epilepsy" is about.
        if not (self._is_in_a_table(term.start) or self._is_anybody(low, high)):
            general = 2 if general or (self._is_of_all(term.start, low, high) and not self._has_subject(term)) else 0
        if self._is_published and not self._has_subject(term):
            general += 1 if self._is_anybody(low, high) else 2
        general += _PRICE.match(self.lower, term.end) is not None
        return general + 2 * self._within(Meaning(Role.ERRAND), low, term.start)

    def _is_of_all(self, at: int, low: int, high: int) -> bool:
        """Whether the sentence says what may, must or could be, or counts; what a letter says to somebody does not."""
        low, high = max(low, at - _PERSON_BEFORE), min(high, at + _PERSON_BEFORE)
        said = self._within(Meaning(Role.EVERYBODY), low, high) or self.lower.find("%", low, high) >= 0
        return said and not (self._is_a_letter and _YOU.search(self.lower, low, high))

    @cached_property
    def _is_published(self) -> bool:
        return is_published(self.lower)

    @cached_property
    def _is_a_letter(self) -> bool:
        return is_letter(self.lower)

    def _has_subject(self, term: Met[Meanings]) -> bool:
        """Whether the term has a pronoun in it, or a name right before it."""
        if _PRONOUN.search(self.lower, term.start, term.end):
            return True
        named = _NAMED.search(self._text, max(0, term.start - 24), term.start)
        return named is not None and not is_ordinary(named[1])

    def is_no_statement(self, term: Met[Meanings]) -> bool:
        """Whether it is a question, somebody's name, or stands in the head of a table or in one of places."""
        if (is_question(self.lower, term) and not self._is_title(term)) or self._is_name(term):
            return True
        if is_in_a_mailbox(self.lower, term.end) or self._is_of_a_thing(term.start):
            return True
        return any(low <= term.start < high for low, high in self._unsaid)

    def _is_of_a_thing(self, at: int) -> bool:
        """Whether it stands in a column of what somebody has borrowed, booked or bought."""
        index = bisect_right(self._people, (at, len(self.lower))) - 1
        return index >= 0 and at < self._people[index][1] and self._tables[index].is_of_a_thing(self.lower, at)

    def _is_title(self, term: Met[Meanings]) -> bool:
        """Whether it heads a paper about a child: "FREE SCHOOL MEALS", "Pupil record"."""
        if term.start > _LONGEST_MARGIN or not any(meaning.kind == OF_CHILDREN for meaning in term.meaning):
            return False
        return "\n" in self.lower[term.end :] and not self.lower[: term.start].strip(" \r\n#*=-")

    def _is_name(self, term: Met[Meanings]) -> bool:
        """Whether a word that is also a name stands beside another word with a capital, or behind a title."""
        last = max(term.start, self.lower.rfind(" ", term.start, term.end) + 1)
        if self.lower[last : term.end] not in words("names") or not self._text[last].isupper():
            return False
        is_alone = last == term.start
        before = is_alone and _NAME_BEFORE.search(self._text, max(0, last - 24), last)
        return bool(before or _NAME_BEHIND.match(self._text, term.end))

    def _is_tied(self, term: Met[Meanings], meaning: Meaning, low: int, high: int) -> bool:
        """Whether the words around say of a weak term that somebody has it, or of a faint one how."""
        if meaning.role is Role.WEAK:
            return self._just_before(Role.POSSESSION, term.start, low)
        named = named_before_brackets(self._text, term.start, term.end) if meaning.kind in _OF_SOMEBODY else None
        if named is not None and not self._is_contact(*named):
            return True
        if meaning.kind == "SPECIAL_SEXUALITY" and is_of_their_own_sex(self.lower, term.start, term.end):
            return True
        tie = Meaning(Role.TIE, meaning.kind)
        return self._within(tie, max(low, term.start - _TIED_BEFORE), term.start) or self._within(
            tie, term.end, min(high, term.end + _TIED_BEHIND)
        )

    def _sentence(self, at: int) -> tuple[int, int]:
        """The sentence that a place is in, or the cell where it is in a table of people."""
        index = bisect_right(self._ends, at)
        low = self._ends[index - 1] if index else 0
        high = self._ends[index] if index < len(self._ends) else len(self.lower)
        if not self._is_in_a_table(at):
            return low, high
        end = _PART_END.search(self.lower, at, high)
        return max(self.lower.rfind(part, low, at) for part in ",\n") + 1 or low, end.start() if end else high

    def _is_in_a_table(self, at: int) -> bool:
        index = bisect_right(self._people, (at, len(self.lower))) - 1
        return index >= 0 and at < self._people[index][1]

    def _is_of_a_person(self, term: Met[Meanings]) -> bool:
        """Whether somebody is spoken of near it; what another class surely says of somebody is a sign of that too."""
        if self._is_in_a_table(term.start):
            return True
        low, high = max(0, term.start - _PERSON_BEFORE), term.end + _PERSON_BEHIND
        own = {meaning.kind for meaning in term.meaning}
        return self._is_anybody(low, high) or any(
            self._within(Meaning(Role.SURE, kind), low, high) for kind in self._sure_kinds - own
        )

    def _is_anybody(self, low: int, high: int) -> bool:
        """Whether somebody is spoken of there, and not only named as whom to ask or who writes."""
        places = self._cues.get(Meaning(Role.PERSON), [])
        first, last = bisect_left(places, (low, 0)), bisect_left(places, (high, 0))
        return any(not self._is_contact(*place) for place in places[first : min(last, first + _MOST_NAMED)])

    def _is_contact(self, start: int, end: int) -> bool:
        if start not in self._contacts:
            self._contacts[start] = is_bystander(self.lower, start, end)
        return self._contacts[start]

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
