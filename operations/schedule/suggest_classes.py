"""Proposes of which class the records of a folder are, by what lies in it: labels, looks, words of paths."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from domain.record import Record
from domain.record_class import ClassClaim, Ground
from domain.rule import Schedule
from retention.conditions import Conditions

_ENOUGH = 0.9

_Place = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Of `files` in a folder and below something says a class of `known`, and of `own` of these it is this one.

    `why` is what says so most often.
    """

    source: str
    folder: bytes
    record_class: str
    own: int
    known: int
    files: int
    why: str


@dataclass(slots=True)
class _Lying:
    """What lies in a folder and has no class by a person or a mapped folder; `leading` are the classes that lead in it
    or anywhere below.
    """

    files: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    reasons: Counter[tuple[str, str]] = field(default_factory=Counter)
    leading: set[str] = field(default_factory=set)

    def add(self, claims: tuple[ClassClaim, ...]) -> None:
        self.files += 1
        if claims:
            self.classes[claims[0].record_class] += 1
            self.reasons[claims[0].record_class, claims[0].why] += 1

    def lead(self) -> None:
        if self.classes:
            self.leading.add(_most(self.classes))

    def take_in(self, below: _Lying) -> None:
        self.files += below.files
        self.classes.update(below.classes)
        self.reasons.update(below.reasons)
        self.leading |= below.leading


def suggest_classes(records: Iterable[Record], schedule: Schedule) -> tuple[Suggestion, ...]:
    """The highest folders of which nine tenths of what is known is of one class, and no folder below leads to another.

    A mapping is firmer than what it was suggested by, so that too wide a one would hide other classes.
    """
    lying = _gathered(records, Conditions(schedule))
    suggested: dict[_Place, Suggestion] = {}
    for place in sorted(lying, key=lambda place: (place[0], place[1].count(b"/"), place[1])):
        here = lying[place]
        if len(here.leading) == 1 and not any((place[0], path) in suggested for path in _above(place[1])):
            (leading,) = here.leading
            if here.classes[leading] >= _ENOUGH * here.classes.total():
                suggested[place] = _suggestion(place, leading, here)
    return tuple(suggested[place] for place in sorted(suggested))


def _gathered(records: Iterable[Record], conditions: Conditions) -> dict[_Place, _Lying]:
    """What lies in each folder with all below it; the root of a source is none."""
    lying: defaultdict[_Place, _Lying] = defaultdict(_Lying)
    for record in records:
        claims = conditions.applicable(record).claims
        if not (claims and claims[0].ground >= Ground.FOLDER):
            lying[record.ref.source, record.ref.folder].add(claims)
    for depth in range(max((_depth(path) for _, path in lying), default=0), 0, -1):
        for source, path in [place for place in lying if _depth(place[1]) == depth]:
            lying[source, path].lead()
            lying[source, path.rpartition(b"/")[0]].take_in(lying[source, path])
    return {place: here for place, here in lying.items() if place[1]}


def _depth(path: bytes) -> int:
    return path.count(b"/") + 1 if path else 0


def _above(path: bytes) -> Iterator[bytes]:
    while path := path.rpartition(b"/")[0]:
        yield path


def _suggestion(place: _Place, record_class: str, here: _Lying) -> Suggestion:
    reasons = Counter({why: count for (name, why), count in here.reasons.items() if name == record_class})
    counts = (here.classes[record_class], here.classes.total(), here.files)
    return Suggestion(*place, record_class, *counts, _most(reasons))


def _most(counted: Counter[str]) -> str:
    return min(counted, key=lambda name: (-counted[name], name))
