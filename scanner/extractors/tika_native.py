"""Apache Tika as native code (iscc-tika): every format that has no reader of its own.

It holds the interpreter's lock for the whole of a call and can neither be interrupted nor bounded in memory: call it
in a process that can be killed. Characters outside the basic plane (emoji) come out as replacement characters.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import version as version_of

from iscc_tika import Extractor as Tika
from iscc_tika import OfficeParserConfig, PdfOcrStrategy, PdfParserConfig, TesseractOcrConfig

from domain.content import Content, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.encryption import contains, declares_encryption

_Metadata = Mapping[str, Sequence[str]]

_PROPERTIES = {
    "dc:title": "Title",
    "dc:creator": "Author",
    "meta:last-author": "Last author",
    "dc:subject": "Subject",
    "cp:subject": "Subject",
    "meta:keyword": "Keywords",
    "dc:description": "Description",
    "w:Comments": "Comments",
    "cp:category": "Category",
    "extended-properties:Company": "Company",
    "extended-properties:Manager": "Manager",
    "Message-From": "From",
    "Message:From-Email": "From",
    "Message-To": "To",
    "Message:To-Email": "To",
    "Message-Cc": "Cc",
    "Message:CC-Email": "Cc",
    "Message-Bcc": "Bcc",
    "Message:BCC-Email": "Bcc",
    "Exif IFD0:Artist": "Artist",
    "Exif IFD0:Image Description": "Description",
    "xmpDM:artist": "Artist",
    "xmpDM:logComment": "Comment",
}
"""Tika's names of the metadata that people write, and what they are called in the text."""
_CUSTOM = ("custom:", "pdf:docinfo:custom:")
_PROPERTIES_LIMIT = 50_000

_IS_PICTURE = "image/"
_NO_TEXT_EXPECTED = ("audio/", "video/", "font/")
_BINARY = frozenset({
    "application/octet-stream", "application/vnd.microsoft.portable-executable", "application/x-elf",
    "application/java-vm", "application/x-ms-shortcut", "application/x-ms-installer", "application/x-thumbs-db",
    "application/vnd.sqlite3", "application/pkcs7-signature", "application/x-tika-msoffice",
})  # fmt: skip
# The native build lacks what these need (Jackcess' tables, POI's Visio schemas): the file itself may be sound.
_BEYOND_THIS_BUILD = frozenset({
    "application/x-msaccess", "application/vnd.ms-visio.drawing", "image/heic", "image/heif", "image/avif",
})  # fmt: skip
_DRAWINGS = frozenset({"image/vnd.dwg", "image/vnd.dxf", "image/emf", "image/wmf"})
_PDF_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_OCR = ("ocr",)
# Where Tika finds no document in a package it unpacks it as an archive, and its text is but that of the members.
_PACKAGES = ("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.", "application/vnd.ms-")
_UNPACKED = ("application/zip", "application/x-tika-ooxml")


@dataclass(frozen=True, slots=True)
class TikaNativeExtractor:
    """The text, and after it the properties worth reading as a place of that name. Never recognises characters in
    pictures: content that waits for that has `ocr` pending.
    """

    @property
    def version(self) -> str:
        return f"iscc-tika {version_of('iscc-tika')} / 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        try:
            text, metadata = _read(blob, media_type, limit)
        except ItemTroubleError as error:
            if media_type.startswith(_IS_PICTURE):  # Only what is written about the picture is lost with that.
                return Content(problem=error.problem, pending=_pending(blob, media_type, {}))
            raise
        properties = _properties(metadata)[: min(limit, _PROPERTIES_LIMIT)]
        room = limit - len(properties)
        is_cut = len(text) > room or "X-TIKA:EXCEPTION:write_limit_reached" in metadata
        problem = _problem(blob, media_type, metadata, has_text=not _is_blank(text))
        pending = _pending(blob, media_type, metadata)
        if problem and _is_blank(text) and not properties and not pending:
            raise ItemTroubleError(problem.code, problem.limit)
        text = text[:room]
        places = (Place(len(text), "properties"),) if properties else ()
        return Content(text + properties, places, Problem(ProblemCode.LIMIT, "text") if is_cut else problem, pending)


