"""What kind of content this is, told from its own bytes; the name only decides between kinds that look alike.

The types are those of IANA and, where it has none, the ones that Apache Tika uses.
"""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Callable, Sequence

from scanner.blob import Blob
from scanner.media_text import EMPTY, UNKNOWN, text_type
from scanner.ole import MAGIC as OLE_MAGIC
from scanner.ole import open_ole

ZIP = "application/zip"
OLE = "application/x-tika-msoffice"
PROTECTED_OOXML = "application/x-tika-ooxml-protected"
_OOXML = "application/vnd.openxmlformats-officedocument."
_MS = "application/vnd.ms-"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (8, b"WEBP", "image/webp"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\x01\0\0\0\x58\0\0\0", "image/emf"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\0\0\0\x0cjP  \r\n", "image/jp2"),
    (0, b"\x1f\x8b", "application/gzip"),
    (0, b"BZh", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"MSCF\0\0\0\0", "application/vnd.ms-cab-compressed"),
    (257, b"ustar", "application/x-tar"),
    (0, b"!BDN", "application/vnd.ms-outlook-pst"),
    (0, b"x\x9f\x3e\x22", "application/vnd.ms-tnef"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (4, b"Standard Jet DB", "application/x-msaccess"),
    (4, b"Standard ACE DB", "application/x-msaccess"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (8, b"WAVE", "audio/wav"),
    (8, b"AVI ", "video/x-msvideo"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"\0\x01\0\0\0", "font/ttf"),
    (0, b"OTTO", "font/otf"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (0, b"\x85\x02", "application/pgp-encrypted"),
    (0, b"-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted"),
    (0, b"%!PS", "application/postscript"),
)  # fmt: skip
"""Offset, bytes there, type: the first row that fits."""

# The object identifier of enveloped data (RFC 5652, 6.1): encrypted, where signed data is not.
_ENVELOPED = b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03"

_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"mif1", "image/heif"),
    (b"avif", "image/avif"),
    (b"qt  ", "video/quicktime"),
    (b"M4A ", "audio/mp4"),
)
"""Brands of the ISO base media file format (ISO/IEC 14496-12); any other is video/mp4."""

_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", _OOXML + "wordprocessingml.document"),
    ("xl/workbook.bin", _MS + "excel.sheet.binary.macroEnabled.12"),
    ("xl/", _OOXML + "spreadsheetml.sheet"),
    ("ppt/", _OOXML + "presentationml.presentation"),
    ("visio/", "application/vnd.ms-visio.drawing"),
)
"""Members of an Office Open XML package, which has a [Content_Types].xml, and what they make it."""

_MACROS = {
    _OOXML + "wordprocessingml.document": _MS + "word.document.macroEnabled.12",
    _OOXML + "spreadsheetml.sheet": _MS + "excel.sheet.macroEnabled.12",
    _OOXML + "presentationml.presentation": _MS + "powerpoint.presentation.macroEnabled.12",
}

_STREAMS: tuple[tuple[str, str], ...] = (
    ("__properties_version1.0", "application/vnd.ms-outlook"),
    ("EncryptedPackage", PROTECTED_OOXML),
    ("WordDocument", "application/msword"),
    ("Workbook", "application/vnd.ms-excel"),
    ("Book", "application/vnd.ms-excel"),
    ("PowerPoint Document", "application/vnd.ms-powerpoint"),
    ("VisioDocument", "application/vnd.visio"),
    ("Catalog", "application/x-thumbs-db"),
    ("Quill", "application/x-mspublisher"),
    ("MatOST", "application/vnd.ms-works"),
    ("   114", "application/vnd.ms-project"),
    ("Props9", "application/vnd.ms-project"),
    ("\u4840\u3b3f\u43f2\u4438\u45b1", "application/x-ms-installer"),
)
"""Entries of the root storage of a compound file. The last is `_Columns` as Windows Installer packs names."""


def media_type(blob: Blob, name: str) -> str:
    """The media type of a blob; `name` is the item's last name, its extension the tie-break.

    Empty content is application/x-empty; what nothing fits is application/octet-stream.
    """
    if not blob.size:
        return EMPTY
    head = blob.head
    extension = os.path.splitext(name)[1].lower()
    if head.startswith(OLE_MAGIC):
        return _ole_type(blob)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08", b"PK00PK")):
        return zip_type(head, lambda: _members(blob))
    return _pdf_type(head) or _executable_type(head) or _magic_type(head, extension) or text_type(head, extension)


def zip_type(head: bytes, members: Callable[[], Sequence[str]]) -> str:
    """What a zip file is: OpenDocument and EPUB say so in a first member that is not packed."""
    if head[30:38] == b"mimetype":
        length = int.from_bytes(head[22:26], "little") or 80
        stated = head[38 + int.from_bytes(head[28:30], "little") :][:length].split(b"PK", 1)[0]
        if stated.startswith(b"application/"):
            return stated.decode("ascii", "replace").strip()
    names = set(members())
    if "[Content_Types].xml" not in names:
        return _other_zip(names)
    kind = next((kind for prefix, kind in _MEMBERS if any(name.startswith(prefix) for name in names)), ZIP)
    has_macros = any(name.endswith("vbaProject.bin") for name in names)
    return _MACROS.get(kind, kind) if has_macros else kind


def _other_zip(names: set[str]) -> str:
    if {"mimetype", "META-INF/container.xml"} <= names:
        return "application/epub+zip"
    if "META-INF/manifest.xml" in names and "content.xml" in names:
        return "application/vnd.oasis.opendocument.text"
    if any(name in names for name in ("Index/Document.iwa", "Index.zip", "index.xml", "index.apxl")):
        return "application/vnd.apple.iwork"
    return ZIP


def _members(blob: Blob) -> list[str]:
    """Names of the members; none where the list of them cannot be read."""
    try:
        with zipfile.ZipFile(blob.file) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, zlib.error):
        return []


def _ole_type(blob: Blob) -> str:
    ole = open_ole(blob)
    if ole is None:
        return OLE
    return next((kind for name, kind in _STREAMS if ole.has(name)), OLE)


def _pdf_type(head: bytes) -> str | None:
    """Readers accept a PDF header anywhere in the first 1,024 bytes (ISO 32000-1, annex H)."""
    return "application/pdf" if b"%PDF-" in head[:1024] else None


def _executable_type(head: bytes) -> str | None:
    if head.startswith(b"MZ") and len(head) >= 64:
        return "application/vnd.microsoft.portable-executable"
    return None


def _magic_type(head: bytes, extension: str) -> str | None:
    found = next((kind for at, magic, kind in _MAGIC if head.startswith(magic, at)), None) or _loose_type(head)
    if found == "video/x-matroska" and b"webm" in head[:64]:
        return "video/webm"
    # Two bytes of magic are little: any binary may begin so.
    if head.startswith(b"\x85\x02") and extension not in (".pgp", ".gpg", ""):
        return None
    return found


def _loose_type(head: bytes) -> str | None:
    """Kinds whose magic is more than fixed bytes at one place."""
    if head[4:8] == b"ftyp":
        return next((kind for brand, kind in _BRANDS if head[8:12] == brand), "video/mp4")
    if head.startswith(b"\x30") and _ENVELOPED in head[:32]:
        return "application/pkcs7-mime"
    if head[4:8] in (b"moov", b"mdat", b"wide"):
        return "video/quicktime"
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    return "image/vnd.dwg" if head.startswith(b"AC10") and head[4:6].isdigit() else None


__all__ = ["EMPTY", "OLE", "PROTECTED_OOXML", "UNKNOWN", "ZIP", "media_type", "zip_type"]
