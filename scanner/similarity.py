"""How alike two texts are, from a few bytes kept of each: SimHash and MinHash of its runs of three words.

Words are runs of letters and digits; case, accents and all that stands between words are ignored. Every hash is our own
arithmetic modulo 2^64, so that the same text gives the same bytes in every process and on every machine.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

VERSION: Final = "1"
"""Raise it when the same text would give other bytes."""
FEWEST_WORDS: Final = 8
"""A text of fewer words is like too many others for its hashes to say anything."""

PLACES: Final = 128
"""The bytes of a MinHash."""

_Hashes = NDArray[np.uint64]

_BLOCK = 1 << 18
_WORTH_A_PASS = 1 << 14
_LONGEST_WORD = 64
_LETTER, _ACCENT = 1, 2
_LAST_OF_ASCII = 0x7F
_LAST_OF_PLANE = 0xFFFF
_FIRST = np.zeros(1, np.intp)
_NEVER = np.uint64(2**64 - 1)
_BASE = 0x9E3779B97F4A7C15
_POWERS = np.array([pow(_BASE, at, 2**64) for at in range(_LONGEST_WORD)], np.uint64)
_PARTS = np.array([0xD6E8FEB86659FD93, 0xA0761D6478BD642F, 0xE7037ED1A0B428DB], np.uint64)
_ROUNDS = np.arange(2 * PLACES, dtype=np.uint64)
_STEPS = (_ROUNDS + np.uint64(1)) * np.uint64(0x8EBC6AF09C88C6E3)
_ROUND_BITS = 56
_LANES = np.arange(8) * 256
_BITS = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").astype(np.int64)


class Similarity:
    """The hashes of one text, which may come in stretches: however it is cut, they are those of the whole."""

    def __init__(self) -> None:
        self._waiting = ""
        self._read = _Sketch()
        self._whole: _Sketch | None = None

    def add(self, text: str, fresh_from: int = 0) -> None:
        """Go on with the characters of `text` from `fresh_from` on: those before stood in the stretch added last."""
        self._whole = None
        for start in range(fresh_from, len(text), _BLOCK):
            self._waiting += text[start : start + _BLOCK]
            if len(self._waiting) >= _WORTH_A_PASS:
                words, self._waiting = _words_of(self._waiting)
                self._read = self._read.with_words(words)

    @property
    def simhash(self) -> int | None:
        """64 bits (Charikar 2002), each run of three words counting as often as it occurs; None for a short text."""
        whole = self._ended()
        if whole.words < FEWEST_WORDS:
            return None
        return int.from_bytes(np.packbits(2 * whole.ones > whole.shingles, bitorder="little").tobytes(), "little")

    @property
    def minhash(self) -> bytes | None:
        """128 bytes, the low eight bits of as many minima (b-bit minwise hashing, Li & König 2010); None for a short
        text. The minima are those of fast similarity sketching (Dahlgaard, Knudsen & Thorup 2017): one pass over a
        long text, and for a short one no worse than 128 permutations (Broder 1997).
        """
        whole = self._ended()
        return None if whole.words < FEWEST_WORDS else whole.minima.astype(np.uint8).tobytes()

    def _ended(self) -> _Sketch:
        """With all that waits for more of the text taken as it stands."""
        if self._whole is None:
            self._whole = self._read.with_words(_words_of(self._waiting + " ")[0])
        return self._whole


@dataclass(frozen=True, slots=True)
class _Sketch:
    """What the words so far amount to: how many shingles have each bit set, the minimum of each place, the last two
    words, which the next shingles begin with.
    """

    words: int = 0
    shingles: int = 0
    ones: NDArray[np.int64] = field(default_factory=lambda: np.zeros(64, np.int64))
    minima: _Hashes = field(default_factory=lambda: np.full(PLACES, _NEVER))
    last: _Hashes = field(default_factory=lambda: np.empty(0, np.uint64))

    def with_words(self, hashes: _Hashes) -> _Sketch:
        words = self.words + len(hashes)
        run = np.concatenate((self.last, hashes))
        if len(run) < 3:
            return replace(self, words=words, last=run)
        found = _mixed(run[:-2] * _PARTS[0] + run[1:-1] * _PARTS[1] + run[2:] * _PARTS[2])
        ones, minima = self.ones + _bits_set(found), _lowered(self.minima, found)
        return _Sketch(words, self.shingles + len(found), ones, minima, run[-2:])


def simhash_distance(a: int, b: int) -> int:
    """How many of 64 bits differ: 0 for the same text, near 32 for texts that have nothing in common."""
    return (a ^ b).bit_count()


def jaccard(a: bytes, b: bytes) -> float:
    """Of all runs of three words that either text holds the share, 0 to 1, that both hold, estimated from their
    MinHashes.

    The standard error is sqrt(J (1 - J) / 128) and a hair for the bits left out: at most 0.045, at J = 0.5, so that
    97 of 100 estimates there are within 0.1; at J = 0.9 it is 0.027.
    """
    if len(a) != PLACES or len(b) != PLACES:
        raise ValueError(f"a MinHash has {PLACES} bytes")
    same = np.count_nonzero(np.frombuffer(a, np.uint8) == np.frombuffer(b, np.uint8)) / PLACES
    return float(max(0.0, (same - 1 / 256) / (1 - 1 / 256)))


def _words_of(text: str) -> tuple[_Hashes, str]:
    """A hash of each word, and the last one as it stands where it may go on in the next stretch.

    A word longer than 64 characters counts as several, so that what waits for the next stretch is never long.
    """
    letters, at, ends_in_a_word = _letters(text)
    if not len(at):
        return np.empty(0, np.uint64), ""
    heads = np.concatenate((_FIRST, np.flatnonzero(at[1:] - at[:-1] != 1) + 1, [len(at)]))
    within = (np.arange(len(at)) - np.repeat(heads[:-1], heads[1:] - heads[:-1])) & (_LONGEST_WORD - 1)
    starts = np.flatnonzero(within == 0)
    hashes = _mixed(np.add.reduceat(letters * _POWERS[within], starts))
    if not ends_in_a_word:
        return hashes, ""
    return hashes[:-1], letters[starts[-1] :].tobytes().decode("utf-32-le", "surrogatepass")


def _letters(text: str) -> tuple[NDArray[np.uint32], NDArray[np.intp], bool]:
    """The letters and digits in lower case without their accents, where each stands, and whether the last ends it.

    Accents go because the same letter comes with its accent in one character or in two. Not by way of normal forms:
    the time that they take grows with the square of the accents that are heaped on one letter.
    """
    codes = np.frombuffer(text.casefold().encode("utf-32-le", "surrogatepass"), "<u4")
    kinds, bases = _of_characters()
    kind = kinds.take(codes, mode="clip")
    if len(kind) and kind.max() == _ACCENT:
        codes, kind = codes[kind != _ACCENT], kind[kind != _ACCENT]
    at = np.flatnonzero(kind == _LETTER)
    letters = codes[at]
    if len(letters) and letters.max() > _LAST_OF_ASCII:
        letters = np.where(letters < _LAST_OF_PLANE, bases.take(letters, mode="clip"), letters)
    return letters, at, bool(len(at) and at[-1] == len(codes) - 1)


@cache
def _of_characters() -> tuple[NDArray[np.uint8], NDArray[np.uint32]]:
    """What each character of the basic plane is, and the letter without its accent.

    The last place of the first stands for all other planes, which are letters.
    """
    plane = [chr(code) for code in range(_LAST_OF_PLANE)]
    kinds = [_ACCENT if unicodedata.category(char)[0] == "M" else char.isalnum() for char in plane]
    bases = [
        ord(unicodedata.normalize("NFD", char)[0]) if unicodedata.decomposition(char) else ord(char) for char in plane
    ]
    return np.array([*kinds, _LETTER], np.uint8), np.array(bases, np.uint32)


def _mixed(hashes: _Hashes) -> _Hashes:
    """Every bit made to depend on every other (the finaliser of SplitMix64, Steele, Lea & Flood 2014)."""
    hashes = (hashes ^ (hashes >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    hashes = (hashes ^ (hashes >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return hashes ^ (hashes >> np.uint64(31))


def _bits_set(hashes: _Hashes) -> NDArray[np.int64]:
    """How many of the hashes have each of the 64 bits set, the lowest first: counted by the values of their bytes."""
    lanes = hashes.astype("<u8", copy=False).view(np.uint8).reshape(-1, 8) + _LANES
    return (np.bincount(lanes.ravel(), minlength=8 * 256).reshape(8, 256) @ _BITS).ravel()


def _lowered(minima: _Hashes, hashes: _Hashes) -> _Hashes:
    """The least value of each place once these hashes are among those it is taken over.

    In each round every hash falls into one place with a value above those of the round before, so the rounds may end
    as soon as no place is without a value; the second half of the rounds, one for each place, fill what is left.
    """
    minima = minima.copy()
    at_once = max(1, 8 * PLACES // len(hashes))
    for first in range(0, len(_ROUNDS), at_once):
        rounds = _ROUNDS[first : first + at_once, None]
        if minima.max() >> np.uint64(_ROUND_BITS) < first:
            break
        drawn = _mixed(hashes + _STEPS[first : first + at_once, None])
        places = np.where(rounds < PLACES, drawn >> np.uint64(64 - 7), rounds - np.uint64(PLACES))
        values = (drawn & np.uint64(2**_ROUND_BITS - 1)) | (rounds << np.uint64(_ROUND_BITS))
        np.minimum.at(minima, places.ravel().astype(np.intp), values.ravel())
    return minima
