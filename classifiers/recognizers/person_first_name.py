from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from string import ascii_letters

import regex

from classifiers.recognizers.name_words import ABBREVIATIONS, EPONYMS, NOT_BEHIND
from classifiers.recognizers.names import (
    INITIAL,
    NOT_NAMES,
    OF_BUILDINGS_TOO,
    PLACE_OR_BODY,
    PLACES_AND_SURNAMES,
    begins_sentences,
    followed_by_place_or_body,
    is_a_name_word,
    is_first_name,
    is_historic,
    is_of_history,
    is_only_a_name,
    is_only_a_surname,
    is_ordinary,
    is_surname,
    is_title,
)
from classifiers.recognizers.pattern import DeclaredPattern
from classifiers.weakened import as_bytes

_PART = regex.compile(r"\S+")
_SIGNS = regex.compile(r"['\u2019]s\b|[.,;:]")
_CAPITALISED = re.compile(r"[A-Z\x80-\u036f\u1e00-\u2bff\ufb00-\uffff][A-Za-z'\x80-\U0010ffff-]*")
"""A word that could be of a name: the lists have none in scripts other than ours."""
_LETTERS = re.compile(r"[^\W\d_]+")
_IN_RUNS = (ascii_letters + " '.-01").encode("ascii") + bytes(range(0x80, 0x100))
"""What stands in a run of words as RE2 is shown them."""
_RUN = re.compile(rb"[%s]*" % re.escape(_IN_RUNS))
_NEAR = 200
_LONGEST = 4
ALONE = 0.5
IF_A_NAME = 0.6
IN_CAPITALS = 0.65
PARTICLES = frozenset((
    "van", "der", "den", "de", "la", "le", "da", "dos", "al", "el", "bin", "ibn", "von", "ap", "ab", "abu", "ben",
    "mac", "st", "st.", "du", "di", "do", "ter", "ten",
))  # fmt: skip
_SMALL = frozenset(PARTICLES - {"st", "st.", "mac", "do", "ten"})
_MORE_OFTEN_PLACES = frozenset(
    ("court", "lodge", "towers", "house", "grove", "park", "lane", "gate", "croft", "garden", "bridge")
)
_WHERE = regex.compile(
    r"(?i)\b(?:in|at|to|near|the|of|on|by|past|through|around|opposite|outside|inside|behind|via)\s\Z"
)
_WORD = r"\p{Lu}(?:[\p{L}'\u2019-]+(?:[01]\p{L}+)?|\.(?:\p{Lu}\.){0,3}|)"


