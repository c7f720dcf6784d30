"""What a list can be narrowed by, in the words of its address: typed here, and refused where it is not known."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from domain.access import Breadth
from domain.decision import State
from domain.errors import Problem, ProblemCode
from domain.examination import Outcome
from domain.family import Family
from domain.finding import KINDS, Category
from domain.item import printable
from inventory.held import Narrowing
from operations.viewing.board import service_named
from operations.viewing.coverage import WORDS as OUTCOMES
from operations.viewing.due import WORDS as STATES
from operations.viewing.risk import BANDS
from reports.access import BREADTH_WORDS
from reports.vocabulary import KIND_WORDS, THEMES, family_in_words

ON = "1"
SORTS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "risk": ("Highest risk first (items with personal data)", {"personal": True}),
    "due": ("Longest due first (items that are due)", {"flagged": True}),
}
"""Orders that a list can be asked for in, each of the items that have one; any other follows from what it is of."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list can be narrowed by: `sets` a field of `Narrowing` to what `read` makes of a word.

    `choices` are all its words, with what they mean, where they are few.
    """

    label: str
    sets: str
    read: Callable[[str], Any]
    choices: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """A word that is not known, with the sentence that says what is."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A filter that is in force, in words."""

    name: str
    label: str
    word: str
    told: str


def _switch(label: str, sets: str) -> Filter:
    return Filter(label, sets, {ON: True}.__getitem__, {ON: "Yes"})


def _number(word: str) -> int:
    if not (word.isascii() and word.isdecimal() and int(word) < 2**63):
        raise ValueError(word)
    return int(word)


def _words(known: Mapping[Any, str]) -> dict[str, str]:
    return {str(one): words for one, words in known.items()}


def _year(word: str) -> int:
    return min(_number(word), 9_999)


def _folder(word: str) -> bytes:
    return word.strip("/").encode()


def _bytes(word: str) -> bytes:
    return base64.b64decode(word, altchars=b"-_", validate=True)


_BANDS = {words.split()[0]: band for band, words in BANDS.items()}

FILTERS: Mapping[str, Filter] = {
    "service": Filter("Service", "service", service_named),
    "outcome": Filter("What came of reading", "outcome", Outcome, {one: OUTCOMES[one] for one in Outcome}),
    "problem": Filter("Problem", "code", ProblemCode, {one: Problem(one).message for one in ProblemCode}),
    "problems": _switch("With any problem", "with_problem"),
    "waiting": _switch("Waiting to be examined", "waiting"),
    "personal": _switch("With personal data", "personal"),
    "high": _switch("Scoring 60 or more", "high"),
    "band": Filter("Risk score", "band", _BANDS.__getitem__, {BANDS[band].split()[0]: BANDS[band] for band in BANDS}),
    "theme": Filter("Theme", "theme", Category, _words(THEMES)),
    "kind": Filter("Found in it", "kind", {kind: kind for kind in KINDS}.__getitem__,
                   {kind: KIND_WORDS[kind] for kind in KINDS}),
    "state": Filter("Under the schedule", "state", State, _words(STATES)),
    "family": Filter("Family", "family", Family, {one: family_in_words(one) for one in Family}),
    "year": Filter("Year of last change", "year", _year),
    "breadth": Filter("Who can read it", "breadth", Breadth, _words(BREADTH_WORDS)),
    "left": _switch("Owner has left", "left"),
    "files": _switch("Files alone, nothing inside them", "files"),
    "owner": Filter("Owner's account", "owner", str),
    "folder": Filter("Folder", "folder", _folder),
    "folder64": Filter("Folder", "folder", _bytes),
    "copies_of": Filter("Same content as item", "copies_of", _number),
}  # fmt: skip
"""Every word of a list's address but `sort`, `after` and `limit`."""


@dataclass(frozen=True, slots=True)
class Filtered:
    """What is meant by the words of an address: nothing is left out of the list without a word in `chosen`."""

    narrowing: Narrowing
    chosen: tuple[Chosen, ...]
    refused: tuple[Refused, ...]


def filtered(words: Mapping[str, str]) -> Filtered:
    """Empty words narrow nothing. What is refused narrows nothing either, and the list is not to be shown."""
    fields: dict[str, Any] = {}
    chosen: list[Chosen] = []
    refused: list[Refused] = []
    for name, word in words.items():
        if name == "sort" and word in SORTS:
            fields |= SORTS[word][1]
        elif word and name in FILTERS:
            one = FILTERS[name]
            try:
                fields[one.sets] = one.read(word)
            except (ValueError, KeyError, binascii.Error):
                refused.append(Refused(name, _refusal(one)))
            else:
                chosen.append(Chosen(name, one.label, word, _told(name, one, word)))
        elif word:
            refused.append(Refused(name, _UNKNOWN))
    return Filtered(Narrowing(**fields), tuple(chosen), tuple(refused))


_UNKNOWN = "The address asks for something that this list does not know. Choose from the filters below."


def _refusal(one: Filter) -> str:
    known = "a number" if one.choices is None else ", ".join(one.choices)
    return f"{one.label}: that is not known. It can be {known}."


def _told(name: str, one: Filter, word: str) -> str:
    if name == "folder64":
        return printable(_bytes(word).decode("utf-8", "backslashreplace"))
    if name == "year" and not _year(word):
        return "Not known"
    return (one.choices or {}).get(word, printable(word))
