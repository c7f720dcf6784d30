"""How names of people are written, and capitalised words that are not part of one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

import regex

from classifiers.first_names import FIRST_NAMES
from classifiers.recognizers.name_words import (
    BEGIN_SENTENCES,
    OF_HISTORY,
    ORGANISATION_WORDS,
    OTHER_WORDS,
    PLACES,
    RELATED,
    TRADES,
    WORDS_TOO,
)
from classifiers.surnames import ALSO_WORDS, SURNAMES
from domain.privacy import unaccented

STREET_SUFFIXES = (
    "Street", "Road", "Avenue", "Lane", "Close", "Drive", "Way", "Court", "Crescent", "Place", "Terrace", "Gardens",
    "Grove", "Hill", "Square", "Row", "Walk", "Mews", "Parade", "Rise", "View", "Green", "Park", "St", "Rd", "Ave",
    "Gate", "Croft", "Fold", "Wharf", "Quay", "Villas", "Cottages",
)  # fmt: skip

_SURNAMES_TOO = "hall ward church page price house bank north west young"
NOT_NAMES = (ORGANISATION_WORDS | OTHER_WORDS) - frozenset(_SURNAMES_TOO.split())
PLACE_OR_BODY = TRADES | ORGANISATION_WORDS | PLACES | {suffix.lower() for suffix in STREET_SUFFIXES}
"""Words behind a name that make it the name of a street or an organisation."""

OF_BUILDINGS_TOO = frozenset(("hall", "church", "ward", "house", "lodge", "court", "towers"))
PLACES_AND_SURNAMES = OF_BUILDINGS_TOO | frozenset((
    "hill", "green", "lane", "park", "wood", "woods", "field", "fields", "grove", "moor", "castle", "temple", "bridge",
    "lake", "forest", "garden", "abbey", "barn", "mill", "river", "gate", "croft", "heath", "pool", "day",
))  # fmt: skip
"""Behind a first name the surname of somebody about as often as the name of a place."""

TITLES = r"(?:Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Professor|Rev|Revd|Reverend|Sir|Dame|Lady|Lord|Cllr|Councillor)"
_PLAIN = r"(?:(?:Mc|Mac|O['\u2019]|D['\u2019])?\p{Lu}\p{Ll}+(?:[-'\u2019]\p{Lu}?\p{Ll}+){0,2})"
_CAPITALS = r"(?:(?:O['\u2019])?\p{Lu}{2,}(?:[-'\u2019]\p{Lu}{2,}){0,2})"
_PARTICLE = r"(?:van|der|den|de|la|le|da|dos|al|el|bin|ibn|von|ap|ab)"
WORD = rf"(?:{_PLAIN}|{_CAPITALS})"
FULL_NAME = rf"(?:{WORD}(?:[ \u00a0](?:\p{{Lu}}\.?|{_PARTICLE}))*(?:[ \u00a0]{WORD}){{1,2}})"
"""Two or three words, with initials or a particle between: "Anna M. van der Berg"."""
INITIALS = rf"(?:(?:\p{{Lu}}\.[ \u00a0]?|\p{{Lu}}[ \u00a0]){{1,3}}{WORD}|\p{{Lu}}{{2,3}}[ \u00a0]{_PLAIN})"
"""One to three initials and a surname: "J. Marsh", "A M Marsh", "KJ Marsh"."""
ANY_NAME = rf"(?:{FULL_NAME}|(?:\p{{Lu}}\.?[ \u00a0]?){{1,3}}{WORD}|{WORD})"
"""As `FULL_NAME`, or initials and a surname, or a single name."""

INITIAL = regex.compile(r"(?:\p{Lu}\.?){1,3}(?<=\.|\b\p{Lu})")
"""What stands for one first name or several: "J", "K.", "A.B."."""

BETWEEN_FIELDS = regex.compile(
    r"""["']\s{0,99},\s{0,99}(?:"[^"\n]{1,60}"\s{0,99}:\s{0,99}"|[Nn]?["'])|</[^<>\n]{1,60}>\s{0,99}<[^<>\n]{1,60}>"""
    r"""|["']\s{1,99}[\w.:-]{1,60}\s{0,9}=\s{0,9}["']|\t"""
    r"""|["']?[,;]?[ ]{0,9}\r?\n[ \t]{0,40}["']?[\w .()/-]{1,42}["']?[ \t.]{0,40}[:=][ \t]{0,40}["']?"""
)
"""Between the fields of a record in which the parts of a name stand, in dumps, JSON, XML and behind labels."""

_TITLED = regex.compile(rf"(?i:(?:{TITLES}\.?\s+(?:(?:and|&)\s+)?)+)")
_CAPITALISED = regex.compile(r"(?:['\u2019]s?)?(?:[ \u00a0](?:(?:&|and)[ ])?\p{Lu}[\p{L}'\u2019-]+(?!\d)){1,2}")
_BODIES = PLACE_OR_BODY - PLACES_AND_SURNAMES.union(_SURNAMES_TOO.split())
_BEFORE_MORE = frozenset("'\u2019 \u00a0")
_OF_OLD = regex.compile(
    r"(?:\b(?i:in|of|from|between|since|by|born|died|until|about|circa|c\.)|\()[ ]{0,2}1[0-8]\d\d(?![\d,:]| ?(?:hrs"
    r"|hours))"
)
_OLD_YEAR = re.compile(r"1[0-8]\d\d")
_NEAR_A_YEAR = 80
_WORDS = regex.compile(r"[\p{L}'\u2019-]+")


def folded(word: str) -> str:
    """A word as lists of names have it: in lower case and without accents."""
    return word.lower() if word.isascii() else unaccented(word).lower()


_FIRST = frozenset(map(folded, FIRST_NAMES))
_LAST = frozenset(map(folded, SURNAMES))
_OF_ORIGIN = regex.compile(
    r"ma?c(?!h|k|a)\p{Ll}{3,}|o['\u2019](?!clock)\p{Ll}{3,}|fitz\p{Ll}{3,}|d['\u2019]\p{Ll}{3,}|[ae]l-\p{Ll}{3,}"
    r"|abu-\p{Ll}{3,}"
    r"|\p{Ll}{2,}(?:[oe]wsk[ia]|insk[ia]|[ie]wicz|auskas|evicius|aitis|iene|czyk|czak|opoulos|escu|enko|ullah)"
)
"""Forms that only surnames have, folded."""
_BEGIN_OF_ORIGIN = ("mc", "mac", "o'", "o\u2019", "fitz", "d'", "d\u2019", "al-", "el-", "abu-")
_END_OF_ORIGIN = (
    "ski", "ska", "wicz", "auskas", "evicius", "aitis", "iene", "czyk", "czak", "opoulos", "escu", "enko", "ullah",
)  # fmt: skip
"""How they begin or end: a quick look."""


@lru_cache(maxsize=10_000)
def is_first_name(word: str) -> bool:
    """Whether the word, or what stands before its hyphen, is a first name that is common in Britain."""
    name = folded(word)
    return name in _FIRST or ("-" in name and name.partition("-")[0] in _FIRST)


def is_only_a_name(word: str) -> bool:
    """Whether it is a first name that is not also an ordinary word, a month or a place."""
    return is_first_name(word) and not is_ordinary(word)


@lru_cache(maxsize=10_000)
def is_surname(word: str) -> bool:
    """Whether the word, or what stands before or behind its hyphen, is a surname that is common in Britain."""
    name = folded(word)
    return (
        name in _LAST
        or (name.startswith(_BEGIN_OF_ORIGIN) and bool(_OF_ORIGIN.fullmatch(name)))
        or (name.endswith(_END_OF_ORIGIN) and bool(_OF_ORIGIN.fullmatch(name)))
        or ("-" in name and any(len(part) > 2 and part in _LAST for part in name.split("-")))
    )


def is_only_a_surname(word: str) -> bool:
    """Whether it is a surname that is not also an ordinary word, a place, a make or two letters."""
    return len(word) > 2 and is_surname(word) and folded(word) not in ALSO_WORDS and not is_ordinary(word)


def is_a_name_word(word: str) -> bool:
    """Whether it is in the lists of names, however ordinary."""
    return is_first_name(word) or is_surname(word)


def length_in_capitals(value: str) -> int:
    """How far the name goes in a run of words in capitals, behind its titles: "DR FOX" of "DR FOX CALLED"."""
    name = bare_name(value)
    first, *others = name.split(" ")
    words = [first, *takewhile(lambda word: len(word.strip(".")) == 1 or is_a_name_word(word), others)]
    words = words if len(words) > 1 or len(first.strip(".")) > 1 else [first, *others[:1]]
    return len(value) - len(name) + len(" ".join(words))


def is_relation(word: str) -> bool:
    """Whether it says what somebody is to others, not who: "Mum", "Patient"."""
    return word.lower() in RELATED


def is_title(word: str) -> bool:
    """Whether it stands before names: "Reverend"."""
    return bool(_TITLED.fullmatch(f"{word} "))


def begins_sentences(word: str) -> bool:
    """Whether it is a word in capitals only because a sentence begins with it."""
    return word.lower() in BEGIN_SENTENCES


@lru_cache(maxsize=10_000)
def is_ordinary(word: str) -> bool:
    """Whether a word is met as often where it names nobody: "Grace", "Hall", "Jordan"."""
    name = folded(word)
    return name in WORDS_TOO or name in NOT_NAMES or name in PLACE_OR_BODY


def bare_name(value: str) -> str:
    """The name without its title, so that "Mrs A Patel" and "A Patel" agree; one in several fields without what is
    between them.
    """
    if '"' in value or "'" in value or "<" in value or "\n" in value:
        value = BETWEEN_FIELDS.sub(" ", value)
    title = _TITLED.match(value)
    return value[title.end() :] if title else value


def is_of_history(name: str) -> bool:
    """Whether it is the name of somebody long dead, of whom councils write."""
    return name.lower() in OF_HISTORY


def could_be_a_person(value: str) -> bool:
    """Whether no word of it is one that names of people do not have."""
    words = [word.lower() for word in _WORDS.findall(value)]
    return bool(words) and NOT_NAMES.isdisjoint(words)


def names_a_person(value: str) -> bool:
    """Whether what stands where a name is expected could be one, and is not that of a firm, an office or a place."""
    name = bare_name(value)
    return could_be_a_person(name) and not is_a_body(name)


def is_a_body(name: str) -> bool:
    """Whether its last word makes it the name of a firm, an office or a place."""
    words = name.lower().split()
    return len(words) > 1 and words[-1] in _BODIES


def is_historic(text: str, start: int, end: int) -> bool:
    """Whether a year before 1900 is told of whoever is named: the dead have no data protection (UK GDPR recital 27)."""
    low, high = max(0, start - _NEAR_A_YEAR), min(len(text), end + _NEAR_A_YEAR)
    return bool(_OLD_YEAR.search(text, low, high) and _OF_OLD.search(text, low, high))


def followed_by_place_or_body(text: str, end: int) -> bool:
    """Whether the next words, of at most two with capitals, turn the name into a street's or an organisation's."""
    tail = _CAPITALISED.match(text, end) if text[end : end + 1] in _BEFORE_MORE else None
    if tail is None:
        return False
    words = tail[0].lower().split()
    return not PLACE_OR_BODY.isdisjoint(words[:1] if tail[0].isupper() else words)
