"""What people wrote into a PDF beside its pages: bookmarks, the values of forms, annotations, whom links write to."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfPage

from scanner.formats.pdf import wide_text

_BOOKMARKS = 20_000
_ANNOTATIONS = 10_000
_OPTIONS = 1000
_SAID = (b"T", b"Subj", b"Contents")
"""Who wrote an annotation, on what, and what (ISO 32000-1, 12.5.6.2)."""
_MAILTO = "mailto:"
_URI = 4096
_TICKED = (pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON)
_CHOICES = (pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX)
_SILENT = (pdfium.FPDF_FORMFIELD_PUSHBUTTON, pdfium.FPDF_FORMFIELD_SIGNATURE)


def bookmarks(document: PdfDocument) -> Iterator[str]:
    """The titles of the outline, from top to bottom; where it runs in a circle, each but once."""
    seen: set[int] = set()
    pending = [pdfium.FPDFBookmark_GetFirstChild(document, None)]
    while pending and len(seen) < _BOOKMARKS:
        bookmark = pending.pop()
        if not bookmark or (address := ctypes.addressof(bookmark.contents)) in seen:
            continue
        seen.add(address)
        if title := wide_text(pdfium.FPDFBookmark_GetTitle, bookmark).strip():
            yield title
        pending += [
            pdfium.FPDFBookmark_GetNextSibling(document, bookmark),
            pdfium.FPDFBookmark_GetFirstChild(document, bookmark),
        ]


def notes(page: PdfPage) -> Iterator[tuple[str, str]]:
    """What each annotation of a page says, as the place where it belongs, "form" or "annotations", and a line."""
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
        annotation = pdfium.FPDFPage_GetAnnot(page, index)
        if not annotation:
            continue
        try:
            yield from _note(page, annotation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)


def _note(page: PdfPage, annotation: Any) -> Iterator[tuple[str, str]]:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        if value := _value(page.formenv, annotation):
            yield "form", f"{_label(page.formenv, annotation)}: {value}"
    elif kind == pdfium.FPDF_ANNOT_LINK:
        if address := _address(page.pdf, annotation):
            yield "annotations", address
    elif said := [text for key in _SAID if (text := _string(annotation, key))]:
        yield "annotations", ": ".join(said)


def _string(annotation: Any, key: bytes) -> str:
    return _plain(wide_text(pdfium.FPDFAnnot_GetStringValue, annotation, key))


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def _value(forms: Any, annotation: Any) -> str:
    if forms is None:
        return _string(annotation, b"V")
    kind = pdfium.FPDFAnnot_GetFormFieldType(forms, annotation)
    if kind in _SILENT:
        return ""
    if kind in _TICKED:
        is_ticked = pdfium.FPDFAnnot_IsChecked(forms, annotation)
        return wide_text(pdfium.FPDFAnnot_GetFormFieldExportValue, forms, annotation) if is_ticked else ""
    value = _plain(wide_text(pdfium.FPDFAnnot_GetFormFieldValue, forms, annotation))
    if kind in _CHOICES and not value:
        return ", ".join(_chosen(forms, annotation))
    return value


def _chosen(forms: Any, annotation: Any) -> Iterator[str]:
    for index in range(min(pdfium.FPDFAnnot_GetOptionCount(forms, annotation), _OPTIONS)):
        if pdfium.FPDFAnnot_IsOptionSelected(forms, annotation, index):
            yield wide_text(pdfium.FPDFAnnot_GetOptionLabel, forms, annotation, index)


def _label(forms: Any, annotation: Any) -> str:
    """What a form calls a field where people see it, else the last part of its name."""
    if forms is None:
        return _string(annotation, b"T")
    shown = _plain(wide_text(pdfium.FPDFAnnot_GetFormFieldAlternateName, forms, annotation))
    return shown or wide_text(pdfium.FPDFAnnot_GetFormFieldName, forms, annotation).rpartition(".")[2]


def _address(document: PdfDocument, annotation: Any) -> str:
    """Whom or what a link is to: a mail address bare, anything else as it stands."""
    action = pdfium.FPDFLink_GetAction(pdfium.FPDFAnnot_GetLink(annotation))
    buffer = ctypes.create_string_buffer(_URI)
    length = pdfium.FPDFAction_GetURIPath(document, action, buffer, _URI) if action else 0
    target = buffer.value.decode("utf-8", "replace") if 0 < length <= _URI else ""
    return unquote(target[len(_MAILTO) :]) if target[: len(_MAILTO)].lower() == _MAILTO else target
