"""PDF files as pdfium opens them: for the reader of their text, the walker of what is attached, and recognition.

pdfium keeps its state in the process and is not made for threads: a document is opened and closed within one call. The
build of pypdfium2 runs no JavaScript, and it fetches nothing.
"""

from __future__ import annotations

import ctypes
import mmap
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.dating import whole_date
from scanner.formats.pdf_streams import PdfBytes, holds_bomb

_CODES = {pdfium.FPDF_ERR_PASSWORD: ProblemCode.ENCRYPTED, pdfium.FPDF_ERR_SECURITY: ProblemCode.ENCRYPTED}
_SHORT = 512
_Short = ctypes.c_ushort * (_SHORT // 2)
_DATE = re.compile(r"(?:D:)?\s*(\d{4})(\d{2})?(\d{2})?")


@contextmanager
def opened(blob: Blob, *, embedded: bool = False) -> Iterator[PdfDocument]:
    """The document, for as long as the context lasts. One with the empty password opens like one with none.

    Raises ItemTroubleError: encrypted; corrupt where pdfium finds no document; limit (ratio) where a stream swells
    beyond reason, those of pictures apart, which nothing unpacks here, and unless `embedded` those of embedded files.
    """
    content = pdf_bytes(blob)
    if holds_bomb(content, embedded=embedded):
        raise ItemTroubleError(ProblemCode.LIMIT, "ratio")
    at = content if isinstance(content, bytes) else (ctypes.c_char * len(content)).from_buffer(content)
    handle = pdfium.FPDF_LoadMemDocument64(at, len(content), None)
    if not handle:
        raise ItemTroubleError(_CODES.get(pdfium.FPDF_GetLastError(), ProblemCode.CORRUPT))
    document = PdfDocument(handle)
    try:
        yield document
    finally:
        document.close()
        del at  # Not before: the document has only the address.


def pdf_bytes(blob: Blob) -> PdfBytes:
    """All bytes of a blob; a spooled one is mapped, not loaded."""
    if blob.path is None:
        return blob.bytes
    return mmap.mmap(
        blob.file.fileno(), 0, access=mmap.ACCESS_COPY
    )  # A copy on write, which pdfium's binding asks for.


def wide_text(getter: Callable[..., int], *about: Any) -> str:
    """What one of pdfium's getters of text says: it tells the length in bytes, and where there is room for that, fills
    in UTF-16 with a zero behind.
    """
    buffer = _Short()
    length = getter(*about, buffer, _SHORT)
    if length <= 2:
        return ""
    if length <= _SHORT:
        return bytes(buffer)[: length - 2].decode("utf-16-le", "replace").rstrip("\0")
    longer = (ctypes.c_ushort * (length // 2 + 1))()
    getter(*about, longer, length)
    return bytes(longer)[: length - 2].decode("utf-16-le", "replace").rstrip("\0")


def date_of(written: str) -> date | None:
    """The day of a PDF date (ISO 32000-1, 7.9.4), where it is a plausible one."""
    found = _DATE.match(written)
    if found is None:
        return None
    year, month, day = (int(part or 1) for part in found.groups())
    return whole_date(year, month, day)
