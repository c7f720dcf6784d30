"""What can be told of every match of a pattern from the way the pattern is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from string import digits
from typing import Final, NamedTuple

import regex

TOKEN: Final = regex.compile(
    r"(?P<class>\[(?:\\.|[^\]\\])*\])"
    r"|(?P<escape>\\(?:u[0-9A-Fa-f]{4}|[pP]\{\w+\}|.))"
    r"|(?P<look>\(\?<?[!=])"
    r"|\(\?P=(?P<back>\w+)\)"
    r"|\(\?P<(?P<name>\w+)>"
    r"|(?P<times>\{(?P<least>\d+),\d*\}|[*+?])(?P<manner>[+?]?)"
    r"|(?P<exactly>\{\d+\})"
    r"|.",
    regex.DOTALL,
)
_FLAGS: Final = regex.compile(r"\?(?P<flags>[is]*):|\?[|>]|(?!\?)")
_POINT_IS_ALL: Final = regex.compile(r"\(\?i?s")
_COMMON: Final = range(0x3000)
_EDGES: Final = frozenset((r"\b", r"\B", r"\A", r"\Z", r"\z", "^", "$"))


def end_of_group(pattern: str, at: int) -> int:
    """Where the group that is open at `at` ends, behind its bracket. Raises ValueError where it does not."""
    depth = 1
    while depth:
        token = TOKEN.match(pattern, at)
        if token is None:
            raise ValueError("a group of the pattern does not end")
        depth += token[0].startswith("(") - token[0].endswith(")") * (not token["class"] and not token["escape"])
        at = token.end()
    return at


@cache
def beginning(pattern: str) -> str:
    """What every match of a pattern begins with: its first character, and what it may not stand behind.

    "" where a match could begin anywhere.
    """
    pattern = _without_switch(pattern)
    behind = "" if any(part.written == "|" for part in _parts(pattern)) else _behind(pattern)
    firsts = set(_firsts(pattern))
    return behind if _NOTHING in firsts else f"(?={_any_of(firsts)}){behind}"


@cache
def needs(pattern: str, among: frozenset[str]) -> bool:
    """Whether every match has one of these characters of ASCII in it, or one beyond ASCII: where they are digits, a
    digit.
    """
    ways = [False]
    for part in _parts(_without_switch(pattern)):
        if part.written == "|":
            ways.append(False)
        elif not part.may_be_left_out:
            ways[-1] = ways[-1] or (needs(part.inside, among) if part.is_group else _is_among(part.written, among))
    return all(ways)


@cache
def stays_in_line(pattern: str) -> bool:
    """Whether no match goes past the end of a line, what is looked at around it apart."""
    return not _could_hold(pattern, "\n")


@cache
def stays_in_cell(pattern: str) -> bool:
    """Whether no match goes past a tabulator, what is looked at around it apart."""
    return not _could_hold(pattern, "\t")


def _could_hold(pattern: str, char: str) -> bool:
    at = 0
    while token := TOKEN.match(pattern, at):
        at = end_of_group(pattern, token.end()) if token["look"] else token.end()
        is_char = token["class"] or token["escape"] or token[0] in (char, ".")
        if is_char and token[0] not in _EDGES and regex.fullmatch(token[0], char):
            return True
    return bool(_POINT_IS_ALL.search(pattern))


class _First(NamedTuple):
    """A character, a class of them or the start of the text, and the flags under which it is written."""

    flags: str
    written: str


_NOTHING: Final = _First("", "")


class _Part(NamedTuple):
    """A character, a class of them, an edge, a bar, or a group with what is `inside` it."""

    written: str
    may_be_left_out: bool = False
    is_group: bool = False
    inside: str = ""
    flags: str = ""


def _parts(pattern: str) -> Iterator[_Part]:
    """The parts of a pattern in order, without what only looks around."""
    at = 0
    while token := TOKEN.match(pattern, at):
        start, inner = token.span()
        is_group = token[0].startswith("(") and not token["back"] and not token["look"]
        at = end_of_group(pattern, inner) if is_group or token["look"] else inner
        if is_group:
            head = _FLAGS.match(pattern, inner)
            if head is None:
                raise ValueError("a group of the pattern begins in a way that is not known")
            inside = pattern[head.end() : at - 1]
            yield _Part(pattern[start:at], _may_be_left_out(pattern, at), True, inside, head["flags"] or "")
        elif not (token["look"] or token["times"] or token["exactly"]):
            yield _Part(token[0], _may_be_left_out(pattern, at))


def _without_switch(pattern: str) -> str:
    """A pattern that switches the case off for all of it, as a group that does."""
    return f"(?i:{pattern[4:]})" if pattern.startswith("(?i)") else pattern


def _may_be_left_out(pattern: str, at: int) -> bool:
    times = TOKEN.match(pattern, at)
    return times is not None and times["times"] is not None and (times["least"] or times["times"]) in ("0", "?", "*")


def _behind(pattern: str) -> str:
    """The looks behind that a pattern begins with."""
    behind, at = "", 0
    while (token := TOKEN.match(pattern, at)) and token["look"]:
        at = end_of_group(pattern, token.end())
        behind += pattern[token.start() : at] if "<" in token[0] else ""
    return behind


def _firsts(pattern: str) -> Iterator[_First]:
    """What the first character of a match can be, each in an expression of its own; `_NOTHING` where it has none."""
    is_open = True
    for part in (*_parts(pattern), _Part("|")):
        if part.written == "|":
            if is_open:
                yield _NOTHING
            is_open = True
        elif is_open and (part.written not in _EDGES or part.written == r"\A"):
            own = set(_firsts_of(part))
            yield from own - {_NOTHING}
            is_open = part.may_be_left_out or _NOTHING in own


def _firsts_of(part: _Part) -> Iterator[_First]:
    if part.is_group:
        for first in _firsts(part.inside):
            flags = "".join(sorted({*part.flags, *first.flags}))
            yield _First(flags, first.written) if first != _NOTHING else first
    elif part.written.startswith("(?P="):
        yield from (_First("s", "."), _NOTHING)
    else:
        yield _First("s" if part.written == "." else "", part.written)


def _any_of(firsts: Iterable[_First]) -> str:
    """One expression for all of them, in which those that can be are in one class."""
    by_flags: dict[str, list[str]] = {}
    for flags, written in sorted(firsts):
        by_flags.setdefault(flags, []).append(written)
    return "|".join(f"(?{flags}:{_one_of(written)})" for flags, written in by_flags.items())


def _one_of(written: Iterable[str]) -> str:
    in_class, apart = [], []
    for one in written:
        if one.startswith("[^") or one in (".", r"\A"):
            apart.append(one)
        else:
            in_class.append(one[1:-1] if one.startswith("[") else one if one.startswith("\\") else regex.escape(one))
    return "|".join([*apart, *([f"[{''.join(in_class)}]"] if in_class else ())])


def _is_among(written: str, among: frozenset[str]) -> bool:
    """Whether a character or a class of them takes only these."""
    return written not in _EDGES and not written.startswith("(?P=") and not regex.search(written, _others(among))


@cache
def _others(among: frozenset[str]) -> str:
    """The characters that are not among them: those of most scripts beside digits, of ASCII alone beside letters."""
    if among.issubset(digits):
        return "".join(char for char in map(chr, _COMMON) if not char.isdecimal())
    return "".join(char for char in map(chr, range(128)) if char not in among)
