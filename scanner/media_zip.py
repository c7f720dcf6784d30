"""What a zip file is: a package of one of the office suites, another kind of document, or but an archive."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator

from scanner.blob import Blob

ZIP = "application/zip"
_OOXML = "application/vnd.openxmlformats-officedocument."
_MS = "application/vnd.ms-"
_ODF = "application/vnd.oasis.opendocument."
_TYPES = "[content_types].xml"

_MEMBERS: tuple[tuple[str, str], ...] = (
    ("word/", _OOXML + "wordprocessingml.document"),
    ("xl/workbook.bin", _MS + "excel.sheet.binary.macroEnabled.12"),
    ("xl/", _OOXML + "spreadsheetml.sheet"),
    ("ppt/", _OOXML + "presentationml.presentation"),
    ("visio/", _MS + "visio.drawing"),
    ("fixeddocseq.fdseq", _MS + "xpsdocument"),
    ("fixeddocumentsequence.fdseq", _MS + "xpsdocument"),
)
"""Members of a package that has a [Content_Types].xml (ECMA-376 part 2), in lower case, and what they make it."""

_MAIN_PARTS: tuple[tuple[str, str], ...] = (
    ("wordprocessingml.document.main", _OOXML + "wordprocessingml.document"),
    ("ms-word.document.macroenabled.main", _OOXML + "wordprocessingml.document"),
    ("sheet.binary.macroenabled.main", _MS + "excel.sheet.binary.macroEnabled.12"),
    ("spreadsheetml.sheet.main", _OOXML + "spreadsheetml.sheet"),
    ("ms-excel.sheet.macroenabled.main", _OOXML + "spreadsheetml.sheet"),
    ("presentationml.presentation.main", _OOXML + "presentationml.presentation"),
    ("ms-powerpoint.presentation.macroenabled.main", _OOXML + "presentationml.presentation"),
    ("fixeddocumentsequence", _MS + "xpsdocument"),
)
"""What [Content_Types].xml calls the main part of a package whose members have other names than the usual ones."""

_MACROS = {
    _OOXML + "wordprocessingml.document": _MS + "word.document.macroEnabled.12",
    _OOXML + "spreadsheetml.sheet": _MS + "excel.sheet.macroEnabled.12",
    _OOXML + "presentationml.presentation": _MS + "powerpoint.presentation.macroEnabled.12",
}
_IWORK = ("index/document.iwa", "index.apxl", "index.xml", "index.zip")
_OPEN_OFFICE = {
    ".ods": _ODF + "spreadsheet",
    ".ots": _ODF + "spreadsheet-template",
    ".odp": _ODF + "presentation",
    ".otp": _ODF + "presentation-template",
    ".ott": _ODF + "text-template",
    ".odg": _ODF + "graphics",
    ".odf": _ODF + "formula",
    ".sxw": "application/vnd.sun.xml.writer",
    ".stw": "application/vnd.sun.xml.writer.template",
    ".sxc": "application/vnd.sun.xml.calc",
    ".sxi": "application/vnd.sun.xml.impress",
    ".sxd": "application/vnd.sun.xml.draw",
}
"""Extensions of packages that have lost the member that says what they are. Else it is a text document."""

_LOCAL, _CENTRAL, _END = b"PK\x03\x04", b"PK\x01\x02", b"PK\x05\x06"
_LOCATOR, _END_64 = b"PK\x06\x07", b"PK\x06\x06"
_TAILS = (1024, 66 * 1024)
_STRETCH = 12 * 1024
_MOST_TYPES = 256 * 1024
_STATED = re.compile(
    rb"application/(?:vnd\.oasis\.opendocument\.|vnd\.sun\.xml\.|epub\+zip|x-ibooks\+zip|vnd\.adobe\.indesign)"
    rb"[\w.-]{0,40}"
)
"""Kinds that a first member may state. Others are not believed: a zip that calls itself empty would not be read."""


def zip_type(blob: Blob, head: bytes, extension: str) -> str:
    """The media type of a zip file, whose beginning is given.

    OpenDocument and EPUB say it in a first member that is not packed; else the names of the members tell, those at the
    beginning and the end of the list of them: a list may be long. Damage never raises.
    """
    if head[30:38] == b"mimetype" and (stated := _STATED.match(head, 38 + int.from_bytes(head[28:30], "little"))):
        return stated[0].partition(b"PK")[0].decode("ascii")
    names = {name.replace("\\", "/").lower() for name in _names(blob, head)}
    if _TYPES not in names:
        return _other_zip(names, extension)
    kind = next((kind for prefix, kind in _MEMBERS if any(name.startswith(prefix) for name in names)), None)
    kind = kind or _by_main_part(head)
    has_macros = any(name.endswith("vbaproject.bin") for name in names)
    return _MACROS.get(kind, kind) if has_macros else kind


def has_directory(blob: Blob) -> bool:
    """Whether the end of a file is that of a zip file, whatever stands before it."""
    return _directory(blob) is not None


def _other_zip(names: set[str], extension: str) -> str:
    if "meta-inf/container.xml" in names and ("mimetype" in names or extension == ".epub"):
        return "application/epub+zip"
    if "meta-inf/manifest.xml" in names and "content.xml" in names:
        return _OPEN_OFFICE.get(extension, _ODF + "text")
    is_iwork = any(name in names or f"presentation.key/{name}" in names for name in _IWORK)
    return "application/vnd.apple.iwork" if is_iwork else ZIP


def _by_main_part(head: bytes) -> str:
    types = _content_types(head).lower()
    return next((kind for mark, kind in _MAIN_PARTS if mark in types), ZIP)


def _names(blob: Blob, head: bytes) -> Iterator[str]:
    """Names of members by the central directory or, where that is lost, by the headers in front of the members."""
    directory = _directory(blob)
    if directory is None:
        return (name for name, _ in _local_members(head))
    start, size = directory
    blob.file.seek(start)
    first = blob.file.read(min(size, _STRETCH))
    if size <= _STRETCH:
        return _central_names(first)
    blob.file.seek(start + size - _STRETCH)
    last = blob.file.read(_STRETCH)
    return _central_names(first + last[last.find(_CENTRAL) :])


def _directory(blob: Blob) -> tuple[int, int] | None:
    """Where the central directory begins and how long it is, told from its end: before a zip anything may stand."""
    for length in _TAILS:
        blob.file.seek(max(0, blob.size - length))
        tail = blob.file.read(length)
        at = tail.rfind(_END)
        if at >= 0 and at + 22 <= len(tail):
            return _directory_before(blob, tail, at)
    return None


def _directory_before(blob: Blob, tail: bytes, at: int) -> tuple[int, int] | None:
    """By its end's record at `at` in the tail (APPNOTE.TXT 4.3.16), or the larger one before that (4.3.14)."""
    end = blob.size - len(tail) + at
    (size,) = struct.unpack_from("<I", tail, at + 12)
    if at >= 76 and tail[at - 20 : at - 16] == _LOCATOR and tail[at - 76 : at - 72] == _END_64:
        end -= 76
        (size,) = struct.unpack_from("<Q", tail, at - 76 + 40)
    if not 46 <= size <= end:
        return None
    blob.file.seek(end - size)
    return (end - size, size) if blob.file.read(4) == _CENTRAL else None


