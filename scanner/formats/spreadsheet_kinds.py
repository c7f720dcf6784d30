"""The kinds of spreadsheet files, opened as far as is safe before a reader is let at their cells.

Sizes are measured (scanner/sheet_size.py), and what no cell holds is collected; both in the same pass.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats import biff12
from scanner.formats.biff import pivot_texts, scan_workbook
from scanner.formats.compound_file import plain_file, read_old_file
from scanner.formats.number_format import BUILT_IN, NumberFormat, number_format
from scanner.formats.odf_properties import OdfProperties
from scanner.formats.ods_size import ods_extents
from scanner.formats.ole import MAGIC
from scanner.formats.ole_properties import read_properties as read_old_properties
from scanner.formats.ooxml_properties import read_properties
from scanner.formats.package import Attributes, Handlers, Member, Package, PackageError, open_package, value_of
from scanner.formats.relationships import relationships_of
from scanner.formats.sheet_size import SheetScan, inflated
from scanner.formats.spreadsheet_parts import (
    header_text,
    notes_of,
    open_document_passages,
    package_passages,
)
from scanner.formats.xlsx_size import xlsx_scan
from scanner.properties import Stated
from scanner.tables import Passage, cell_text

_SHEET_LIMIT = 512 * MIB
_HELD_LIMIT = 256 * MIB  # What a reader holds whole: shared strings, styles, the list of sheets.
_BOMB_RATIO = 200
_MOST_OF_DEFLATE = 1032  # No byte of deflate becomes more bytes than that (zlib's Technical Details).
# Heads of pictures that are drawn, and so may hold text or, on the Mac, a document ([MS-ODRAW] 2.2.24 to 2.2.26).
_DRAWN = re.compile(rb"[\x40\x50]\x3d\x1a\xf0|[\x60\x70]\x21\x1b\xf0|[\x20\x30]\x54\x1c\xf0")
_SHEETS = re.compile(r"^xl/(?:work|macro|dialog|chart)sheets/[^/]+\.(?:xml|bin)$")
_HELD = ("sharedStrings", "styles", "workbook")
_MACRO_SHEETS = ("xlMacrosheet", "xlIntlMacrosheet", "macrosheet")
_ODS_ASIDE = re.compile(rb"<office:annotation|<draw:|mailto:|<table:tracked-changes|<table:content-validations")
_ODS_ZEROS = re.compile(rb"<number:number\s[^>]*min-integer-digits=\"(?:[2-9]|[1-9][0-9])\"")


@dataclass(frozen=True, slots=True)
class Sheet:
    """What is known of a sheet beside its cells: number formats by `cell_key`; headers, footers, prompts and so on."""

    formats: Mapping[int, NumberFormat] = field(default_factory=dict, repr=False)
    notes: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that a reader of cells may be given, `file` its bytes or a path; `sheets` by name.

    A sheet of `damaged` cannot be read. `asides` gives the text outside of sheets, once, and raises PackageError at
    what is broken.
    """

    file: BytesIO | str
    sheets: Mapping[str, Sheet]
    asides: Callable[[], Iterator[Passage]]
    stated: Stated
    damaged: frozenset[str] = frozenset()


def open_workbook(blob: Blob, limit: int) -> Workbook:
    """Raises EscalateError where a fuller reader is wanted, ItemTroubleError (limit: expanded) at a bomb."""
    if blob.head.startswith(MAGIC):
        return _old_workbook(blob, limit)
    try:
        package = open_package(blob)
        if len({name.lower() for name in package.names}) < len(package.names):
            raise EscalateError("same parts")
        if package.find("content.xml") and package.find("META-INF/manifest.xml"):
            return _open_document(blob, package, limit)
        return _office_open(blob, package, limit)
    except PackageError as error:
        raise EscalateError(error.reason) from error
    except ItemTroubleError as trouble:
        if trouble.problem.code is ProblemCode.CORRUPT:
            raise EscalateError("damaged") from trouble
        raise


