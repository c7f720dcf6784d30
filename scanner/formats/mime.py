"""One message, taken apart (RFC 2045, 2046).

Read as leniently as can be, and in time that grows with the message alone: nothing in it ends the reading. Where a
limit of structure is passed, what is below is text as it stands, and the problem says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from mmap import ACCESS_READ, mmap

from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.decoding import decoded, encoding_of
from scanner.formats import cms
from scanner.formats.charsets import in_charset, in_html_charset
from scanner.formats.mime_coding import BASE64, QUOTED, decoded_bytes, decoded_pieces, odd_lines, without_uuencoded
from scanner.formats.mime_headers import Buffer, Headers, first_token, media_type_of, parameters, read_headers

CMS = frozenset({"application/pkcs7-mime", "application/x-pkcs7-mime"})

_DEEPEST = 50
_MOST_ENTITIES = 20_000
_SIGNED_LIMIT = 256 * MIB
_PIECE = MIB
_HEAD = 64 * 1024
_TAIL = rb"(--)?[ \t]*\r?(?=\n|\Z)"
_TYPE = b"content-type"
_OF_PARTS = re.compile(rb"multipart/.*boundary", re.IGNORECASE | re.DOTALL)
_GUESS = re.compile(rb"^--([^\r\n]{1,200}?)[ \t]*\r?\n(?=content-)", re.MULTILINE | re.IGNORECASE)
_HINT = re.compile(rb"multi-?part message in MIME", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entity:
    """A message or a part of one: its header, the stretch of the buffer that is its body, and its children.

    `content_type` is in lower case. What has no children is a leaf, whatever its type says.
    """

    headers: Headers
    content_type: str
    buffer: Buffer = field(repr=False)
    start: int
    end: int
    children: tuple[Entity, ...] = ()

    @property
    def encoding(self) -> str:
        return first_token(self.headers.raw("content-transfer-encoding")).lower()

    @property
    def name(self) -> str | None:
        """The name that the sender gave it."""
        stated = parameters(self.headers.raw("content-disposition")).get("filename")
        return stated or parameters(self.headers.raw("content-type")).get("name") or None

    @property
    def is_blank(self) -> bool:
        return not self.buffer[self.start : min(self.end, self.start + _HEAD)].strip() and self.end - self.start < _HEAD

    def parameter(self, name: str) -> str:
        """A parameter of its content type; empty where there is none."""
        return parameters(self.headers.raw("content-type")).get(name, "")

    def pieces(self) -> Iterator[bytes]:
        """Its bytes as they were before they were written down for transfer, a piece at a time."""
        raw = (self.buffer[at : min(at + _PIECE, self.end)] for at in range(self.start, self.end, _PIECE))
        return decoded_pieces(raw, self.encoding)

    def content(self, limit: int | None = None) -> bytes:
        """The same at once; with a limit, those of so many bytes as they stand in the message."""
        end = self.end if limit is None else min(self.end, self.start + limit)
        return decoded_bytes(self.buffer[self.start : end], self.encoding)

    def text(self, limit: int) -> str:
        """Its characters by its charset, where that is known and fits, without the files that stand uuencoded in it.

        Lines that are not in the encoding for transfer, such as a mailing list puts below, come last.
        """
        raw = self.buffer[self.start : min(self.end, self.start + limit)]
        content = decoded_bytes(raw, self.encoding)
        if self.content_type == "text/html":
            text = in_html_charset(content, self.parameter("charset"))
        else:
            text = in_charset(without_uuencoded(content), self.parameter("charset"))
        odd = decoded(odd_lines(raw)) if self.encoding == BASE64 else ""
        return f"{text}\n{odd}" if odd else text


@dataclass(frozen=True, slots=True)
class Mail:
    """One message. `problem` names the limit of structure that it passes."""

    top: Entity
    problem: Problem | None = None


def parse_mail(blob: Blob) -> Mail:
    """The message that a blob holds, however odd. A spooled one is not loaded into memory."""
    if blob.path is None:
        return parse_bytes(blob.bytes)
    return parse_bytes(mmap(blob.file.fileno(), 0, access=ACCESS_READ))


def parse_bytes(buffer: Buffer) -> Mail:
    """The message. One in UTF-16, or with the line ends of old Macs, is turned into a usual one first."""
    head = buffer[:_HEAD]
    if encoding_of(head) != "utf-8":
        buffer = decoded(buffer[:]).encode("utf-8", "surrogatepass")
    elif b"\r" in head and b"\n" not in head:
        buffer = buffer[:].replace(b"\r", b"\n")
    reading = _Reading()
    top = reading.entity(buffer, 0, len(buffer), 0)
    return Mail(top, reading.problem)


class _Reading:
    """One message as it is taken apart, counting what it is made of. As deep in calls as entities are nested."""

    def __init__(self) -> None:
        self._entities = 0
        self.problem: Problem | None = None

    def entity(self, buffer: Buffer, start: int, end: int, depth: int, default: str = "text/plain") -> Entity:
        headers, body, is_cut = read_headers(buffer, start, end, is_top=depth == 0)
        if is_cut:
            self.problem = self.problem or Problem(ProblemCode.LIMIT, "headers")
        headers = _settled(headers)
        kind = media_type_of(headers.raw("content-type")) or default
        leaf = Entity(headers, kind, buffer, body, end)
        if not kind.startswith("multipart/") and kind not in CMS:
            return leaf
        if depth >= _DEEPEST:
            self.problem = Problem(ProblemCode.TOO_DEEP)
            return leaf
        return self._signed(leaf, depth) if kind in CMS else self._multipart(leaf, depth)

    def _multipart(self, leaf: Entity, depth: int) -> Entity:
        boundary = leaf.parameter("boundary").encode("utf-8", "surrogatepass")
        marks = self._marks(leaf, boundary) or self._marks(leaf, _guessed_boundary(leaf))
        if not marks and leaf.encoding in (BASE64, QUOTED):  # Forbidden by RFC 2045, 6.4, and done.
            content = leaf.content()
            headers = leaf.headers.without("content-transfer-encoding")
            return self._multipart(Entity(headers, leaf.content_type, content, 0, len(content)), depth)
        children = tuple(self._children(leaf, marks, depth))
        # Of delimiters with nothing between them nothing is left to read.
        return replace(leaf, children=children) if children or not marks else replace(leaf, start=leaf.end)

    def _signed(self, leaf: Entity, depth: int) -> Entity:
        """With what is signed as its child, where that is in it and in the clear."""
        if leaf.end - leaf.start > _SIGNED_LIMIT:
            return leaf
        content = cms.content_of(leaf.content(), _SIGNED_LIMIT)
        if not content:
            return leaf
        return replace(leaf, children=(self.entity(content, 0, len(content), depth + 1),))

    def _marks(self, leaf: Entity, boundary: bytes) -> list[tuple[int, int, bool]]:
        """Where each delimiter line begins, where it ends, and whether it says that it is the last."""
        if not boundary:
            return []
        delimiter = b"--" + re.escape(boundary) + _TAIL
        first = re.compile(delimiter).match(leaf.buffer, leaf.start, leaf.end)
        found = [(first.start(), first.end(), first[1] is not None)] if first else []
        # With its line end in front the pattern begins with fixed bytes, which are searched for many times faster.
        for mark in re.compile(b"\n" + delimiter).finditer(leaf.buffer, leaf.start, leaf.end):
            found.append((mark.start(), mark.end(), mark[1] is not None))
            if self._entities + len(found) >= _MOST_ENTITIES:
                self.problem = Problem(ProblemCode.LIMIT, "parts")
                break
        self._entities += len(found)
        return found

    def _children(self, leaf: Entity, marks: list[tuple[int, int, bool]], depth: int) -> Iterator[Entity]:
        """The parts, and as text of its own what stands before the first and behind one that says it is the last."""
        default = "message/rfc822" if leaf.content_type == "multipart/digest" else "text/plain"
        if marks:
            yield from _aside(leaf, leaf.start, marks[0][0])
        ends = [*(start for start, _, _ in marks[1:]), leaf.end]
        for (_, mark_end, is_last), end in zip(marks, ends, strict=True) if marks else ():
            start = mark_end + 1
            if is_last:
                yield from _aside(leaf, start, end)
            elif start < end:
                has_return = end < leaf.end and leaf.buffer[end - 1] == ord("\r")
                yield self.entity(leaf.buffer, start, end - has_return, depth + 1, default)


def _settled(headers: Headers) -> Headers:
    """With the one that tells of parts first, where several types are stated."""
    if sum(key == _TYPE for key, _ in headers.fields) < 2:
        return headers
    fields = sorted(headers.fields, key=lambda field: field[0] != _TYPE or _OF_PARTS.search(field[1]) is None)
    return Headers(tuple(fields))


def _guessed_boundary(leaf: Entity) -> bytes:
    found = _GUESS.search(leaf.buffer, leaf.start, leaf.end)
    return found[1] if found else b""


def _aside(leaf: Entity, start: int, end: int) -> Iterator[Entity]:
    text = Entity(Headers(), "text/plain", leaf.buffer, start, end)
    if start < end and not text.is_blank and not (end - start < 200 and _HINT.search(leaf.buffer, start, end)):
        yield text
