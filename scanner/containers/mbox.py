"""A mailbox as one file of messages, each behind a line that begins with "From " (RFC 4155 and its wilder kin)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from io import BufferedReader
from typing import BinaryIO

from scanner.blob import Blob
from scanner.budget import MIB
from scanner.container import Part
from scanner.pieces import Pieces

_MARK = b"\nFrom "
_DATED = re.compile(rb"From .*\b\d{1,2}:\d\d\b.*\b\d{4}\b")
_BARE = re.compile(rb"From (?:-|\S+)?\s*$")
_HEADER = re.compile(rb">?[\x21-\x39\x3b-\x7e]{1,200}(?::|[ \t]+:)|>From ")
_QUOTED = re.compile(rb"\n>(>*From )")
_LINES = 4096  # Enough for a "From " line and the beginning of the next.
_PIECE = 64 * 1024


@dataclass(frozen=True, slots=True)
class MboxContainer:
    """The messages in their order, found one at a time; a position is the offset of a message's "From " line.

    A message is named by that offset, which stays the same while the mailbox grows, as a message: its few headers may
    not tell that it is one. A line that begins with "From "
    starts a message where a header follows it and it has a date and time, or an empty line before it and no more
    than a name: so that a sentence of a message rarely does, and whatever is told wrong is still in some message.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        start = after
        for end in _starts(blob, after):
            yield Part(f"message-at-{start}.eml", end, partial(_opened, blob, start, end), end - start)
            start = end


def _starts(blob: Blob, after: int) -> Iterator[int]:
    """The offsets of the messages that begin behind `after`, and the end of the file.

    Blocks overlap by one byte less than a mark, so that none is cut in two and none is met twice.
    """
    at = after
    while block := _slice(blob, at, MIB):
        found = block.find(_MARK)
        while found >= 0:
            if _is_start(_slice(blob, max(0, at + found - 3), _LINES), min(3, at + found)):
                yield at + found + 1
            found = block.find(_MARK, found + 1)
        at += max(1, len(block) - len(_MARK) + 1)
    if after < blob.size:
        yield blob.size


def _slice(blob: Blob, at: int, length: int) -> bytes:
    blob.file.seek(at)
    return blob.file.read(length)


def _is_start(around: bytes, newline: int) -> bool:
    """Whether the line behind a newline begins a message; `around` holds what is before and behind it."""
    before = around[:newline]
    line, _, rest = around[newline + 1 :].partition(b"\n")
    if not _HEADER.match(rest):
        return False
    after_blank = before.endswith((b"\n", b"\n\r"))
    return _DATED.match(line) is not None or (after_blank and _BARE.match(line) is not None)


def _opened(blob: Blob, start: int, end: int) -> BinaryIO:
    return BufferedReader(Pieces(_unquoted(blob, start, end)))


def _unquoted(blob: Blob, start: int, end: int) -> Iterator[bytes]:
    """A message without its "From " line, ">From " at the beginning of a line turned back into "From " (mboxrd).

    A piece ends with a line where it has one, so that no beginning is cut in two.
    """
    at = _behind_from_line(blob, start, end)
    held, before = b"", b"\n"
    while at < end and (block := _slice(blob, at, min(_PIECE, end - at))):
        at += len(block)
        piece = held + block
        last = piece.rfind(b"\n") + 1 if at < end else len(piece)
        held = piece[last:] if last else b""
        piece = piece[:last] if last else piece
        yield _QUOTED.sub(rb"\n\1", before + piece)[1:]
        before = piece[-1:]
    if held:
        yield held


def _behind_from_line(blob: Blob, start: int, end: int) -> int:
    blob.file.seek(start)
    line = blob.file.readline(min(_PIECE, end - start))
    return start + len(line) if line.startswith(b"From ") else start
