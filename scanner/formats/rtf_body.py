"""Bodies of messages in RTF: unpacked ([MS-OXRTFCP]) and turned into the mark-up or text they hold ([MS-OXRTFEX])."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace
from enum import StrEnum

from domain.errors import ItemTroubleError, ProblemCode
from scanner.formats.charsets import in_charset, of_code_page

_COMPRESSED, _PLAIN = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)

_TOKEN = re.compile(
    rb"\\(?:'([0-9a-fA-F]{2})|([a-zA-Z]{1,32})(-?\d{1,10})? ?|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_DEEPEST = 10_000
_HIDDEN = frozenset({
    b"fonttbl", b"colortbl", b"stylesheet", b"pict", b"objdata", b"pntext", b"pntxta", b"pntxtb", b"sp", b"filetbl",
    b"listtable", b"listoverridetable", b"revtbl", b"rsidtbl", b"generator",
})  # fmt: skip
"""Destinations whose text is no writer's. What the document says of itself stays, and so do headers and footers."""
_SHOWN = frozenset({
    b"fldinst", b"annotation", b"atnauthor", b"company", b"manager", b"category", b"shpinst", b"hlinkbase",
})  # fmt: skip
"""Of the destinations that a reader may pass over (those behind a star) these hold what people write."""
_TEXTS = {
    b"par": "\n", b"line": "\n", b"sect": "\n", b"page": "\n", b"row": "\n", b"tab": "\t", b"cell": "\t",
    b"nestcell": "\t", b"nestrow": "\n", b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c",
    b"rdblquote": "\u201d", b"bullet": "\u2022", b"endash": "\u2013", b"emdash": "\u2014", b"emspace": "\u2003",
    b"enspace": "\u2002",
}  # fmt: skip
_APART = frozenset({
    b"title", b"author", b"operator", b"subject", b"keywords", b"company", b"manager", b"category", b"doccomm",
    b"hlinkbase", b"header", b"headerl", b"headerr", b"headerf", b"footer", b"footerl", b"footerr", b"footerf",
    b"footnote", b"annotation", b"atnauthor", b"shptxt",
})  # fmt: skip
"""Destinations whose text stands in lines of its own."""
_SYMBOLS = {b"~": "\xa0", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}", b"\n": "\n", b"\r": "\n"}
# [MS-RTF]'s \fcharset and the code page it stands for.
_CHARSETS = {
    0: 1252, 2: 1252, 77: 10000, 128: 932, 129: 949, 130: 1361, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258,
    177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250,
}  # fmt: skip


class RtfKind(StrEnum):
    """What RTF says that it was made from."""

    HTML = "html"
    TEXT = "text"
    RTF = "rtf"


def unpacked(data: bytes, limit: int) -> bytes:
    """The RTF in a compressed body, as far as `limit` bytes.

    Raises ItemTroubleError (corrupt) where this is none. What is cut short is unpacked as far as it goes.
    """
    if len(data) < 16:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    _, size, kind, _ = struct.unpack_from("<IIII", data)
    if kind == _PLAIN:
        return data[16 : 16 + min(size, limit)]
    if kind != _COMPRESSED:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return _inflated(data, min(size, limit))


def _inflated(data: bytes, limit: int) -> bytes:
    """[MS-OXRTFCP] 3.1.1: runs of eight tokens, each a byte or a reference into the last 4,096 bytes."""
    out = bytearray(_DICTIONARY)
    limit += len(out)
    at = 16
    while at < len(data) and len(out) < limit:
        flags = data[at]
        at += 1
        for bit in range(8):
            if not flags >> bit & 1:
                out += data[at : at + 1]
                at += 1
                continue
            reference = int.from_bytes(data[at : at + 2], "big")
            at += 2
            distance = (len(out) - (reference >> 4)) % _WINDOW
            if at > len(data) or not distance:
                return bytes(out[len(_DICTIONARY) : limit])
            out += _repeated(out, distance, (reference & 15) + 2)
    return bytes(out[len(_DICTIONARY) : limit])


def _repeated(out: bytearray, distance: int, length: int) -> bytes:
    """What stands `distance` back, which may run on into itself; zeros where nothing was written yet."""
    if distance > len(out):
        return bytes(length)
    found = bytes(out[len(out) - distance : len(out) - distance + length])
    return (found * length)[:length]


