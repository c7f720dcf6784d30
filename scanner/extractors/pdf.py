"""PDF by pdfium: the text of its pages, and beside it what people wrote into bookmarks, forms and annotations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from importlib.metadata import version as version_of

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfiumError

from domain.content import Content, DateSource, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.extractor import EscalateError
from scanner.formats.pdf import date_of, opened, pdf_bytes, wide_text
from scanner.formats.pdf_notes import bookmarks, notes
from scanner.formats.pdf_page import page_text
from scanner.formats.pdf_streams import custom_keys
from scanner.properties import Stated, stated

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
_DATES = {"CreationDate": DateSource.CREATED, "ModDate": DateSource.MODIFIED}


@dataclass(frozen=True, slots=True)
class PdfExtractor:
    """Escalates what pdfium does not open, XFA forms, pages that it does not give, and text that its fonts garble.

    A page whose text is in a picture waits for character recognition, whoever reads the rest.
    """

    @property
    def version(self) -> str:
        return f"pypdfium2 {version_of('pypdfium2')} / 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for one kind
        try:
            with opened(blob) as document:
                return _content(document, custom_keys(pdf_bytes(blob)), limit)
        except ItemTroubleError as trouble:
            if trouble.problem.code is ProblemCode.CORRUPT:
                raise EscalateError("damaged") from trouble
            raise


def _content(document: PdfDocument, keys: Iterable[str], limit: int) -> Content:
    form = document.get_formtype()
    if form == pdfium.FORMTYPE_ACRO_FORM:
        document.init_forms()
    pages = _pages(document, limit)
    said = _stated(document, keys)
    sections = [*_page_sections(pages), *_beside(document, pages)]
    is_blank = not sections
    sections.append(("properties", said.text))
    text, places, is_cut = _joined(sections, limit)
    waits = any(page.waits for page in pages.read)
    content = Content(
        text,
        places,
        Problem(ProblemCode.LIMIT, "text") if is_cut else pages.problem,
        ("ocr",) if waits else (),
        properties=said.properties,
        dates=said.dates,
        reader="pdf",
    )
    if reason := _reason(form, pages, is_blank=is_blank):
        raise EscalateError(reason, content)
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
    read: tuple[_Page, ...]
    missing: int
    problem: Problem | None


def _pages(document: PdfDocument, limit: int) -> _Pages:
    """The pages, as many as make up the limit of text. What a page tree declares that is not there is missing."""
    declared = len(document)
    read: list[_Page] = []
    missing, length = int(not declared), 0
    for index in range(min(declared, PAGES)):
        page = _page(document, index)
        if page is None:
            missing += 1
            continue
        read.append(page)
        length += len(page.text)
        if length > limit:
            break
    return _Pages(tuple(read), missing, Problem(ProblemCode.LIMIT, "pages") if declared > PAGES else None)


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


def _page_sections(pages: _Pages) -> Iterator[tuple[str, str]]:
    for page in pages.read:
        if page.text.strip():
            yield f"page {page.number}", f"{page.text.rstrip()}\n"


def _beside(document: PdfDocument, pages: _Pages) -> Iterator[tuple[str, str]]:
    """Bookmarks, form values and annotations, a line each; what says the same again, or a page says, is left out."""
    lines = {"bookmarks": dict.fromkeys(bookmarks(document)), "form": {}, "annotations": {}}
    for page in pages.read:
        for place, line in page.notes:
            lines[place][line] = None
    for place, said in lines.items():
        if said:
            yield place, "".join(f"{line}\n" for line in said)


def _joined(sections: Iterable[tuple[str, str]], limit: int) -> tuple[str, tuple[Place, ...], bool]:
    """The texts one after the other, at most `limit` characters, where each begins, and whether something is cut."""
    places: list[Place] = []
    pieces: list[str] = []
    length = 0
    for name, text in sections:
        if text and length < limit:
            places.append(Place(length, name))
        pieces.append(text)
        length += len(text)
    return "".join(pieces)[:limit], tuple(places), length > limit


def _without_text(content: Content) -> Content:
    if not content.text:
        raise ItemTroubleError(ProblemCode.NO_TEXT)
    return replace(content, problem=content.problem or Problem(ProblemCode.NO_TEXT))


def _stated(document: PdfDocument, keys: Iterable[str]) -> Stated:
    """The document's Info dictionary: what everybody has in it, and under `keys` what its writers put there."""
    values = {name: _meta(document, key) for key, name in _PROPERTIES.items()}
    values["application"] = values["application"] or values["producer"]
    own = ((key, _meta(document, key)) for key in keys if key not in _PROPERTIES and not key.startswith(_NOT_WRITTEN))
    dates = ((source, _meta(document, key)) for key, source in _DATES.items())
    return stated(
        {**values, "pages": str(len(document))},
        own,
        ((source, day.isoformat()) for source, written in dates if (day := date_of(written))),
    )


def _meta(document: PdfDocument, key: str) -> str:
    return " ".join(wide_text(pdfium.FPDF_GetMetaText, document, key.encode() + b"\0").split())
