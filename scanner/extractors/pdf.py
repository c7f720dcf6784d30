"""PDF by pdfium: the text of its pages, and beside it what people wrote into bookmarks, forms and annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from importlib.metadata import version as version_of
from itertools import chain

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from domain.content import Content, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.damage import is_damaged
from scanner.extractor import EscalateError
from scanner.formats.pdf import date_of, opened, pdf_bytes, wide_text
from scanner.formats.pdf_notes import bookmarks, notes
from scanner.formats.pdf_page import page_text
from scanner.formats.pdf_streams import PdfBytes, custom_keys
from scanner.formats.xmp import packets, read_xmp
from scanner.properties import Stated, stated
from scanner.tables import Passage, in_stretches

PAGES = 20_000
"""No more pages are looked at: a page tree may declare millions."""
_LOST = 10
_XFA = (pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND)
_PROPERTIES = {
    "Title": "title",
    "Author": "author",
    "Subject": "subject",
    "Keywords": "keywords",
    "Creator": "application",
    "Producer": "producer",
}
_NOT_WRITTEN = ("CreationDate", "ModDate", "Trapped", "PTEX.")
_DATES = {"CreationDate": (DateSource.CREATED, "CreateDate"), "ModDate": (DateSource.MODIFIED, "ModifyDate")}
_IN_XMP = {"Title": "title", "Author": "author", "Keywords": "keywords"}


@dataclass(frozen=True, slots=True)
class PdfExtractor:
    """Escalates what pdfium does not open, XFA forms, pages that it does not give, and text that its fonts garble.

    A page whose text is in a picture waits for character recognition, whoever reads the rest. A long text comes in
    stretches: a page of a later one that gives no text, or is not there, is the problem of the last.
    """

    @property
    def version(self) -> str:
        return f"pypdfium2 {version_of('pypdfium2')} / 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for one kind
        try:
            with ExitStack() as stack:
                document = stack.enter_context(opened(blob))
                content = _content(document, pdf_bytes(blob), limit, is_cut=is_damaged(blob))
                return replace(content, rest=_while_open(content.rest, stack.pop_all())) if content.rest else content
        except ItemTroubleError as trouble:
            if trouble.problem.code is ProblemCode.CORRUPT:
                raise EscalateError("damaged") from trouble
            raise


def _while_open(rest: Iterable[Content], stack: ExitStack) -> Iterator[Content]:
    with stack:
        yield from rest


def _content(document: PdfDocument, written: PdfBytes, limit: int, *, is_cut: bool) -> Content:
    form = document.get_formtype()
    if form == pdfium.FORMTYPE_ACRO_FORM:
        document.init_forms()
    pages = _pages(document, limit)
    marks = tuple(dict.fromkeys(bookmarks(document)))
    is_blank = not marks and not any(page.text.strip() or page.notes for page in pages.read)
    said = _stated(document, written)
    waits = any(page.waits for page in pages.read)
    frame = Content(pending=("ocr",) if waits else (), properties=said.properties, dates=said.dates, reader="pdf")
    content = in_stretches(_passages(document, pages, marks, said, is_cut=is_cut), limit, frame)
    if reason := _reason(form, pages, is_blank=is_blank):
        raise EscalateError(reason, _without_rest(content))
    return content if waits or not is_blank or document.count_attachments() else _without_text(content)


@dataclass(frozen=True, slots=True)
class _Page:
    number: int
    text: str = field(repr=False)
    notes: tuple[tuple[str, str], ...] = field(repr=False)
    is_garbled: bool
    lost: int
    waits: bool


@dataclass(frozen=True, slots=True)
class _Pages:
    """The pages that make up the first stretch; `missing` of them are not there, `following` come behind them."""

    read: tuple[_Page, ...]
    missing: int
    following: range


def _pages(document: PdfDocument, limit: int) -> _Pages:
    """What a page tree declares that is not there is missing."""
    declared = min(len(document), PAGES)
    read: list[_Page] = []
    missing, length, index = int(not declared), 0, -1
    for index in range(declared):
        page = _page(document, index)
        if page is None:
            missing += 1
            continue
        read.append(page)
        length += len(page.text)
        if length > limit:
            break
    return _Pages(tuple(read), missing, range(index + 1, declared))


def _page(document: PdfDocument, index: int) -> _Page | None:
    try:
        page = document[index]
    except PdfiumError:
        return None
    try:
        found = page_text(page)
        beside = tuple(note for note in notes(page) if note[1] not in found.text)
        return _Page(index + 1, found.text, beside, found.is_garbled, found.lost, found.waits)
    except PdfiumError:
        return None
    finally:
        page.close()


def _reason(form: int, pages: _Pages, *, is_blank: bool) -> str | None:
    """Why Tika should read this instead."""
    lost = [page.lost for page in pages.read]
    if form in _XFA:
        return "xfa"
    if pages.missing:
        return "missing pages"
    if any(page.is_garbled for page in pages.read):
        return "garbled"
    return "lost text" if max(lost, default=0) >= _LOST or (is_blank and any(lost)) else None


def _passages(
    document: PdfDocument, pages: _Pages, marks: Sequence[str], said: Stated, *, is_cut: bool
) -> Iterator[Passage | Problem]:
    """The pages, then what people wrote beside them, a line each, and what the document says of itself."""
    beside: dict[str, dict[str, None]] = {"bookmarks": dict.fromkeys(marks), "form": {}, "annotations": {}}
    for page in chain(pages.read, _following(document, pages.following)):
        if isinstance(page, Problem):
            yield page
            continue
        if page.text.strip():
            yield Passage(f"page {page.number}", lines=page.text.rstrip().split("\n"))
        for place, line in page.notes:
            beside[place][line] = None
    for place, lines in beside.items():
        yield Passage(place, lines=lines)
    yield Passage("properties", lines=said.text.splitlines())
    if len(document) > PAGES:
        yield Problem(ProblemCode.LIMIT, "pages")
    if is_cut:
        yield Problem(ProblemCode.CORRUPT)


def _following(document: PdfDocument, indexes: range) -> Iterator[_Page | Problem]:
    """The pages behind the first stretch, which nobody can be asked to read or recognise any more."""
    for index in indexes:
        page = _page(document, index)
        if page is None:
            yield Problem(ProblemCode.CORRUPT)
            continue
        yield page
        if page.waits:
            yield Problem(ProblemCode.NO_TEXT)


def _without_rest(content: Content) -> Content:
    """The document is closed by the time that anybody comes back to what is handed over."""
    return replace(content, rest=(), problem=Problem(ProblemCode.LIMIT, "text")) if content.rest else content


def _without_text(content: Content) -> Content:
    if not content.text:
        raise ItemTroubleError(ProblemCode.NO_TEXT)
    return replace(content, problem=content.problem or Problem(ProblemCode.NO_TEXT))


def _stated(document: PdfDocument, written: PdfBytes) -> Stated:
    """The Info dictionary, what its writers put there under keys of their own included, and packets of XMP."""
    xmp = read_xmp(packets(written))
    values = {name: _meta(document, key) for key, name in _PROPERTIES.items()}
    values["application"] = values["application"] or values["producer"]
    values |= {name: xmp.first(label) for label, name in _IN_XMP.items() if not values[name]}
    keys = (key for key in custom_keys(written) if key not in _PROPERTIES and not key.startswith(_NOT_WRITTEN))
    own = ((key, _meta(document, key)) for key in keys)
    dates = ((source, date_of(_meta(document, key)) or xmp.date(name)) for key, (source, name) in _DATES.items())
    return stated(
        {**values, "pages": str(len(document))},
        chain(own, xmp.lines),
        ((source, day.isoformat()) for source, day in dates if day),
    )


def _meta(document: PdfDocument, key: str) -> str:
    return " ".join(wide_text(pdfium.FPDF_GetMetaText, document, key.encode() + b"\0").split())
