from __future__ import annotations

from collections.abc import Iterator

import regex

from classifiers.recognizers.names import (
    WORD,
    begins_sentences,
    could_be_a_person,
    is_a_name_word,
    is_first_name,
    is_only_a_name,
    is_only_a_surname,
    is_relation,
)
from classifiers.recognizers.pattern import DeclaredPattern

_BETWEEN = r"(?:,|,? and|[ ]?&|/)[ ]"
_NAME = regex.compile(rf"\b{WORD}\b")


class PersonByCompany(DeclaredPattern):
    """Single names in a row of which one is surely a name: "Sana, Obinna and Grace", "Rose and Kofi"."""

    kind = "PERSON"
    part_of_kind = "by company"
    pattern = (
        rf"(?<![\w@/'\u2019.&-]|\p{{Lu}}[\p{{L}}'\u2019-]{{1,20}}[ ]){WORD}"
        rf"(?:{_BETWEEN}{WORD}){{1,12}}(?![\w@-]|[ ]\p{{Lu}})"
    )
    score_alone = 0.55
    score_with_context = 0.55

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """Each that could be a name; of no list only where most of the others are nothing but names."""
        spans = [word.span() for word in _NAME.finditer(match.string, *match.span())]
        words = [match.string[slice(*span)] for span in spans]
        sure = sum(is_only_a_name(word) or is_only_a_surname(word) for word in words)
        if not any(map(is_only_a_name, words)) and sure < 2:
            return
        most = sure * 2 > len(words) and sure > 1
        yield from (
            span for span, word in zip(spans, words, strict=True) if is_first_name(word) or (most and _may_be(word))
        )

    def valid(self, value: str) -> bool:
        return could_be_a_person(value) and not begins_sentences(value) and not is_relation(value)


def _may_be(word: str) -> bool:
    return is_a_name_word(word) or not word.isupper()
