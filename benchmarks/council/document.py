"""A finished document with its labels, and the checks that every one of them must pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from benchmarks.council import identifiers
from benchmarks.council.piece import Piece

CLASSES = ("HEALTH", "ETHNICITY", "RELIGION", "POLITICS", "UNION", "SEXUALITY", "BIOMETRIC", "GENETIC")


@dataclass(frozen=True, slots=True)
class Document:
    """`marks` are the classes of Article 9 said of somebody, CHILD and CRIMINAL."""

    id: str
    template: str
    family: str
    pieces: tuple[Piece, ...] = field(repr=False)
    personal: bool
    marks: frozenset[str]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    def row(self) -> dict[str, Any]:
        """The document as a line of the set."""
        return {
            "id": self.id,
            "template": self.template,
            "family": self.family,
            "text": self.text,
            "entities": list(_entities(self.pieces)),
            "personal": self.personal,
            "special": [name for name in CLASSES if name in self.marks],
            "children": "CHILD" in self.marks,
            "criminal": "CRIMINAL" in self.marks,
        }


def faults(row: dict[str, Any]) -> list[str]:
    """What is wrong with a row of the set, as kinds and offsets."""
    text, found = row["text"], []
    for entity in row["entities"]:
        value = text[entity["start"] : entity["end"]]
        if not value.strip() or value != value.strip() or not _HOLDS.get(entity["type"], _on_one_line)(value):
            found.append(f"{row['id']}: {entity['type']} at {entity['start']}")
    return found


def _entities(pieces: Iterable[Piece]) -> Iterable[dict[str, Any]]:
    at = 0
    for piece in pieces:
        if piece.kind:
            origin = {"origin": piece.origin} if piece.kind == "PERSON" else {}
            yield {"type": piece.kind, "start": at, "end": at + len(piece.text), **origin}
        at += len(piece.text)


def _on_one_line(value: str) -> bool:
    return "\n" not in value and "\t" not in value


def _digits(value: str) -> str:
    return "".join(letter for letter in value if letter.isdigit())


def _mod97(iban: str) -> int:
    return int("".join(str(int(letter, 36)) for letter in iban[4:] + iban[:4])) % 97


_HOLDS: dict[str, Callable[[str], bool]] = {
    "PERSON": lambda value: _on_one_line(value) and any(letter.isalpha() for letter in value),
    "UK_NHS": lambda value: identifiers.nhs_check(_digits(value)[:9]) == int(_digits(value)[9:]),
    "UK_UTR": lambda value: identifiers.utr_check(_digits(value)[1:]) == _digits(value)[0],
    "UK_UPN": lambda value: identifiers.upn_check(value[1:]) == value[0],
    "CREDIT_CARD": lambda value: identifiers.luhn_check(_digits(value)[:-1]) == int(_digits(value)[-1]),
    "IBAN_CODE": lambda value: _mod97(value.replace(" ", "")) == 1,
    "UK_DRIVING_LICENCE": lambda value: len(value) == 16,
    "UK_PHONE": lambda value: len(_digits(value).removeprefix("0044").removeprefix("44")) in {9, 10, 11},
}
