"""Characters of text whose encoding nobody states."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable

from scanner.legacy_encoding import WINDOWS, is_ebcdic, legacy_encoding

Decoder = Callable[[bytes, bool], str]
"""Takes bytes piece by piece, and whether this is the last; gives their characters."""

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
"""Byte-order marks, the longer first, since that of UTF-32 begins with that of UTF-16."""

UNIVERSAL = "utf-8"
_SAMPLE = 4096
_SHORT = 1024
_LONG_SAMPLE = 64 * 1024
# Bytes that text does not hold, in any encoding that leaves ASCII alone (tab to carriage return, escape stay).
CONTROLS = bytes({*range(32), 127} - {*range(7, 14), 26, 27})
_HIGH = re.compile(rb"[\x80-\xff]")
_STRAY = re.compile("[\udc80-\udcff]+")
_BEYOND_ASCII = re.compile("[^\x00-\x7f\udc80-\udcff]")
_NEXT_LINE = "\x85"
# Latin with its accents, Greek, Cyrillic, Hebrew and Arabic, punctuation, kana, ideographs, Hangul, wide forms.
_PLAUSIBLE = re.compile(
    "[\t\n\r -~\u00a0-\u024f\u0370-\u06ff\u1e00-\u1eff\u2010-\u2044\u20ac\u2190-\u2193\u2500-\u25ff\u3000-\u30ff"
    "\u4e00-\u9fff\uac00-\ud7a3\uff00-\uffef]"
)
_WHITE = re.compile("[\t\n\r ]")


def decoded(data: bytes) -> str:
    """The text of bytes: by its byte-order mark, which stays a character of it; else by its looks (`charset_of`).

    Valid UTF-8 comes out exactly as it stands. Where most of it is UTF-8, a stray byte is read as Windows-1252, so that
    it does not spoil the rest.
    """
    if data.isascii() and b"\0" not in data:
        return data.decode("ascii")
    return decoder_of(charset_of(data))(data, True)


def charset_of(data: bytes) -> str:
    """The encoding by its looks, as Python's codecs call it: that of `encoding_of`, and of text that is not UTF-8 the
    code page of Windows, DOS, the Mac, EBCDIC or East Asia that fits; Windows-1252 where nothing fits clearly better.
    """
    encoding = encoding_of(data)
    if encoding != UNIVERSAL or data.isascii():
        return encoding
    sample = _around_letters(data)
    if _is_mostly_utf8(sample):
        return UNIVERSAL
    return is_ebcdic(data[:_SAMPLE]) or legacy_encoding(sample)


def encoding_of(data: bytes) -> str:
    """One of utf-16-le, utf-16-be, utf-32-le, utf-32-be; or utf-8, which stands for all that leave ASCII alone."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    return marked or _unmarked_wide(data[:_SAMPLE]) or UNIVERSAL


def charset_of_pieces(pieces: Iterable[bytes]) -> str:
    """What `charset_of` says of a text that is not held at once: looked at as far as its first letter beyond ASCII."""
    first = b""
    for piece in pieces:
        if not first:
            first = piece
            if encoding_of(piece) != UNIVERSAL:
                break
        if not piece.isascii():
            return charset_of(piece)
    return charset_of(first)


def decoder_of(charset: str) -> Decoder:
    """A decoder for one text from its beginning. What cannot be decoded comes out as a replacement character."""
    if charset == "cp1252":
        return lambda data, _: codecs.charmap_decode(data, "strict", WINDOWS)[0]
    if charset == UNIVERSAL:
        lenient = codecs.getincrementaldecoder(charset)("surrogateescape")
        return lambda data, final: _mended(lenient.decode(data, final))
    strict = codecs.getincrementaldecoder(charset)("replace")
    if charset.startswith(("cp037", "cp500", "cp1140")):
        return lambda data, final: strict.decode(data, final).replace(_NEXT_LINE, "\n")
    return strict.decode


def looks_like_text(head: bytes) -> bool:
    """Text has next to no control characters, at its beginning and further on."""
    encoding = encoding_of(head)
    sample = head if len(head) <= 2 * _SAMPLE else head[:_SAMPLE] + _further(head)
    if encoding != UNIVERSAL:
        text = decoder_of(encoding)(sample[: len(sample) // 4 * 4], True)
        return text.count("\ufffd") <= len(text) // 20
    if len(sample) - len(sample.translate(None, CONTROLS)) <= len(sample) // 200:
        return True
    return is_ebcdic(sample) is not None


def _around_letters(data: bytes) -> bytes:
    """A sample that begins shortly before the first byte beyond ASCII."""
    found = _HIGH.search(data)
    start = max(0, found.start() - 64) if found else 0
    return data[start : start + _LONG_SAMPLE]


def _is_mostly_utf8(sample: bytes) -> bool:
    text = codecs.getincrementaldecoder(UNIVERSAL)("surrogateescape").decode(sample)
    stray = sum(len(match[0]) for match in _STRAY.finditer(text))
    return not stray or len(_BEYOND_ASCII.findall(text)) >= stray


def _mended(text: str) -> str:
    """The text with its stray bytes, which came out as surrogates, read as Windows-1252."""
    if text.isascii():
        return text
    return _STRAY.sub(lambda stray: codecs.charmap_decode(
        stray[0].encode("ascii", "surrogateescape"), "strict", WINDOWS)[0], text)  # fmt: skip


def _further(head: bytes) -> bytes:
    """Stretches from the middle and the end, at multiples of four so that wide characters stay whole."""
    middle = len(head) // 8 * 4
    return head[middle : middle + _SAMPLE // 2] + head[-_SAMPLE // 2 & ~3 :][: _SAMPLE // 2]


def _unmarked_wide(sample: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark, by the zeros of their Latin letters or spaces."""
    if b"\0" not in sample:
        return None
    if _are_latin(sample[0::2], sample[1::2]):
        return "utf-16-le"
    if _are_latin(sample[1::2], sample[0::2]):
        return "utf-16-be"
    return _unmarked_utf32(sample[:_SHORT]) or _unmarked_other_utf16(sample[:_SHORT])


def _are_latin(low: bytes, high: bytes) -> bool:
    """UTF-16 of mostly Latin text: nearly every other byte is zero, and hardly any of the rest."""
    zeros = high.count(0)
    if len(high) < 4 or zeros <= len(high) * 0.7 or low.count(0) >= len(low) * 0.05:
        return False
    latin = bytes(letter for letter, above in zip(low, high, strict=False) if not above)
    return len(latin) - len(latin.translate(None, CONTROLS)) <= len(latin) // 100


def _unmarked_utf32(sample: bytes) -> str | None:
    for encoding, highest, high in (("utf-32-le", 3, 2), ("utf-32-be", 0, 1)):
        planes = sample[highest::4] + sample[high::4]
        if len(sample) >= 16 and planes.count(0) == len(planes) and _is_plausible(sample, encoding, 0.95):
            return encoding
    return None


def _unmarked_other_utf16(sample: bytes) -> str | None:
    """UTF-16 of another script: almost all that it decodes to is letters, and some of it is white space."""
    return next((name for name in ("utf-16-le", "utf-16-be") if _is_plausible(sample, name, 0.98)), None)


def _is_plausible(sample: bytes, encoding: str, share: float) -> bool:
    width = 4 if encoding.startswith("utf-32") else 2
    text = sample[: len(sample) // width * width].decode(encoding, "replace")
    found = len(_PLAUSIBLE.findall(text))
    return len(text) >= 4 and found >= share * len(text) and _WHITE.search(text) is not None
