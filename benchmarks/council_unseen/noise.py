"""What scanners, printers and authors do to text: spans move with it, and identifiers are left whole."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random

from .marked import Edit, Marked, edited

_MISREAD = {"l": "1", "O": "0", "o": "0", "I": "l", "S": "5", "rn": "m", "m": "rn", "e": "c", "B": "8"}
_SHARES = {"": 54, "capitals": 5, "scanned": 10, "curly": 16, "wrapped": 10, "gappy": 5}


def weathered(marked: Marked, habits: Sequence[str], rng: Random) -> Marked:
    """The text after one of the habits of noise; "" spares it, and falls to about half."""
    habit = rng.choices(habits, [_SHARES[habit] for habit in habits])[0]
    return _NOISES[habit](marked, rng) if habit else marked


def _capitals(marked: Marked, _: Random) -> Marked:
    upper = marked.upper()
    return upper if len(upper.text) == len(marked.text) else marked


def _scanned(marked: Marked, rng: Random) -> Marked:
    """Letters misread and words broken, two in a hundred; in names half as often, in identifiers never."""
    held = _held(marked)
    edits = []
    for found in re.finditer(r"rn|[lOoISmeB]|(?<=[a-z])(?=[a-z])", marked.text):
        kinds = held[found.start()] | held[max(found.start(), found.end() - 1)]
        chance = {"": 0.02, "PERSON": 0.01}.get("".join(kinds), 0.0)
        if rng.random() < (chance if found.group() else chance / 6):
            edits.append(Edit(found.start(), found.end(), _MISREAD.get(found.group(), " ")))
    return edited(marked, edits)


def _curly(marked: Marked, _: Random) -> Marked:
    return edited(
        marked, [Edit(found.start(), found.end(), "\u2019") for found in re.finditer(r"(?<=\w)'", marked.text)]
    )


def _wrapped(marked: Marked, rng: Random) -> Marked:
    """Lines broken before the width is reached, at spaces outside spans."""
    held, width = _held(marked), rng.choice((48, 64, 72))
    edits: list[Edit] = []
    begun = last = 0
    for place, letter in enumerate(marked.text):
        if letter == "\n":
            begun = last = place + 1
        elif letter == " " and not held[place]:
            last = place
        if place - begun >= width and last > begun:
            edits.append(Edit(last, last + 1, "\n"))
            begun = last = last + 1
    return edited(marked, edits)


def _gappy(marked: Marked, rng: Random) -> Marked:
    held = _held(marked)
    gaps = [found.start() for found in re.finditer(" ", marked.text) if not held[found.start()] and rng.random() < 0.15]
    return edited(marked, [Edit(place, place + 1, rng.choice(("  ", "   ", "\u00a0", "  "))) for place in gaps])


def _held(marked: Marked) -> list[frozenset[str]]:
    """For each character the kind of the span it is in."""
    kinds: list[frozenset[str]] = [frozenset()] * (len(marked.text) + 1)
    for span in marked.spans:
        kinds[span.start : span.end] = [frozenset((span.kind,))] * (span.end - span.start)
    return kinds


_NOISES: dict[str, Callable[[Marked, Random], Marked]] = {
    "capitals": _capitals,
    "scanned": _scanned,
    "curly": _curly,
    "wrapped": _wrapped,
    "gappy": _gappy,
}
