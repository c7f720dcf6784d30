"""What kind of document this is: hints from its name, its opening, its tables and its type."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache
from importlib import resources
from math import prod
from typing import Any

from classifiers.phrases import Met, Phrases, lowered, spelt_out
from domain.record_hint import RecordHint

MOST_HINTS = 3
OPENING = 4_000
"""Characters at the beginning of a text that are looked at."""
LEAST_CONFIDENCE = 0.4
PRIVILEGED = "legally privileged"
"""The marker of legal professional privilege; it comes before all others, whatever else the document is."""

_HIGHEST = 0.95
_FIRST_LINES, _LONGEST_TITLE, _MOST_HEADINGS = 1_200, 100, 200
_PARTED = re.compile(r"[,\n]")
_SEAM = re.compile(r"[\W_]+|(?<=[a-z])(?=[A-Z])|(?<=\D)(?=\d)|(?<=\d)(?=\D)")


class Place(StrEnum):
    """Where phrases are looked for; those that are neutral say nothing, though they hold some that do."""

    TITLE = "title"
    NAME = "name"
    HEADINGS = "headings"
    BODY = "body"
    MEDIA = "media"
    NEUTRAL = "neutral"


_WEIGHTS = {Place.TITLE: 0.55, Place.MEDIA: 0.5, Place.NAME: 0.45, Place.HEADINGS: 0.25, Place.BODY: 0.2}
"""How far one phrase goes to make it sure."""
_MOST = {Place.TITLE: 1, Place.MEDIA: 1, Place.NAME: 1, Place.HEADINGS: 3, Place.BODY: 4}
_SAID = {
    Place.TITLE: "one of the first lines begins with {}",
    Place.MEDIA: "the file is of the type {}",
    Place.NAME: "the file name says {}",
    Place.HEADINGS: "columns are headed {}",
    Place.BODY: "the text says {}",
}

_Cues = tuple[tuple[str, str], ...]
"""The classes that a phrase speaks for, each with the phrase."""


def record_hints(
    name: str, opening: str, headings: Iterable[str] = (), media_type: str | None = None
) -> tuple[RecordHint, ...]:
    """What kind of record a document seems to be, the surest first, three at most; none where all signs are weak.

    `name` is the file's, without its folder; `opening` the beginning of its text; `headings` those of its tables.
    """
    found: dict[str, dict[Place, dict[str, None]]] = {}
    for place, cues in _cues_in(name, lowered(opening[:OPENING]), headings, media_type):
        for record_class, phrase in cues:
            found.setdefault(record_class, {}).setdefault(place, {})[phrase] = None
    hints = (_hint(record_class, signs) for record_class, signs in found.items())
    sure = [hint for hint in hints if hint.confidence >= LEAST_CONFIDENCE]
    order = sorted(sure, key=lambda hint: (hint.record_class != PRIVILEGED, -hint.confidence, hint.record_class))
    return tuple(order[:MOST_HINTS])


def _cues_in(name: str, text: str, headings: Iterable[str], media_type: str | None) -> Iterator[tuple[Place, _Cues]]:
    rules = _rules()
    stem = name.rpartition(".")[0] or name
    yield from ((Place.NAME, met.meaning) for met in rules[Place.NAME].met_in(_SEAM.sub(" ", stem).lower()))
    yield from ((Place.BODY, met.meaning) for met in rules[Place.BODY].met_in(text))
    for met in rules[Place.TITLE].met_in(text[:_FIRST_LINES]):
        if _begins_a_line(text, met):
            yield Place.TITLE, met.meaning
    for heading in list(headings)[:_MOST_HEADINGS]:
        plain = " ".join(_SEAM.sub(" ", heading).lower().split())
        yield from ((Place.HEADINGS, met.meaning) for met in rules[Place.HEADINGS].met_in(plain) if _fills(plain, met))
    yield Place.MEDIA, _media().get(media_type or "", ())


def _begins_a_line(text: str, met: Met[_Cues]) -> bool:
    line_start = text.rfind("\n", 0, met.start) + 1
    is_short = len(text[line_start:].partition("\n")[0]) <= _LONGEST_TITLE
    return is_short and not any(char.isalpha() for char in text[line_start : met.start])


def _fills(heading: str, met: Met[_Cues]) -> bool:
    return (met.start, met.end) == (0, len(heading))


def _hint(record_class: str, signs: Mapping[Place, Mapping[str, None]]) -> RecordHint:
    counted = [(place, list(signs[place])[: _MOST[place]]) for place in _WEIGHTS if place in signs]
    doubt = prod((1 - _WEIGHTS[place]) ** len(phrases) for place, phrases in counted)
    said = [_SAID[place].format(" and ".join(f'"{phrase}"' for phrase in phrases[:2])) for place, phrases in counted]
    return RecordHint(record_class, round(min(_HIGHEST, 1 - doubt), 2), "; ".join(said))


@cache
def _rules() -> dict[Place, Phrases[_Cues]]:
    return {place: Phrases(_phrases_of(place)) for place in Place if place not in {Place.MEDIA, Place.NEUTRAL}}


def _phrases_of(place: Place) -> dict[str, _Cues]:
    phrases: dict[str, _Cues] = {}
    for record_class, lists in _file()["class"].items():
        for wording in _wordings(lists.get(place, "")):
            phrases[wording] = (*phrases.get(wording, ()), (record_class, wording))
        phrases |= dict.fromkeys(_wordings(lists.get(Place.NEUTRAL, "")), ())
    return phrases


def _wordings(phrases: str) -> Iterator[str]:
    for phrase in filter(str.strip, _PARTED.split(phrases)):
        yield from (wording.replace("+", " ") for wording in spelt_out(phrase, _file()["sets"]))


@cache
def _media() -> dict[str, _Cues]:
    types: dict[str, _Cues] = {}
    for record_class, lists in _file()["class"].items():
        for media_type in filter(None, map(str.strip, lists.get(Place.MEDIA, "").split(","))):
            types[media_type] = (*types.get(media_type, ()), (record_class, media_type))
    return types


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(resources.files("classifiers").joinpath("record_class.toml").read_text(encoding="utf-8"))
