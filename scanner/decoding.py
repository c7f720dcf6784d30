"""Characters of text whose encoding nobody states."""

from __future__ import annotations

import codecs

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, "utf-8"),
)
"""Byte-order marks, the longer first, since that of UTF-32 begins with that of UTF-16."""

_SAMPLE = 4096
# Bytes that text does not hold, in any encoding that leaves ASCII alone (tab to carriage return, escape stay).
_CONTROLS = bytes({*range(32), 127} - {*range(7, 14), 26, 27})
_WINDOWS = {0xDC00 + byte: bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in range(128, 256)}


def decoded(data: bytes) -> str:
    """The text of bytes: by its byte-order mark, which stays a character of it; as UTF-16 that lacks one; as UTF-8.

    Bytes that are not UTF-8 are read as Windows-1252 one by one, so that one stray byte in a large file does not
    spoil the rest. Valid UTF-8 comes out exactly as it stands.
    """
    encoding = encoding_of(data)
    if encoding == "utf-8":
        return data.decode("utf-8", "surrogateescape").translate(_WINDOWS)
    return data.decode(encoding, "replace")


def encoding_of(data: bytes) -> str:
    """One of utf-8, utf-16-le, utf-16-be, utf-32-le, utf-32-be."""
    marked = next((encoding for mark, encoding in _MARKS if data.startswith(mark)), None)
    return marked or _unmarked_utf16(data[:_SAMPLE]) or "utf-8"


def looks_like_text(head: bytes) -> bool:
    """Text has next to no control characters. UTF-16 without a mark counts as text only where ASCII prevails."""
    if encoding_of(head) != "utf-8":
        text = decoded(head[: len(head) // 4 * 4])
        return not text[:_SAMPLE].count("\ufffd") > len(text[:_SAMPLE]) // 20
    sample = head[:_SAMPLE]
    return len(sample) - len(sample.translate(None, _CONTROLS)) <= len(sample) // 200


def _unmarked_utf16(sample: bytes) -> str | None:
    """UTF-16 of mostly Latin text: nearly every other byte is zero, and hardly any of the rest."""
    if _are_latin(sample[0::2], sample[1::2]):
        return "utf-16-le"
    return "utf-16-be" if _are_latin(sample[1::2], sample[0::2]) else None


def _are_latin(low: bytes, high: bytes) -> bool:
    zeros = high.count(0)
    if len(high) < 4 or zeros <= len(high) * 0.7 or low.count(0) >= len(low) * 0.05:
        return False
    latin = bytes(letter for letter, above in zip(low, high, strict=False) if not above)
    return len(latin) - len(latin.translate(None, _CONTROLS)) <= len(latin) // 100
