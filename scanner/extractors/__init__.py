"""Which extractor reads what."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scanner.extractor import Extractor
from scanner.extractors.database import DatabaseExtractor
from scanner.extractors.escalating import EscalatingExtractor
from scanner.extractors.heif import HeifExtractor
from scanner.extractors.html import HtmlExtractor
from scanner.extractors.image import ImageExtractor
from scanner.extractors.mail import MailExtractor
from scanner.extractors.memo import MemoExtractor
from scanner.extractors.msg import MsgExtractor
from scanner.extractors.odf import OdfExtractor
from scanner.extractors.ooxml import OoxmlExtractor
from scanner.extractors.pdf import PdfExtractor
from scanner.extractors.plain import PlainExtractor
from scanner.extractors.rtf import RtfExtractor
from scanner.extractors.spreadsheet import SpreadsheetExtractor
from scanner.extractors.stretching import StretchingExtractor
from scanner.extractors.tika_native import TikaNativeExtractor

_PLAIN = PlainExtractor()
_IMAGE = ImageExtractor()
_HEIF = HeifExtractor()
_OOXML = StretchingExtractor(OoxmlExtractor())
_ODF = StretchingExtractor(OdfExtractor())
_SHEETS = SpreadsheetExtractor()
_DATABASE = DatabaseExtractor()
_MAIL = StretchingExtractor(MailExtractor())
_MSG = StretchingExtractor(MsgExtractor())

FAST: Mapping[str, Extractor | None] = {
    "text/plain": _PLAIN,
    "text/csv": _PLAIN,
    "text/tab-separated-values": _PLAIN,
    "text/markdown": _PLAIN,
    "text/calendar": _PLAIN,
    "text/vcard": _PLAIN,
    "text/x-ldif": _PLAIN,
    "application/json": _PLAIN,
    # As text an XML file keeps its attributes and comments, and nothing outside it is ever resolved.
    "application/xml": _PLAIN,
    "image/svg+xml": _PLAIN,
    "image/vnd.dxf": _PLAIN,
    "image/jpeg": _IMAGE,
    "image/png": _IMAGE,
    "image/gif": _IMAGE,
    "image/bmp": _IMAGE,
    "image/tiff": _IMAGE,
    "image/webp": _IMAGE,
    "image/avif": _IMAGE,
    "image/heic": _HEIF,
    "image/heif": _HEIF,
    "text/html": StretchingExtractor(HtmlExtractor()),
    "application/pdf": PdfExtractor(),
    "application/vnd.ms-excel": _SHEETS,
    "application/vnd.sqlite3": _DATABASE,
    "application/x-msaccess": _DATABASE,
    "application/x-dbf": _DATABASE,
    "application/x-dbf-memo": MemoExtractor(),
    "message/rfc822": _MAIL,
    "message/x-emlx": _MAIL,
    "multipart/related": _MAIL,
    "application/vnd.ms-outlook": _MSG,
    "application/vnd.ms-tnef": _MSG,
    # Nothing but their parts.
    "application/zip": None,
    "application/x-tar": None,
    "application/gzip": None,
    "application/x-bzip2": None,
    "application/x-xz": None,
    "application/x-lzma": None,
    "application/zstd": None,
    "application/x-lz4": None,
    "application/x-lzip": None,
    "application/x-compress": None,
    "application/x-7z-compressed": None,
    "application/vnd.rar": None,
    "application/vnd.ms-cab-compressed": None,
    "application/x-iso9660-image": None,
    "application/x-cpio": None,
    "application/x-lha": None,
    "application/x-archive": None,
    "application/vnd.debian.binary-package": None,
    "application/mbox": None,
    "application/vnd.ms-outlook-pst": None,
    "application/pkcs7-signature": None,
    "application/x-empty": None,
}
"""Media type to fast reader; None where there is no text outside the parts."""

FAST_FAMILIES: tuple[tuple[str, Extractor], ...] = (
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.", _SHEETS),
    ("application/vnd.ms-excel.", _SHEETS),
    ("application/vnd.openxmlformats-officedocument.", _OOXML),
    ("application/vnd.ms-word.", _OOXML),
    ("application/vnd.ms-powerpoint.", _OOXML),
    ("application/vnd.ms-visio.", _OOXML),
    ("application/vnd.oasis.opendocument.spreadsheet", EscalatingExtractor(_SHEETS, _ODF)),
    ("application/vnd.oasis.opendocument.", _ODF),
    ("application/vnd.sun.xml.", _ODF),
)
"""What a media type begins with, and the fast reader of that family: the first that fits."""

OVER_TIKA: Mapping[str, Callable[[Extractor], Extractor]] = {"application/rtf": RtfExtractor}
"""Media type to a reader that adds to what Tika reads of it."""


def readers(tika: Extractor) -> Callable[[str], Extractor | None]:
    """The choice of readers with this Tika behind them: it reads what has no fast reader, and what one hands over."""

    over = {media_type: reader(tika) for media_type, reader in OVER_TIKA.items()}

    def extractor_for(media_type: str) -> Extractor | None:
        if media_type in FAST:
            fast = FAST[media_type]
            return fast and EscalatingExtractor(fast, tika)
        if media_type in over:
            return over[media_type]
        family = next((fast for start, fast in FAST_FAMILIES if media_type.startswith(start)), None)
        return tika if family is None else EscalatingExtractor(family, tika)

    return extractor_for


extractor_for = readers(TikaNativeExtractor())
"""The choice of readers where no Tika server is configured."""
