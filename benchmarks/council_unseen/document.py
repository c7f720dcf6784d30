"""A template, and how one is written down."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .marked import Marked, join
from .scene import Scene, short_dates

Write = Callable[[Scene], Marked]
PROSE_NOISE = ("", "capitals", "scanned", "curly", "wrapped", "gappy")
SHEET_NOISE = ("", "capitals", "curly")


@dataclass(frozen=True, slots=True)
class Template:
    """One way to write one kind of document."""

    name: str
    family: str
    personal: bool
    write: Write
    noise: tuple[str, ...] = PROSE_NOISE


def prose(*ways: str) -> Write:
    """One of the ways, each a text with choices and slots."""
    cleaned = [inspect.cleandoc(way) for way in ways]
    return lambda scene: scene.write(scene.rng.choice(cleaned))


def verbatim(*ways: str) -> Write:
    """One to three of the ways as they stand."""
    cleaned = [inspect.cleandoc(way) for way in ways]
    return lambda scene: Marked("\n\n".join(scene.rng.sample(cleaned, scene.rng.randint(1, min(3, len(cleaned))))))


def entries(head: str, lines: Sequence[str], least: int, most: int, foot: str = "", between: str = "\n") -> Write:
    """A heading, lines each of another cast, and a foot."""

    def write(scene: Scene) -> Marked:
        count = scene.rng.randint(least, most)
        body = [scene.row().write(scene.rng.choice(lines)) for _ in range(count)]
        parts = [scene.write(inspect.cleandoc(head)), *body, scene.write(inspect.cleandoc(foot))]
        return join([part for part in parts if part.text], between)

    return write


def sheet(
    columns: Sequence[tuple[str, str]], least: int = 4, most: int = 24, title: str = "", headed: float = 0.85
) -> Write:
    """A table by columns of (headings, cell), each with one heading and one way of filling; "?" columns may be absent.

    Headings part by "|", ways of filling by " // ". It is tab-delimited, or CSV with quotes where cells hold commas.
    """

    def write(scene: Scene) -> Marked:
        rng = scene.rng
        short_dates(scene)
        kept = [(heads.lstrip("?"), cell) for heads, cell in columns if not heads.startswith("?") or rng.random() < 0.6]
        heads = [scene.write(rng.choice(names.split("|"))) for names, _ in kept]
        cells = [rng.choice(cell.split(" // ")) for _, cell in kept]
        comma = rng.random() < 0.4
        rows = [heads] if rng.random() < headed else []
        for _ in range(rng.randint(least, most)):
            row = scene.row()
            rows.append([row.write(cell) for cell in cells])
        lines = [join([_cell(cell, comma) for cell in row], "," if comma else "\t") for row in rows]
        lead = [scene.write(title)] if title and rng.random() < 0.5 else []
        return join([*lead, *lines], "\n")

    return write


def _cell(cell: Marked, comma: bool) -> Marked:
    return join(('"', cell, '"')) if comma and "," in cell.text else cell
