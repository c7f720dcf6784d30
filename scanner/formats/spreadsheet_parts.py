"""What a workbook holds besides its cells: comments, text boxes, charts, headers and footers, links, kept copies.

Of Office Open XML (ECMA-376 part 1, 18 and 21) and OpenDocument (ODF 1.3 part 3) packages.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

from scanner.formats import biff12
from scanner.formats.named_people import Named
from scanner.formats.package import Attributes, Handlers, Member, Package, value_of
from scanner.formats.relationships import external_targets
from scanner.tables import Passage, cell_text

_NOTES = re.compile(
    rb"<(?:[\w.-]+:)?((?:odd|even|first)(?:Header|Footer)|formula[12])\b[^>]*>([^<]*)</"
    rb"""|\b(prompt|promptTitle|error|errorTitle|tooltip)="([^"]*)\""""
)
_CODES = re.compile(r'&(?:"[^"]*"|K[0-9A-F]{6}|K\d\d[+-]\d{3}|\d{1,3}|[A-Z&])')


@dataclass(frozen=True, slots=True)
class _Kind:
    """Parts whose names fit: text counts within `words`, `lines` end a line, `values` are attributes that are text."""

    name: re.Pattern[str]
    place: str
    words: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


_SHAPES = {"cNvPr": ("title", "descr")}
_KINDS: tuple[_Kind, ...] = tuple(
    _Kind(re.compile(pattern), place, *rest)
    for pattern, place, *rest in (
        (r"^xl/comments[^/]*\.xml$|^xl/comments/", "comments", ("t", "author"), ("comment", "author")),
        (r"^xl/threadedcomments/", "comments", ("text",), ("threadedComment",)),
        (r"^xl/persons/", "comments", (), (), {"person": ("displayName",)}),
        (r"^xl/drawings/[^/]*\.xml$", "drawings", ("t",), ("p",), _SHAPES),
        (r"^xl/drawings/[^/]*\.vml$", "drawings", ("textbox",), ("textbox", "div")),
        (r"^xl/diagrams/data", "drawings", ("t",), ("p",)),
        (r"^xl/charts(?:ex)?/chart", "charts", ("t", "v", "pt"), ("p", "pt", "tx")),
        (r"^xl/externallinks/[^/]*\.xml$", "other workbooks", ("v", "val"), ("cell", "value")),
        (r"^xl/pivotcache/[^/]*\.xml$", "pivot tables", (), (), {"s": ("v",), "n": ("v",), "cacheField": ("name",)}),
        (r"^xl/revisions/[^/]*\.xml$", "changes", ("t", "v"), ("nc", "oc"), {"header": ("userName",)}),
        (
            r"^xl/connections\.xml$", "connections", (), (),
            {
                "connection": ("name", "description", "connection", "sourceFile", "odcFile"),
                "dbPr": ("connection", "command", "serverCommand"), "webPr": ("url", "post"),
                "olapPr": ("localConnection",), "textPr": ("sourceFile",), "parameter": ("name", "prompt", "string"),
            },
        ),
        (r"^customxml/item\d*\.xml$", "custom XML", ("*",), ("*",)),
    )
)  # fmt: skip
_SEEN_TO = re.compile(
    r"^(?!xl/|customxml/item\d*\.xml$)|^xl/(?:worksheets|theme|_rels)/|^xl/(?:sharedstrings|styles|workbook)\.[a-z]+$"
)
"""Parts of a workbook in which no kind of text outside of sheets is looked for, and which it nearly always has."""
_WORKBOOK = re.compile(r"^xl/workbook\.xml$")
_OWN_NAMES = "_xlnm."
_QUOTED = re.compile(r'"([^"]+)"')
_ASIDES = ("annotation", "frame", "custom-shape", "rect", "ellipse", "line", "tracked-changes", "content-validations")
"""Elements of OpenDocument whose paragraphs are no cell's."""
_NUMBERS = "numCache"  # A chart's copy of numbers says nothing of what they are.


def package_passages(package: Package) -> Iterator[Passage]:
    """The text of the parts of an Office Open XML workbook that are no sheets. Raises PackageError at a broken one."""
    asides = [member for member in package.members if not _SEEN_TO.search(member.name.lower())]
    for kind in _KINDS:
        for member in asides:
            if kind.name.search(member.name.lower()):
                yield Passage(kind.place, lines=_swept(package, member, kind))
    for member in asides:
        if re.search(r"^xl/comments[^/]*\.bin$", member.name.lower()):
            yield Passage("comments", lines=list(map(cell_text, biff12.comments(package.pieces(member)))))
    yield Passage("names", lines=_names(package))
    yield Passage("links", lines=_links(package))


def notes_of(tail: bytes) -> list[str]:
    """What stands behind the cells of a sheet: headers and footers, what its inputs prompt, lists to choose from."""
    notes: list[str] = []
    for element, text, _, prompt in _NOTES.findall(tail):
        written = unescape((text or prompt).decode("utf-8", "replace"))
        if element.startswith(b"formula"):
            notes += [written.strip('"')] if written.startswith('"') else []
        else:
            notes.append(header_text(written) if element else written)
    return [cell_text(note) for note in dict.fromkeys(notes) if note.strip()]