class PersonByFirstName(DeclaredPattern):
    """A common first name and the capitalised words that follow it, or what stands before a common surname.

    "Ewa Wróbel", "ROSE B. SHARP", "K J Barraclough", "Xanthe Barraclough". A first name that is an ordinary word as
    well ("Grace", "Will", "Jordan") is less sure, and a name that stands alone is no more than a hint. Names of
    streets and organisations are left out.
    """

    kind = "PERSON"
    part_of_kind = "by first name"
    pattern = (
        rf"(?<![\w@/'\u2019.-]|(?i:{'|'.join(map(regex.escape, sorted(NOT_BEHIND)))}) )"
        rf"{_WORD}(?![\w@])(?:[ ]{{1,2}}(?:St\.|{_WORD}|{'|'.join(sorted(_SMALL))})(?![\w@]))*"
    )
    score_alone = 0.7
    score_with_context = 0.7

    def windows(self, text: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
        """Those around words with a capital that could be of a name: most words with a capital are not."""
        high = len(text) if high is None else high
        could_be = set(filter(_could_be_of_a_name, set(_CAPITALISED.findall(text, low, high))))
        searched, behind = as_bytes(text), low
        for word in _CAPITALISED.finditer(text, low, high) if could_be else ():
            if word[0] in could_be and word.end() > behind:
                start, run = _start_of_run(searched, behind, word.start()), _RUN.match(searched, word.start())
                behind = run.end() if run else word.end()
                yield from super().windows(text, start, behind)

    def is_promising(self, text: str, low: int, high: int) -> bool:
        return any(map(_holds_a_name, text[low:high].split()))

    def values(self, match: regex.Match[str]) -> Iterator[tuple[int, int]]:
        """The names in a run of capitalised words."""
        parts = [(part.start() + match.start(), part.end() + match.start()) for part in _PART.finditer(match[0])]
        found = list(_names_in(match.string, parts))
        if found and not is_historic(match.string, *match.span()):
            yield from (span for span in found if not is_of_history(match.string[slice(*span)]))

    def score(self, value: str, in_context: bool) -> float | None:  # noqa: ARG002  # the form is DeclaredPattern's
        first, *others = value.split()
        if not others or others[-1].lower() in PLACES_AND_SURNAMES:
            return ALONE
        if not is_first_name(first):
            return FAIRLY
        if not is_only_a_name(first) and not is_only_a_surname(others[-1]):
            return IF_A_NAME
        return IN_CAPITALS if value.isupper() else self.score_alone


@lru_cache(maxsize=10_000)
def _holds_a_name(piece: str) -> bool:
    return any(map(is_a_name_word, _LETTERS.findall(piece))) or any(map(is_a_name_word, _SIGNS.sub(" ", piece).split()))


@lru_cache(maxsize=20_000)
def _could_be_of_a_name(word: str) -> bool:
    """Whether a word with all that is joined to it could have a name in it: one of several parts is not looked into."""
    parts = _LETTERS.findall(word)
    return len(parts) > 1 or any(map(is_a_name_word, parts))


def _start_of_run(searched: bytes, low: int, at: int) -> int:
    """From `low` on, where a stretch of nothing but what a run of words can hold begins; a long one with its line."""
    near = searched[max(low, at - _NEAR) : at]
    apart = len(near.rstrip(_IN_RUNS))
    return at - len(near) + apart if apart or at - _NEAR <= low else max(low, searched.rfind(b"\n", low, at) + 1)


FAIRLY = 0.55
"""Below what makes a document personal beside an address: the surname may be a firm's."""


def _names_in(text: str, parts: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    at = 0
    while at < len(parts):
        before = text[slice(*parts[at - 1])].lower() if at else ""
        ahead = parts[at : at + _LONGEST + 1]
        length = 0 if before in NOT_BEHIND else _length_of_name(text, ahead) or _length_to_surname(text, ahead)
        if length:
            yield parts[at][0], parts[at + length - 1][1]
        at += length or 1


def _length_of_name(text: str, parts: Sequence[tuple[int, int]]) -> int:
    """Of how many parts the name is that begins with the first name in the first of them; 0 where there is none."""
    words = [_plain(text[start:end]) for start, end in parts]
    if not is_first_name(words[0]):
        return 0
    if len(words[0]) < parts[0][1] - parts[0][0]:
        words, parts = words[:1], parts[:1]
    length = 1
    while length < min(len(words), _LONGEST) and _continues(words[length], length):
        length += 1
    if words[0].isupper() and not is_only_a_name(words[0]):
        return 0
    if words[0].isupper() and len(words) > 1 and begins_sentences(words[1]):
        words, parts, length = words[:1], parts[:1], 1
    if words[0].isupper() and len(words) > 2 and not INITIAL.fullmatch(words[1]) and not is_a_name_word(words[1]):
        return 0
    if words[0].isupper():
        length = min(length, 2 + (len(words) > 2 and bool(INITIAL.fullmatch(words[1]))))
    while length > 1 and (words[length - 1].lower() in PARTICLES or INITIAL.fullmatch(words[length - 1])):
        length -= 1
    if followed_by_place_or_body(text, parts[length - 1][1]) or _is_where(text, parts[0][0], words[:length]):
        return 0
    return length if length > 1 or is_only_a_name(words[0]) else 0


def _is_where(text: str, start: int, words: Sequence[str]) -> bool:
    """Whether it is a place by its last word and by what stands before it: "a walk to Grace Park", "in Eve Church"."""
    if not is_only_a_name(words[0]) and words[-1].lower() in _MORE_OFTEN_PLACES:
        return True
    if words[-1].lower() not in PLACES_AND_SURNAMES or (
        is_only_a_name(words[0]) and words[-1].lower() not in OF_BUILDINGS_TOO
    ):
        return False
    return bool(_WHERE.search(text, max(0, start - 12), start))


def _continues(word: str, at: int) -> bool:
    """Whether a name goes on with this word; behind a first name alone it may be one that places have."""
    plain = word.lower().removesuffix("'s").removesuffix("\u2019s").rstrip(".")
    return (at == 1 and plain in PLACES_AND_SURNAMES) or (plain not in NOT_NAMES and plain not in PLACE_OR_BODY)


def _length_to_surname(text: str, parts: Sequence[tuple[int, int]]) -> int:
    """As `_length_of_name`, of a name that ends with a common surname: behind initials, another word, or alone."""
    words = [text[start:end] for start, end in parts]
    length = _initials(words)
    if length and (length == len(words) or not _is_surname_behind(words[:length], words[length])):
        return 0
    if not length:
        length = len(words) > 1 and _is_forename(words[0]) and is_only_a_surname(_plain(words[1]))
    is_alone = not length and len(words) == 1 and _is_known_alone(text, parts[0][0], words[0])
    if not (length or is_alone) or followed_by_place_or_body(text, parts[length][1]):
        return 0
    return length + 1


def _is_known_alone(text: str, start: int, word: str) -> bool:
    """Whether a surname is nothing else, and is not in the name of a disease or of a thing: "the Munro review"."""
    name = _plain(word)
    if _OF_LAW.match(text, start + len(word)):
        return False
    is_of_disease = name != word and name.lower() in EPONYMS
    is_of_a_thing = text[max(0, start - 4) : start].lower() == "the " and not _AFFAIRS.match(text, start + len(word))
    return not (word.isupper() or is_of_disease or is_of_a_thing) and is_only_a_surname(name)


_OF_LAW = regex.compile(r"[ ]v\.?[ ][^\n\[(]{1,40}[\[(](?:19|20)\d\d|[ ][\[(](?:19|20)\d\d[\])]")
_AFFAIRS = regex.compile(
    r"[ ](?:case|file|famil|adoption|referral|children|matter|property|account|tenan|complaint|appeal|house|twins"
    r"|girl|boy|brothers|sisters|baby)"
)


def _initials(words: Sequence[str]) -> int:
    """How many of the words are initials at the beginning of a name: "J", "K.", "NP"."""
    if len(words[0]) in (2, 3) and words[0].isupper() and words[0].isalpha() and words[0] not in ABBREVIATIONS:
        return int(len(words) > 1 and not words[1].isupper())
    count = 0
    while count < min(3, len(words)) and INITIAL.fullmatch(words[count]):
        count += 1
    return count


def _is_surname_behind(initials: Sequence[str], word: str) -> bool:
    """Whether the word is a surname; behind "A" or "I" alone one that is nothing else, for these are words."""
    name = _plain(word)
    sure = len(initials) == 1 and initials[0] in ("A", "I")
    return is_only_a_surname(name) if sure else is_surname(name) and len(name) > 1


def _is_forename(word: str) -> bool:
    """Whether an unknown word could be one: it is no word that begins sentences, and no initial."""
    return (
        len(word) > 2
        and not word.isupper()
        and not is_ordinary(word)
        and not begins_sentences(word)
        and not is_title(word)
    )


def _plain(word: str) -> str:
    return word.removesuffix("'s").removesuffix("\u2019s")
