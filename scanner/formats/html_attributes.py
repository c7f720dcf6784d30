"""What people wrote into the attributes of HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote

_WRITTEN = (
    "alt", "title", "label", "value", "placeholder", "summary", "mailto", "content", "tel:", "callto", "sms:", "srcdoc",
    "@", "%40",
)  # fmt: skip
_ATTRIBUTE = re.compile(
    r"(?:\A|(?<=[\s\"'/]))([^\s=/>\"']{1,60}+)\s*+=\s*+(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>][^\s>]*))"
)
_SHOWN = ("alt", "title", "aria-label", "aria-description", "label", "placeholder", "summary")
_ASKED_FOR = frozenset({
    *_SHOWN, "value", "href", "name", "property", "http-equiv", "content", "colspan", "rowspan", "srcdoc",
})  # fmt: skip
_AUTHORITY = re.compile(r"[a-z][a-z\d+.-]{0,20}://[^/?#]*", re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]{1,64}+@(?:[\w-]{1,63}\.){1,8}[A-Za-z]{2,24}(?![\w-])")
_LINKS = ("mailto:", "tel:", "callto:", "sms:")
_LONGEST_VALUE = 200
# More digits than any character's number has: to work out such a number takes long.
_LONG_REFERENCE = re.compile(r"&#(?:[0-9]{8,}|x[0-9a-f]{7,});?", re.IGNORECASE)


def may_say(attributes: str) -> bool:
    """Whether it is worth the while to take the attributes of a tag apart."""
    return "=" in attributes and any(written in attributes.lower() for written in _WRITTEN)


def named(attributes: str) -> dict[str, str]:
    """Values by name in small letters, of those names that anybody asks for; of one name the first counts."""
    found: dict[str, str] = {}
    for match in _ATTRIBUTE.finditer(attributes):
        name = match[1].lower()
        if name in _ASKED_FOR and name not in found:
            found[name] = unescaped(match[2] or match[3] or match[4] or "")
    return found


def written(name: str, attributes: str) -> Iterator[str]:
    """What the attributes of a tag of this name say: descriptions, what was typed in, whom links write to or call, and
    addresses in links to elsewhere.

    A value without a blank that is longer than anything typed is a program's.
    """
    found = named(attributes)
    yield from filter(None, (found.get(key) for key in _SHOWN))
    value = found.get("value", "") if name == "input" else ""
    if value and (len(value) <= _LONGEST_VALUE or " " in value[:_LONGEST_VALUE]):
        yield value
    link = found.get("href", "").strip()
    if link.lower().startswith(_LINKS):
        yield unquote(link.partition(":")[2])
    elif "@" in link or "%40" in link:
        yield from _ADDRESS.findall(_behind_authority(unquote(link)))


def _behind_authority(link: str) -> str:
    """What stands before the "@" of an authority is no address but a name to log in with (RFC 3986, 3.2.1)."""
    authority = _AUTHORITY.match(link)
    return link[authority.end() :] if authority else link


def spans(attributes: str) -> tuple[int, int]:
    """How many columns and rows a cell is wide and high."""
    if "span" not in attributes.lower():
        return 1, 1
    found = named(attributes)
    return _count(found.get("colspan", "1")), _count(found.get("rowspan", "1"))


def unescaped(text: str) -> str:
    """With the characters that references stand for."""
    if "&" not in text:
        return text
    return unescape(_LONG_REFERENCE.sub("\ufffd", text) if "&#" in text else text)


def _count(number: str) -> int:
    return max(1, int(number)) if number.isdecimal() and len(number) <= 4 else 1
