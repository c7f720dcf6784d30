"""Which parts of an Office Open XML package hold text, where that text stands for its readers, and in what order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.formats.package import Attributes, Handlers, Member, Package, PackageError
from scanner.formats.relationships import relationships_of

_PLACES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), place)
    for pattern, place in (
        (r"^word/document\d*\.xml$", "body"),
        (r"^ppt/slides/", "unlisted slide"),
        (r"^ppt/notesslides/", "notes"),
        (r"^visio/pages/page", "page"),
        (r"^word/header", "header"),
        (r"^word/footer", "footer"),
        (r"^word/footnotes", "footnotes"),
        (r"^word/endnotes", "endnotes"),
        (r"comment", "comments"),
        (r"/charts/", "chart"),
        (r"/diagrams/", "diagram"),
        (r"^word/glossary/", "glossary"),
        (r"/drawings/", "drawing"),
        (r"^customxml/", "custom XML"),
        (r"/activex/", "control"),
        (r"^ppt/(?:slidemasters|slidelayouts|notesmasters|handoutmasters)/|^visio/masters/", "master"),
        (r"", "other parts"),
    )
)
"""Names of parts in lower case, and where their text is said to stand; in the order of the text."""

_UNREAD = re.compile(
    r"(?:^|/)(?:_rels|theme|embeddings|media|fonts|tags|_xmlsignatures|docprops|webextensions|customui|printersettings"
    r"|changesinfos|metadata)/"
    r"|(?:^|/)(?:\[content_types\]|styles|styleswitheffects|fonttable|websettings|numbering|presprops|viewprops"
    r"|tablestyles|revisioninfo|viewprops)\.xml$"
    r"|/diagrams/(?:layout|colors|quickstyle)|/charts/(?:style|colors)\d|^customxml/itemprops"
)
"""Parts with no text of the document: how it looks, what made it, and what others read."""
_RENDERED, _MODEL = "/diagrams/drawing", "/diagrams/data"
_ASIDES = {"notesSlide": "notes", "comments": "comments", "comment": "comments", "modernComment": "comments"}
_DIGITS = re.compile(r"(\d+)")
_SIZE_OF_NUMBER = 9


@dataclass(frozen=True, slots=True)
class TextPart:
    """`place` is where a reader of the document would say that it stands: "body", "slide 3", "notes of slide 3"."""

    member: Member
    place: str


def text_parts(package: Package, main: Member) -> tuple[TextPart, ...]:
    """The parts in the order in which their text is put. Every member counts, also where two have one name."""
    slides = _slide_places(package, main)
    has_models = any(_MODEL in member.name.lower() for member in package.members)
    found: list[tuple[tuple[int, int], list[str | int], TextPart]] = []
    for member in package.members:
        name = member.name.lower()
        is_main = name == main.name.lower()
        if not is_main and not _may_hold_text(name, has_models=has_models):
            continue
        rank, place = slides.get(name) or ((0, "body") if is_main else _usual_place(name))
        found.append(((0, rank) if name in slides else (1, rank), _natural(name), TextPart(member, place)))
    return tuple(part for _, _, part in sorted(found, key=lambda entry: entry[:2]))


def _may_hold_text(name: str, *, has_models: bool) -> bool:
    """A diagram is drawn from its model, and so says the same twice."""
    is_repeated = has_models and _RENDERED in name
    return name.endswith(".xml") and not is_repeated and not _UNREAD.search(name)


def _usual_place(name: str) -> tuple[int, str]:
    rank, place = next((rank, place) for rank, (pattern, place) in enumerate(_PLACES) if pattern.search(name))
    number = _DIGITS.search(name)
    return rank, f"page {number[1]}" if place == "page" and number else place


def _natural(name: str) -> list[str | int]:
    """Numbers in a name count as numbers: slide10 stands behind slide9."""
    return [int(piece[:_SIZE_OF_NUMBER]) if at % 2 else piece for at, piece in enumerate(_DIGITS.split(name))]


def _slide_places(package: Package, main: Member) -> dict[str, tuple[int, str]]:
    """The slides as they are numbered for those who see them, and behind each what belongs to it.

    A presentation that does not say has them by the names of their parts.
    """
    if not main.name.lower().endswith("presentation.xml"):
        return {}
    places: dict[str, tuple[int, str]] = {}
    for number, slide in enumerate(_slides(package, main), 1):
        places[slide] = (3 * number, f"slide {number}")
        for name, aside in _asides(package, slide):
            places.setdefault(name, (3 * number + (1 if aside == "notes" else 2), f"{aside} of slide {number}"))
    return places


def _slides(package: Package, main: Member) -> Iterator[str]:
    ids: list[str] = []
    targets: dict[str, str] = {}

    def meet(attributes: Attributes) -> None:
        ids.extend(value for key, value in attributes.items() if ":" in key and key.endswith(":id"))

    try:
        targets = {relationship.id: relationship.target for relationship in relationships_of(package, main.name)}
        handlers = Handlers({"sldId": meet}, {}, lambda _: None)
        package.parse(main, lambda _: handlers)
    except PackageError:  # Met again, and reported, where the text of the parts is read.
        pass
    yield from dict.fromkeys(targets[id_].lower() for id_ in ids if id_ in targets)


def _asides(package: Package, slide: str) -> Iterator[tuple[str, str]]:
    try:
        pointed = relationships_of(package, slide)
    except PackageError:
        return
    for relationship in pointed:
        if relationship.kind in _ASIDES and not relationship.is_external:
            yield relationship.target.lower(), _ASIDES[relationship.kind]