def _central_names(directory: bytes) -> Iterator[str]:
    """APPNOTE.TXT 4.3.12. Where the list was cut in the middle, it goes on at the next signature."""
    at = directory.find(_CENTRAL)
    while at >= 0 and at + 46 <= len(directory):
        name, extra, comment = struct.unpack_from("<3H", directory, at + 28)
        yield directory[at + 46 : at + 46 + name].decode("cp437")
        at = directory.find(_CENTRAL, at + 46 + name + extra + comment)


def _local_members(head: bytes) -> Iterator[tuple[str, bytes]]:
    """Names of members, and what follows each header, as far as the beginning of the file reaches."""
    at = 0 if head.startswith(_LOCAL) else head.find(_LOCAL)
    while at >= 0 and at + 30 <= len(head):
        packed = int.from_bytes(head[at + 18 : at + 22], "little")
        name, extra = struct.unpack_from("<2H", head, at + 26)
        start = at + 30 + name + extra
        yield head[at + 30 : at + 30 + name].decode("cp437"), head[at:]
        at = head.find(_LOCAL, start + packed if packed < len(head) else len(head))


def _content_types(head: bytes) -> str:
    """The text of [Content_Types].xml where it is among the first members; "" where it is not, or is damaged."""
    for name, member in _local_members(head):
        if name.replace("\\", "/").lower() == _TYPES:
            return _unpacked(member)
    return ""


def _unpacked(member: bytes) -> str:
    method = int.from_bytes(member[8:10], "little")
    name, extra = struct.unpack_from("<2H", member, 26)
    content = member[30 + name + extra :]
    if method == 8:
        try:
            content = zlib.decompressobj(-zlib.MAX_WBITS).decompress(content, _MOST_TYPES)
        except zlib.error:
            return ""
    return content[:_MOST_TYPES].decode("utf-8", "replace")
