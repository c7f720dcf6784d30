"""A pattern as RE2 can search for it: without what RE2 does not know, so that it is met wherever the pattern matches.

RE2 searches bytes in linear time and many times as fast as Presidio's engine, which then looks only where it points.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, Final
from unicodedata import decimal

import re2
import regex

from classifiers.expression import TOKEN, end_of_group

_ESCAPE = regex.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<letter>[pP]\{\w+\}|.))")
_EXCLUDED = regex.compile(rf"{_ESCAPE.pattern}|[0-9](?:-[0-9])?")
_LETTERS = {
    "d": "0-9",
    "s": r"\t-\r\x{1c}- ",
    "w": "0-9A-Za-z_",
    "p{L}": "A-Za-z",
    "p{Lu}": "A-Z",
    "p{Ll}": "a-z",
    "p{M}": "",
}
_BEYOND_ASCII: Final = {"d": "", "s": r"\x80-\xa0"}
"""What of a byte beyond ASCII is taken to be in a class: to tell letters apart would make the automaton large."""
_LETTER_BEYOND_ASCII: Final = r"\xaa-\xff"
_LETTER, _SIGN = "\xff", "\x80"
"""The bytes of all letters beyond Latin-1, and of all that is neither a letter nor a digit."""
_BEYOND_LATIN_1: Final = "muniment.beyond"
_ANYWHERE: Final = re2._Anchor.UNANCHORED  # noqa: SLF001  # see `Form`
_NOWHERE: Final = (-1, -1)
_MEMORY: Final = 32 * 1024 * 1024
"""Most that RE2 takes for one automaton, which grows by what texts need of it."""


_DIGIT, _WORD = regex.compile(r"\d"), regex.compile(r"[\w\p{L}\p{M}]")


class _Bytes(dict[str, bytes]):
    """The byte that stands for a character beyond Latin-1, kept when it was first asked for."""

    def __missing__(self, char: str) -> bytes:
        if _DIGIT.match(char):
            return self.setdefault(char, b"%d" % decimal(char, 0))
        return self.setdefault(char, (_LETTER if _WORD.match(char) else _SIGN).encode("latin-1"))


_BYTES: Final = _Bytes()


def _bytes_for(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return b"".join([_BYTES[char] for char in error.object[error.start : error.end]]), error.end


codecs.register_error(_BEYOND_LATIN_1, _bytes_for)  # To search for such letters first takes longer than to encode.


@lru_cache(maxsize=2)
def as_bytes(text: str) -> bytes:
    """A byte a character, so that offsets agree: Latin-1; beyond that a digit is one of ASCII, and all letters are
    alike, as is all the rest.
    """
    return text.encode("latin-1", _BEYOND_LATIN_1)


def options() -> Any:
    """How RE2 is to search what `as_bytes` makes."""
    chosen = re2.Options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.longest_match = True
    chosen.max_mem = _MEMORY
    chosen.log_errors = False
    return chosen


class Form:
    """An expression that RE2 searches for in what `as_bytes` makes.

    RE2 is asked past its Python cover, which takes longer than most of these searches do.
    """

    def __init__(self, written: bytes) -> None:
        compiled: Any = re2.compile(written, options())
        self.size: int = compiled.programsize
        self._match = compiled._regexp.Match  # noqa: SLF001  # as said above

    def is_met(self, searched: bytes) -> bool:
        return bool(self._match(_ANYWHERE, searched, 0, len(searched))[0] != _NOWHERE)

    def spans(self, searched: bytes, low: int, high: int) -> Iterator[tuple[int, int]]:
        """Where it is met between `low` and `high`, one behind the other."""
        while low <= high:
            span = self._match(_ANYWHERE, searched, low, high)[0]
            if span == _NOWHERE:
                return
            yield span
            low = max(span[1], low + 1)


@cache
def form_of(written: bytes) -> Form:
    """One form for all that search for the same: what it learns of texts is worth keeping."""
    return Form(written)


class Windows:
    """The stretches of a text in which a pattern could match: every match begins in one of them."""

    def __init__(self, searched_as: bytes) -> None:
        self._form = form_of(searched_as)

    def __call__(self, text: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
        return self._form.spans(as_bytes(text), low, len(text) if high is None else min(high, len(text)))


@cache
def weakened(pattern: str) -> bytes:
    """An RE2 expression that is met in the bytes of every text in which `pattern` matches, from the same place on.

    Look-arounds, edges of words and the manner of repetition are left out, a back reference is its group once more,
    and a counted repetition has no upper end, which keeps the automaton small. Raises ValueError for what cannot be
    said: a class of letters that is not in the table.
    """
    return _weak(pattern, {}).encode("ascii")


def _weak(pattern: str, groups: dict[str, str]) -> str:
    written = []
    at = 0
    while at < len(pattern):
        token = TOKEN.match(pattern, at)
        assert token is not None
        at = token.end()
        if token["look"]:
            at = end_of_group(pattern, at)
            continue
        if token["name"]:
            groups[token["name"]] = _weak(pattern[at : end_of_group(pattern, at) - 1], groups)
        written.append(_said(token, groups))
    return "".join(written)


def _said(token: regex.Match[str], groups: dict[str, str]) -> str:
    if token["class"]:
        return _class(token["class"])
    if token["escape"]:
        return _escape(token["escape"])
    if token["back"]:
        return f"(?:{groups[token['back']]})"
    if token["name"]:
        return "(?:"
    if token["least"]:
        return f"{{{token['least']},}}"
    return token["times"] or _byte(token[0].replace("$", ""))


def _class(written: str) -> str:
    """A class of characters. A negated one may exclude less than it says, never more: no byte that stands for many."""
    if written.startswith("[^"):
        excluded = _EXCLUDED.sub(_letters, written[2:-1])
        for many in (r"\xff", r"\x80"):
            excluded = excluded.replace(many, "")
        return f"[^{''.join(_byte(char) for char in excluded if _SIGN != char < _LETTER)}]"
    return f"[{''.join(map(_byte, _ESCAPE.sub(_widened, written[1:-1])))}]"


def _escape(escape: str) -> str:
    if escape in (r"\b", r"\Z", r"\z"):
        return ""
    if escape in (r"\D", r"\S", r"\W"):
        return "(?s:.)"
    said = _ESCAPE.sub(_widened, escape)
    return f"[{said}]" if escape[1:] in _LETTERS else said


def _widened(escape: regex.Match[str]) -> str:
    said, letter = _letters(escape), escape["letter"]
    return said + _BEYOND_ASCII.get(letter, _LETTER_BEYOND_ASCII) if letter in _LETTERS else said


def _letters(escape: regex.Match[str]) -> str:
    if escape["code"]:
        return _byte(chr(int(escape["code"], 16)))
    if escape["letter"] is None:
        return ""  # a digit of ASCII, which stands for all
    if escape["letter"] in _LETTERS:
        return _LETTERS[escape["letter"]]
    if escape["letter"][0] in "pPDSW":
        raise ValueError(f"the class {escape[0]} is not among those that can be weakened")
    return str(escape[0])


def _byte(char: str) -> str:
    """One character, or none, as the byte that stands for it."""
    if char <= "\x7f":
        return char
    byte = char.encode("latin-1") if char <= "\xff" else _BYTES[char]
    return rf"\x{byte[0]:02x}"
