"""Text that is its own text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.content import Content, Table
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.decoding import CONTROLS, charset_of_pieces, decoder_of
from scanner.formats.writings import WRITINGS, Writing

_OVERLAP = 1000
_LONGEST_HEADING = 4000
_LONGEST_NAME = 100  # Of a line of a calendar, which may have been parted by what was read at once.
_DELIMITERS = {"text/csv": ",;\t|", "text/tab-separated-values": "\t"}
_LETTER = re.compile(r"[^\W\d_]")
_VALUE = re.compile(r"\d{5}|@|\d[/.-]\d")
# Nothing but zeros is what a crash leaves of a file, or room that a log keeps: no content that was not read.
_JUNK = CONTROLS.replace(b"\0", b"")
_MOST_JUNK = 100
_OTHER_CONTROLS = ("utf-16", "utf-32", "cp1140", "cp500")


@dataclass(frozen=True, slots=True)
class PlainExtractor:
    """Characters as they stand in the file: line ends are not translated and a byte-order mark counts as one. What
    is written down otherwise than it is meant (escapes, folded lines) comes as it is meant, and keeps its length.

    A long text comes in stretches, read piece by piece. A stretch begins with the last characters of the one before;
    in a table parted by commas or the like it begins with the line of headings instead, and the one before ends with
    a line. Where more than a hundredth of the file is no text in any encoding, the last stretch says so.
    """

    version: str = "plain 3"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        stretches = _stretches(_Text(blob, WRITINGS.get(media_type)), _DELIMITERS.get(media_type, ""), limit)
        first, is_more = next(stretches)
        return replace(first, rest=(stretch for stretch, _ in stretches)) if is_more else first


class _Text:
    """The characters of a file, taken from its beginning to its end."""

    def __init__(self, blob: Blob, writing: Writing | None) -> None:
        self._blob, self._writing = blob, writing
        self._charset = charset_of_pieces(_pieces(blob))
        self._decode = decoder_of(self._charset)
        self._pieces = _pieces(blob)
        self._ready: list[str] = []
        self._count = 0
        self._junk = 0
        self._held = ""

    def take(self, count: int) -> tuple[str, bool]:
        """The next characters, fewer than `count` only at the end, and whether more follow."""
        while self._count <= count and (piece := next(self._pieces, None)) is not None:
            self._add(piece)
        text = "".join(self._ready)
        self._ready, self._count = [text[count:]], len(text) - count
        return text[:count], len(text) > count

    def give_back(self, text: str) -> None:
        self._ready.insert(0, text)
        self._count += len(text)

    @property
    def problem(self) -> Problem | None:
        return Problem(ProblemCode.UNSUPPORTED) if self._junk * _MOST_JUNK > self._blob.size else None

    def _add(self, piece: bytes) -> None:
        text = self._decode(piece, not piece)
        meant = self._meant(text, is_last=not piece)
        self._ready.append(meant)
        self._count += len(meant)
        if self._charset.startswith(_OTHER_CONTROLS):
            self._junk += 2 * text.count("\ufffd")
        else:
            self._junk += len(piece) - len(piece.translate(None, _JUNK))

    def _meant(self, text: str, *, is_last: bool) -> str:
        if self._writing is None:
            return text
        held = self._held
        text = held + text
        at = len(text) if is_last else self._writing.cut(text, max(0, len(held) - _LONGEST_NAME))
        self._held = text[at:]
        return self._writing.meant(text[:at])


def _pieces(blob: Blob) -> Iterator[bytes]:
    """The bytes in order, wherever the file's position is moved between; the last piece is empty."""
    for at in range(0, blob.size, MIB):
        blob.file.seek(at)
        yield blob.file.read(MIB)
    yield b""


def _stretches(text: _Text, delimiters: str, limit: int) -> Iterator[tuple[Content, bool]]:
    """Each stretch, and whether there is one behind it."""
    fresh, is_more = text.take(limit)
    headings = _headings(fresh, delimiters, limit // 2)
    repeated, given = "", 0
    while True:
        if is_more and headings:
            fresh = _whole_lines(fresh, text)
        stretch = repeated + fresh
        start = given - len(repeated)
        problem = None if is_more else text.problem
        tables = _tables(headings, stretch, start)
        yield Content(stretch, problem=problem, tables=tables, start=start, reader="plain"), is_more
        if not is_more:
            return
        given += len(fresh)
        is_whole = headings and fresh.endswith("\n")
        repeated = headings if is_whole else stretch[len(stretch) - min(_OVERLAP, limit // 2) :]
        fresh, is_more = text.take(limit - len(repeated))


def _headings(text: str, delimiters: str, longest: int) -> str:
    """The first line with its end, where it could name the columns of a table; else nothing."""
    line = text[: min(_LONGEST_HEADING, longest)].partition("\n")
    cells = max((line[0].split(delimiter) for delimiter in delimiters), key=len, default=[])
    written = [cell for cell in map(_bare, cells) if cell]
    is_head = len(written) >= 2 and all(_LETTER.search(cell) and not _VALUE.search(cell) for cell in written)
    return line[0] + line[1] if is_head and line[1] else ""


def _whole_lines(fresh: str, text: _Text) -> str:
    """All but the last line, which is given back, where there is a line's end not far from the end."""
    end = fresh.rfind("\n", len(fresh) // 2) + 1
    if end:
        text.give_back(fresh[end:])
        return fresh[:end]
    return fresh


def _tables(headings: str, stretch: str, start: int) -> tuple[Table, ...]:
    """The stretch as a table where tabs, and nothing else, part its cells."""
    if "\t" not in headings or set(headings) & set(",;|") or not stretch.startswith(headings):
        return ()
    return (Table(start, start + len(stretch), tuple(map(_bare, headings.split("\t")))),)


def _bare(cell: str) -> str:
    return cell.strip(' \t\r\n"\ufeff')
