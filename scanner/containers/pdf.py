"""What is attached to a PDF: the files that it embeds, and those that annotations of its pages carry."""

from __future__ import annotations

import ctypes
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import partial
from io import BytesIO
from itertools import islice
from typing import Any, BinaryIO

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.pdf import date_of, opened, pdf_bytes, wide_text
from scanner.formats.pdf_streams import may_mention

_PAGES = 20_000
_ANNOTATIONS = 10_000
_ATTACHMENTS = 10_000
_CARRYING = b"/FileAttachment"


@dataclass(frozen=True, slots=True)
class PdfContainer:
    """The embedded files in the order of the list of their names, then those of annotations, page by page; a position
    is an index into them. Pages are looked at only where there may be such an annotation.

    The document is opened for the list and again for each part, since pdfium's state must not outlive a call.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        with opened(blob, embedded=True) as document:
            listed = [(_name(file), _modified(file)) for file in islice(_files(document, blob), _ATTACHMENTS + 1)]
        names = unique(name or f"attachment-{number}" for number, (name, _) in enumerate(listed, 1))
        for index, (name, (_, modified)) in enumerate(zip(names, listed, strict=True)):
            if index == _ATTACHMENTS:
                raise ItemTroubleError(ProblemCode.LIMIT, "parts")
            if index >= after:
                yield Part(name, index + 1, partial(_opened, blob, index), modified=modified)


def _files(document: PdfDocument, blob: Blob) -> Generator[Any, None, None]:
    """The attached files, each good until the next is asked for."""
    for index in range(pdfium.FPDFDoc_GetAttachmentCount(document)):
        yield pdfium.FPDFDoc_GetAttachment(document, index)
    if may_mention(pdf_bytes(blob), _CARRYING):
        for index in range(min(len(document), _PAGES)):
            yield from _files_of_page(document, index)


def _files_of_page(document: PdfDocument, index: int) -> Iterator[Any]:
    page = pdfium.FPDF_LoadPage(document, index)
    if not page:
        return
    try:
        for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _ANNOTATIONS)):
            annotation = pdfium.FPDFPage_GetAnnot(page, number)
            file = pdfium.FPDFAnnot_GetFileAttachment(annotation)
            if file:
                yield file
            pdfium.FPDFPage_CloseAnnot(annotation)
    finally:
        pdfium.FPDF_ClosePage(page)


def _name(file: Any) -> str:
    return wide_text(pdfium.FPDFAttachment_GetName, file) if file else ""


def _modified(file: Any) -> datetime | None:
    """The day that the file says it was changed on, taken for UTC."""
    day = date_of(wide_text(pdfium.FPDFAttachment_GetStringValue, file, b"ModDate")) if file else None
    return datetime.combine(day, time(), UTC) if day else None


def _opened(blob: Blob, index: int) -> BinaryIO:
    with opened(blob, embedded=True) as document, closing(_files(document, blob)) as files:
        file = next(islice(files, index, None), None)
        if not file:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        return BytesIO(_content(file))


def _content(file: Any) -> ctypes.Array[ctypes.c_char]:
    length = ctypes.c_ulong()
    if not pdfium.FPDFAttachment_GetFile(file, None, 0, length):
        raise ItemTroubleError(ProblemCode.CORRUPT)
    buffer = (ctypes.c_char * length.value)()
    if length.value and not pdfium.FPDFAttachment_GetFile(file, buffer, length.value, length):
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return buffer
