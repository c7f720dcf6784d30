"""Lines of address books, calendars and directories: vCard (2.1, RFC 6350), iCalendar (RFC 5545), LDIF (RFC 2849).

A line that was folded is whole again, and what was written down for transfer is what it was. It keeps its length, with
spaces at its end; but where the value is no text (a photograph, a certificate) only its name is left.
"""

from __future__ import annotations

import re
from binascii import a2b_qp
from collections.abc import Callable, Iterator
from typing import TypeAlias

from scanner.decoding import decoded, looks_like_text
from scanner.formats.charsets import in_charset
from scanner.formats.mime_coding import from_base64

_CARD_AS_IT_STANDS = re.compile(r"(?:[^\n\\;]*+\n(?![ \t]))++")
_LDIF_AS_IT_STANDS = re.compile(r"(?:[^\n:]*+(?::(?!:)[^\n]*+)?\n(?![ \t]))++")
"""Lines that mean what they say, which most are: taken at once."""
_NAME = re.compile(r"[^\n:]*+(?:\n[ \t][^\n:]*+)*+")
_FOLDED = re.compile(r"[^\n]*+(?:\n[ \t][^\n]*+)*+")
_QUOTED = re.compile(r"(?:[^\n]*=\r?\n)*+[^\n]*+")
# Some programs of vCard 2.1 do not indent the lines of base64.
_PACKED = re.compile(r"[^\n]*+(?:\n(?:[ \t][^\n]*+|[A-Za-z0-9+/]+=*[ \t]*\r?(?=\n|\Z)))*+")
_FOLD = re.compile(r"\r?\n[ \t]")
_IS_QUOTED = re.compile(r";(?:ENCODING=)?QUOTED-PRINTABLE(?=;|\Z)", re.IGNORECASE)
_IS_PACKED = re.compile(r";(?:ENCODING=)?B(?:ASE64)?(?=;|\Z)", re.IGNORECASE)
_CHARSET = re.compile(r";CHARSET=\"?([\w.:-]{1,40})", re.IGNORECASE)
_IN_LINE = re.compile(r"\bdata:[\w.+/-]{0,80}+[^,\s]{0,200};base64,[A-Za-z0-9+/=]*", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([nN,;:\\\"])")
_BEGINS = re.compile(r"[A-Za-z][\w.-]*[;:]")
_Kind: TypeAlias = tuple[re.Pattern[str], Callable[[str, str], str]]
"""How far a line of a kind goes, and what it means, told its name."""
_SAMPLE = 8192
_MOST = 16 * 1024 * 1024


def card_text(text: str) -> str:
    """The text of vCards and calendars with its lines as they are meant."""
    return "".join(_lines(text, _CARD_AS_IT_STANDS, _card_line))


def ldif_text(text: str) -> str:
    """The same of the entries of a directory."""
    return "".join(_lines(text, _LDIF_AS_IT_STANDS, _ldif_line))


def cut_before_line(text: str, since: int) -> int:
    """Where the last line begins that surely continues none, looked for from `since` on; 0 where there is no such line
    among up to 16 million characters.
    """
    at = text.rfind("\n", since)
    while at >= 0:
        if _BEGINS.match(text, at + 1) and not text.endswith(("=", "=\r"), max(0, at - 2), at):
            return at + 1
        at = text.rfind("\n", since, at)
    return len(text) if len(text) > _MOST else 0


def _lines(text: str, as_it_stands: re.Pattern[str], kind_of: Callable[[str, bool], _Kind]) -> Iterator[str]:
    at = 0
    while at < len(text):
        if plain := as_it_stands.match(text, at):
            yield plain[0]
            at = plain.end()
            continue
        before = _found(_NAME, text, at)
        name = _FOLD.sub("", before)
        pattern, meant = kind_of(name, text.startswith("::", at + len(before)))
        line = _found(pattern, text, at).removesuffix("\r")
        end = at + len(line)
        following = text.find("\n", end) + 1 or len(text)
        yield meant(line, name)
        yield text[end:following]
        at = following


def _found(pattern: re.Pattern[str], text: str, at: int) -> str:
    found = pattern.match(text, at)
    assert found is not None
    return found[0]


def _card_line(name: str, is_doubled: bool) -> _Kind:  # noqa: ARG001  kinds of lines are all told alike
    if _IS_PACKED.search(name):
        return _PACKED, _unpacked
    return (_QUOTED, _unquoted) if _IS_QUOTED.search(name) else (_FOLDED, _unescaped)


def _ldif_line(name: str, is_doubled: bool) -> _Kind:  # noqa: ARG001
    """A value behind two colons is in base64."""
    return _FOLDED, _unpacked if is_doubled else _unfolded


def _unfolded(line: str, name: str) -> str:  # noqa: ARG001
    return _FOLD.sub("", line).ljust(len(line))


def _unescaped(line: str, name: str) -> str:
    if "\\" not in line and "\n" not in line and ";base64," not in line:
        return line
    return _ESCAPE.sub(_character, _IN_LINE.sub("", _unfolded(line, name).rstrip())).ljust(len(line))


def _unquoted(line: str, name: str) -> str:
    value = line.partition(":")[2]
    charset = _CHARSET.search(name) if value.isascii() else None
    meant = in_charset(a2b_qp(value.encode("utf-8", "surrogatepass")), charset and charset[1])
    return f"{name}:{_ESCAPE.sub(_character, meant)}".ljust(len(line))


def _unpacked(line: str, name: str) -> str:
    """What stands in base64, where that is text."""
    value = line.partition(":")[2].removeprefix(":")
    packed = "".join(value.split()).encode("utf-8", "surrogatepass")
    if not looks_like_text(from_base64(packed[:_SAMPLE])):
        return f"{name}:"
    return f"{name}: {decoded(from_base64(packed))}".ljust(len(line))


def _character(escape: re.Match[str]) -> str:
    return "\n " if escape[1] in "nN" else escape[1]
