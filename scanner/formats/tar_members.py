"""What a tape archive says of its members (POSIX.1-2017, pax, "ustar Interchange Format"; GNU tar's manual, D)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.streams import LARGEST, read_at

BLOCK = 512
_MOST_SAID = 2 * MIB
_MAGIC = b"ustar"
_DECIMAL = re.compile(rb"-?[0-9]{1,18}(?:\.[0-9]{0,18})?")
_HEEDED = frozenset({
    b"path", b"size", b"mtime", b"GNU.sparse.name", b"GNU.sparse.major", b"GNU.sparse.realsize", b"GNU.sparse.size",
    b"GNU.sparse.map",
})  # fmt: skip
_SPARSE_PAIRS = (b"GNU.sparse.offset", b"GNU.sparse.numbytes")
_PAX, _LONG_NAME, _SPARSE = b"xX", b"L", b"S"
_ABOUT_OTHERS = b"gKNAIEVD"
"""Global headers, long link names, lists of control and of labels: they are no members, and nothing of one."""
_FOLDER = b"5"
_MAY_LACK_BODY = b"123456"


class Sparse(StrEnum):
    """Where a sparse file's map stands: nowhere, with the header, told by a pax header, or before the content."""

    NOT = "not"
    WITH_HEADER = "with the header"
    TOLD = "told"
    BEFORE_CONTENT = "before the content"


@dataclass(frozen=True, slots=True)
class TarMember:
    """One member: its own `header`, which begins at `at`, and what was `said` of it before.

    The archive holds `stored` bytes of it at `start`. What else is told is worked out where it is asked for, since of
    most members of a large archive nobody does.
    """

    at: int
    header: bytes = field(repr=False)
    said: Mapping[bytes, bytes] = field(repr=False)
    start: int
    stored: int

    @property
    def kind(self) -> bytes:
        """The type flag."""
        return self.header[156:157]

    @property
    def following(self) -> int:
        """Where the next header begins."""
        return _behind(self.start, self.stored)

    @property
    def name(self) -> str:
        told = self.said.get(b"GNU.sparse.name") or self.said.get(b"path") or _short_name(self.header)
        try:
            return told.decode("utf-8") or "unnamed"
        except UnicodeDecodeError:
            return told.decode("cp1252", "backslashreplace")

    @property
    def sparse(self) -> Sparse:
        if self.kind in _SPARSE:
            return Sparse.WITH_HEADER
        if self.said.get(b"GNU.sparse.major") == b"1":
            return Sparse.BEFORE_CONTENT
        return Sparse.TOLD if b"GNU.sparse.map" in self.said else Sparse.NOT

    @property
    def size(self) -> int:
        """What it says that it is with its holes."""
        if self.sparse is Sparse.NOT:
            return self.stored
        if self.sparse is Sparse.WITH_HEADER:
            return min(max(0, number(self.header[483:495]) or 0), LARGEST)
        return _decimal(self.said.get(b"GNU.sparse.realsize", self.said.get(b"GNU.sparse.size"))) or 0

    @property
    def modified(self) -> datetime | None:
        told = self.said.get(b"mtime", b"")
        seconds = float(told) if _DECIMAL.fullmatch(told) else number(self.header[136:148])
        try:
            return None if seconds is None else datetime.fromtimestamp(seconds, UTC)
        except (ValueError, OverflowError, OSError):
            return None

    @property
    def is_folder(self) -> bool:
        """Before POSIX a folder was a file without content whose name ends in a slash."""
        return self.kind == _FOLDER or (not self.stored and self.name.endswith("/"))


def tar_members(blob: Blob) -> Iterator[TarMember]:
    """The members, folders apart. What is damaged is passed over to the next header that can be told for one.

    Raises ItemTroubleError (corrupt), at the very end, where there was damage or the archive is cut short. An archive
    behind the end of another goes on with it.
    """
    at, is_damaged = 0, False
    said: dict[bytes, bytes] = {}
    while block := read_at(blob, at, BLOCK):
        kind, stored = block[156:157], _stored(block)
        if not block.strip(b"\0"):
            at = _behind_zeros(blob, at)
        elif stored is None:
            at, said, is_damaged = _next_header(blob, at + BLOCK), {}, True
        elif kind in _PAX or kind in _LONG_NAME or kind in _ABOUT_OTHERS:
            is_damaged |= not _fits(blob, at + BLOCK, stored) or stored > _MOST_SAID
            said |= _said(kind, read_at(blob, at + BLOCK, min(stored, _MOST_SAID)))
            at = _behind(at + BLOCK, stored)
        else:
            member = _member(blob, at, block, stored, said)
            is_damaged |= not _fits(blob, member.start, member.stored)
            if not member.is_folder:
                yield member
            at, said = member.following, {}
    if is_damaged:
        raise ItemTroubleError(ProblemCode.CORRUPT)


