"""A made tree of documents of which it is known which are versions, which are copies, and which only look like it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

EDITS = (0.01, 0.05, 0.10, 0.20)
"""Of the words of a version, how many are others than in the document that it is of."""

_NAMES: Sequence[Callable[[str], str]] = (
    "{} v2.docx".format, "final {} v2 (3).docx".format, "Copy of {}.docx".format, "{} - Copy.docx".format,
    "{} FINAL2.docx".format, "{} draft 3 JS.docx".format, "Drafts/{} v0.1.docx".format, "Old/{}.doc".format,
    "{} rev B.docx".format, "{} 2024-05-03 v4.docx".format, "{}_V1.2_signed.docx".format, "{} (tracked).odt".format,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """A file by its path. Documents of one `title` are versions of each other, those of one `text` exact copies."""

    path: str
    text: str
    title: str


def copied_tree(families: int, seed: int = 1) -> Iterator[Document]:
    """So many documents with versions of each edit, and about as many of all that is no version."""
    chance = random.Random(seed)
    for number in range(families):
        yield from _versions(chance, number)
        yield from _no_versions(chance, number)


def _versions(chance: random.Random, number: int) -> Iterator[Document]:
    title = f"{_word(chance).title()} {_word(chance)} plan"
    folder, text = f"Service {number % 7}/Project {number}", a_text(chance, chance.randrange(150, 900))
    yield Document(f"{folder}/{title}.docx", text, f"{number}")
    for edit, name in zip(EDITS, chance.sample(_NAMES, len(EDITS)), strict=True):
        yield Document(f"{folder}/{name(title)}", edited(chance, text, edit), f"{number}")
    yield Document(f"{folder}/Elsewhere/{_word(chance)}.docx", text, f"copy of {number}")


def _no_versions(chance: random.Random, number: int) -> Iterator[Document]:
    """Letters, minutes and returns of one pattern, and documents of one name that have nothing else in common."""
    folder, letter = f"Service {number % 7}/Office {number}", a_text(chance, 250)
    for whom in ("A Jones", "B Smith", "CD", "EF"):
        yield Document(f"{folder}/Letter {whom}.docx", edited(chance, letter, 0.08), f"letter {number} {whom}")
    for case in range(3):
        yield Document(f"{folder}/Case {case}/Assessment.docx", edited(chance, letter, 0.3), f"case {number} {case}")
    minutes = a_text(chance, 400)
    for month in ("01", "02", "03"):
        name = f"{folder}/Minutes 2024-{month}-05.docx"
        yield Document(name, edited(chance, minutes, 0.3), f"minutes {number} {month}")
    for year in (2022, 2023):
        yield Document(f"{folder}/Return {year} final.docx", edited(chance, minutes, 0.1), f"return {number} {year}")
    for version in ("v1", "v2"):
        yield Document(f"{folder}/Agenda {version}.docx", a_text(chance, 300), f"agenda {number} {version}")


def edited(chance: random.Random, text: str, share: float) -> str:
    words = text.split(" ")
    for place in chance.sample(range(len(words)), round(share * len(words))):
        words[place] = _word(chance)
    return " ".join(words)


def a_text(chance: random.Random, words: int) -> str:
    return " ".join(_word(chance) for _ in range(words))


def _word(chance: random.Random) -> str:
    """One of three thousand, some met far more often than others, as in a language."""
    return _WORDS[int(len(_WORDS) ** chance.random()) - 1]


_SYLLABLES = ("ba", "co", "du", "fi", "ge", "ho", "la", "me", "ni", "po", "ra", "se", "ti", "wu", "za")
_WORDS = [a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES]
random.Random(0).shuffle(_WORDS)
