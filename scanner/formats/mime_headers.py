"""The header of a message or of a part of one, read as leniently as can be (RFC 5322, 2045, 2047, 2231)."""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate_tz
from itertools import groupby, islice
from mmap import mmap
from urllib.parse import unquote_to_bytes

from scanner.decoding import decoded
from scanner.formats.charsets import in_charset
from scanner.formats.mime_coding import from_base64

Buffer = bytes | mmap

_MOST_FIELDS = 100_000
_MOST_PARAMETERS = 1000
_LONGEST = 16 * 1024 * 1024
# Possessive, so that fifty thousand folds are not remembered for a way back.
_FIELD = re.compile(rb"([\x21-\x39\x3b-\x7e]{1,1000})[ \t]*:([^\n]*(?:\n[ \t][^\n]*)*+)\n?")
_BLANK = re.compile(rb"[ \t]*\r?(?:\n|\Z)")
_LINE = re.compile(rb"[^\n]*\n?")
# A mark of the byte order, blank lines, the byte count of .emlx, and the line that parts the messages of a mailbox.
_BEFORE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t]*\r?\n)*+(?:\d{1,10}[ \t]*\r?\n)?(?:>?From [^\n]*\n)?")
_SURELY_A_FIELD = re.compile(
    rb"(?:content-[a-z-]+|mime-version|from|to|cc|subject|date|received|message-id|return-path|reply-to|x-[\w-]+)"
    rb"[ \t]*:",
    re.IGNORECASE,
)

