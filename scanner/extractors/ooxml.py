"""Office Open XML (ECMA-376): the documents of Word, PowerPoint and Visio, all their parts that hold text.

What is embedded in them (pictures, documents, objects) are parts of the container.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from domain.content import Content
from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.named_people import Named
from scanner.formats.office_document import DAMAGED, Document, opened
from scanner.formats.ooxml_parts import TextPart, text_parts
from scanner.formats.ooxml_properties import read_properties
from scanner.formats.ooxml_text import PartText
from scanner.formats.package import Member, Package
from scanner.formats.relationships import Relationship, external_targets, relationships_of
from scanner.properties import Stated

_MAIN = ("word/document.xml", "ppt/presentation.xml", "visio/document.xml")
_DOCUMENT = ("officeDocument", "document")  # Visio's own kind is the second ([MS-VSDX] 2.1).
_SELDOM_EMPTY = 32 * 1024
_SHOWN = ("body", "slide", "unlisted slide", "page")
_MASTER = "master"
_RELATIONSHIPS = ".rels"
_ASIDE = re.compile(r"\.rels$|/activex/.*\.bin$")
_CONTROL_LIMIT = 4 * MIB
_WRITTEN = re.compile(rb"([\x20-\x7e\x80-\xff]{4,})|((?:[\x20-\x7e\xa0-\xff]\x00){3,})")


@dataclass(frozen=True, slots=True)
class OoxmlExtractor:
    """Leaves to the full reader what is no sound package, is too large or is malformed, with what was read of it."""

    version: str = "ooxml 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for the family
        package = opened(blob)
        document = Document("ooxml", limit)
        nothing: tuple[Relationship, ...] = ()
        pointed = document.attempt(partial(relationships_of, package, ""), nothing)
        parts = text_parts(package, _main_part(package, pointed))
        asides = [member for member in package.members if _ASIDE.search(member.name.lower())]
        kept = frozenset(map(id, document.sound([*(part.member for part in parts), *asides])))
        document.state(document.attempt(partial(read_properties, package, pointed, limit), Stated()))
        parts = tuple(part for part in parts if id(part.member) in kept)
        asides = [member for member in asides if id(member) in kept]
        return document.content(partial(_read, document, package, parts, asides), partial(_seems_full, package, parts))


def _main_part(package: Package, pointed: Sequence[Relationship]) -> Member:
    """The part that the document begins with, by its conventional name where the package does not say."""
    named = (relationship.target for relationship in pointed if relationship.kind in _DOCUMENT)
    main = next((member for name in (*named, *_MAIN) if (member := package.find(name))), None)
    if main is None:
        raise EscalateError("no main part", DAMAGED)
    if main.is_encrypted:
        raise ItemTroubleError(ProblemCode.ENCRYPTED)
    return main


def _read(document: Document, package: Package, parts: Sequence[TextPart], asides: Sequence[Member]) -> None:
    named = Named()
    text = PartText(document.flow, named)
    place = ""
    for part in parts:
        _begin(document, part.place, is_next_master=part.place == place == _MASTER)
        place = part.place
        document.attempt(partial(package.parse, part.member, text.handlers_for), None)
    controls: list[str] = []
    for member in asides:
        document.attempt(partial(_read_links, package, member, named), None)
        document.attempt(partial(_read_control, package, member, controls), None)
    document.list("control", controls)
    document.list("links", named.links)
    document.list("contributors", named.people)


def _begin(document: Document, place: str, *, is_next_master: bool) -> None:
    """Layouts repeat what their master says, so of each but the first only what none before had is kept."""
    if not is_next_master:
        document.flow.place(place)
    if place == _MASTER:
        if not is_next_master:
            document.flow.start_forms()
        document.flow.start_form(again=is_next_master)


def _read_links(package: Package, member: Member, named: Named) -> None:
    if not member.name.lower().endswith(_RELATIONSHIPS):
        return
    for target in external_targets(package, member):
        named.link(target)


def _read_control(package: Package, member: Member, found: list[str]) -> None:
    """What is written in a control of ActiveX stands in its binary state as characters of one byte or two."""
    if member.name.lower().endswith(_RELATIONSHIPS):
        return
    for narrow, wide in _WRITTEN.findall(package.read(member, _CONTROL_LIMIT)):
        found.append(narrow.decode("cp1252", "replace") or wide.decode("utf-16-le"))


def _seems_full(package: Package, parts: Sequence[TextPart]) -> bool:
    """Whether there is much in a document and none of it is a picture or another document, which are read as parts."""
    names = (f"/{name.lower()}" for name in package.names)
    if any("/media/" in name or "/embeddings/" in name for name in names):
        return False
    return sum(part.member.size for part in parts if part.place.startswith(_SHOWN)) > _SELDOM_EMPTY
