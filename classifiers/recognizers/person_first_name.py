from __future__ import annotations

from collections.abc import Iterator, Sequence

import regex

from classifiers.recognizers.names import (
    NOT_NAMES,
    PLACE_OR_BODY,
    PLACES_AND_SURNAMES,
    followed_by_place_or_body,
    is_first_name,
    is_historic,
    is_only_a_name,
)
from classifiers.recognizers.pattern import DeclaredPattern

_PART = regex.compile(r"\S+")
_SIGNS = regex.compile(r"['\u2019]s\b|[.,;:]")
_LONGEST = 4
ALONE = 0.5
IF_A_NAME = 0.6
IN_CAPITALS = 0.65
_INITIAL = regex.compile(r"\p{Lu}\.?")
PARTICLES = frozenset((
    "van", "der", "den", "de", "la", "le", "da", "dos", "al", "el", "bin", "ibn", "von", "ap", "ab", "abu", "ben",
))  # fmt: skip
_OF_A_SAINT = frozenset(("king", "queen", "saint", "st", "st.", "pope", "prince", "princess", "emperor", "bishop"))


class PersonByFirstName(DeclaredPattern):
    """A first name common in Britain and the capitalised words that follow it: "Ewa Wróbel", "ROSE B. SHARP".

    A first name that is an ordinary word as well ("Grace", "Will", "Jordan") is less sure, and one that stands alone
    is no more than a hint. Names of streets and organisations are left out.
    """

    kind = "PERSON"
    part_of_kind = "by first name"
    pattern = (
        r"(?<![\w@/'\u2019.-]|(?i:king|queen|saint|st|st\.|pope|prince|princess|emperor|bishop) )\p{Lu}[\p{L}'\u2019-]+"
        rf"(?:[ ]{{1,2}}(?:\p{{Lu}}[\p{{L}}'\u2019-]*\.?|{'|'.join(sorted(PARTICLES))})(?![\w@]))*"
    )
    score_alone = 0.7
    score_with_context = 0.7

    def is_promising(self, text: str, low: int, high: int) -> bool:
        return any(map(is_first_name, _SIGNS.sub(" ", text[low:high]).split()))

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The names in a run of capitalised words."""
        if is_historic(match.string, *match.span()):
            return
        parts = [(part.start() + match.start(), part.end() + match.start()) for part in _PART.finditer(match[0])]
        at = 0
        while at < len(parts):
            before = match.string[slice(*parts[at - 1])].lower() if at else ""
            length = 0 if before in _OF_A_SAINT else _length_of_name(match.string, parts[at : at + _LONGEST + 1])
            if length:
                yield parts[at][0], parts[at + length - 1][1]
            at += length or 1

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the form is DeclaredPattern's
        first, *others = value.split()
        if not others or others[-1].lower() in PLACES_AND_SURNAMES:
            return ALONE
        if not is_only_a_name(first):
            return IF_A_NAME
        return IN_CAPITALS if value.isupper() else self.score_alone


def _length_of_name(text: str, parts: Sequence[tuple[int, int]]) -> int:
    """Of how many parts the name is that begins with the first of them; 0 where none does."""
    words = [text[start:end] for start, end in parts]
    if not is_first_name(words[0]):
        return 0
    length = 1
    while length < min(len(words), _LONGEST) and _continues(words[length], length):
        length += 1
    if words[0].isupper() and not is_only_a_name(words[0]):
        return 0
    if words[0].isupper():
        length = min(length, 2 + (len(words) > 2 and bool(_INITIAL.fullmatch(words[1]))))
    while length > 1 and (words[length - 1].lower() in PARTICLES or _INITIAL.fullmatch(words[length - 1])):
        length -= 1
    if followed_by_place_or_body(text, parts[length - 1][1]):
        return 0
    return length if length > 1 or is_only_a_name(words[0]) else 0


def _continues(word: str, at: int) -> bool:
    """Whether a name goes on with this word; behind a first name alone it may be one that places have."""
    plain = word.lower().removesuffix("'s").removesuffix("\u2019s").rstrip(".")
    return (at == 1 and plain in PLACES_AND_SURNAMES) or (plain not in NOT_NAMES and plain not in PLACE_OR_BODY)