def _old_workbook(blob: Blob, limit: int) -> Workbook:
    old = read_old_file(blob)
    if _DRAWN.search(old.workbook):
        raise EscalateError("drawings")
    book = scan_workbook(old.workbook)
    sheets = {sheet.name: Sheet(sheet.formats, _clean(map(header_text, sheet.notes))) for sheet in book.sheets}
    pivots = [text for stream in old.pivots for text in pivot_texts(stream)]

    def asides() -> Iterator[Passage]:
        yield Passage("other workbooks", lines=_clean(book.external))
        yield Passage("pivot tables", lines=_clean(pivots))

    said = read_old_properties(old.summary, old.document_summary, limit)
    return Workbook(BytesIO(plain_file(old.workbook)), sheets, asides, said)


def _office_open(blob: Blob, package: Package, limit: int) -> Workbook:
    pointed = relationships_of(package, "")
    mains = [relationship.target for relationship in pointed if relationship.kind == "officeDocument"]
    main = package.find(mains[0] if mains else "xl/workbook.xml")
    if main is None:
        raise EscalateError("no workbook")
    related = relationships_of(package, main.name)
    if any(relationship.kind in _MACRO_SHEETS for relationship in related):
        raise EscalateError("macro sheet")
    parts = {relationship.kind: package.find(relationship.target) for relationship in related}
    for member in filter(None, (main, *(parts.get(kind) for kind in _HELD))):
        _measure(blob, member)
    targets = {relationship.id: relationship.target for relationship in related}
    is_binary = main.name.lower().endswith(".bin")
    names = biff12.sheet_targets(package.pieces(main)) if is_binary else _sheet_names(package, main)
    scans = _scans(blob, package, parts.get("styles"), [targets.get(id_, "") for id_ in names.values()])
    sheets = {name: scans.get(targets.get(id_, "").lower(), Sheet()) for name, id_ in names.items()}
    return Workbook(
        _file(blob),
        {name: sheet for name, sheet in sheets.items() if sheet is not None},
        partial(package_passages, package),
        read_properties(package, pointed, limit),
        frozenset(name for name, sheet in sheets.items() if sheet is None),
    )


def _open_document(blob: Blob, package: Package, limit: int) -> Workbook:
    content, meta = package.find("content.xml"), package.find("meta.xml")
    assert content is not None
    found: set[str] = set()
    extents = ods_extents(_watched(_pieces(blob, content, _SHEET_LIMIT), found))
    if any(extent.is_absurd for extent in extents) or sum(extent.places for extent in extents) > 10_000_000:
        raise EscalateError("sparse")
    if "zeros" in found:
        raise EscalateError("formats")
    properties = OdfProperties()
    if meta is not None:
        package.parse(meta, lambda _: properties.handlers)
    asides = partial(open_document_passages, package, has_asides="asides" in found)
    return Workbook(_file(blob), {}, asides, properties.stated(limit))


def _file(blob: Blob) -> BytesIO | str:
    return BytesIO(blob.bytes) if blob.path is None else blob.path


def _clean(notes: Iterable[str]) -> tuple[str, ...]:
    kept = (cell_text(note).strip() for note in notes)
    return tuple(note for note in kept if note)


def _pieces(blob: Blob, member: Member, limit: int) -> Iterator[bytes]:
    """The content of a member by its true size. A bomb is named as such; what is but large is the full reader's."""
    try:
        yield from inflated(blob, member.entry, limit)
    except ItemTroubleError as trouble:
        if trouble.problem.code is ProblemCode.LIMIT and limit < member.packed * _BOMB_RATIO:
            raise EscalateError("large") from trouble
        raise


def _measure(blob: Blob, member: Member) -> None:
    if member.packed * _MOST_OF_DEFLATE > _HELD_LIMIT:
        deque(_pieces(blob, member, _HELD_LIMIT), maxlen=0)


