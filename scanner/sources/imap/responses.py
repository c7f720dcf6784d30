"""What an IMAP server answers (RFC 3501, 7.2 to 7.4; 7162 for VANISHED), read within bounds.

An answer comes from imaplib as a line, or as lines with the literals between them. Whatever is not IMAP raises
GarbledError, which quotes nothing: an answer is full of what people wrote.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

Answer: TypeAlias = "bytes | tuple[bytes, bytes]"
Fetched: TypeAlias = "Mapping[bytes, bytes]"
"""What was fetched of one message by name in capitals, a section by its first word (`BODY[HEADER.FIELDS]`)."""

_Piece: TypeAlias = "tuple[bool, bytes | None]"
_TOKEN = re.compile(
    rb"\s*(?:(?P<mark>[()])"
    rb'|"(?P<quoted>[^"\\]*(?:\\.[^"\\]*)*)"'
    rb"|(?P<literal>~?\{\d+\}\Z)"
    rb"|(?P<section>BODY\[[^\]]*\](?:<\d+>)?)"
    rb'|(?P<atom>[^\s()"]+))',
    re.IGNORECASE | re.DOTALL,
)
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_TOKENS = 1_000_000
_DEEPEST = 50
HIGHEST = 2**32 - 1
"""A UID is a number of 32 bits (RFC 3501, 2.3.1.1)."""
_SPAN = re.compile(r"(\d{1,10})(?::(\d{1,10}))?")


class GarbledError(Exception):
    """What came is not what the protocol allows."""


@dataclass(frozen=True, slots=True)
class Listed:
    """One mailbox of a LIST answer, with the name as the server writes it; a flat hierarchy has no separator."""

    name: bytes
    separator: bytes
    flags: frozenset[str]


def fetched(answers: Iterable[Answer]) -> Iterator[Fetched]:
    """The messages of FETCH answers. A nested value, such as flags, is passed over."""
    for lines in _whole(answers):
        tokens = _tokens(lines)
        next(tokens, None)  # The message's number, which means nothing beyond this answer.
        if next(tokens, None) != (True, b"("):
            raise GarbledError
        yield _pairs(tokens)


def listed(answers: Iterable[Answer]) -> Iterator[Listed]:
    for lines in _whole(answers):
        tokens = _tokens(lines)
        if next(tokens, None) != (True, b"("):
            raise GarbledError
        flags = frozenset(flag.decode("ascii", "replace").casefold() for flag in _until_closed(tokens))
        (_, separator), (is_mark, name) = (next(tokens, (True, None)) for _ in range(2))
        if is_mark or name is None:
            raise GarbledError
        yield Listed(name, separator or b"", flags)


def statuses(answers: Iterable[Answer]) -> Iterator[tuple[bytes, Mapping[bytes, int]]]:
    """Each mailbox's numbers by their names in capitals."""
    for lines in _whole(answers):
        tokens = _tokens(lines)
        is_mark, name = next(tokens, (True, None))
        if is_mark or name is None or next(tokens, None) != (True, b"("):
            raise GarbledError
        yield name, {key: number(value) for key, value in _pairs(tokens).items()}


def access_lists(answers: Iterable[Answer]) -> Iterator[Mapping[bytes, bytes]]:
    """The rights of each identifier, folder by folder."""
    for lines in _whole(answers):
        _, *told = (value or b"" for _, value in _tokens(lines))
        yield dict(zip(told[::2], told[1::2], strict=False))


def own_rights(answers: Iterable[Answer]) -> bytes | None:
    """What this login may do with the folder that was asked about (RFC 4314, 3.8)."""
    for lines in _whole(answers):
        told = [value or b"" for _, value in _tokens(lines)]
        return told[1] if len(told) > 1 else None
    return None


def foreign_prefixes(answers: Iterable[Answer]) -> tuple[bytes, ...]:
    """What the names in other users' and in shared namespaces begin with (RFC 2342)."""
    found: list[bytes] = []
    depth, section, is_first = 0, 0, False
    for lines in _whole(answers):
        for is_mark, value in _tokens(lines):
            if is_mark:
                depth += 1 if value == b"(" else -1
                is_first = value == b"(" and depth == 2
                section += value == b")" and depth == 0
            elif depth == 0:
                section += 1  # NIL: there is no namespace of this kind.
            elif is_first:
                found += [value] if section and value else []
                is_first = False
    return tuple(found)


