"""How the bytes of a part are written down in a message: base64, quoted-printable, uuencode, or as they are."""

from __future__ import annotations

import re
from binascii import Error, a2b_base64, a2b_qp, a2b_uu
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

BASE64 = "base64"
QUOTED = "quoted-printable"
UUENCODED = frozenset({"x-uuencode", "uuencode", "x-uue", "uue"})

_ALPHABET = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/="
_JUNK = bytes(set(range(256)) - set(_ALPHABET))
_SAMPLE = 4096
_FIRST_LINES = 4
_ODD_LINE = re.compile(rb"^[^\n]*[^A-Za-z0-9+/=\s][^\n]*$", re.MULTILINE)
_BEGIN = re.compile(rb"^begin [0-7]{3,4} ([^\r\n]{1,255})\r?\n", re.MULTILINE)


def decoded_bytes(content: bytes, encoding: str) -> bytes:
    """What was written down; as it stands under an encoding that is unknown, or is not the one it is in."""
    return b"".join(decoded_pieces([content], encoding))


def decoded_pieces(pieces: Iterable[bytes], encoding: str) -> Iterator[bytes]:
    """The same of content that comes in pieces, so that an attachment is never held twice."""
    if encoding == BASE64:
        yield from _from_base64(pieces)
    elif encoding == QUOTED:
        for piece in _whole_lines(pieces):
            yield a2b_qp(piece)
    elif encoding in UUENCODED:
        content = b"".join(pieces)
        files = list(uuencoded(content))
        yield b"".join(file.content for file in files) if files else content
    else:
        yield from pieces


def from_base64(content: bytes) -> bytes:
    return b"".join(_from_base64([content]))


def odd_lines(content: bytes) -> bytes:
    """The lines amid base64 that are none, such as what a mailing list puts below."""
    return b"\n".join(_ODD_LINE.findall(content)) if is_base64(content) else b""


def is_base64(content: bytes) -> bool:
    """Whether this is base64 at all, told by its first lines: a text called so by mistake is to be read as text."""
    lines = list(islice(filter(None, (line.strip() for line in content[:_SAMPLE].split(b"\n"))), _FIRST_LINES))
    return not lines or any(
        not line.translate(None, _ALPHABET) and (len(line) % 4 == 0 or len(lines) == 1) for line in lines
    )


def _from_base64(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Junk is passed over, and what follows a padding in the middle is decoded too."""
    left = b""
    is_first = True
    for piece in pieces:
        if is_first and not is_base64(piece):
            yield from (piece, *pieces)
            return
        is_first = False
        *whole, left = (left + piece.translate(None, _JUNK)).split(b"=")
        yield b"".join(map(_padded, whole))
        enough = len(left) // 4 * 4
        yield a2b_base64(left[:enough])
        left = left[enough:]
    yield _padded(left)


def _padded(run: bytes) -> bytes:
    # A single letter at the end holds six bits, which are no byte.
    run = run[:-1] if len(run) % 4 == 1 else run
    return a2b_base64(run + b"=" * (-len(run) % 4))


def _whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    left = b""
    for piece in pieces:
        lines, newline, rest = piece.rpartition(b"\n")
        if newline:
            yield left + lines + newline
            left = rest
        else:
            left += piece
    yield left


@dataclass(frozen=True, slots=True)
class UuFile:
    """A file that stands uuencoded in a text, from `start` up to `end`."""

    name: bytes
    content: bytes
    start: int
    end: int


def uuencoded(text: bytes) -> Iterator[UuFile]:
    """The files in a text, each from its line "begin 644 name" as far as lines of its kind go (POSIX uuencode)."""
    at = 0
    while b"begin " in text and (begin := _BEGIN.search(text, at)):
        content, end = _uu_lines(text, begin.end())
        if content:
            yield UuFile(begin[1].strip(), content, begin.start(), end)
        at = max(end, begin.end())


def without_uuencoded(text: bytes) -> bytes:
    """The text around the files that stand uuencoded in it."""
    kept, at = [], 0
    for file in uuencoded(text):
        kept.append(text[at : file.start])
        at = file.end
    return b"".join((*kept, text[at:])) if at else text


def _uu_lines(text: bytes, at: int) -> tuple[bytes, int]:
    """The content of the lines from `at` on, and where they end: behind the line "end", where there is one."""
    pieces: list[bytes] = []
    while at < len(text):
        newline = text.find(b"\n", at, at + 128)
        following = newline + 1 if newline >= 0 else min(len(text), at + 128)
        line = text[at:following].rstrip(b"\r\n")
        if line == b"end":
            return b"".join(pieces), following
        piece = _uu_line(line)
        if piece is None:
            break
        pieces.append(piece)
        at = following
    return b"".join(pieces), at


def _uu_line(line: bytes) -> bytes | None:
    """A character that gives the length, then as many characters as that takes; None where this is no such line."""
    if not line or not all(0x20 <= byte <= 0x60 for byte in line):
        return b"" if not line else None
    length = (line[0] - 0x20) & 0x3F
    needed = (length * 8 + 5) // 6
    if len(line) > 1 + needed + 3 or len(line) + 4 < 1 + needed:
        return None
    try:
        return a2b_uu(line[: 1 + needed])
    except Error:
        return None
