"""The lexicons of classifiers/lexicons: what each phrase is, and of which class of personal data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from classifiers.first_names import FIRST_NAMES
from classifiers.phrases import Phrases, Places, places_of, spelt_out
from classifiers.recognizers.names import is_ordinary

FILES = (
    "health", "ethnicity", "religion", "politics", "union", "sexuality", "biometric", "genetic", "criminal", "children",
)  # fmt: skip
"""One class each; "cues" is what is common to them."""

_PARTED = re.compile(r"[,\n]")


class Role(StrEnum):
    """What a phrase is: a term, a question, or a cue to what stands near.

    A term is sure, which says it all; weak, which somebody must stand near; or faint, which one of the class's ties
    ("member", "prays at") must stand beside. Any answer to a label is of the class; to a hint, one with a term of it.
    A phrase that is neutral is no term, whatever else it is. What is said of everybody ("may", "one in four") is of
    nobody where the sentence has nobody in it; an errand ("catering for") is what somebody does with a thing. Behind a
    birth ("dob") stands its date.
    """

    SURE = "sure"
    WEAK = "weak"
    FAINT = "faint"
    TIE = "ties"
    LABEL = "labels"
    HINT = "hints"
    NOT_BESIDE = "not_beside"
    NEUTRAL = "neutral"
    PERSON = "person"
    BIRTH = "birth"
    POSSESSION = "possession"
    GENERIC = "generic"
    EVERYBODY = "everybody"
    ERRAND = "errand"
    THING = "thing"
    NEGATION = "negation"


TERMS = (Role.SURE, Role.WEAK, Role.FAINT)
QUESTIONS = (Role.LABEL, Role.HINT)


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of the things that a phrase is; `kind` is "" for the cues, which all classes share."""

    role: Role
    kind: str = ""


Meanings = tuple[Meaning, ...]


@cache
def lexicons() -> dict[str, dict[str, Any]]:
    """The entries of each class's file by its kind."""
    return {entry["kind"]: entry for entry in map(_read, FILES)}


@cache
def of_lexicons() -> Phrases[Meanings]:
    """Every phrase of every lexicon; cues are met near terms and questions."""
    meanings: dict[Places, Meanings] = {}
    for phrase, meaning in entries():
        if meaning not in meanings.get(phrase, ()):
            meanings[phrase] = (*meanings.get(phrase, ()), meaning)
    sought = {*QUESTIONS, *TERMS, Role.BIRTH}
    return Phrases(meanings, [phrase for phrase, own in meanings.items() if any(one.role in sought for one in own)])


def entries() -> Iterator[tuple[Places, Meaning]]:
    """Each phrase and one thing that it is; it may come more than once."""
    for kind, lists in (("", _read("cues")["cues"]), *lexicons().items()):
        for role in Role:
            for phrase in _phrases(lists, role):
                yield places_of(phrase, _sets(lists)), Meaning(role, kind)
    for name in FIRST_NAMES:
        if not is_ordinary(name):
            yield ((name,),), Meaning(Role.PERSON)


def kind_of_answer(said: Iterable[str], *, asked: str = "") -> str:
    """The class that a whole answer in lower case is of, by itself or where it was `asked` for; or "".

    "Black" is an answer about ethnicity only where that was asked.
    """
    kinds, when_asked = _answers_of_classes()
    written = " ".join(said)
    return asked if asked in when_asked.get(written, ()) else kinds.get(written, "")


@cache
def words(which: str) -> frozenset[str]:
    """The words with which an answer that says nothing begins ("nothing"), of a bare "yes", or that are "names" too."""
    return frozenset(_read("cues")["words"][which].split())


@cache
def _answers_of_classes() -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    kinds: dict[str, str] = {}
    when_asked: dict[str, tuple[str, ...]] = {}
    for kind, lists in lexicons().items():
        kinds |= dict.fromkeys(_wordings(lists, "answers"), kind)
        for wording in _wordings(lists, "answers_if_asked"):
            when_asked[wording] = (*when_asked.get(wording, ()), kind)
    return kinds, when_asked


def _wordings(lists: Mapping[str, Any], name: str) -> Iterator[str]:
    """Every wording of the phrases of a list."""
    for phrase in _phrases(lists, name):
        yield from spelt_out(phrase, _sets(lists))


def _phrases(lists: Mapping[str, Any], name: str) -> Iterator[str]:
    """The phrases of a list, which commas or lines part."""
    return filter(str.strip, _PARTED.split(lists.get(name, "")))


def _sets(lists: Mapping[str, Any]) -> dict[str, str]:
    """The sets common to all, with the lexicon's own."""
    return {**_read("cues")["sets"], **lists.get("sets", {})}


@cache
def _read(name: str) -> dict[str, Any]:
    file = resources.files("classifiers").joinpath("lexicons", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
