"""What happens to documents on their way to a reader: capitals, bad recognition, hard line ends. Labels move along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

from benchmarks.council.piece import Piece

_MISREAD = {"l": "1", "O": "0", "e": "c", "i": "l", "m": "rn", "S": "5", "h": "b", "B": "8", "a": "o"}
_NAMES_MISREAD = {"l": "1", "O": "0", "e": "c", "m": "rn"}
_WIDTH = 72
_KEEP_CASE = frozenset({"EMAIL_ADDRESS", "CREDENTIAL"})


def worn(pieces: Sequence[Piece], rng: Random) -> tuple[Piece, ...]:
    """The document as it is, four times of five; else with one kind of wear."""
    wear: Callable[[Sequence[Piece], Random], tuple[Piece, ...]] = rng.choices(
        (_unworn, capitals, misread, wrapped, carriage_returns, tight), (80, 3, 7, 5, 3, 2)
    )[0]
    return wear(pieces, rng)


def capitals(pieces: Sequence[Piece], _rng: Random) -> tuple[Piece, ...]:
    return tuple(p if p.kind in _KEEP_CASE else Piece(p.text.upper(), p.kind, p.origin) for p in pieces)


def misread(pieces: Sequence[Piece], rng: Random) -> tuple[Piece, ...]:
    """As a scanned page comes out of recognition: wrong letters, lost and doubled spaces. No number is made wrong."""
    return tuple(_misread(piece, rng) for piece in pieces)


def wrapped(pieces: Sequence[Piece], _rng: Random) -> tuple[Piece, ...]:
    """Hard line ends where prose grows too long, never inside a value."""
    made, column = [], 0
    for piece in pieces:
        text = piece.text if piece.kind or "\t" in piece.text else _filled(piece.text, column)
        made.append(Piece(text, piece.kind, piece.origin))
        column = len(text) - text.rfind("\n") - 1 if "\n" in text else column + len(text)
    return tuple(made)


def carriage_returns(pieces: Sequence[Piece], _rng: Random) -> tuple[Piece, ...]:
    return tuple(Piece(p.text.replace("\n", "\r\n"), p.kind, p.origin) for p in pieces)


def tight(pieces: Sequence[Piece], _rng: Random) -> tuple[Piece, ...]:
    """No space after a colon or a comma, as exports and hurried typing have it."""
    return tuple(p if p.kind else Piece(p.text.replace(": ", ":").replace(", ", ","), "", "") for p in pieces)


def _unworn(pieces: Sequence[Piece], _rng: Random) -> tuple[Piece, ...]:
    return tuple(pieces)


def _misread(piece: Piece, rng: Random) -> Piece:
    if piece.kind not in {"", "PERSON", "ADDRESS"}:
        return piece
    table, rate = (_MISREAD, 0.012) if not piece.kind else (_NAMES_MISREAD, 0.015)
    text = "".join(table[letter] if letter in table and rng.random() < rate else letter for letter in piece.text)
    if not piece.kind:
        text = "".join(letter * 2 if letter == " " and rng.random() < 0.02 else letter for letter in text)
    return Piece(text, piece.kind, piece.origin)


def _filled(text: str, column: int) -> str:
    words = text.split(" ")
    made = words[0]
    column += len(words[0].rpartition("\n")[2])
    for word in words[1:]:
        head = word.partition("\n")[0]
        broken = column + len(head) > _WIDTH and word != ""
        made += ("\n" if broken else " ") + word
        column = len(word.rpartition("\n")[2]) if broken or "\n" in word else column + len(word) + 1
    return made
