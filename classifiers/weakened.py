"""A pattern as RE2 can search for it: without what RE2 does not know, so that it is met wherever the pattern matches.

RE2 searches bytes in linear time and many times as fast as Presidio's engine, which then looks only where it points.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

import re2
import regex

from classifiers.expression import TOKEN, end_of_group

_ESCAPE = regex.compile(r"\\(?:u(?P<code>[0-9A-Fa-f]{4})|(?P<letter>[pP]\{\w+\}|.))")
_LETTERS = {
    "d": "0-9",
    "s": r"\t-\r\x{1c}- ",
    "w": "0-9A-Za-z_",
    "p{L}": "A-Za-z",
    "p{Lu}": "A-Z",
    "p{Ll}": "a-z",
    "p{M}": "",
}
_BEYOND_ASCII: Final = r"\x80-\xff"
"""Taken to be in every class of characters: to tell them apart would make the automaton large."""
_TOP: Final = "\xff"
_BEYOND_LATIN_1: Final = "muniment.top"
_MEMORY: Final = 32 * 1024 * 1024
"""Most that RE2 takes for one automaton, which grows by what texts need of it."""


def _top_for_each(error: UnicodeError) -> tuple[bytes, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return b"\xff" * (error.end - error.start), error.end


codecs.register_error(_BEYOND_LATIN_1, _top_for_each)  # To search for such letters first takes longer than to encode.


@lru_cache(maxsize=2)
def as_bytes(text: str) -> bytes:
    """A byte a character, so that offsets agree: Latin-1, and 0xFF for what that has not."""
    return text.encode("latin-1", _BEYOND_LATIN_1)


def options() -> Any:
    """How RE2 is to search what `as_bytes` makes."""
    chosen = re2.Options()
    chosen.encoding = re2.Options.Encoding.LATIN1
    chosen.longest_match = True
    chosen.max_mem = _MEMORY
    chosen.log_errors = False
    return chosen


class Windows:
    """The stretches of a text in which a pattern could match: every match begins in one of them."""

    def __init__(self, pattern: str) -> None:
        self._weak: Any = re2.compile(weakened(pattern), options())

    def __call__(self, text: str, low: int = 0, high: int | None = None) -> Iterator[tuple[int, int]]:
        return (match.span() for match in self._weak.finditer(as_bytes(text), low, high))


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
    """A class of characters. A negated one may exclude less than it says, never more."""
    if written.startswith("[^"):
        excluded = _ESCAPE.sub(_letters, written[2:-1]).replace(r"\xff", "")
        return f"[^{''.join(_byte(char) for char in excluded if char < _TOP)}]"
    return f"[{''.join(map(_byte, _ESCAPE.sub(_widened, written[1:-1])))}]"


def _escape(escape: str) -> str:
    if escape in (r"\b", r"\Z", r"\z"):
        return ""
    if escape in (r"\D", r"\S", r"\W"):
        return "(?s:.)"
    said = _ESCAPE.sub(_widened, escape)
    return f"[{said}]" if escape[1:] in _LETTERS else said


def _widened(escape: regex.Match[str]) -> str:
    said = _letters(escape)
    return said + _BEYOND_ASCII if escape["letter"] in _LETTERS else said


def _letters(escape: regex.Match[str]) -> str:
    if escape["code"]:
        return _byte(chr(int(escape["code"], 16)))
    if escape["letter"] in _LETTERS:
        return _LETTERS[escape["letter"]]
    if escape["letter"][0] in "pPDSW":
        raise ValueError(f"the class {escape[0]} is not among those that can be weakened")
    return str(escape[0])


def _byte(char: str) -> str:
    """One character, or none, as the byte that stands for it."""
    return char if char.isascii() else rf"\x{ord(min(char, _TOP)):02x}"
