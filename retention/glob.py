"""Path globs: what a schedule's author writes to say which folders and files are meant.

Paths are relative, with '/' between folders. `*` and `?` stand for characters of one name, `[abc]`, `[a-z]` and `[!a]`
for one character, and `**` for any number of whole folders: `Finance/**` is everything below Finance, and
`**/Templates/**` everything below any folder of that name, at the top too. Upper and lower case are the same, as they
are on the Windows shares that are scanned; so are composed and decomposed accents, which Macs write differently.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import re2

_ANY_FOLDERS = "**"
_PIECE = re.compile(r"\*|\?|\[!?\]?[^\]]*\]|\[|[^*?\[]+")
_SET_MEMBER = re.compile(r"(.)-(.)|(.)")


@dataclass(frozen=True, slots=True)
class Glob:
    """A compiled glob. It runs on RE2, whose time is linear in the path: no glob that a user writes is slow."""

    text: str
    _pattern: Any = field(repr=False, compare=False)

    def matches(self, path: str) -> bool:
        return self._pattern.fullmatch(normal(path)) is not None

    @property
    def of_folders(self) -> bool:
        """True where it takes a folder's items all or none, whatever their names."""
        return self.text.rpartition("/")[2] == _ANY_FOLDERS

    @property
    def specificity(self) -> tuple[int, int]:
        """Greater is more specific: characters before the first wildcard, then literal characters in all."""
        pieces = _PIECE.findall(self.text)
        literal = [0 if _is_wildcard(piece) else len(piece) for piece in pieces]
        return (literal[0], sum(literal))


def normal(path: str) -> str:
    """The form in which two spellings of one accented name are the same characters."""
    return unicodedata.normalize("NFC", path)


@lru_cache(maxsize=4096)
def compile_glob(text: str) -> Glob:
    """Raises ValueError, with a sentence on what to write instead, for what is not a glob."""
    _check(text)
    *folders, last = normal(text).split("/")
    regex = "".join(map(_folder, folders)) + (".+" if last == _ANY_FOLDERS else _name(last))
    try:
        return Glob(text, re2.compile(regex, _options()))
    except re2.error as error:
        raise ValueError(f'the glob "{text}" is too long or too repetitive; write several shorter ones') from error


def _check(text: str) -> None:
    names = text.split("/")
    if not text:
        raise ValueError('a glob must not be empty; write "**" for everything')
    if "\\" in text:
        raise ValueError(f"the glob '{text}' has a backslash; write '/' between folders")
    if not names[0]:
        raise ValueError(f'the glob "{text}" begins with "/"; paths are relative to their source, so leave it out')
    if not names[-1]:
        raise ValueError(f'the glob "{text}" ends with "/"; write "{text}**" for everything below that folder')
    if {"", ".", ".."} & set(names):
        raise ValueError(f'the glob "{text}" has an empty, "." or ".." folder name; write the folders\' own names')
    if any(_ANY_FOLDERS in name and name != _ANY_FOLDERS for name in names):
        raise ValueError(f'the glob "{text}" has "**" beside other characters; write "**" alone between slashes')


def _folder(text: str) -> str:
    return "(?:[^/]+/)*" if text == _ANY_FOLDERS else _name(text) + "/"


def _name(text: str) -> str:
    return "".join(map(_piece, _PIECE.findall(text)))


def _piece(piece: str) -> str:
    if piece == "*":
        return "[^/]*"
    if piece == "?":
        return "[^/]"
    return _set(piece) if piece.startswith("[") else re2.escape(piece)


def _set(piece: str) -> str:
    """One character of a set, never '/': a set that could match across folders is refused."""
    inverted = piece.startswith("[!")
    members = _SET_MEMBER.findall(piece[1 + inverted : -1])
    if not members:
        raise ValueError(f'"{piece}" in a glob is not closed or is empty; write "[[]" for the character "["')
    for first, last, _ in members:
        if first and not (first <= last < "/" or "/" < first <= last):
            raise ValueError(f'"{piece}" in a glob has a range that runs backwards or over "/"; write it as in "[a-z]"')
    inside = "".join(f"{re2.escape(a)}-{re2.escape(b)}" if a else re2.escape(one) for a, b, one in members)
    return f"[^/{inside}]" if inverted else f"[{inside}]"


def _is_wildcard(piece: str) -> bool:
    return piece[0] in "*?["


def _options() -> re2.Options:
    options = re2.Options()
    options.case_sensitive = False
    options.dot_nl = True
    options.log_errors = False
    return options
