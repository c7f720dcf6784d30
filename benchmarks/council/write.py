"""Writes the set: the same seed writes the same lines."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.council.document import Document, faults
from benchmarks.council.noise import worn
from benchmarks.council.template import Draft, Template
from benchmarks.council.templates import NEGATIVE, POOLS, POSITIVE

_BUNDLED = 0.08
"""How many files hold several letters, sheets or notes one after another."""


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.council", description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--documents", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    with arguments.out.open("w", encoding="utf-8") as file:
        for document in documents(arguments.documents, arguments.seed):
            row = document.row()
            assert not (wrong := faults(row)), wrong
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def documents(count: int, seed: int) -> Iterator[Document]:
    """Half of people, half of none, each template in its turn by weight, so that every one is in a set of some size."""
    for number in range(count):
        # A seed for each document: another template added changes only the documents that are made of it.
        rng = Random(f"{seed}/{number}")
        turns = _turns(NEGATIVE if number % 2 else POSITIVE)
        yield made(turns[number // 2 * _stride(turns) % len(turns)], number, rng)


def made(template: Template, number: int, rng: Random) -> Document:
    draft = Draft(rng, POOLS)
    draft.write(template.text.strip("\n") + "\n")
    if template.weight > 1 and rng.random() < _BUNDLED:
        for _ in range(rng.randint(1, 3)):
            draft.people.clear()
            draft.write("\n\n" + template.text.strip("\n") + "\n")
    name, family = template.name, template.family
    marks = frozenset(draft.marks)
    return Document(f"{family}-{number:04}", name, family, worn(draft.pieces, rng), template.personal, marks)


def _turns(templates: tuple[Template, ...]) -> list[Template]:
    return [template for template in templates for _ in range(template.weight)]


def _stride(turns: list[Template]) -> int:
    """A step that meets every turn, and not neighbours one after another."""
    return next(step for step in range(len(turns) // 3 + 1, len(turns) + 2) if _coprime(step, len(turns)))


def _coprime(one: int, other: int) -> bool:
    while other:
        one, other = other, one % other
    return one == 1