def _stored(block: bytes) -> int | None:
    """The size that a header tells; None of what is no header, or a damaged one.

    The checksum is that of the header with blanks for the checksum, of bytes with a sign in archives of some.
    """
    if len(block) < BLOCK:
        return None
    stated = number(block[148:156])
    total = sum(block) - sum(block[148:156]) + 8 * ord(" ")
    if stated != total and stated != total - 256 * sum(byte > 127 for byte in block[:148] + block[156:]):
        return None
    size = number(block[124:136])
    return size if size is not None and 0 <= size <= LARGEST else None


def number(field: bytes) -> int | None:
    """A number in a header: octal, or where it is too large for that, of base 256 behind a byte with the top bit."""
    if field[:1] >= b"\x80":
        value = int.from_bytes(field[1:], "big")
        return value - (1 << 8 * (len(field) - 1)) if field[0] == 0xFF else value
    try:
        return int(field.strip(b" \0").partition(b"\0")[0] or b"0", 8)
    except ValueError:
        return None


def _behind(start: int, length: int) -> int:
    return start + -(-length // BLOCK) * BLOCK


def _fits(blob: Blob, start: int, length: int) -> bool:
    return start + length <= blob.size


def _behind_zeros(blob: Blob, at: int) -> int:
    """Where the first block begins, from `at` on, that is not all zeros."""
    while chunk := read_at(blob, at, MIB):
        zeros = len(chunk) - len(chunk.lstrip(b"\0"))
        if zeros < len(chunk):
            return at + zeros // BLOCK * BLOCK
        at += len(chunk)
    return at


def _next_header(blob: Blob, at: int) -> int:
    """Where the next header begins, by its magic and its checksum; the end of the blob where there is none."""
    while chunk := read_at(blob, at, MIB):
        found = chunk.find(_MAGIC)
        while found >= 0:
            block = chunk[found - 257 : found - 257 + BLOCK]
            if found % BLOCK == 257 and _stored(block) is not None:
                return at + found - 257
            found = chunk.find(_MAGIC, found + 1)
        at += len(chunk)
    return blob.size


def _said(kind: bytes, content: bytes) -> dict[bytes, bytes]:
    """What a header says of the one behind it."""
    if kind in _LONG_NAME:
        return {b"path": content.partition(b"\0")[0]}
    return _records(content) if kind in _PAX else {}


def _records(content: bytes) -> dict[bytes, bytes]:
    """The records "length key=value" of a pax header, as far as they are sound and of any use."""
    said: dict[bytes, bytes] = {}
    pairs: list[bytes] = []
    at = 0
    while at < len(content):
        space = content.find(b" ", at, at + 12)
        if space < 0 or not content[at:space].isdigit():
            break
        end = at + int(content[at:space])
        if not space < end <= len(content):
            break
        key, _, value = content[space + 1 : end - 1].partition(b"=")
        if key in _HEEDED:
            said[key] = value
        elif key in _SPARSE_PAIRS:
            pairs.append(value)
        at = end
    return {b"GNU.sparse.map": b",".join(pairs), **said} if pairs else said


def _member(blob: Blob, at: int, header: bytes, stored: int, said: Mapping[bytes, bytes]) -> TarMember:
    kind, start = header[156:157], at + BLOCK
    told = _decimal(said.get(b"size"))
    stored = stored if told is None else told
    if kind in _MAY_LACK_BODY and stored and _lacks_body(blob, start):
        stored = 0
    if kind in _SPARSE:
        start = _behind_map(blob, start, header[482])
    return TarMember(at, header, said, start, stored)


def _lacks_body(blob: Blob, start: int) -> bool:
    """Links and folders may tell a size and yet have no body: then the next header stands in its place."""
    block = read_at(blob, start, BLOCK)
    return not block.strip(b"\0") or _stored(block) is not None


def _behind_map(blob: Blob, start: int, goes_on: int) -> int:
    while goes_on:
        goes_on = (read_at(blob, start, BLOCK)[504:505] or b"\0")[0]
        start += BLOCK
    return start


def _short_name(header: bytes) -> bytes:
    name = header[:100].partition(b"\0")[0]
    prefix = header[345:500].partition(b"\0")[0] if header[257:263] == b"ustar\0" else b""
    return prefix + b"/" + name if prefix else name


def _decimal(text: bytes | None) -> int | None:
    return int(text) if text is not None and text.isdigit() and len(text) < 19 else None
