"""The lexicons of classifiers/lexicons: what each phrase is, and of which class of personal data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Any

from classifiers.phrases import Phrases, spelt_out

FILES = (
    "health", "ethnicity", "religion", "politics", "union", "sexuality", "biometric", "genetic", "criminal", "children",
)  # fmt: skip
"""One class each; "cues" is what is common to them."""

_PARTED = re.compile(r"[,\n]")


class Role(StrEnum):
    """What a phrase is: a term that says it all or one that needs context, a question, or a cue to what stands near."""

    SURE = "sure"
    WEAK = "weak"
    LABEL = "labels"
    NOT_BESIDE = "not_beside"
    NEUTRAL = "neutral"
    PERSON = "person"
    POSSESSION = "possession"
    GENERIC = "generic"
    THING = "thing"
    NEGATION = "negation"


TERMS = (Role.SURE, Role.WEAK)


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
    """Every phrase of every lexicon, spelt out; cues are met near terms and labels."""
    meanings: dict[str, Meanings] = {}
    for phrase, meaning in entries():
        if meaning not in meanings.get(phrase, ()):
            meanings[phrase] = (*meanings.get(phrase, ()), meaning)
    sought = {Role.LABEL, *TERMS}
    return Phrases(meanings, [phrase for phrase, own in meanings.items() if any(one.role in sought for one in own)])


def entries() -> Iterator[tuple[str, Meaning]]:
    """Each wording of each phrase and one thing that it is; a wording may come more than once."""
    common = _read("cues")
    for kind, lists in (("", common["cues"]), *lexicons().items()):
        for role in Role:
            for phrase in _PARTED.split(lists.get(role, "")):
                for wording in spelt_out(phrase, common["sets"]) if phrase.strip() else ():
                    yield wording, Meaning(role, kind)


@cache
def answers(which: str) -> frozenset[str]:
    """The words with which an answer that says nothing begins, or those of a bare yes."""
    return frozenset(_read("cues")["answers"][which].split())


def _read(name: str) -> dict[str, Any]:
    file = resources.files("classifiers").joinpath("lexicons", f"{name}.toml")
    return tomllib.loads(file.read_text(encoding="utf-8"))
