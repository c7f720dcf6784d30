"""What stands on one page of a PDF: its text, whether that can be trusted, and whether a picture holds more."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfiumError, PdfObject, PdfPage

_LINE_HYPHEN = re.compile(r"(?<=\w)\ufffe(?=\w)")
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd-\uffff]")
_SAMPLE = 200
_FIRST = 4  # Where none of every fourth of the sample is garbled, a fifth of it is not.
_GARBLED_SHARE = 0.2
_GARBLED_LEAST = 10
_PIECES_A_CHARACTER = 4
_OBJECTS = 5000
_DEPTH = 6
_LITTLE = 100
_DRAWN = 30


@dataclass(frozen=True, slots=True)
class PageText:
    """`is_garbled`: its characters are not the ones that people see. `lost`: pieces of text that gave no characters.

    `waits` where what people see is in a picture or drawn: there is no text beside it, or little beside a large one.
    """

    text: str = field(repr=False)
    is_garbled: bool = False
    lost: int = 0
    waits: bool = False


def page_text(page: PdfPage) -> PageText:
    """The text of a page in the order of the page's own content, hidden text included.

    Where a font does not say what its characters mean, pdfium gives their codes and knows that it does: a page is
    garbled where a fifth of a sample of its characters are such, or are control or private characters.
    """
    textpage = pdfium.FPDFText_LoadPage(page)
    if not textpage:
        raise PdfiumError("Failed to load text page.")
    try:
        characters = pdfium.FPDFText_CountChars(textpage)
        text = _text(textpage, characters)
        is_garbled = _is_garbled(textpage, characters, text)
    finally:
        pdfium.FPDFText_ClosePage(textpage)
    seen = sum(map(len, text.split()))
    if seen >= _LITTLE and characters >= pdfium.FPDFPage_CountObjects(page):
        return PageText(text, is_garbled, waits=is_garbled)
    drawn = _drawn(page)
    return PageText(
        text,
        is_garbled,
        lost=drawn.texts if drawn.texts > _PIECES_A_CHARACTER * characters else 0,
        waits=is_garbled or (seen < _LITTLE and _hides_text(page, drawn, has_text=seen > 0)),
    )


def _text(textpage: Any, characters: int) -> str:
    if characters <= 0:
        return ""
    # Twice the room, since some characters are two units; the call keeps to its count of characters.
    buffer = bytearray(2 * (2 * characters + 2))
    start = ctypes.byref(ctypes.c_ushort.from_buffer(buffer))
    units = pdfium.FPDFText_GetText(textpage, 0, characters, start)
    text = str(memoryview(buffer)[: 2 * max(0, units - 1)], "utf-16-le", "replace")
    # A hyphen at the end of a line comes as U+FFFE with the line end left out.
    return _LINE_HYPHEN.sub("-\n", text.replace("\r\n", "\n"))


def _is_garbled(textpage: Any, characters: int, text: str) -> bool:
    unreadable = len(_UNREADABLE.findall(text))
    if unreadable >= max(_GARBLED_LEAST, _GARBLED_SHARE * len(text)):
        return True
    sample = range(0, characters, -(-characters // _SAMPLE) or 1)
    if characters < _GARBLED_LEAST or (len(sample) >= _SAMPLE // 2 and not _errors(textpage, sample[::_FIRST])):
        return False
    return _errors(textpage, sample) >= _GARBLED_SHARE * len(sample)


def _errors(textpage: Any, indexes: Iterable[int]) -> int:
    has_error = pdfium.FPDFText_HasUnicodeMapError
    return sum(has_error(textpage, index) == 1 for index in indexes)


@dataclass(frozen=True, slots=True)
class _Drawn:
    texts: int
    pictures: int
    paths: int
    covered: float


def _drawn(page: PdfPage) -> _Drawn:
    """How many objects of each kind a page has, and what area its pictures cover."""
    found = list(_objects(page))
    kinds = [item.type for item in found]
    pictures = [item for item in found if item.type == pdfium.FPDF_PAGEOBJ_IMAGE]
    return _Drawn(
        kinds.count(pdfium.FPDF_PAGEOBJ_TEXT),
        len(pictures),
        kinds.count(pdfium.FPDF_PAGEOBJ_PATH) + kinds.count(pdfium.FPDF_PAGEOBJ_SHADING),
        sum(_area(page, picture) for picture in pictures),
    )


def _objects(page: PdfPage) -> Iterator[PdfObject]:
    try:
        yield from islice(page.get_objects(max_depth=_DEPTH), _OBJECTS)
    except PdfiumError:
        return


def _area(page: PdfPage, picture: PdfObject) -> float:
    """The area of a picture on the page; of one inside a form, whose scale is not known here, all of the page."""
    if picture.level:
        return float(page.get_width() * page.get_height())
    try:
        left, bottom, right, top = picture.get_bounds()
    except PdfiumError:
        return 0.0
    return float((right - left) * (top - bottom))


def _hides_text(page: PdfPage, drawn: _Drawn, *, has_text: bool) -> bool:
    if has_text:
        return bool(drawn.covered >= page.get_width() * page.get_height() / 2)
    return drawn.pictures > 0 or drawn.paths >= _DRAWN
