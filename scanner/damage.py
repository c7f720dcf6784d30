"""Whether a document is damaged though readers make something of it: they mend what they can and do not say so."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

from scanner.blob import Blob
from scanner.budget import MIB

_ZIP = b"PK\x03\x04"
_TAIL = 64 * 1024
_LAST = 2048
_CHUNK = MIB
_CHECKED = 256 * MIB
_MEMBERS = 10_000
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError)
# How a sound member is stored that the standard library cannot unpack: encrypted, or packed in a way it lacks.
_BEYOND = (RuntimeError, NotImplementedError)


def is_damaged(blob: Blob) -> bool:
    """Whether a zip package or a PDF is cut short, or a zip package is not what its checksums say."""
    head = blob.head
    if head.startswith(_ZIP):
        return _is_damaged_zip(blob)
    return b"%PDF-" in head[:1024] and _is_cut_pdf(blob)


def _is_damaged_zip(blob: Blob) -> bool:
    """As far as is looked: 256 MiB of what the members unpack to, of 10,000 members, whatever they claim."""
    try:
        with zipfile.ZipFile(blob.file) as archive:
            _unpack(archive)
    except (*_DAMAGE, NotImplementedError):
        return True
    return False


def _unpack(archive: zipfile.ZipFile) -> None:
    """Raises what the standard library does where a checksum or the packed bytes are wrong."""
    left = _CHECKED
    for entry in archive.infolist()[:_MEMBERS]:
        try:
            with archive.open(entry) as member:
                while left > 0 and (piece := member.read(_CHUNK)):
                    left -= len(piece)
        except _BEYOND:
            continue


def _is_cut_pdf(blob: Blob) -> bool:
    """ISO 32000-1, 7.5.5: the last line is %%EOF. Readers take it anywhere in the last 1,024 bytes (annex H), and what
    pads a file behind it is no damage.
    """
    blob.file.seek(max(0, blob.size - _TAIL))
    return b"%%EOF" not in blob.file.read().rstrip(b"\0\t\n\f\r\x1a ")[-_LAST:]
