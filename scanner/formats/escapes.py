"""Characters that a text spells out: the escapes of JSON (RFC 8259, 7) and the references of XML (XML 1.0, 4.1).

Each text keeps its length, so that what is found in it stands where it stands in the file: room that a spelling gives
up goes to the end of its line or string, as spaces; between the letters of a word it would part them.
"""

from __future__ import annotations

import json
import re

from scanner.formats.html_attributes import unescaped

_ESCAPE = r'\\(?:["\\/]|u[0-9a-fA-F]{4})'
_ESCAPES = re.compile(rf'\\[bfnrt]|{_ESCAPE}(?:[^"\\\n\r]++|{_ESCAPE})*+')
"""What stands for white space; or all from another escape to the end of the line or string."""

_LINE_BREAK = r"&#(?:0*1[03]|[xX]0*[aAdD]);"
_REFERENCE = r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"
_REFERENCES = re.compile(rf'{_LINE_BREAK}|{_REFERENCE}(?:[^&<>"\n\r]++|(?!{_LINE_BREAK})&)*+')
"""The same of references, which end at the next tag or quotation mark."""

_SURROGATES = re.compile("[\ud800-\udfff]")
_APART = " \n,>"
"""Characters that no escape and no reference has in it."""
_WITHIN = 64 * 1024


def json_text(text: str) -> str:
    """The text with the characters that its escapes stand for."""
    return _ESCAPES.sub(lambda found: _unquoted(found[0]).ljust(len(found[0])), text)


def xml_text(text: str) -> str:
    """The text with the characters that its references stand for; tags and comments stay as they are."""
    return _REFERENCES.sub(lambda found: unescaped(found[0]).ljust(len(found[0])), text)


def cut_between(text: str, since: int) -> int:
    """Where the text may be parted, from `since` on, with no escape or reference parted; its end where no such place is
    near that.
    """
    near = max(since, len(text) - _WITHIN)
    return max(text.rfind(mark, near) for mark in _APART) + 1 or len(text)


def _unquoted(escaped: str) -> str:
    """Half of a pair of surrogates is no character."""
    return _SURROGATES.sub("\ufffd", json.loads(f'"{escaped}"', strict=False))
