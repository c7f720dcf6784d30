"""What the heading of a column says of its cells."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache, lru_cache
from importlib import resources
from typing import Any

_LONGEST = 60
_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[A-Z])(?=[A-Z][a-z]{2})")
_OF_SOMEONE = re.compile(r"['\u2019]s?\b")
_SIGNS = re.compile(r"[^\w]+|_+")
_NUMBER_RUN_IN = ("no", "num", "ref", "id")
_RUN_IN = re.compile(rf"(\w{{2,9}})({'|'.join(_NUMBER_RUN_IN)})")
_NUMBER_BEHIND = re.compile(r" (\d{1,2})$")


class NamePart(StrEnum):
    """Which part of a person's name a column holds; `LOOSE` where the heading may as well be over a thing's name."""

    WHOLE = "whole"
    LOOSE = "loose"
    FIRST = "first"
    MIDDLE = "middle"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a heading says: of which kind the cells are, and what they are not.

    With `beside_sort_code` they are of the kind only where another column has sort codes; with `beside_people` they are
    references to somebody where another column names people. With `is_of_firms` they may be people all the same, who
    trade under their names. A table `of_events` numbers those, and what `is_numbered` has the number right before it.
    """

    kind: str = ""
    part: NamePart | None = None
    beside_sort_code: bool = False
    beside_people: bool = False
    no_number: bool = False
    no_person: bool = False
    no_birth: bool = False
    is_of_firms: bool = False
    of_events: bool = False
    is_numbered: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the heading is one of the table."""
        return bool(self.kind) or self.no_number or self.no_person


NOTHING_SAID = Meaning()


@lru_cache(maxsize=4096)
def meaning_of(heading: str) -> Meaning:
    """What `heading` says, by the table in vocabulary.toml; the second and later lines of an address are none."""
    if not heading or len(heading) > _LONGEST:
        return NOTHING_SAID
    words, number = plain(heading)
    table = _table()
    if words.isalpha() and words not in table.telling and not words.endswith(_NUMBER_RUN_IN):
        return NOTHING_SAID
    spelt = spelt_out(words, table.spelt)
    meaning = _meaning(words, spelt, number, table)
    if words not in table.events and words not in table.numbered:
        return meaning
    return replace(meaning, of_events=words in table.events, is_numbered=words in table.numbered)


def _meaning(words: str, spelt: str, number: int, table: _Table) -> Meaning:
    forms = (words,) if spelt == words else (words, spelt)
    for candidate in (candidate for form in forms for candidate in _candidates(form, table.whose)):
        if meaning := table.meanings.get(candidate):
            if meaning.part is NamePart.LOOSE and candidate not in (words, spelt):
                return replace(meaning, part=NamePart.WHOLE)
            if meaning.part is not None and spelt in table.affairs:
                return replace(meaning, beside_people=True)
            return NOTHING_SAID if meaning.kind == "ADDRESS" and number > 1 else meaning
    if table.is_reference(spelt):
        return Meaning("COUNCIL_REF")
    if spelt in table.affairs or table.is_number(spelt):
        return Meaning(beside_people=True)
    return Meaning(no_birth=not table.other_dates.isdisjoint(words.split()))


def plain(heading: str) -> tuple[str, int]:
    """The heading in the form of the table, and the number behind it (0 without): "Tenant's Tel2" is ("tenant tel", 2).

    >>> plain("Forename(s)"), plain("D.O.B."), plain("PostCode"), plain("Addr 2")
    (('forename', 0), ('d o b', 0), ('post code', 0), ('addr', 2))
    """
    if heading.isascii() and heading.isalpha() and (heading.islower() or heading[1:].islower()):
        return heading.lower(), 0  # as most
    text = _BRACKETED.sub("", heading) if "(" in heading or "[" in heading else heading
    text = _OF_SOMEONE.sub("", text) if "'" in text or "\u2019" in text else text
    text = " ".join(_SIGNS.sub(" ", text if text.islower() else _CAMEL.sub(" ", text)).lower().split())
    if not text[-1:].isdigit():
        return text, 0
    text = re.sub(r"(?<=[a-z])(\d)$", r" \1", text)
    number = _NUMBER_BEHIND.search(text)
    return (text[: number.start()], int(number[1])) if number else (text, 0)


def spelt_out(words: str, spelt: Mapping[str, str]) -> str:
    """The words with their abbreviations in full: "ten ref no" is "tenancy reference number"."""
    return " ".join(spelt.get(word) or _parted(word, spelt) for word in words.split())


def _parted(word: str, spelt: Mapping[str, str]) -> str:
    """A word with that for a number run into it: "empno" is "employee number"."""
    found = _RUN_IN.fullmatch(word) if word.endswith(_NUMBER_RUN_IN) else None
    return f"{spelt.get(found[1], found[1])} {spelt.get(found[2], found[2])}" if found and found[1] in spelt else word


def _candidates(words: str, whose: frozenset[str]) -> Iterable[str]:
    """The heading, then without the words in front that say whose it is."""
    yield words
    parts = words.split(" ", 3)
    for count in range(1, len(parts)):
        if " ".join(parts[:count]) in whose:
            yield " ".join(parts[count:])


@dataclass(frozen=True, slots=True)
class _Table:
    meanings: dict[str, Meaning]
    whose: frozenset[str]
    other_dates: frozenset[str]
    events: frozenset[str]
    numbered: frozenset[str]
    spelt: dict[str, str]
    affairs: frozenset[str]
    numbers: frozenset[str]
    ends_of_numbers: frozenset[str]
    things: frozenset[str]
    telling: frozenset[str]
    """The words that say something where they stand alone."""

    def is_number(self, words: str) -> bool:
        """Whether it ends in a word for a number, and what stands before that is not known for a thing."""
        what, _, number = words.rpartition(" ")
        return bool(what) and number in ("number", "reference", "id") and what not in self.things

    def is_reference(self, words: str) -> bool:
        """Whether it is a word for a number behind something that is kept for one person at a time."""
        parts = words.split()
        if not parts or parts[-1] not in self.ends_of_numbers:
            return False
        halves = ((" ".join(parts[:at]), " ".join(parts[at:])) for at in range(1, len(parts)))
        return any(affair in self.affairs and number in self.numbers for affair, number in halves)


@cache
def _table() -> _Table:
    text = resources.files("classifiers.columns").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return _read(tomllib.loads(text))


def _read(written: dict[str, Any]) -> _Table:
    meanings, spelt = _meanings(written), written["spelt"]
    meanings = {spelt_out(heading, spelt): meaning for heading, meaning in meanings.items()} | meanings
    affairs = frozenset(spelt_out(affair, spelt) for affair in written["affairs"]["words"])
    numbers = frozenset(spelt_out(number, spelt) for number in written["affairs"]["numbers"])
    lists = (written[name] for name in ("not_a_birth", "events", "numbered"))
    said = (word for words in lists for word in words.get("words") or words["headings"])
    return _Table(
        meanings=meanings,
        whose=frozenset(written["whose"]["words"]),
        other_dates=frozenset(written["not_a_birth"]["words"]),
        events=frozenset(written["events"]["headings"]),
        numbered=frozenset(written["numbered"]["headings"]),
        spelt=spelt,
        affairs=affairs,
        things=frozenset(spelt_out(thing, spelt) for thing in written["numbers_of_things"]["words"]),
        numbers=numbers,
        ends_of_numbers=frozenset(number.rpartition(" ")[2] for number in numbers),
        telling=frozenset((*meanings, *spelt, *affairs, *said)),
    )


def _meanings(written: dict[str, Any]) -> dict[str, Meaning]:
    things, bodies = set(written["not_a_number"]["headings"]), set(written["not_a_person"]["headings"])
    of_people = set(written["beside_people"]["headings"])
    firms = set(written["firms"]["headings"])
    meanings = {
        heading: Meaning(no_number=heading in things, no_person=True, no_birth=True, is_of_firms=heading in firms)
        for heading in things | bodies | firms
    }
    meanings |= dict.fromkeys(of_people, Meaning(beside_people=True, no_birth=True))
    for kind, headings in written["kinds"].items():
        meanings |= {heading: Meaning(kind, beside_people=heading in of_people) for heading in headings}
    account = Meaning("UK_ACCOUNT", beside_sort_code=True, beside_people=True)
    meanings |= dict.fromkeys(written["beside_a_sort_code"]["headings"], account)
    for part in NamePart:
        meanings |= {heading: Meaning("PERSON", part) for heading in written["names"][part]}
    return meanings
