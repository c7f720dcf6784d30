"""A piece of a document: its text and, where it is a value, what kind."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind` is "" for text that is no value; `origin` is that of a person's name."""

    text: str
    kind: str = ""
    origin: str = ""