def rtf_text(rtf: bytes) -> tuple[RtfKind, str]:
    """The mark-up that was wrapped in RTF, or the text; and which it is. Never raises, whatever the RTF."""
    head = rtf[:1024]
    kind = RtfKind.HTML if b"\\fromhtml" in head else RtfKind.TEXT if b"\\fromtext" in head else RtfKind.RTF
    reading = _Rtf()
    at = 0
    while token := _TOKEN.match(rtf, at):
        at = token.end() + reading.read(token)
    return kind, reading.text()


@dataclass(slots=True)
class _Group:
    """What holds from an opening brace to its closing one. `within_tag`: the text of it is mark-up that was wrapped."""

    page: int = 1252
    fallback: int = 1  # How many characters follow one in Unicode for readers that know none.
    is_hidden: bool = False
    is_only_rtf: bool = False
    within_tag: bool = False
    is_starred: bool = False
    in_fonts: bool = False
    is_apart: bool = False


@dataclass(slots=True)
class _Rtf:
    """One RTF as it is read. `_pieces` are strings, and bytes with their code page that are decoded at the end."""

    _group: _Group = field(default_factory=_Group)
    _outer: list[_Group] = field(default_factory=list)
    _pieces: list[tuple[int, bytes] | str] = field(default_factory=list)
    _fonts: dict[int, int] = field(default_factory=dict)
    _font: int = 0
    _ansi: int = 1252
    _skip: int = 0

    def read(self, token: re.Match[bytes]) -> int:
        """Take one token in; return how many bytes behind it are to be passed over."""
        code, word, number, symbol, brace, plain = token.groups()
        if brace:
            self._brace(brace)
        elif word:
            return self._word(word, int(number) if number else None)
        elif symbol == b"*":
            self._group.is_starred = True
        elif symbol is not None:
            self._show(_SYMBOLS.get(symbol, ""))
        elif code:
            self._write(bytes([int(code, 16)]))
        elif plain:
            self._write(plain)
        return 0

    def text(self) -> str:
        decoded = []
        run: tuple[int, list[bytes]] | None = None
        for piece in (*self._pieces, ""):
            if run and (isinstance(piece, str) or piece[0] != run[0]):
                decoded.append(in_charset(b"".join(run[1]), of_code_page(run[0])))
                run = None
            if isinstance(piece, str):
                decoded.append(piece)
            else:
                run = run or (piece[0], [])
                run[1].append(piece[1])
        return "".join(decoded).encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")

    def _brace(self, brace: bytes) -> None:
        self._skip = 0
        if brace == b"{" and len(self._outer) < _DEEPEST:
            self._outer.append(self._group)
            self._group = replace(self._group, is_starred=False, is_apart=False)
        elif brace == b"}" and self._outer:
            ended, self._group = self._group, self._outer.pop()
            self._show("\n" * ended.is_apart)

    def _word(self, word: bytes, number: int | None) -> int:
        group = self._group
        if group.is_starred:
            group.is_starred = False
            group.within_tag = word == b"htmltag"
            group.is_hidden = group.is_hidden or (word not in _SHOWN and not group.within_tag)
        if word in _HIDDEN:
            group.is_hidden, group.in_fonts = True, word == b"fonttbl"
        elif word == b"bin":
            return max(0, number or 0)
        elif word == b"u" and number is not None:
            self._show(chr(number % 0x10000))
            self._skip = group.fallback
        elif word in _TEXTS:
            self._show(_TEXTS[word])
        elif word in _APART:
            group.is_apart = True
            self._show("\n")
        else:
            self._set(word, number)
        return 0

    def _set(self, word: bytes, number: int | None) -> None:
        group = self._group
        if word == b"htmlrtf":
            group.is_only_rtf = number != 0
        elif word == b"uc":
            group.fallback = min(max(0, number or 0), 16)
        elif word == b"ansicpg":
            self._ansi = group.page = number or 1252
        elif word == b"fcharset":
            self._fonts[self._font] = _CHARSETS.get(number or 0, self._ansi)
        elif word == b"f" and number is not None:
            self._font = number
            group.page = group.page if group.in_fonts else self._fonts.get(number, self._ansi)

    def _show(self, text: str) -> None:
        if text and self._is_shown:
            self._pieces.append(text)

    def _write(self, content: bytes) -> None:
        skipped = min(self._skip, len(content))
        self._skip -= skipped
        if self._is_shown and len(content) > skipped:
            self._pieces.append((self._ansi if self._group.within_tag else self._group.page, content[skipped:]))

    @property
    def _is_shown(self) -> bool:
        return not self._group.is_hidden and (self._group.within_tag or not self._group.is_only_rtf)