def header_text(header: str) -> str:
    """A header or footer without the codes for its parts, fonts and fields (ECMA-376 part 1, 18.3.1.46)."""
    return " ".join(_CODES.sub(" ", header).split())


def open_document_passages(package: Package, *, has_asides: bool) -> Iterator[Passage]:
    """The text of an OpenDocument spreadsheet that is in no cell: comments, shapes, deleted cells; headers; charts.

    Raises PackageError at a broken part. `has_asides` tells whether there is any beside the cells of its content.
    """
    content = package.find("content.xml")
    if content is not None and has_asides:
        yield Passage("comments and drawings", lines=_asides(package, content))
    for name, place in (("styles.xml", "headers and footers"), ("/content.xml", "charts")):
        for member in package.members:
            if member.name == name or (name.startswith("/") and member.name.endswith(name)):
                yield Passage(place, lines=_swept(package, member, _Kind(re.compile(""), place, ("p",), ("p",))))


def _swept(package: Package, member: Member, kind: _Kind) -> list[str]:
    sweep = _Sweep(kind)
    package.parse(member, lambda _: sweep.handlers)
    return sweep.found


class _Sweep:
    """One part as it is read."""

    def __init__(self, kind: _Kind) -> None:
        self.found: list[str] = []
        self._pieces: list[str] = []
        self._within = self._muted = 0
        starts: dict[str, Callable[[Attributes], None]] = dict.fromkeys(kind.words, self._open)
        ends: dict[str, Callable[[], None]] = dict.fromkeys(kind.words, self._close)
        for tag, names in kind.values.items():
            starts[tag] = self._valued(names)
        for tag in kind.lines:
            ends[tag] = self._end_both if tag in kind.words else self._end_line
        starts[_NUMBERS], ends[_NUMBERS] = self._mute, self._unmute
        self.handlers = Handlers(starts, ends, self._text)

    def _open(self, _: Attributes) -> None:
        self._within += 1

    def _close(self) -> None:
        self._within -= 1

    def _end_line(self) -> None:
        line = cell_text("".join(self._pieces)).strip()
        self._pieces.clear()
        if line:
            self.found.append(line)

    def _end_both(self) -> None:
        self._close()
        self._end_line()

    def _valued(self, names: Iterable[str]) -> Callable[[Attributes], None]:
        def meet(attributes: Attributes) -> None:
            values = (cell_text(value_of(attributes, name)) for name in names)
            self.found.extend(value for value in values if value.strip())

        return meet

    def _mute(self, _: Attributes) -> None:
        self._muted += 1

    def _unmute(self) -> None:
        self._muted -= 1

    def _text(self, text: str) -> None:
        if self._within and not self._muted:
            self._pieces.append(text)


def _names(package: Package) -> list[str]:
    """The names that people gave to cells, and the texts that they gave names to (ECMA-376 part 1, 18.2.5)."""
    found: list[str] = []
    pieces: list[str] = []

    def start(attributes: Attributes) -> None:
        pieces.clear()
        name, comment = value_of(attributes, "name"), value_of(attributes, "comment")
        found.extend(filter(None, ("" if name.startswith(_OWN_NAMES) else name, comment)))

    def end() -> None:
        found.extend(_QUOTED.findall("".join(pieces)))

    main = next((member for member in package.members if _WORKBOOK.search(member.name.lower())), None)
    if main is not None:
        package.parse(main, lambda _: Handlers({"definedName": start}, {"definedName": end}, pieces.append))
    return [cell_text(text) for text in found]


def _links(package: Package) -> Iterator[str]:
    """The addresses that links go to and that may name somebody."""
    named = Named()
    for member in package.members:
        if member.name.endswith(".rels"):
            for target in external_targets(package, member):
                named.link(target)
    return map(cell_text, named.links)


def _asides(package: Package, content: Member) -> list[str]:
    named = Named()
    found: list[str] = []
    pieces: list[str] = []
    depth = 0

    def enter(_: Attributes) -> None:
        nonlocal depth
        depth += 1

    def leave() -> None:
        nonlocal depth
        depth -= 1

    def text(written: str) -> None:
        if depth:
            pieces.append(written)

    def end_line() -> None:
        line = cell_text("".join(pieces)).strip()
        pieces.clear()
        if line:
            found.append(line)

    def link(attributes: Attributes) -> None:
        named.link(value_of(attributes, "href"))

    starts: dict[str, Callable[[Attributes], None]] = {"a": link, **dict.fromkeys(_ASIDES, enter)}
    ends: dict[str, Callable[[], None]] = {"p": end_line, "creator": end_line, **dict.fromkeys(_ASIDES, leave)}
    package.parse(content, lambda _: Handlers(starts, ends, text), content.size)
    return [*found, *map(cell_text, named.links)]
