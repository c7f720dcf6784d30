"""The small language of the texts: choices, values of people, rows, and what is said of somebody.

[[a||b]]          one of them           {1} {1.f} {c1.dob}   party 1's name, forename; child c1's birth
{!HEALTH}         the class is said     {date} {date:x}      a day, the same for the same name
{n:3-40} {money:9-80} {time} {code:^^##} {street} {town} {firm} {school} {council} {year}
{1.ts~20}         padded to 20          @@rows 3-9 ... @@end lines for rows, parties r.. anew in each
a ¦ b             cells of a sheet      %%head 0.8 line      a line that is there eight times in ten
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from benchmarks.council_unseen.marked import Marked, join

from . import places
from .cast import TODAY, Person, Teller, cast, coded, written_date

_CHOICE = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
_ROWS = re.compile(r"^@@rows (\d+)-(\d+)\n(.*?)\n@@end$", re.DOTALL | re.MULTILINE)
_HEAD = re.compile(r"^%%head ([\d.]+) (.*)\n", re.MULTILINE)
_SLOT = re.compile(r"\{(!?[A-Za-z0-9]+)(?:\.([A-Za-z]+))?(?::([^{}~\n]+))?(?:~(\d+))?\}")
_LISTS: dict[str, Sequence[str]] = {
    "street": places.STREETS,
    "town": places.TOWNS,
    "firm": places.FIRMS,
    "school": places.SCHOOLS,
    "council": places.COUNCILS,
}
CELL = " ¦ "


@dataclass(slots=True)
class Scene:
    """Who and what one document has named so far, and its last day and minute, from which the next one is later.

    A row shares what stands before it, but its own people and days.
    """

    rng: Random
    style: int
    host: str
    comma: bool
    day: date
    minute: int
    people: dict[str, Person] = field(default_factory=dict)
    told: dict[tuple[str, ...], Marked] = field(default_factory=dict)

    @classmethod
    def of(cls, rng: Random) -> Scene:
        style, host = rng.randint(0, 59), rng.choice(places.COUNCIL_HOSTS)
        return cls(rng, style, host, rng.random() < 0.4, _some_day(rng), rng.randint(84, 170) * 5)

    def row(self) -> Scene:
        """The same document, with nobody yet who belongs to a row."""
        people = {key: person for key, person in self.people.items() if "r" not in key}
        told = {key: value for key, value in self.told.items() if "r" not in key[0]}
        return Scene(self.rng, self.style, self.host, self.comma, _some_day(self.rng), self.minute, people, told)


def written(text: str, scene: Scene) -> Marked:
    """The document: rows first, then whatever stands around them."""
    text = _HEAD.sub(lambda found: found[2] + "\n" if scene.rng.random() < float(found[1]) else "", text)
    parts: list[Marked] = []
    at = 0
    for found in _ROWS.finditer(text):
        parts.append(_lines(text[at : found.start()], scene))
        count = scene.rng.randint(int(found[1]), int(found[2]))
        ways = found[3].split("\n@@or\n")
        parts.append(join([_lines(scene.rng.choice(ways), scene.row()) for _ in range(count)], "\n"))
        at = found.end()
    return join([*parts, _lines(text[at:], scene)])


def _lines(text: str, scene: Scene) -> Marked:
    chosen = _CHOICE.sub(lambda found: scene.rng.choice(found[1].split("||")), text)
    return join([_line(line, scene) for line in chosen.split("\n")], "\n")


def _line(line: str, scene: Scene) -> Marked:
    cells = [_filled(cell.strip(" ") if CELL in line else cell, scene) for cell in line.split(CELL)]
    if len(cells) == 1:
        return cells[0]
    if not scene.comma:
        return join(cells, "\t")
    return join([join(('"', cell, '"')) if "," in cell.text else cell for cell in cells], ",")


def _filled(text: str, scene: Scene) -> Marked:
    parts: list[Marked | str] = []
    at = 0
    for found in _SLOT.finditer(text):
        value = _value(found[1], found[2] or "", found[3] or "", scene)
        parts += [text[at : found.start()], value, " " * max(0, int(found[4] or 0) - len(value.text))]
        at = found.end()
    return join([*parts, text[at:]])


def _value(key: str, what: str, detail: str, scene: Scene) -> Marked:
    if key.startswith("!"):
        return Marked(flags=frozenset((key[1:],)))
    if key in _FREE:
        return Marked(_FREE[key](scene, detail))
    if key in _LISTS or key in {"date", "iso", "time"}:
        name = (key, detail) if detail else (key, str(scene.rng.random()))
        return scene.told.setdefault(name, Marked(_loose(key, scene)))
    person = _person(key, scene)
    told = scene.told.get((key, what)) or Teller(person, scene.rng, scene.style, scene.host).tell(what)
    return scene.told.setdefault((key, what), told)


def _loose(key: str, scene: Scene) -> str:
    if key in _LISTS:
        return scene.rng.choice(_LISTS[key])
    if key == "time":
        scene.minute = (scene.minute + 5 * scene.rng.randint(1, 15)) % (24 * 60)
        return f"{scene.minute // 60:02d}{':.'[scene.style % 2]}{scene.minute % 60:02d}"
    scene.day += timedelta(days=scene.rng.choice((1, 2, 5, 7, 9, 14, 21, 28, 35)))
    return written_date(scene.day, 5 if key == "iso" else scene.style)


def _some_day(rng: Random) -> date:
    return TODAY - timedelta(days=rng.randint(20, 900))


def _person(key: str, scene: Scene) -> Person:
    if not re.fullmatch(r"r?[cksoymw]{0,2}\d?", key):
        raise ValueError(f"no such slot: {key}")
    if key not in scene.people:
        number = key.lstrip("ksycormw")
        kin = _person(("r" if "r" in key else "") + number, scene) if {"k", "s"} & set(key) and number else None
        scene.people[key] = cast(key, scene.rng, kin)
    return scene.people[key]


def _between(detail: str) -> tuple[int, int]:
    low, high = detail.split("-")
    return int(low), int(high)


def _money(scene: Scene, detail: str) -> str:
    return f"{scene.rng.randint(*_between(detail)):,}.{scene.rng.choice(('00', '50', '75', '12', '38', '94', '00'))}"


_FREE: dict[str, Callable[[Scene, str], str]] = {
    "n": lambda scene, detail: str(scene.rng.randint(*_between(detail))),
    "money": _money,
    "code": lambda scene, detail: coded(detail, scene.rng),
    "lb": lambda *_: "{",
    "rb": lambda *_: "}",
    "year": lambda scene, _: str(scene.rng.randint(2014, 2026)),
}
