"""A small language for documents that writes the text and its labels together, so that no label can drift.

In a template `[a|b|c]` is one of the three, and may nest; `{p.name}` is a slot (`slots.py`) of the person p, who is
drawn when first met and stays the same; `{date}` a slot of nobody. `{!HEALTH}` writes nothing and marks what the
document says of somebody: a class of Article 9, CHILD or CRIMINAL. A line `@rows 5-30 pattern` is that many lines,
each with people x, y and kx (a child) of its own; `@pick 1-3 pool` that many different paragraphs of a pool. A
backslash keeps a bracket, and `\\t` is a tab.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from benchmarks.council.people import Person, draw
from benchmarks.council.piece import Piece
from benchmarks.council.slots import OF_NOBODY, OF_PERSON

_DIRECTIVE = re.compile(r"^@(rows|pick) (\d+)-(\d+) (.*)\n?", re.MULTILINE)
_CHOICE = re.compile(r"\[([^\[\]]*)\]")
_SLOT = re.compile(r"\{([^{}]+)\}")
_KEPT = {"\\[": "\ue000", "\\]": "\ue001", "\\{": "\ue002", "\\}": "\ue003", "\\|": "\ue004"}


@dataclass(frozen=True, slots=True)
class Template:
    """`personal` is the verdict on every document made of it, `weight` how often it is drawn."""

    name: str
    family: str
    text: str = field(repr=False)
    personal: bool = True
    weight: int = 2


@dataclass(slots=True)
class Draft:
    """A document in the making: what is written so far, who is in it, and what was marked."""

    rng: Random
    pools: Mapping[str, Sequence[str]]
    pieces: list[Piece] = field(default_factory=list)
    marks: set[str] = field(default_factory=set)
    people: dict[str, Person] = field(default_factory=dict)

    def write(self, template: str) -> None:
        template = template.replace("\\t", "\t")
        at = 0
        for match in _DIRECTIVE.finditer(template):
            self._line(template[at : match.start()])
            self._direct(match.group(1), int(match.group(2)), int(match.group(3)), match.group(4))
            at = match.end()
        self._line(template[at:])

    def _direct(self, verb: str, low: int, high: int, what: str) -> None:
        count = self.rng.randint(low, high)
        if verb == "rows":
            for _ in range(count):
                for who in ("x", "y", "kx"):
                    self.people.pop(who, None)
                self._line(what + "\n")
            return
        pool = self.pools[what]
        for paragraph in self.rng.sample(pool, min(count, len(pool))):
            self.write(paragraph.strip("\n") + "\n\n")

    def _line(self, template: str) -> None:
        for at, part in enumerate(_SLOT.split(self._chosen(template))):
            if at % 2:
                self.pieces.extend(self._slot(part))
            elif part:
                self.pieces.append(Piece(_unescaped(part)))

    def _chosen(self, template: str) -> str:
        for kept, letter in _KEPT.items():
            template = template.replace(kept, letter)
        while (chosen := _CHOICE.sub(lambda match: self.rng.choice(match.group(1).split("|")), template)) != template:
            template = chosen
        return chosen

    def _slot(self, slot: str) -> Iterator[Piece]:
        if slot.startswith("!"):
            self.marks.add(slot[1:])
        elif "." in slot:
            who, _, attribute = slot.partition(".")
            yield from OF_PERSON[attribute](self._person(who), self.rng)
        else:
            name, _, argument = slot.partition(":")
            yield from OF_NOBODY[name](self.rng, argument)

    def _person(self, who: str) -> Person:
        if who not in self.people:
            ages = (4, 16) if who.startswith(("k", "m")) else (19, 64) if who.startswith(("o", "w")) else (18, 91)
            self.people[who] = draw(self.rng, *ages)
        return self.people[who]


def _unescaped(text: str) -> str:
    for kept, letter in _KEPT.items():
        text = text.replace(letter, kept[1])
    return text
