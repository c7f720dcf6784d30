"""What Apache Tika says of a document, put into our words: the same whichever way it is run.

Its stack traces may quote the document, so nothing of them is kept but what they tell of the kind of trouble.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from domain.content import Content, DateSource, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.damage import is_damaged
from scanner.encryption import contains, declares_encryption
from scanner.properties import WRITTEN, Stated, stated

Metadata = Mapping[str, Sequence[str]]
READER = "tika"

_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "title": ("dc:title",),
    "author": ("dc:creator", "author", "Author", "onenote:originalAuthors"),
    "last_author": ("meta:last-author", "onenote:mostRecentAuthors"),
    "subject": ("cp:subject", "pdf:docinfo:subject", "dc:subject"),
    "keywords": ("meta:keyword", "keywords", "Keywords"),
    "comments": ("w:Comments", "dc:description", "description"),
    "category": ("cp:category",),
    "company": ("extended-properties:Company", "dc:publisher"),
    "manager": ("extended-properties:Manager",),
    "application": ("extended-properties:Application", "xmp:CreatorTool", "generator"),
    "producer": ("pdf:docinfo:producer",),
    "pages": ("xmpTPg:NPages", "meta:page-count", "meta:slide-count"),
    "words": ("meta:word-count",),
    "characters": ("meta:character-count",),
    "revision": ("cp:revision", "editing-cycles"),
    "template": ("extended-properties:Template",),
    "language": ("dc:language", "Content-Language"),
    "camera": ("tiff:Model",),
}
"""Our keys and the names that Tika has for them, of which the first that says anything counts."""
_LABELS = {key: label for key, label in WRITTEN.items() if key in _PROPERTIES}
"""Those that people write, and what they are called in the text, where all that stands under them has its line."""
_PEOPLE = {
    "dc:contributor": "Contributor",
    "dc:rights": "Copyright",
    "Message-From": "From",
    "Message:From-Name": "From",
    "Message:From-Email": "From",
    "mapi:from-representing-name": "From",
    "mapi:from-representing-email": "From",
    "Message-To": "To",
    "Message:To-Name": "To",
    "Message:To-Display-Name": "To",
    "Message:To-Email": "To",
    "Message-Cc": "Cc",
    "Message:CC-Name": "Cc",
    "Message:CC-Display-Name": "Cc",
    "Message:CC-Email": "Cc",
    "Message-Bcc": "Bcc",
    "Message:BCC-Name": "Bcc",
    "Message:BCC-Display-Name": "Bcc",
    "Message:BCC-Email": "Bcc",
    "mapi:conversation-topic": "Subject",
    "msoffice:comment-person-display-name": "Commented by",
    "signature:name": "Signed by",
    "signature:contact-info": "Signed by",
    "Exif IFD0:Artist": "Artist",
    "Exif IFD0:Image Description": "Description",
    "xmpDM:artist": "Artist",
    "xmpDM:albumArtist": "Artist",
    "xmpDM:composer": "Composer",
    "xmpDM:logComment": "Comment",
}
"""More that names people, and what it is called in the text."""
LABELS = frozenset({*_LABELS.values(), *_PEOPLE.values()})
"""What stands in the text before what Tika has as metadata."""
_CUSTOM = ("custom:", "pdf:docinfo:custom:")
_STATED_LIMIT = 50_000
_DATES: tuple[tuple[DateSource, tuple[str, ...]], ...] = (
    (DateSource.SENT, ("mapi:client-submit-time",)),
    (DateSource.RECEIVED, ("mapi:message-delivery-time",)),
    (DateSource.TAKEN, ("exif:DateTimeOriginal",)),
    (DateSource.CREATED, ("dcterms:created", "pdf:docinfo:created", "xmp:CreateDate", "mapi:creation-time")),
    (DateSource.MODIFIED, ("dcterms:modified", "pdf:docinfo:modified", "xmp:ModifyDate", "meta:save-date")),
    (DateSource.PRINTED, ("meta:print-date",)),
)

_IS_PICTURE = "image/"
_NO_TEXT_EXPECTED = ("audio/", "video/", "font/")
_BINARY = frozenset({
    "application/octet-stream", "application/vnd.microsoft.portable-executable", "application/x-elf",
    "application/java-vm", "application/x-ms-shortcut", "application/x-ms-installer", "application/x-thumbs-db",
    "application/vnd.sqlite3", "application/pkcs7-signature", "application/x-tika-msoffice",
})  # fmt: skip
# The native build lacks what these need (Jackcess' tables, POI's Visio schemas): the file itself may be sound.
_BEYOND_THE_NATIVE_BUILD = frozenset({
    "application/x-msaccess", "application/vnd.ms-visio.drawing", "image/heic", "image/heif", "image/avif",
})  # fmt: skip
_NOT_READ = ("nsupported", "t currently supported")
_DRAWINGS = frozenset({"image/vnd.dwg", "image/vnd.dxf", "image/emf", "image/wmf"})
_PDF_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_OCR = ("ocr",)
# Where Tika finds no document in a package it unpacks it as an archive, and its text is but that of the members.
_PACKAGES = ("application/vnd.openxmlformats-", "application/vnd.oasis.opendocument.", "application/vnd.ms-")
_UNPACKED = ("application/zip", "application/x-tika-ooxml")

_TROUBLE = "X-TIKA:EXCEPTION:"
_WHOLE = _TROUBLE + "container_exception"
_PARTLY = tuple(
    _TROUBLE + kind for kind in ("warn", "embedded_exception", "embedded_stream_exception", "embedded_bytes_exception")
)
_CUT = _TROUBLE + "write_limit_reached"
_TOO_MANY = _TROUBLE + "embedded_resource_limit_reached"
# A picture in a document is not read anyway, and the native build fails on sound ones; empty is not damaged; a link
# to nowhere leads to nothing that could be read.
_HARMLESS = ("parser.image", "ZeroByteFileException", "A part name shall not be empty")


@dataclass(frozen=True, slots=True)
class Reading:
    """One document as Tika read it. One that is embedded has a path, which is its place in the text."""

    text: str = field(repr=False)
    metadata: Metadata = field(repr=False)
    path: str = ""


def content_of(readings: Sequence[Reading], blob: Blob, media_type: str, limit: int) -> Content:
    """The first reading is the document's own, the others are of what is embedded in it: text, then properties.

    Raises ItemTroubleError where there is nothing to give but the problem.
    """
    said = _stated(readings, min(limit, _STATED_LIMIT))
    text, places = _joined(readings)
    problem = _problem(readings, blob, media_type, is_blank=_is_blank(text))
    pending = _pending(blob, media_type, readings[0].metadata)
    if problem and _is_blank(text) and not said.text and not pending:
        raise ItemTroubleError(problem.code, problem.limit)
    room = limit - len(said.text)
    if len(text) > room or len(said.text) == _STATED_LIMIT or _is_marked(readings, _CUT):
        problem = Problem(ProblemCode.LIMIT, "text")
    text = text[:room]
    places = [place for place in places if place.start < len(text)]
    if said.text:
        places.append(Place(len(text), "properties"))
    return Content(
        text + said.text, tuple(places), problem, pending, properties=said.properties, dates=said.dates, reader=READER
    )


def failed(blob: Blob, media_type: str, message: str) -> Content:
    """A picture's content where Tika failed: only what is written about it is lost, and it waits for recognition.

    Raises ItemTroubleError for anything else.
    """
    code = _code_of(blob, media_type, message)
    if not media_type.startswith(_IS_PICTURE):
        raise ItemTroubleError(code)
    return Content(problem=Problem(code), pending=_pending(blob, media_type, {}), reader=READER)


def _stated(readings: Sequence[Reading], limit: int) -> Stated:
    """The properties and dates of the document; of what is embedded in it only the lines that name people."""
    own = readings[0].metadata
    values = {key: next(_values(own, names), "") for key, names in _PROPERTIES.items()}
    lines = [line for reading in readings for line in _lines(reading.metadata)]
    dates = ((source, value) for source, names in _DATES for value in _values(own, names))
    found = stated(values, lines, dates, limit)
    return Stated(found.properties, tuple(dict.fromkeys(found.dates)), found.text)


def _values(metadata: Metadata, names: Sequence[str]) -> Iterator[str]:
    return (value.strip() for name in names for value in metadata.get(name, ()) if not _is_blank(value))


def _lines(metadata: Metadata) -> Iterator[tuple[str, str]]:
    """A picture's title is but the name that it has in the document."""
    resource = metadata.get("resourceName", ())
    for key, label in _LABELS.items():
        yield from ((label, value) for value in _values(metadata, _PROPERTIES[key]) if value not in resource)
    for name, label in _PEOPLE.items():
        yield from ((label, value) for value in _values(metadata, (name,)))
    for name in sorted(metadata):
        if name.startswith(_CUSTOM):
            yield from ((name.rpartition(":")[2], value) for value in _values(metadata, (name,)))


