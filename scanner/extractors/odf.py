"""OpenDocument (ODF 1.3): text, presentations, drawings and, behind a faster reader, sheets; zipped or in one XML file.

What is embedded (pictures, charts, other documents) are parts of the container.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from domain.content import Content
from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.named_people import Named
from scanner.formats.odf_properties import OdfProperties
from scanner.formats.odf_text import OdfText
from scanner.formats.office_document import DAMAGED, Document, opened
from scanner.formats.package import PART_LIMIT, Handlers, Member, Package, parse_xml

_ZIP = b"PK"
_CONTENT = "content.xml"
_SHOWN = ((_CONTENT, "body"), ("styles.xml", "master"))
_PARTS = (_CONTENT, "styles.xml", "meta.xml")
_SELDOM_EMPTY = 32 * 1024

_Parse = Callable[[Callable[[str], Handlers | None]], None]
"""Reads one part, given the choice of its handlers."""


@dataclass(frozen=True, slots=True)
class OdfExtractor:
    """Leaves to the full reader what is no sound package, is too large or is malformed, with what was read of it."""

    version: str = "odf 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for the family
        if not blob.head.startswith(_ZIP):
            return _flat(blob, limit)
        return _packaged(opened(blob), limit)


def _flat(blob: Blob, limit: int) -> Content:
    """All in one XML file, which is read twice: what it says of itself takes its room first."""
    if blob.size > PART_LIMIT:
        raise EscalateError("large part")
    document = Document("odf", limit)
    whole = partial(_parse_file, blob)
    _state(document, whole, limit)
    return document.content(partial(_read, document, [("body", whole)]), lambda: blob.size > _SELDOM_EMPTY)


def _packaged(package: Package, limit: int) -> Content:
    """The parts of the document itself, all of one name where there are several; those in folders are documents too."""
    document = Document("odf", limit)
    members = [member for member in package.members if member.name.lower() in _PARTS]
    if not any(member.name.lower() == _CONTENT for member in members):
        raise EscalateError("no main part", DAMAGED)
    if any(member.is_encrypted for member in members if member.name.lower() == _CONTENT):
        raise ItemTroubleError(ProblemCode.ENCRYPTED)
    sound = document.sound(members)
    parts = {name: [member for member in sound if member.name.lower() == name] for name in _PARTS}
    for member in parts["meta.xml"]:
        _state(document, partial(package.parse, member), limit)
    shown = [(place, partial(package.parse, member)) for name, place in _SHOWN for member in parts[name]]
    return document.content(partial(_read, document, shown), partial(_seems_full, package, parts[_CONTENT]))


def _parse_file(blob: Blob, handlers_for: Callable[[str], Handlers | None]) -> None:
    parse_xml(_pieces(blob), handlers_for)


def _pieces(blob: Blob) -> Iterator[bytes]:
    blob.file.seek(0)
    while piece := blob.file.read(MIB):
        yield piece


def _state(document: Document, parse: _Parse, limit: int) -> None:
    properties = OdfProperties()
    document.attempt(partial(parse, lambda _: properties.handlers), None)
    document.state(properties.stated(limit))


def _read(document: Document, parts: Sequence[tuple[str, _Parse]]) -> None:
    named = Named()
    text = OdfText(document.flow, named)
    for place, parse in parts:
        document.flow.place(place)
        document.attempt(partial(parse, text.handlers_for), None)
    document.list("links", named.links)
    document.list("contributors", named.people)


def _seems_full(package: Package, contents: Sequence[Member]) -> bool:
    """Whether there is much in a document and none of it is a picture or another document, which are read as parts."""
    inside = any(name.startswith(("Pictures/", "media/", "Object")) for name in package.names)
    return not inside and sum(member.size for member in contents) > _SELDOM_EMPTY
