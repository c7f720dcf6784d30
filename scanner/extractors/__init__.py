"""Which extractor reads what."""

from __future__ import annotations

from scanner.extractor import Extractor
from scanner.extractors.image import ImageExtractor
from scanner.extractors.mail import MailExtractor
from scanner.extractors.plain import PlainExtractor
from scanner.extractors.tika_native import TikaNativeExtractor

_PLAIN = PlainExtractor()
_IMAGE = ImageExtractor()
_TIKA = TikaNativeExtractor()

EXTRACTORS: dict[str, Extractor | None] = {
    "text/plain": _PLAIN,
    "text/csv": _PLAIN,
    "text/tab-separated-values": _PLAIN,
    "text/markdown": _PLAIN,
    "text/calendar": _PLAIN,
    "text/vcard": _PLAIN,
    "application/json": _PLAIN,
    # As text an XML file keeps its attributes and comments, and nothing outside it is ever resolved.
    "application/xml": _PLAIN,
    "image/svg+xml": _PLAIN,
    "image/jpeg": _IMAGE,
    "image/png": _IMAGE,
    "image/gif": _IMAGE,
    "image/bmp": _IMAGE,
    "image/tiff": _IMAGE,
    "image/webp": _IMAGE,
    "message/rfc822": MailExtractor(),
    # Nothing but their parts.
    "application/zip": None,
    "application/mbox": None,
    "application/x-empty": None,
}
"""Media type to extractor; None where there is no text outside the parts. Every other type is Tika's."""


def extractor_for(media_type: str) -> Extractor | None:
    """The reader of a media type's own text, or None where all of it is in the parts or there is nothing."""
    return EXTRACTORS.get(media_type, _TIKA)