def _joined(readings: Sequence[Reading]) -> tuple[str, list[Place]]:
    pieces: list[str] = []
    places: list[Place] = []
    at = 0
    for reading in readings:
        piece = reading.text if reading is readings[-1] or reading.text.endswith("\n") else f"{reading.text}\n"
        if reading.path and not _is_blank(piece):
            places.append(Place(at, reading.path))
        pieces.append(piece)
        at += len(piece)
    return "".join(pieces), places


def _problem(readings: Sequence[Reading], blob: Blob, media_type: str, *, is_blank: bool) -> Problem | None:
    own = readings[0].metadata
    said = " ".join((*own.get("X-TIKA:warning", ()), *own.get("Content-Type", ())))
    if "EncryptedDocument" in said or "-protected" in said:
        return Problem(ProblemCode.ENCRYPTED)
    if failure := own.get(_WHOLE):
        return Problem(_code_of(blob, media_type, failure[0]))
    if failures := " ".join(failure for reading in readings for failure in _failures(reading, media_type)):
        is_locked = "EncryptedDocument" in failures or "feature encryption" in failures
        return Problem(ProblemCode.ENCRYPTED if is_locked else ProblemCode.CORRUPT)
    is_unpacked = media_type.startswith(_PACKAGES) and said.endswith(_UNPACKED)
    if is_unpacked or is_damaged(blob):
        return Problem(ProblemCode.CORRUPT)
    if _is_marked(readings, _TOO_MANY):
        return Problem(ProblemCode.LIMIT, "parts")
    return _problem_without_text(blob, media_type) if is_blank else None


