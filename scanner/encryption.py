"""Whether content is encrypted. Tika reports encrypted PDF, OpenDocument and zip as read, with no text in them."""

from __future__ import annotations

import mmap
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

from domain.errors import ItemTroubleError
from scanner.blob import Blob
from scanner.formats.ole import open_ole
from scanner.formats.rar import rar_start
from scanner.formats.zip_directory import is_folder, record_is_encrypted, zip_directory, zip_records
from scanner.media import OLE, PROTECTED_OOXML, ZIP
from scanner.streams import read_at

_PDF_ENCRYPT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")
_7Z_AES = b"\x06\xf1\x07\x01"
_PPT_ENCRYPTED = b"\xdf\xc4\xd1\xf3"
_FILEPASS = 0x2F
_ENOUGH = 1024 * 1024


def is_encrypted(blob: Blob, media_type: str) -> bool:
    """Whether no reader can open this without a key.

    PDF, .xls and Office Open XML may be encrypted under an empty or a well-known password ("VelvetSweatshop"), which
    readers try by themselves: of these only the attempt tells, and `declares_encryption` explains its failure.
    A zip file counts where every member is encrypted; where only some are, each of those is named as a part.
    """
    if media_type.startswith("application/vnd.oasis.opendocument."):
        return _is_encrypted_odf(blob)
    test = _CERTAIN.get(media_type)
    return test is not None and test(blob)


def declares_encryption(blob: Blob, media_type: str) -> bool:
    """Whether the content says that it is encrypted, be it with a password that everybody knows."""
    test = _DECLARED.get(media_type)
    return is_encrypted(blob, media_type) or (test is not None and test(blob))


def _always(blob: Blob) -> bool:
    return blob.size > 0


def _is_encrypted_zip(blob: Blob) -> bool:
    directory = zip_directory(blob)
    if directory is None:
        return False
    try:
        marks = (record_is_encrypted(record) for _, record in zip_records(blob, directory) if not is_folder(record))
        return next(marks, False) and all(marks)
    except ItemTroubleError:
        return False


def _is_encrypted_odf(blob: Blob) -> bool:
    """OpenDocument 1.3 part 2, 4.8: an entry of the manifest carries `encryption-data`."""
    try:
        with zipfile.ZipFile(blob.file) as archive, archive.open("META-INF/manifest.xml") as manifest:
            return b"encryption-data" in manifest.read(_ENOUGH)
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, ValueError, OSError, EOFError, zlib.error):
        return False


def _is_encrypted_ole(blob: Blob) -> bool:
    ole = open_ole(blob)
    return ole is not None and ole.has("EncryptedPackage", "\tDRMContent")


def _is_encrypted_doc(blob: Blob) -> bool:
    """[MS-DOC] 2.5.1: bit fEncrypted of the FIB; XOR obfuscation sets it too."""
    ole = open_ole(blob)
    fib = ole.head("WordDocument", 32) if ole else b""
    return _is_encrypted_ole(blob) or bool(len(fib) >= 12 and fib[11] & 1)


def _is_encrypted_ppt(blob: Blob) -> bool:
    """[MS-PPT] 2.3.2: the token in the header of the CurrentUserAtom."""
    ole = open_ole(blob)
    return ole is not None and (ole.has("EncryptedSummary") or ole.head("Current User", 16)[12:16] == _PPT_ENCRYPTED)


def _has_filepass(blob: Blob) -> bool:
    """[MS-XLS] 2.4.117: the record FilePass, near the beginning of the workbook's stream."""
    ole = open_ole(blob)
    records = (ole.head("Workbook", 4096) or ole.head("Book", 4096)) if ole else b""
    at = 0
    while at + 4 <= len(records):
        kind, length = struct.unpack_from("<HH", records, at)
        if kind == _FILEPASS:
            return True
        at += 4 + length
    return False


def _is_encrypted_7z(blob: Blob) -> bool:
    """7zFormat.txt: the header at the end, where it is packed (0x17), names its coders in the clear, AES among them.
    Where only the files are encrypted their names can be read, and each is named as a part.
    """
    offset, size = struct.unpack("<QQ", blob.head[12:28].ljust(16, b"\0"))
    header = read_at(blob, 32 + offset, min(size, _ENOUGH))
    return header.startswith(b"\x17") and _7Z_AES in header


def _is_encrypted_rar(blob: Blob) -> bool:
    return rar_start(blob.head).is_encrypted


def _has_pdf_encrypt(blob: Blob) -> bool:
    return contains(blob, _PDF_ENCRYPT)


def contains(blob: Blob, pattern: re.Pattern[bytes]) -> bool:
    """Whether the pattern stands anywhere in the bytes; a spooled blob is not loaded for it."""
    if blob.path is None:
        return pattern.search(blob.bytes) is not None
    with mmap.mmap(blob.file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
        return pattern.search(mapped) is not None


_CERTAIN: dict[str, Callable[[Blob], bool]] = {
    ZIP: _is_encrypted_zip,
    OLE: _is_encrypted_ole,
    "application/epub+zip": _is_encrypted_zip,
    "application/msword": _is_encrypted_doc,
    "application/vnd.ms-powerpoint": _is_encrypted_ppt,
    "application/x-7z-compressed": _is_encrypted_7z,
    "application/vnd.rar": _is_encrypted_rar,
    "application/pgp-encrypted": _always,
    "application/pkcs7-mime": _always,
}
_DECLARED: dict[str, Callable[[Blob], bool]] = {
    "application/pdf": _has_pdf_encrypt,
    "application/vnd.ms-excel": _has_filepass,
    PROTECTED_OOXML: _always,
}
