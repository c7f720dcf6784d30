"""What bytes in a cell of a database are: text, a file of a kind that its first bytes tell, or neither."""

from __future__ import annotations

import re
from enum import Enum, auto
from io import BytesIO

from scanner.blob import Blob
from scanner.decoding import UNIVERSAL, decoded, encoding_of
from scanner.media import UNKNOWN, media_type

_PLAIN = frozenset({"text/plain", "application/json", "application/xml"})
_WRITTEN = ("text/", "message/", "multipart/", "application/rtf", "application/mbox")
KEY = 64
"""So many bytes are no file, but a key, a hash (SHA-512 has as many) or a stamp."""
# Geometries of GeoPackage (OGC 12-128, 2.1.3.1) and SpatiaLite: places on a map, and nothing else.
_GEOMETRY = re.compile(rb"GP\0|\0[\0\1].{36}\x7c", re.DOTALL)
_WORDS = re.compile(
    rb"((?:[\x20-\x7e]|[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}){6,})|((?:[\x20-\x7e\xa0-\xff]\0){6,})"
)
_HIGH = bytes(range(128, 256))
_LOOKED_AT = 64 * 1024


class Held(Enum):
    """TEXT is read with its row and a FILE is an item of its own; a KEY has 64 bytes at most; of NOTHING (zeros,
    geometries) no word is lost. OTHER is what nobody here can read.
    """

    TEXT = auto()
    FILE = auto()
    KEY = auto()
    NOTHING = auto()
    OTHER = auto()


def held_in(content: bytes, *, are_parts: bool = False) -> Held:
    """Pages, mails and other files that are written as text are a FILE where files are parts, else TEXT."""
    if _GEOMETRY.match(content) or not content.strip(b"\0"):
        return Held.NOTHING
    kind = media_type(Blob(BytesIO(content), len(content), b""), "")
    is_short = len(content) <= KEY
    if kind in _PLAIN or ((is_short or not are_parts) and kind.startswith(_WRITTEN)):
        return Held.KEY if is_short and _seems_random(content) else Held.TEXT
    if is_short:
        return Held.KEY
    return Held.OTHER if kind == UNKNOWN else Held.FILE


def text_in(content: bytes, held: Held) -> str:
    """The text; of what is neither text nor file the words that stand in its first 64 KiB among other bytes."""
    if held is Held.TEXT:
        return decoded(content)
    if held in (Held.FILE, Held.NOTHING):
        return ""
    found = _WORDS.findall(content[:_LOOKED_AT])
    return " ".join(narrow.decode("utf-8", "replace") or wide.decode("utf-16-le") for narrow, wide in found)


def _seems_random(content: bytes) -> bool:
    """One hash in five has no control characters. Text that is as short is UTF-8, or for the most part ASCII."""
    ascii_ = len(content.translate(None, _HIGH))
    return encoding_of(content) == UNIVERSAL and ascii_ * 3 < len(content) * 2 and not _is_utf8(content)


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return True
