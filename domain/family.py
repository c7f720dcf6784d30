"""The families in which an organisation counts what it holds: spreadsheets, e-mail, word documents, pictures."""

from __future__ import annotations

import os
from enum import StrEnum


class Family(StrEnum):
    SPREADSHEETS = "spreadsheets"
    EMAIL = "e-mail"
    DOCUMENTS = "word documents"
    PICTURES = "pictures"
    PDF = "PDF"
    OTHER = "other"


def family_of(media_type: str | None, name: bytes) -> Family:
    """The family of a file: by its media type, else, where nobody has looked into it yet, by its name's extension."""
    if media_type is None:
        extension = os.path.splitext(name)[1][1:].lower().decode("ascii", "replace")
        return next((family for family, known in _EXTENSIONS.items() if extension in known), Family.OTHER)
    return next(
        (family for family, parts in _MEDIA_TYPES.items() if any(map(media_type.startswith, parts))), Family.OTHER
    )


def _words(words: str) -> frozenset[str]:
    return frozenset(words.split())


_OOXML, _ODF, _MS = (
    "application/vnd.openxmlformats-officedocument.",
    "application/vnd.oasis.opendocument.",
    "application/vnd.ms-",
)

_MEDIA_TYPES: dict[Family, tuple[str, ...]] = {
    Family.SPREADSHEETS: (
        _OOXML + "spreadsheetml", _ODF + "spreadsheet", _ODF + "flat.spreadsheet", _MS + "excel", _MS + "spreadsheetml",
        "text/csv", "text/tab-separated-values",
    ),
    Family.EMAIL: ("message/", "application/mbox", _MS + "outlook", _MS + "tnef"),
    Family.DOCUMENTS: (
        _OOXML + "wordprocessingml", _ODF + "text", _ODF + "flat.text", _MS + "word", "application/msword",
        "application/rtf", "text/rtf",
    ),
    Family.PICTURES: ("image/",),
    Family.PDF: ("application/pdf",),
}  # fmt: skip

_EXTENSIONS = {
    Family.SPREADSHEETS: _words("xlsx xlsm xltx xltm xlsb xls xlt ods ots fods csv tsv"),
    Family.EMAIL: _words("eml msg mbox pst ost emlx"),
    Family.DOCUMENTS: _words("docx docm dotx dotm doc dot odt ott fodt rtf"),
    Family.PICTURES: _words("jpg jpeg jpe png gif bmp tif tiff heic heif webp"),
    Family.PDF: _words("pdf"),
}
