"""Characters of text whose encoding is stated, truly or not: by a name (MIME) or by a code page's number (MAPI)."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache

from scanner.decoding import decoded

_ALIASES = {
    "ks_c_5601-1987": "cp949", "ks_c_5601": "cp949", "euc-kr": "cp949", "gb2312": "gb18030", "gbk": "gb18030",
    "x-gbk": "gb18030", "x-sjis": "cp932", "shift_jis": "cp932", "x-euc-jp": "euc_jp", "windows-874": "cp874",
    "x-mac-roman": "mac_roman", "macintosh": "mac_roman", "unicode-1-1-utf-7": "utf-7", "iso-8859-8-i": "iso8859-8",
    "iso-8859-8-e": "iso8859-8", "iso-8859-6-i": "iso8859-6", "unicode": "utf-16", "iso-8859-1": "cp1252",
    "latin1": "cp1252", "unicode-2-0-utf-8": "utf-8",
}  # fmt: skip
"""What senders call an encoding, and a wider one that holds it: Windows-1252 passes for Latin-1 everywhere."""

_PAGES = {
    1200: "utf-16-le", 1201: "utf-16-be", 10000: "mac_roman", 20127: "cp1252", 20866: "koi8-r", 20932: "euc_jp",
    20936: "gb18030", 21866: "koi8-u", 28591: "cp1252", 38598: "iso8859-8", 50220: "iso2022_jp", 50221: "iso2022_jp",
    50222: "iso2022_jp", 50225: "iso2022_kr", 50227: "gb18030", 51932: "euc_jp", 51936: "gb18030", 51949: "cp949",
    52936: "hz", 54936: "gb18030", 65000: "utf-7", 65001: "utf-8", 936: "gb18030",
}  # fmt: skip
"""Numbers of code pages that are not simply "cp" and the number."""

# Codecs of Python's own making: some take time that grows with the square of their input, others give no text.
_NO_CHARSETS = frozenset({
    "idna", "punycode", "raw-unicode-escape", "unicode-escape", "undefined", "mbcs", "oem", "base64", "bz2", "hex",
    "quopri", "rot13", "uu", "zlib",
})  # fmt: skip
_UNSTATED = frozenset({"", "ascii", "us-ascii", "utf-8", "utf8", "unknown-8bit", "unknown", "x-unknown"})
_META = re.compile(rb"<meta\b[^>]{0,200}?charset\s*=\s*[\"']?([\w.:-]{1,60})", re.IGNORECASE)
_META_WITHIN = 16 * 1024
_ONE_BYTE = ("iso8859", "cp125", "koi8", "mac-", "cp437", "cp85")


def in_charset(content: bytes, charset: str | None) -> str:
    """The text of bytes by the charset stated for them, or as `decoded` reads them where that is none or a lie.

    Bytes that are UTF-8 with a letter outside ASCII are UTF-8 whatever charset of one byte a letter is stated: by
    chance such a text is next to never valid.
    """
    name = (charset or "").strip().strip("\"'").lower()
    codec = None if name in _UNSTATED else _codec(name)
    if codec is None or _is_wide_lie(codec, content) or (codec.startswith(_ONE_BYTE) and _is_utf8(content)):
        return decoded(content)
    if codec == "cp1252":
        return _windows(content)
    try:
        return content.decode(codec)
    except ValueError:
        return decoded(content) if _is_utf8(content) else content.decode(codec, "replace")


def in_html_charset(content: bytes, charset: str | None) -> str:
    """The same of mark-up, which may state its charset itself where the message does not."""
    found = _META.search(content, 0, _META_WITHIN)
    return in_charset(content, charset or (found[1].decode("ascii") if found else None))


def of_code_page(number: int) -> str:
    """The name of a Windows code page; that of Western Europe where the number is none."""
    name = _PAGES.get(number) or (f"iso8859-{number - 28590}" if 28591 < number < 28607 else f"cp{number}")
    return name if _codec(name) else "cp1252"


@lru_cache(maxsize=256)
def _codec(name: str) -> str | None:
    """Python's name of a charset's codec; None where it has none."""
    for candidate in (_ALIASES.get(name, name), name.removeprefix("x-")):
        try:
            found = codecs.lookup(candidate).name
        except (LookupError, ValueError):
            continue
        return None if found.replace("_", "-") in _NO_CHARSETS else found
    return None


def _is_wide_lie(codec: str, content: bytes) -> bool:
    return codec.startswith(("utf-16", "utf-32")) and b"\0" not in content


def _is_utf8(content: bytes) -> bool:
    if content.isascii():
        return False
    try:
        content.decode("utf-8")
    except ValueError:
        return False
    return True


def _windows(content: bytes) -> str:
    """Windows-1252, its five holes as the control characters of Latin-1."""
    try:
        return content.decode("cp1252")
    except ValueError:
        return "".join(bytes([byte]).decode("cp1252", "ignore") or chr(byte) for byte in content)