def personal_prefix(answers: Iterable[Answer]) -> bytes:
    """What the names of the login's own folders begin with (RFC 2342): b"" where there is nothing of the kind."""
    for lines in _whole(answers):
        tokens = _tokens(lines)
        if [next(tokens, None), next(tokens, None)] == [(True, b"(")] * 2:
            return next(tokens, (False, None))[1] or b""
    return b""


def number(told: bytes) -> int:
    """0 where it is none, or longer than any number of the protocol."""
    return int(told) if told.isdigit() and len(told) < 20 else 0


def spans(uids: str) -> list[tuple[int, int]]:
    """The first and last of each range in a sequence set, in the order given. Raises GarbledError."""
    found = []
    for part in filter(None, uids.split(",")):
        match = _SPAN.fullmatch(part)
        if match is None:
            raise GarbledError
        first, last = int(match[1]), int(match[2] or match[1])
        found.append((min(first, last), min(max(first, last), HIGHEST)))
    return found


def sequence_set(uids: Sequence[int]) -> str:
    """Numbers in rising order as a sequence set, runs written as ranges."""
    parts: list[str] = []
    start = 0
    for at in range(1, len(uids) + 1):
        if at == len(uids) or uids[at] != uids[at - 1] + 1:
            parts.append(str(uids[start]) if at - start == 1 else f"{uids[start]}:{uids[at - 1]}")
            start = at
    return ",".join(parts)


def vanished_earlier(answers: Iterable[Answer]) -> list[tuple[int, int]]:
    """The ranges of UIDs that are gone since the state that was told (RFC 7162, 3.2.10)."""
    found: list[tuple[int, int]] = []
    for answer in answers:
        if isinstance(answer, bytes) and answer[:9].upper() == b"(EARLIER)":
            found += spans(answer[9:].strip().decode("ascii", "replace"))
    return found


def _whole(answers: Iterable[Answer]) -> Iterator[list[Answer]]:
    """Each answer with its literals: imaplib gives every literal with the line before it, and the last line alone."""
    lines: list[Answer] = []
    for answer in answers:
        lines.append(answer)
        if isinstance(answer, bytes):
            yield lines
            lines = []
    if lines:
        raise GarbledError


def _tokens(lines: Iterable[Answer]) -> Iterator[_Piece]:
    """Whether it is a parenthesis, and the token's value; None is NIL."""
    left = _TOKENS
    for line in lines:
        text, literal = line if isinstance(line, tuple) else (line, None)
        at, end = 0, len(text.rstrip())
        while at < end:
            token = _TOKEN.match(text, at)
            left -= 1
            if token is None or not left:
                raise GarbledError
            at = token.end()
            if token.lastgroup == "literal" and literal is not None:
                yield False, literal
            elif token.lastgroup == "quoted":
                yield False, _ESCAPED.sub(rb"\1", token["quoted"])
            else:
                value = token[token.lastgroup or 0]
                yield token.lastgroup == "mark", None if value.upper() == b"NIL" else value


def _pairs(tokens: Iterator[_Piece]) -> dict[bytes, bytes]:
    """Names and values up to the closing parenthesis, which must be the last token of all."""
    found: dict[bytes, bytes] = {}
    for is_mark, name in tokens:
        if is_mark or name is None:
            if name != b")" or next(tokens, None) is not None:
                break
            return found
        value_is_mark, value = next(tokens, (True, b")"))
        if value_is_mark:
            if value == b")":
                break
            for _ in _until_closed(tokens):
                pass
        elif value is not None:
            found[_named(name)] = value
    raise GarbledError


def _named(name: bytes) -> bytes:
    name = name.upper()
    if not name.startswith(b"BODY["):
        return name
    section, _, origin = name[5:].rpartition(b"]")
    return b"BODY[%b]%b" % (section.partition(b" ")[0], origin)


def _until_closed(tokens: Iterator[_Piece]) -> Iterator[bytes]:
    depth = 1
    for is_mark, value in tokens:
        if is_mark:
            depth += 1 if value == b"(" else -1
        elif value is not None:
            yield value
        if depth == 0:
            return
        if depth > _DEEPEST:
            break
    raise GarbledError