def _failures(reading: Reading, media_type: str) -> Iterator[str]:
    """What Tika says it could not read, whole or in part. Sound and film have no text that could be lost."""
    kinds = (media_type, *reading.metadata.get("Content-Type", ()))
    if any(kind.startswith(_NO_TEXT_EXPECTED) for kind in kinds):
        return
    for name in _PARTLY:
        for failure in reading.metadata.get(name, ()):
            if not any(harmless in failure for harmless in _HARMLESS):
                yield failure


def _code_of(blob: Blob, media_type: str, message: str) -> ProblemCode:
    """The kind of trouble that an error's text tells of; the text itself is not kept."""
    if "ncrypted" in message or "assword" in message or declares_encryption(blob, media_type):
        return ProblemCode.ENCRYPTED
    if _is_beyond(media_type) or any(words in message for words in _NOT_READ):
        return ProblemCode.UNSUPPORTED
    return ProblemCode.CORRUPT


def _problem_without_text(blob: Blob, media_type: str) -> Problem | None:
    if _is_beyond(media_type):
        return Problem(ProblemCode.UNSUPPORTED)
    if media_type.startswith(_IS_PICTURE) and media_type not in _DRAWINGS:
        return None
    is_locked = media_type != "application/pdf" and declares_encryption(blob, media_type)
    return Problem(ProblemCode.ENCRYPTED if is_locked else ProblemCode.NO_TEXT)


def _is_beyond(media_type: str) -> bool:
    return media_type.startswith(_NO_TEXT_EXPECTED) or media_type in _BINARY or media_type in _BEYOND_THE_NATIVE_BUILD


def _pending(blob: Blob, media_type: str, metadata: Metadata) -> tuple[str, ...]:
    """A picture waits for character recognition, and so does a PDF with pictures and a page without text."""
    if media_type.startswith(_IS_PICTURE):
        return () if media_type in _DRAWINGS else _OCR
    pages = metadata.get("pdf:charsPerPage", ())
    return _OCR if "0" in pages and contains(blob, _PDF_IMAGE) else ()


def _is_marked(readings: Sequence[Reading], mark: str) -> bool:
    return any(mark in reading.metadata for reading in readings)


def _is_blank(text: str) -> bool:
    """Whether there is nothing to read: white space, control characters and marks of what could not be decoded."""
    return not text.strip(" \t\r\n\f\v\0\x01\ufeff\ufffd\xa0\u200b")
