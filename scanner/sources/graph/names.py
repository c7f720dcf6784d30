"""Names as components of a locator, and the digests and times that items are told by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import UTC, datetime
from urllib.parse import quote, unquote_to_bytes

_UNSAFE = re.compile(rb"[%/\x00-\x1f\x7f]")


def component(name: str) -> bytes:
    """A name as UTF-8 in which "/", "%" and control characters are written as %XX: no two names share it."""
    if name in ("", ".", ".."):
        return name.replace(".", "%2E").encode() or b"%"
    return _UNSAFE.sub(lambda found: b"%%%02X" % found[0][0], name.encode("utf-8", "surrogatepass"))


def name_of(part: bytes) -> str | None:
    """The inverse of `component`; None of what it could not have made."""
    try:
        name = unquote_to_bytes(b"" if part == b"%" else part).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return name if component(name) == part else None


def below(folder: bytes, part: bytes) -> bytes:
    return folder + b"/" + part if folder else part


def in_order(locators: Iterable[bytes]) -> list[bytes]:
    """Folders before what lies in them, names sorted as bytes."""
    return sorted(locators, key=lambda locator: locator.split(b"/"))


def in_address(text: str) -> str:
    """Text as one segment of an address."""
    return quote(text, safe="@", errors="surrogatepass")


def digest(*parts: str) -> bytes:
    """8 bytes that differ where any part does."""
    return hashlib.blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=8).digest()


def text_of(told: object) -> str:
    """The text that was told, or "" where something else was."""
    return told if isinstance(told, str) else ""


def size_of(told: object) -> int:
    """A size in bytes, as a number or written out; 0 where none was told."""
    number = int(told) if isinstance(told, str) and told.isdecimal() and len(told) < 20 else told
    return number if isinstance(number, int) and 0 <= number < 2**63 else 0


def time_of(told: object) -> datetime | None:
    try:
        when = datetime.fromisoformat(text_of(told))
        return (when.replace(tzinfo=UTC) if when.tzinfo is None else when).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