def _sheet_names(package: Package, main: Member) -> dict[str, str]:
    """The sheets of a workbook by name, and the relation that each is found by (ECMA-376 part 1, 18.2.19)."""
    names: dict[str, str] = {}

    def meet(attributes: Attributes) -> None:
        name = value_of(attributes, "name")
        if name in names:
            raise EscalateError("same sheets")
        names[name] = value_of(attributes, "id")

    package.parse(main, lambda _: Handlers({"sheet": meet}, {}, lambda _: None))
    return names


def _scans(blob: Blob, package: Package, styles: Member | None, named: Iterable[str]) -> dict[str, Sheet | None]:
    """Every part that may be a sheet, measured; None where it is damaged.

    Raises EscalateError where two names mean one sheet, which would be read as often as it is named.
    """
    wanted = [name.lower() for name in named if name]
    if len(set(wanted)) < len(wanted):
        raise EscalateError("same sheets")
    shapes = _number_styles(package, styles) if styles else {}
    scans: dict[str, Sheet | None] = {}
    for member in package.members:
        name = member.name.lower()
        if name in wanted or _SHEETS.search(name):
            try:
                scans[name] = _scan(blob, member, shapes)
            except ItemTroubleError as trouble:
                if trouble.problem.code is not ProblemCode.CORRUPT:
                    raise
                scans[name] = None
    return scans


def _scan(blob: Blob, member: Member, shapes: Mapping[int, NumberFormat]) -> Sheet:
    if member.name.lower().endswith(".bin"):
        binary = biff12.scan_sheet(_pieces(blob, member, _SHEET_LIMIT), shapes)
        if binary.extent.is_absurd:
            raise EscalateError("sparse")
        return Sheet(binary.formats, _clean(map(header_text, binary.notes)))
    scan: SheetScan = xlsx_scan(_pieces(blob, member, _SHEET_LIMIT), shapes)
    if scan.extent.is_absurd:
        scan = xlsx_scan(_pieces(blob, member, _SHEET_LIMIT), shapes, thorough=True)
    if scan.extent.is_absurd:
        raise EscalateError("sparse")
    return Sheet(scan.formats, tuple(notes_of(scan.tail)))


def _number_styles(package: Package, styles: Member) -> dict[int, NumberFormat]:
    """The cell styles, by their index, whose number format changes what is seen (ECMA-376 part 1, 18.8.10, 18.8.30)."""
    if styles.name.lower().endswith(".bin"):
        return biff12.number_styles(package.pieces(styles))
    formats: dict[str, NumberFormat] = {}
    found: dict[int, NumberFormat] = {}
    index: int | None = None

    def meet_format(attributes: Attributes) -> None:
        if shape := number_format(value_of(attributes, "formatCode")):
            formats[value_of(attributes, "numFmtId")] = shape

    def start(_: Attributes) -> None:
        nonlocal index
        index = 0

    def end() -> None:
        nonlocal index
        index = None

    def style(attributes: Attributes) -> None:
        nonlocal index
        if index is not None:
            number = value_of(attributes, "numFmtId")
            if shape := formats.get(number) or BUILT_IN.get(int(number[:5]) if number.isdecimal() else 0):
                found[index] = shape
            index += 1

    starts: dict[str, Callable[[Attributes], None]] = {"numFmt": meet_format, "cellXfs": start, "xf": style}
    package.parse(styles, lambda _: Handlers(starts, {"cellXfs": end}, lambda _: None))
    return found


def _watched(pieces: Iterator[bytes], found: set[str]) -> Iterator[bytes]:
    """The same pieces; on the way, whether there is text outside of cells, and a format that adds zeros."""
    before = b""
    for piece in pieces:
        seen = before + piece
        if _ODS_ASIDE.search(seen):
            found.add("asides")
        if _ODS_ZEROS.search(seen):
            found.add("zeros")
        before = piece[-256:]
        yield piece