def _read(blob: Blob, media_type: str, limit: int) -> tuple[str, _Metadata]:
    tika = _tika(limit + 1)
    try:
        with _silent():
            if blob.path is None:
                text, metadata = tika.extract_bytes_to_string(bytearray(blob.bytes))
            else:
                text, metadata = tika.extract_file_to_string(blob.path)
    except TypeError as error:  # The one error that the library has for whatever fails inside Tika.
        raise ItemTroubleError(_code_of(blob, media_type, str(error))) from None
    return text, metadata


def _tika(limit: int) -> Tika:
    office = OfficeParserConfig().set_include_headers_and_footers(True).set_include_deleted_content(True)
    return (
        Tika()
        .set_extract_string_max_length(limit)
        .set_office_config(office)
        .set_pdf_config(PdfParserConfig().set_ocr_strategy(PdfOcrStrategy.NO_OCR))
        .set_ocr_config(TesseractOcrConfig().set_skip_ocr(True))
    )


@contextmanager
def _silent() -> Iterator[None]:
    """Send what the native code prints nowhere: its stack traces go past Python and may quote the content."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def _code_of(blob: Blob, media_type: str, message: str) -> ProblemCode:
    """The error's own text is not kept: it may quote the content."""
    if "ncrypted" in message or "assword" in message or declares_encryption(blob, media_type):
        return ProblemCode.ENCRYPTED
    if media_type in _BEYOND_THIS_BUILD or media_type in _BINARY or media_type.startswith(_NO_TEXT_EXPECTED):
        return ProblemCode.UNSUPPORTED
    return ProblemCode.CORRUPT


def _properties(metadata: _Metadata) -> str:
    named = [(label, metadata.get(key, ())) for key, label in _PROPERTIES.items()]
    named += [(key.rpartition(":")[2], metadata[key]) for key in sorted(metadata) if key.startswith(_CUSTOM)]
    lines = (f"{label}: {value}\n" for label, values in named for value in values if not _is_blank(value))
    return "".join(dict.fromkeys(lines))


def _problem(blob: Blob, media_type: str, metadata: _Metadata, *, has_text: bool) -> Problem | None:
    said = " ".join((*metadata.get("X-TIKA:warning", ()), *metadata.get("Content-Type", ())))
    if "EncryptedDocument" in said or "-protected" in said:
        return Problem(ProblemCode.ENCRYPTED)
    if media_type.startswith(_PACKAGES) and said.endswith(_UNPACKED):
        return Problem(ProblemCode.CORRUPT)
    failures = [value for key, values in metadata.items() if "EXCEPTION:embedded" in key for value in values]
    # A picture in a document is not read anyway; the native build fails on sound ones.
    inside = " ".join(failure for failure in failures if "parser.image" not in failure)
    if "EncryptedDocument" in inside or "feature encryption" in inside:
        return Problem(ProblemCode.ENCRYPTED)
    if inside:
        return Problem(ProblemCode.CORRUPT)
    return None if has_text else _problem_without_text(blob, media_type)


def _problem_without_text(blob: Blob, media_type: str) -> Problem | None:
    if media_type.startswith(_NO_TEXT_EXPECTED) or media_type in _BINARY or media_type in _BEYOND_THIS_BUILD:
        return Problem(ProblemCode.UNSUPPORTED)
    if media_type.startswith(_IS_PICTURE) and media_type not in _DRAWINGS:
        return None
    is_locked = media_type != "application/pdf" and declares_encryption(blob, media_type)
    return Problem(ProblemCode.ENCRYPTED if is_locked else ProblemCode.NO_TEXT)


def _pending(blob: Blob, media_type: str, metadata: _Metadata) -> tuple[str, ...]:
    """A picture waits for character recognition, and so does a PDF with pictures and a page without text."""
    if media_type.startswith(_IS_PICTURE):
        return () if media_type in _DRAWINGS else _OCR
    pages = metadata.get("pdf:charsPerPage", ())
    return _OCR if "0" in pages and contains(blob, _PDF_IMAGE) else ()


def _is_blank(text: str) -> bool:
    """Whether there is nothing to read: white space, control characters and marks of what could not be decoded."""
    return not text.strip(" \t\r\n\f\v\0\x01\ufeff\ufffd\xa0\u200b")
