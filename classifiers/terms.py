"""How often the words and phrases that the configuration names stand in a text.

They are counted while the text is read for other reasons, so that who adds a rule about them later need not read
70 million items again: the key of a count holds a digest of its phrases, and a term that was changed has no counts yet.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import re2

from domain.errors import ConfigurationError

VERSION: Final = "1"
"""Part of every key: raise it when the same phrases would be counted otherwise."""

LONGEST_PHRASE = 200
MOST_CHARACTERS = 200_000
"""In the phrases of all terms: with many more the search would no longer be fast."""
_ID = re.compile(r"[a-z0-9_-]{1,100}")
_MEMORY = 64 * 1024 * 1024

_NO_LETTER = r"[^\pL\pN\pM]"
_ANY = r"(?s:.)"
_WHITE = r"[\t-\r\x1c- \x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]+"
_ACCENT = re.compile("[\u0300-\u036f]")
_ACCENTED = re.compile(r"[^\W\d_][\u0300-\u036f]{1,4}")
_SPELLINGS = (("\u2018", "'"), ("\u2019", "'"), ("\u2010", "-"), ("\u2011", "-"), ("\xad", ""), ("\u200b", ""))
"""What word processors write for an apostrophe and a hyphen, and what they put where a word may break."""


@dataclass(frozen=True, slots=True)
class Term:
    """Words or phrases, literally, any of which counts. Raises ConfigurationError for what cannot be counted."""

    id: str
    phrases: tuple[str, ...]

    def __post_init__(self) -> None:
        if not _ID.fullmatch(self.id):
            raise ConfigurationError(f'the id of a term is of a-z, 0-9, "-" and "_", at most 100; "{self.id}" is not')
        if not self.phrases or any(not _plain(phrase) for phrase in self.phrases):
            raise ConfigurationError(f'the term "{self.id}" has an empty phrase or none; write the words to count')
        if any(len(phrase) > LONGEST_PHRASE for phrase in self.phrases):
            raise ConfigurationError(
                f'the term "{self.id}" has a phrase of over {LONGEST_PHRASE} characters; shorten it'
            )

    @property
    def key(self) -> str:
        """The id and eight digits that change with the phrases, though not with their order, case or white space."""
        phrases = "\0".join((VERSION, *sorted({*map(_plain, self.phrases)})))
        return f"{self.id}@{hashlib.sha256(phrases.encode()).hexdigest()[:8]}"


class TermCounter:
    """Counts every term in one pass on RE2, whose time is linear in the text whatever the phrases are.

    A phrase is met where it stands between other characters than letters, digits and their marks, in upper or lower
    case, with any white space between its words; within one term, places that overlap count once.
    """

    def __init__(self, terms: Iterable[Term]) -> None:
        """Raises ConfigurationError where two terms have one id, or all of them are too many to search for."""
        terms = tuple(terms)
        if twice := [name for name, count in Counter(term.id for term in terms).items() if count > 1]:
            raise ConfigurationError(f'there are two terms with the id "{twice[0]}"; give each its own')
        self.keys = tuple(term.key for term in terms)
        self.of_phrase = _terms_by_phrase(terms)
        self.pattern = _compiled(self.of_phrase)

    def tally(self) -> TermTally:
        """A count of nothing yet, for one text."""
        return TermTally(self)

    def count(self, stretches: Iterable[tuple[str, int]]) -> Mapping[str, int]:
        """The counts of one text, in stretches as `TermTally.add` takes them."""
        tally = self.tally()
        for text, fresh_from in stretches:
            tally.add(text, fresh_from)
        return tally.counts


class TermTally:
    """The counts of one text, stretch by stretch."""

    def __init__(self, counter: TermCounter) -> None:
        self._counter = counter
        self._settled: Counter[str] = Counter()
        self._at_end: Counter[str] = Counter()

    @property
    def counts(self) -> Mapping[str, int]:
        """By key, every term: 0 where it was not met."""
        return {key: self._settled[key] + self._at_end[key] for key in self._counter.keys}

    def add(self, text: str, fresh_from: int = 0) -> None:
        """Count in `text`, whose characters before `fresh_from` ended the stretch before: what stands there whole, and
        something behind it, was counted then.

        What a stretch ends with waits for the next one to show whether the word goes on.
        """
        if fresh_from <= 0:
            self._settled += self._at_end
        self._at_end = Counter()
        if self._counter.pattern is None:
            return
        seen = 1 + len(_plain_text(text[: max(0, fresh_from)]))
        self._count(b" " + _plain_text(text) + b" ", seen)

    def _count(self, text: bytes, seen: int) -> None:
        pattern, ends = self._counter.pattern, dict.fromkeys(self._counter.keys, 0)
        at = 0
        while found := pattern.search(text, at):
            at = found.start() + _width(text[found.start()])
            written = text[at : found.end()].decode()[:-1]
            for key, phrase in self._counter.of_phrase[" ".join(written.split())]:
                if at >= ends[key]:
                    ends[key] = at + _bytes_of(phrase, written)
                    if ends[key] >= seen:
                        counts = self._at_end if ends[key] == len(text) - 1 else self._settled
                        counts[key] += 1


def _plain(phrase: str) -> str:
    """A phrase or text as it is compared: in lower case, accents in one character, one space between words."""
    return " ".join(_folded(phrase).split())


def _plain_text(text: str) -> bytes:
    return _folded(text).encode("utf-8", "replace")


def _folded(text: str) -> str:
    if not text.isascii():
        if _ACCENT.search(text):
            # Not the whole text: that takes time by the square of the accents that are heaped on one letter.
            text = _ACCENTED.sub(lambda letter: unicodedata.normalize("NFC", letter[0]), text)
        for written, meant in _SPELLINGS:
            text = text.replace(written, meant)
    return text.casefold()


def _bytes_of(phrase: str, written: str) -> int:
    """How far a phrase reaches in what begins with it, with all the white space that may be there."""
    found = _spaced(phrase).match(written) if " " in phrase else None
    return len((found[0] if found else phrase).encode())


@lru_cache(maxsize=4096)
def _spaced(phrase: str) -> re.Pattern[str]:
    return re.compile(r"\s+".join(map(re.escape, phrase.split(" "))))


def _terms_by_phrase(terms: Iterable[Term]) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """For each phrase the keys of the terms that are met with it: they have it, or one that it begins with, of which
    the longest stands beside the key.
    """
    own: dict[str, list[str]] = {}
    for term in terms:
        key = term.key
        for phrase in {*map(_plain, term.phrases)}:
            own.setdefault(phrase, []).append(key)
    return {phrase: _met_with(phrase, own) for phrase in own}


def _met_with(phrase: str, own: Mapping[str, list[str]]) -> tuple[tuple[str, str], ...]:
    longest: dict[str, str] = {}
    for end in range(1, len(phrase) + 1):
        if phrase[:end] in own and (
            end == len(phrase) or not (_is_of_word(phrase[end - 1]) and _is_of_word(phrase[end]))
        ):
            longest |= dict.fromkeys(own[phrase[:end]], phrase[:end])
    return tuple(longest.items())


def _compiled(phrases: Collection[str]) -> Any:
    """One expression for all: the longest phrase at the first place, with one character before and one behind it."""
    by_edges: dict[tuple[str, str], list[str]] = {}
    for phrase in phrases:
        edges = (_edge(phrase[0]), _edge(phrase[-1]))
        by_edges.setdefault(edges, []).append(_WHITE.join(map(re2.escape, phrase.split(" "))))
    if not by_edges:
        return None
    if sum(map(len, phrases)) > MOST_CHARACTERS:
        raise ConfigurationError(f"the terms have over {MOST_CHARACTERS:,} characters in all; leave some out")
    try:
        return re2.compile(
            "|".join(f"{low}(?:{'|'.join(own)}){high}" for (low, high), own in by_edges.items()), _options()
        )
    except re2.error as error:
        raise ConfigurationError("the terms have too many phrases to search for; leave some out") from error


def _edge(char: str) -> str:
    """A phrase that ends with a sign may have anything behind the sign: "(c)", "R.I.P."."""
    return _NO_LETTER if _is_of_word(char) else _ANY


def _is_of_word(char: str) -> bool:
    return unicodedata.category(char)[0] in "LNM"


def _options() -> re2.Options:
    options = re2.Options()
    options.longest_match = True
    options.log_errors = False
    options.max_mem = _MEMORY
    return options


def _width(first: int) -> int:
    """How many bytes the character has that begins with this one (RFC 3629)."""
    return 1 if first < 0x80 else 2 if first < 0xE0 else 3 if first < 0xF0 else 4
