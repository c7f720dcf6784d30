"""What a document says of itself and a schedule asks for: references to cases and people, and labels of classes."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from domain.content import Content
from domain.errors import ConfigurationError
from domain.examination import LABELS, REFERENCES
from domain.rule import Schedule
from retention.references import ReferenceFinder
from retention.schedule import load_schedule
from scanner.properties import WRITTEN

_log = logging.getLogger(__name__)
_PLACE = "properties"
_MOST_TEXT = 50_000
_MOST = 50
_SEVERAL = re.compile(r"[,;|]")

Sealing = Callable[[str, str], bytes]


class SelfTold:
    """Looks for a schedule's references and labels in titles, subjects, keywords and properties that people add.

    What is kept of a reference is its keyed fingerprint; of a label, the words of the schedule.
    """

    def __init__(self, schedule: Schedule | None = None) -> None:
        self._keys = ReferenceFinder(schedule.keys if schedule else ())
        labels = (label for each in (schedule.classes if schedule else ()) for label in each.labels)
        self._labels = {label.casefold(): label for label in labels}

    def kept(self, lines: Iterable[str], seal: Sealing) -> dict[str, str]:
        """By `REFERENCES` and `LABELS`, as JSON; neither where there is none."""
        told = [line.strip() for line in lines if line.strip()]
        references = dict.fromkeys(found for line in told for found in self._keys.found_in(line))
        sealed = [(each.key, each.sealed_by(seal).value) for each in list(references)[:_MOST]]
        labels = [self._labels[said] for said in dict.fromkeys(_words(told)) if said in self._labels]
        return {name: json.dumps(some) for name, some in ((REFERENCES, sealed), (LABELS, labels)) if some}


NOTHING_ASKED = SelfTold()


def self_told(schedule: Path | None) -> SelfTold:
    """By a schedule's file. One that cannot be read stops no scan: it is logged, and decides nothing either."""
    if schedule is None:
        return NOTHING_ASKED
    try:
        return SelfTold(load_schedule(schedule))
    except ConfigurationError:
        _log.warning("the schedule cannot be read: no references or labels are looked for in properties of documents")
        return NOTHING_ASKED


def lines_of(properties: Mapping[str, str]) -> Iterator[str]:
    """What people wrote into a document's own properties."""
    return (value for name, value in properties.items() if name in WRITTEN)


def lines_in(content: Content) -> Iterator[str]:
    """What of a stretch of text stands among the properties, their own ones with their names before them."""
    ends = [place.start for place in content.places[1:]]
    for place, end in zip(content.places, [*ends, content.start + len(content.text)], strict=False):
        if place.name == _PLACE:
            yield from content.text[max(0, place.start - content.start) : end - content.start][:_MOST_TEXT].splitlines()


def _words(lines: Iterable[str]) -> Iterator[str]:
    """Whole values, and of keywords each."""
    for line in lines:
        for value in (line, line.partition(": ")[2]):
            yield value.casefold()
            yield from (word.strip().casefold() for word in _SEVERAL.split(value))