_WORD = re.compile(r"=\?([^\s?*]{1,60})(?:\*[^\s?]{0,60})?\?([bBqQ])\?([^?]*)\?=")
_COMMENTS = r"\s*(?:\([^()]{0,1000}\)\s*){0,20}+"
_TOKEN = re.compile(rf'{_COMMENTS}["\s]*([^\s;"(]+)')
_TYPE = re.compile(rf"{_COMMENTS}([\w!#$&^.+-]+)\s*/\s*([\w!#$&^.+-]+)")
_BETWEEN = re.compile(r"[;\s]*+")
_PARAMETER = re.compile(r"([^\s=;\"]{1,200})\s*=\s*")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*+)"', re.DOTALL)
_UNQUOTED = re.compile(r"[^;]*")
_PIECE = re.compile(r"([^*]+)(?:\*(\d{1,4}))?(\*)?$")
_EARLIEST, _LATEST = 1970, 2100


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields in their order, a name in lower case and the value as it stands, folds and all."""

    fields: tuple[tuple[bytes, bytes], ...] = ()

    def all(self, name: str) -> Iterator[str]:
        """The values of every field of this name, in lower case, as a person reads them."""
        wanted = name.encode()
        return (header_text(decoded(value)) for key, value in self.fields if key == wanted)

    def first(self, name: str) -> str:
        """The value of the first field of this name; empty where there is none."""
        return next(self.all(name), "")

    def raw(self, name: str) -> str:
        """The first of the fields of this name with encoded words left as they are, without the white space around."""
        wanted = name.encode()
        return next((decoded(value).strip() for key, value in self.fields if key == wanted), "")

    def without(self, name: str) -> Headers:
        unwanted = name.encode()
        return Headers(tuple(field for field in self.fields if field[0] != unwanted))


def read_headers(buffer: Buffer, start: int, end: int, *, is_top: bool) -> tuple[Headers, int, bool]:
    """The header that begins at `start`, where the body begins, and whether the header was cut for a limit.

    A line that is neither a field nor blank ends the header, as RFC 5322 has it; where a field of mail follows it all
    the same, it is passed over and the header goes on. `is_top`: what mailboxes and editors put before is skipped.
    """
    before = _BEFORE.match(buffer, start, end) if is_top else None
    at = before.end() if before else start
    last = min(end, at + _LONGEST)
    fields: list[tuple[bytes, bytes]] = []
    while at < last:
        field = _FIELD.match(buffer, at, last)
        if field and len(fields) < _MOST_FIELDS:
            fields.append((field[1].lower(), field[2]))
            at = field.end()
        elif (fields or not before) and (blank := _BLANK.match(buffer, at, end)):
            return Headers(tuple(fields)), blank.end(), False
        elif field is None and fields and _SURELY_A_FIELD.match(buffer, _next_line(buffer, at, end), end):
            at = _next_line(buffer, at, end)
        else:
            return Headers(tuple(fields)), at if fields else start, field is not None
    return Headers(tuple(fields)), at, at < end


def _next_line(buffer: Buffer, at: int, end: int) -> int:
    line = _LINE.match(buffer, at, end)
    assert line is not None
    return line.end()


def header_text(raw: str) -> str:
    """A value as its reader sees it: folds undone, encoded words decoded; as it stands where that fails."""
    value = " ".join(raw.split())
    if "=?" not in value:
        return value
    return " ".join("".join(_decoded(value)).split())


def _decoded(value: str) -> Iterator[str]:
    """Neighbours of one charset are decoded as one, since some senders cut a character in two."""
    for charset, pieces in groupby(_words(value), key=lambda piece: piece[0]):
        content = b"".join(piece for _, piece in pieces)
        yield content.decode("utf-8", "surrogatepass") if charset is None else in_charset(content, charset)


def _words(value: str) -> Iterator[tuple[str | None, bytes]]:
    """Charset and bytes of each encoded word, None and the UTF-8 of what stands between them."""
    at = 0
    for word in _WORD.finditer(value):
        between = value[at : word.start()]
        if between and not (at and between.isspace()):
            yield None, between.encode("utf-8", "surrogatepass")
        text = word[3].encode("utf-8", "surrogatepass")
        yield word[1].lower(), from_base64(text) if word[2] in "bB" else a2b_qp(text, header=True)
        at = word.end()
    yield None, value[at:].encode("utf-8", "surrogatepass")


def first_token(value: str) -> str:
    """The word that a value begins with, comments and quotes apart; empty where there is none."""
    found = _TOKEN.match(value)
    return found[1] if found else ""


def media_type_of(value: str) -> str | None:
    """The type and subtype of a Content-Type in lower case; None where there is none to be seen."""
    found = _TYPE.match(value)
    return f"{found[1]}/{found[2]}".lower() if found else None


def parameters(value: str) -> dict[str, str]:
    """The parameters behind the first semicolon, continuations joined and percent-encoding undone (RFC 2231)."""
    found: dict[str, dict[int, tuple[bool, str]]] = {}
    for name, text in islice(_pairs(value), _MOST_PARAMETERS):
        if piece := _PIECE.match(name):
            found.setdefault(piece[1], {}).setdefault(int(piece[2] or 0), (piece[3] is not None, text))
    return {name: _joined([pieces[number] for number in sorted(pieces)]) for name, pieces in found.items()}


def _pairs(value: str) -> Iterator[tuple[str, str]]:
    at = value.find(";")
    has_end_quotes = True
    while at >= 0:
        between = _BETWEEN.match(value, at)
        at = between.end() if between else at
        if name := _PARAMETER.match(value, at):
            # Where one quotation has no end none behind it has: none is looked for again, which keeps this linear.
            quoted = _QUOTED.match(value, name.end()) if has_end_quotes else None
            has_end_quotes = quoted is not None or not value.startswith('"', name.end())
            text = quoted or _UNQUOTED.match(value, name.end())
            assert text is not None
            yield name[1].lower(), _unescaped(quoted[1]) if quoted else text[0].strip().strip('"')
            at = text.end()
        at = value.find(";", at)


def _unescaped(quoted: str) -> str:
    """Only quotes and backslashes: a path of Windows keeps its own."""
    return quoted.replace("\\\\", "\\").replace('\\"', '"')


def _joined(pieces: list[tuple[bool, str]]) -> str:
    if not any(is_encoded for is_encoded, _ in pieces):
        return header_text("".join(text for _, text in pieces))
    charset, _, behind = pieces[0][1].partition("'")
    _, quote, text = behind.partition("'")
    if not (pieces[0][0] and quote):
        charset, text = "", pieces[0][1]
    written = [(pieces[0][0], text), *pieces[1:]]
    content = b"".join(
        unquote_to_bytes(text) if is_encoded else text.encode("utf-8", "surrogatepass") for is_encoded, text in written
    )
    return " ".join(in_charset(content, charset).split())


def date_of(value: str) -> date | None:
    """The day of a date and time as its writer's clock had it; None where it is none or not to be believed."""
    try:
        parts = parsedate_tz(value[:200])
        day = date(*parts[:3]) if parts else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return day if day and _EARLIEST <= day.year < _LATEST else None
