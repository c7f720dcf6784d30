"""What kind of content this is, told from its own bytes; the name only decides between kinds that look alike.

The types are those of IANA and, where it has none, the ones that Apache Tika uses.
"""

from __future__ import annotations

import os
import re

from scanner.blob import Blob
from scanner.media_magic import magic_type
from scanner.media_ole import MAGIC as OLE_MAGIC
from scanner.media_ole import OLE, PROTECTED_OOXML, ole_type
from scanner.media_text import EMPTY, PLAIN, UNKNOWN, WRITTEN_AS_TEXT, text_type
from scanner.media_zip import ZIP, has_directory, zip_type

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")
_MEMOS = frozenset({".dbt", ".fpt"})
_PREFIXED = (".zip", ".pyz", ".jar")
_PDF_HEADER = re.compile(rb"%PDF-\d")


def media_type(blob: Blob, name: str) -> str:
    """The media type of a blob; `name` is the item's last name, its extension the tie-break.

    Where bytes are of several kinds at once, the one that they begin with wins, but a zip file behind a program that
    unpacks it, or behind what is of no kind, is one. Empty content is application/x-empty; what nothing fits is
    application/octet-stream.
    """
    if not blob.size:
        return EMPTY
    head = blob.head
    extension = os.path.splitext(name)[1].lower()
    if head.startswith(OLE_MAGIC):
        return ole_type(blob, head)
    if head.startswith(_ZIP_MAGIC):
        return zip_type(blob, head, extension)
    if head.startswith(b"MZ") and len(head) >= 64:
        return ZIP if has_directory(blob) else "application/vnd.microsoft.portable-executable"
    found = None if _PDF_HEADER.match(head) else magic_type(head, blob.size, extension)
    if _is_pdf(head, extension, begins_otherwise=found is not None):
        return "application/pdf"
    found = found or text_type(head, extension)
    is_prefixed = (found == UNKNOWN or (found == PLAIN and extension in _PREFIXED)) and has_directory(blob)
    unknown = "application/x-dbf-memo" if found == UNKNOWN and extension in _MEMOS else found
    return zip_type(blob, head, extension) if is_prefixed else unknown


def _is_pdf(head: bytes, extension: str, *, begins_otherwise: bool) -> bool:
    """Readers accept a PDF header anywhere in the first 1,024 bytes (ISO 32000-1, annex H). Behind something else it
    has to be followed by objects: a text may but speak of PDF.
    """
    header = _PDF_HEADER.search(head, 0, 1024)
    if header is None or not head[: header.start()].strip(b"\0\t\r\n\f \xef\xbb\xbf"):
        return header is not None
    if begins_otherwise:
        return False
    return extension == ".pdf" or (b" obj" in head and extension not in WRITTEN_AS_TEXT)


__all__ = ["EMPTY", "OLE", "PROTECTED_OOXML", "UNKNOWN", "ZIP", "media_type"]
