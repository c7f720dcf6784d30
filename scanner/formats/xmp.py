"""What packets of XMP metadata (ISO 16684-1) say of a document: what it is, who has to do with it, when it was made."""

from __future__ import annotations

import mmap
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from scanner.formats.package_xml import Attributes, Handlers, PackageError, parse_xml
from scanner.properties import plausible

_BEGIN, _END = b"<rdf:RDF", b"</rdf:RDF>"
_MOST = 32
_LONGEST = 256 * 1024
_WRITTEN: Mapping[str, str] = {
    "title": "Title", "creator": "Author", "Author": "Author", "AuthorsPosition": "Author", "CaptionWriter": "Author",
    "contributor": "Contributor", "publisher": "Publisher", "Owner": "Owner", "description": "Description",
    "subject": "Keywords", "Keywords": "Keywords", "rights": "Copyright", "UsageTerms": "Copyright",
}  # fmt: skip
"""The properties that people write (ISO 16684-1, 8.3 to 8.5, and Adobe's in part 2 of its own specification)."""
_DATES = ("CreateDate", "ModifyDate")
_VOCABULARY = "schemas"
"""What PDF/A declares of the properties themselves (ISO 19005-1, 6.7.8), titled and described like people's."""
_PDF_STRING = "\\376\\377"
_OCTAL = re.compile(r"\\([0-3][0-7]{2})")


@dataclass(frozen=True, slots=True)
class Xmp:
    """`lines` are labels and values in the order met, each once; `dates` what stands under an XMP name of a date."""

    lines: dict[tuple[str, str], None] = field(default_factory=dict, repr=False)
    dates: dict[str, str] = field(default_factory=dict, repr=False)

    def first(self, label: str) -> str:
        return next((value for name, value in self.lines if name == label), "")

    def date(self, name: str) -> date | None:
        return plausible(self.dates.get(name, ""))

    def take(self, name: str, value: str) -> None:
        value = " ".join(_unescaped(value).split())
        if value and name in _WRITTEN:
            self.lines[_WRITTEN[name], value] = None
        elif value and name in _DATES:
            self.dates[name] = value


def packets(content: bytes | mmap.mmap) -> Iterator[bytes]:
    """The packets that stand in the clear in some bytes, as their format wants it: up to 32, of up to 256 KiB each."""
    at = 0
    for _ in range(_MOST):
        at = content.find(_BEGIN, at)
        if at < 0:
            return
        end = content.find(_END, at, at + _LONGEST)
        if end >= 0:
            yield content[at : end + len(_END)]
        at += len(_BEGIN)


def read_xmp(found: Iterable[bytes]) -> Xmp:
    """What all packets say; of a malformed one what stands before. An earlier revision's says what was once so."""
    xmp = Xmp()
    for packet in found:
        with suppress(PackageError):
            parse_xml((packet,), partial(_handlers, xmp))
    return xmp


def _unescaped(value: str) -> str:
    """Some programs put in a string as PDF writes it down (ISO 32000-1, 7.3.4.2): UTF-16, its bytes in octal."""
    if not value.strip().startswith(_PDF_STRING):
        return value
    octets = _OCTAL.sub(lambda found: chr(int(found[1], 8)), value.strip())
    return octets.encode("latin-1", "replace")[2:].decode("utf-16-be", "replace")


def _handlers(xmp: Xmp, _root: str) -> Handlers:
    """A simple property may stand as an attribute of its description, or as an element (ISO 16684-1, 7.5)."""
    pieces: list[str] = []
    muted = 0

    def mute(_: Attributes) -> None:
        nonlocal muted
        muted += 1

    def unmute() -> None:
        nonlocal muted
        muted -= 1

    def describe(attributes: Attributes) -> None:
        for name, value in attributes.items():
            xmp.take(name.rpartition(":")[2], value)

    def begin(_: Attributes) -> None:
        pieces.clear()

    def end(name: str) -> Callable[[], None]:
        def take() -> None:
            for value in () if muted else "".join(pieces).split("\0"):
                xmp.take(name, value)
            pieces.clear()

        return take

    names = (*_WRITTEN, *_DATES)
    return Handlers(
        {"Description": describe, _VOCABULARY: mute, **dict.fromkeys(names, begin)},
        {"li": lambda: pieces.append("\0"), _VOCABULARY: unmute, **{name: end(name) for name in names}},
        pieces.append,
    )
