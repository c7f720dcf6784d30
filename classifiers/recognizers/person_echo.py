from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from classifiers.overlap import Hit
from classifiers.recognizers.names import (
    NOT_NAMES,
    bare_name,
    begins_sentences,
    folded,
    followed_by_place_or_body,
    is_ordinary,
)

PERSON_BY_ECHO = "PERSON:by echo"
SCORE = 0.65
SURE_ENOUGH = 0.65
MOST_WORDS = 5_000
_WORD = regex.compile(r"\p{Lu}(?<![\w@/.'\u2019-]\p{Lu})[\p{L}'\u2019-]+?(?=['\u2019]s\b|(?![\w@'\u2019-]))")
_OF_A_THING = regex.compile(
    r"(?:\b(?i:the|an?|our|your|this|that|each|every|any|no|some|in|at|near|st|on)|\p{Lu}[\p{L}'\u2019-]*)[ ]\Z"
)
_LEADS_ON = regex.compile(r"[ ]\p{Lu}\p{Ll}|[ ]?[=&]")
_AMID = regex.compile(r"[\p{Ll},;][ ]\Z")
_VERBS = frozenset(
    [
        "will",
        "may",
        "hope",
        "grant",
        "mark",
        "rose",
        "drew",
        "chase",
        "rob",
        "sue",
        "pat",
        "bill",
        "wade",
        "ray",
        "page",
        "price",
        "read",
        "young",
    ]
)


def words_of_names(text: str, hits: Iterable[Hit]) -> set[str]:
    """The words of the names among the hits, but for those of one letter and those that sentences begin with."""
    names = (bare_name(text[hit.start : hit.end]) for hit in hits if hit.kind == "PERSON" and hit.score >= SURE_ENOUGH)
    words = (word for name in names for word in name.replace(",", " ").split() if len(word) > 1)
    return set(islice((folded(word) for word in words if _can_be_met(word)), MOST_WORDS))


def _can_be_met(word: str) -> bool:
    return word.lower() not in NOT_NAMES and not begins_sentences(word) and (len(word) > 2 or word.istitle())


class NamesMet(NlpArtifacts):  # type: ignore[misc]  # Presidio is untyped
    """No language at all, but the words of the names that the document was found to hold so far, folded."""

    def __init__(self, words: frozenset[str], engine: NlpEngine) -> None:
        super().__init__([], [], [], [], engine, "en")
        self.words = words


class PersonByEcho(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """A word of a name that was found elsewhere in the document: "Colm" where "Colm Fitzgerald" stands above.

    One that is an ordinary word as well ("Amber", "Hall", "Bo") only where it stands as a name does: in lower case
    but for its first letter, not with an article, and not beside another word with a capital.
    """

    def __init__(self) -> None:
        super().__init__([PERSON_BY_ECHO], context=[])

    def load(self) -> None:
        """Nothing: the names come with the text."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        return [
            RecognizerResult("PERSON", *word.span(), SCORE, recognition_metadata={})
            for word in _WORD.finditer(text)
            if folded(word[0]) in nlp_artifacts.words
            and not followed_by_place_or_body(text, word.end())
            and ((len(word[0]) > 2 and not is_ordinary(word[0])) or _stands_as_a_name(text, word))
        ]


def _stands_as_a_name(text: str, word: regex.Match[str]) -> bool:
    start, end = word.span()
    before = max(0, start - 24)
    if not word[0][1:].islower() or _OF_A_THING.search(text, before, start) or _LEADS_ON.match(text, end):
        return False
    return word[0].lower() not in _VERBS or bool(_AMID.search(text, before, start))
