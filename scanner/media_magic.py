"""Kinds of content that are told by bytes at fixed places, or nearly so."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable
from itertools import takewhile

_MS = "application/vnd.ms-"
_ENCRYPTED = "application/pkcs7-mime"
_PGP = "application/pgp-encrypted"

_MAGIC: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (0, b"II*\0", "image/tiff"),
    (0, b"MM\0*", "image/tiff"),
    (0, b"II+\0", "image/tiff"),
    (0, b"MM\0+", "image/tiff"),
    (0, b"8BPS", "image/vnd.adobe.photoshop"),
    (0, b"\xd7\xcd\xc6\x9a", "image/wmf"),
    (0, b"\x01\0\x09\0\0\x03", "image/wmf"),
    (0, b"\0\0\0\x0cjP  \r\n", "image/jp2"),
    (0, b"\xff\x4f\xff\x51", "image/x-jp2-codestream"),
    (0, b"\0\0\0\x0cJXL \r\n\x87\n", "image/jxl"),
    (0, b"\xff\x0a", "image/jxl"),
    (0, b"BPG\xfb", "image/x-bpg"),
    (0, b"icns\0", "image/icns"),
    (0, b"AT&TFORM", "image/vnd.djvu"),
    (0, b"SIMPLE  =", "application/fits"),
    (0, b"AutoCAD Binary DXF\r\n\x1a\0", "image/vnd.dxf"),
    (0, b"\x97JB2\r\n\x1a\n", "image/x-jbig2"),
    (0, b"\x1f\x8b\x08", "application/gzip"),
    (4, b"1AY&SY", "application/x-bzip2"),
    (4, b"\x17\x72\x45\x38\x50\x90", "application/x-bzip2"),
    (0, b"\xfd7zXZ\0", "application/x-xz"),
    (0, b"\x28\xb5\x2f\xfd", "application/zstd"),
    (0, b"\x04\x22\x4d\x18", "application/x-lz4"),
    (0, b"\x1f\x9d", "application/x-compress"),
    (0, b"LZIP\x01", "application/x-lzip"),
    (0, b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (0, b"Rar!\x1a\x07", "application/vnd.rar"),
    (0, b"MSCF\0\0\0\0", _MS + "cab-compressed"),
    (0, b"xar!\0", "application/x-xar"),
    (0, b"\xc7\x71", "application/x-cpio"),
    (0, b"!<arch>\ndebian-binary", "application/vnd.debian.binary-package"),
    (0, b"!<arch>\n", "application/x-archive"),
    (0, b"WARC/1", "application/warc"),
    (257, b"ustar\0", "application/x-tar"),
    (257, b"ustar ", "application/x-tar"),
    (32769, b"CD001", "application/x-iso9660-image"),
    (0, b"!BDN", _MS + "outlook-pst"),
    (0, b"x\x9f\x3e\x22", _MS + "tnef"),
    (0, b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d\xae\xb1\x53\x78\xd0\x29\x96\xd3", "application/onenote"),
    (0, b"\xa1\x2f\xff\x43\xd9\xef\x76\x4c\x9e\xe2\x10\xea\x57\x22\x76\x5f", "application/onenote"),
    (0, b"ITSF\x03\0\0\0", _MS + "htmlhelp"),
    (0, b"SQLite format 3\0", "application/vnd.sqlite3"),
    (0, b"\0\x01\0\0Standard Jet DB", "application/x-msaccess"),
    (0, b"\0\x01\0\0Standard ACE DB", "application/x-msaccess"),
    (0, b"\x09\0\x04\0", _MS + "excel.sheet.2"),
    (0, b"\x09\x02\x06\0", _MS + "excel.sheet.3"),
    (0, b"\x09\x04\x06\0", _MS + "excel.sheet.4"),
    (0, b"\xdb\xa5\x2d\0", "application/msword2"),
    (0, b"\x31\xbe\0\0", "application/x-mswrite"),
    (0, b"\x32\xbe\0\0", "application/x-mswrite"),
    (0, b"\xffWPC", "application/vnd.wordperfect"),
    (0, b"\0\0\x02\0\x06\x04\x06\0", "application/vnd.lotus-1-2-3"),
    (0, b"\0\0\x02\0\x04\x04\x06\0", "application/vnd.lotus-1-2-3"),
    (0, b"\0\0\x1a\0\0\x10\x04\0", "application/vnd.lotus-1-2-3"),
    (0, b"\0\0\x1a\0\x02\x10\x04\0", "application/vnd.lotus-1-2-3"),
    (0, b"\0\0\x1a\0\x03\x10\x04\0", "application/vnd.lotus-1-2-3"),
    (0, b"\0\0\x1a\0\x05\x10\x04\0", "application/vnd.lotus-1-2-3"),
    (0, b"\0\0\x02\0\x20\x51", "application/x-quattro-pro"),
    (0, b"\0\0\x02\0\x21\x51", "application/x-quattro-pro"),
    (0, b"\0\0\x02\0\x01\x10", "application/x-quattro-pro"),
    (0, b"\0\0\x02\0\x02\x10", "application/x-quattro-pro"),
    (0, b"\xff\0\x02\0\x04\x04\x05\x54", _MS + "works"),
    (0, b"\x01\xfe", _MS + "works"),
    (0, b"HWP Document File V", "application/x-hwp"),
    (0, b"\x06\x06\xed\xf5\xd8\x1d\x46\xe5", "application/x-adobe-indesign"),
    (0, b"bplist00", "application/x-bplist"),
    (0, b"\xd9\xd9\xf7", "application/cbor"),
    (0, b"\x10\x10\x10\x10\x10\x10\x10\x11\x11\x11\x11\x11\x11\x53\r\n", "application/x-foxmail"),
    (0, b"\0\x05\x16\0", "application/applefile"),
    (0, b"\0\x05\x16\x07", "multipart/appledouble"),
    (0, b"{\\rtf", "application/rtf"),
    (0, b"ID3\x02", "audio/mpeg"),
    (0, b"ID3\x03", "audio/mpeg"),
    (0, b"ID3\x04", "audio/mpeg"),
    (0, b"\xff\xfa", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (0, b"\xff\xf2", "audio/mpeg"),
    (0, b"\xff\xf3", "audio/mpeg"),
    (0, b"\xff\xf1", "audio/aac"),
    (0, b"\xff\xf9", "audio/aac"),
    (0, b"#!AMR", "audio/amr"),
    (0, b"MThd\0\0\0\x06", "audio/midi"),
    (0, b".snd\0\0", "audio/basic"),
    (0, b"OggS", "audio/ogg"),
    (0, b"fLaC", "audio/flac"),
    (0, b"\x1a\x45\xdf\xa3", "video/x-matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "video/x-ms-asf"),
    (0, b"FLV\x01", "video/x-flv"),
    (0, b"\0\0\x01\xba", "video/mpeg"),
    (0, b"\0\0\x01\xb3", "video/mpeg"),
    (0, b".RMF\0", "application/vnd.rn-realmedia"),
    (0, b"\x7fELF", "application/x-elf"),
    (0, b"\xce\xfa\xed\xfe", "application/x-mach-o"),
    (0, b"\xcf\xfa\xed\xfe", "application/x-mach-o"),
    (0, b"\xfe\xed\xfa\xce", "application/x-mach-o"),
    (0, b"\xfe\xed\xfa\xcf", "application/x-mach-o"),
    (0, b"\xca\xfe\xba\xbe", "application/java-vm"),
    (0, b"\xfe\xed\xfe\xed\0\0\0", "application/x-java-keystore"),
    (0, b"\0asm\x01\0\0\0", "application/wasm"),
    (0, b"regf", "application/x-ms-registry"),
    (0, b"ElfFile\0", _MS + "evtx"),
    (0, b"KDMV", "application/x-vmdk"),
    (0, b"vhdxfile", "application/x-vhdx"),
    (0, b"conectix", "application/x-vhd"),
    (0, b"\0\x01\0\0\0", "font/ttf"),
    (0, b"ttcf", "font/collection"),
    (0, b"OTTO", "font/otf"),
    (0, b"wOFF", "font/woff"),
    (0, b"wOF2", "font/woff2"),
    (0, b"L\0\0\0\x01\x14\x02\0", "application/x-ms-shortcut"),
    (0, b"-----BEGIN PGP MESSAGE-----", _PGP),
    (0, b"%!PS", "application/postscript"),
    (0, b"\x04%!PS", "application/postscript"),
    (0, b"\xc5\xd0\xd3\xc6", "application/postscript"),
)  # fmt: skip
"""Offset, bytes there, type: the first row that fits."""

_NEED_THE_NAME: dict[bytes, tuple[str, ...]] = {
    b"\xc7\x71": (".cpio",),
    b"\x1f\x9d": (".z", ".taz", ""),
    b"\xff\x0a": (".jxl",),
    b"\x01\xfe": (".wps", ".wks", ".wdb", ".doc"),
}
"""Two bytes are little: any binary may begin so. The name has to agree."""

_RIFF = {b"WEBP": "image/webp", b"WAVE": "audio/wav", b"AVI ": "video/x-msvideo", b"RMID": "audio/midi",
         b"AIFF": "audio/aiff", b"AIFC": "audio/aiff", b"CDDA": "audio/cdda"}  # fmt: skip
"""Kinds of the interchange file format, which begins with RIFF or FORM and a length."""

_BRANDS: tuple[tuple[bytes, str], ...] = (
    (b"heic", "image/heic"),
    (b"heix", "image/heic"),
    (b"heim", "image/heic"),
    (b"heis", "image/heic"),
    (b"hevc", "image/heic"),
    (b"hevx", "image/heic"),
    (b"mif1", "image/heif"),
    (b"msf1", "image/heif"),
    (b"avif", "image/avif"),
    (b"avis", "image/avif"),
    (b"crx ", "image/x-canon-cr3"),
    (b"qt  ", "video/quicktime"),
    (b"M4A ", "audio/mp4"),
    (b"M4B ", "audio/mp4"),
)
"""Brands of the ISO base media file format (ISO/IEC 14496-12); any other is video/mp4."""

_OIDS: tuple[tuple[bytes, str], ...] = (
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02", "application/pkcs7-signature"),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03", _ENCRYPTED),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x04", _ENCRYPTED),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x06", _ENCRYPTED),
    (b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17", _ENCRYPTED),
    (b"\x06\x0b\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x1f", "application/timestamped-data"),
)
"""Object identifiers at the beginning of signed, enveloped and encrypted data (RFC 5652), and of stamped (RFC 5544)."""

_DBF_VERSIONS = frozenset({0x03, 0x04, 0x05, 0x30, 0x31, 0x32, 0x43, 0x63, 0x7B, 0x83, 0x8B, 0x8C, 0x8E, 0xCB, 0xE5,
                           0xF5, 0xFB})  # fmt: skip
_DBF_FIELDS = b"CNLDMFBGPYTIVX@O+W0Q"
_OCTAL = re.compile(rb"[ \0]*[0-7]{1,7}[ \0]{0,8}\Z")
_PUBLIC_KEY_ALGORITHMS = frozenset({1, 2, 16, 18, 20, 25, 26})


def magic_type(head: bytes, size: int, extension: str) -> str | None:
    """The media type by the bytes at the beginning of a file of this size; None where none is known."""
    found = next(
        (
            kind
            for at, magic, kind in _MAGIC
            if head.startswith(magic, at) and extension in _NEED_THE_NAME.get(magic, (extension,))
        ),
        None,
    )
    if found is None:
        return next((kind for kind in (test(head, size) for test in _TESTS) if kind), None)
    if found == "video/x-matroska" and b"webm" in head[:64]:
        return "video/webm"
    if found == "application/java-vm" and head[4:8] < b"\0\0\0\x1e":
        return "application/x-mach-o"  # There the number of architectures stands, here the version of the class.
    return found


def _media(head: bytes, size: int) -> str | None:  # noqa: ARG001  tests are all called alike
    if head.startswith((b"RIFF", b"FORM", b"RIFX")):
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return next((kind for brand, kind in _BRANDS if head[8:12] == brand), "video/mp4")
    if re.match(rb"[CFZ]WS[\x01-\x32]", head):
        return "application/x-shockwave-flash"
    return "video/quicktime" if head[4:8] in (b"moov", b"mdat", b"wide") else None


def _picture(head: bytes, size: int) -> str | None:
    if head.startswith(b"BM") and head[6:10] == b"\0\0\0\0":
        return "image/bmp"
    if head.startswith(b"\x01\0\0\0") and head[40:44] == b" EMF":
        return "image/emf"
    if re.match(rb"\0\0\x01\0[\x01-\x40]\0[\0-\xff]{3}\0", head, re.DOTALL) and size > 22:
        return "image/vnd.microsoft.icon"
    if re.match(rb"\x0a[\0\x02-\x05]\x01[\x01\x02\x04\x08]", head):
        return "image/vnd.zbrush.pcx"
    if re.match(rb"P[456]\s(?:#[^\n]*\n)?\s*\d+\s+\d+\s", head[:200]):
        return "image/x-portable-anymap"
    return "image/vnd.dwg" if head.startswith(b"AC10") and head[4:6].isdigit() else None


def _cryptographic(head: bytes, size: int) -> str | None:  # noqa: ARG001
    """In the distinguished or basic encoding (ITU-T X.690): a sequence, and in it first what it is."""
    if not head.startswith(b"\x30"):
        return None
    if found := next((kind for oid, kind in _OIDS if oid in head[:24]), None):
        return found
    if re.match(rb"\x30\x82..\x02\x01\x03\x30", head, re.DOTALL):
        return "application/x-pkcs12"
    is_certificate = re.match(rb"\x30\x82..\x30\x82..\xa0\x03\x02\x01", head, re.DOTALL)
    return "application/pkix-cert" if is_certificate else None


def _pgp(head: bytes, size: int) -> str | None:  # noqa: ARG001
    """RFC 4880, 4.2, 5.1 and 5.3: first the packet of a session key, encrypted to a public key or by a password."""
    if len(head) < 16:
        return None
    tag, start = _pgp_packet(head)
    if tag == 1 and head[start] == 3 and head[start + 9] in _PUBLIC_KEY_ALGORITHMS:
        return _PGP
    is_by_password = tag == 3 and head[start] in (4, 5) and 1 <= head[start + 1] <= 13 and head[start + 2] in (0, 1, 3)
    return _PGP if is_by_password else None


def _pgp_packet(head: bytes) -> tuple[int, int]:
    """The tag of the first packet, and where its content begins; 0 where it has no length of a likely kind."""
    if head[0] & 0xC0 == 0xC0:
        return head[0] & 0x3F, 2 if head[1] < 192 else 3 if head[1] < 224 else 6
    is_old = head[0] & 0xC0 == 0x80 and head[0] & 3 < 2
    return (head[0] >> 2 & 15, 2 + (head[0] & 3)) if is_old else (0, 0)


def _archive(head: bytes, size: int) -> str | None:
    if head[2:5] in (b"-lh", b"-lz") and head[6:7] == b"-":
        return "application/x-lha"
    if re.match(rb"07070[12][0-9A-Fa-f]{104}|070707[0-7]{70}", head):
        return "application/x-cpio"
    # LZMA alone: properties, the size of the dictionary, the size of all or that it is not known.
    is_lzma = head.startswith(b"\x5d\0\0") and size > 13 and (head[5:13] == b"\xff" * 8 or head[10:13] == b"\0\0\0")
    return "application/x-lzma" if is_lzma else None


def _dbf(head: bytes, size: int) -> str | None:
    """A table of dBASE III and its kin: version, date, lengths, and fields that are named and of known types."""
    if size < 65 or head[0] not in _DBF_VERSIONS or head[2] > 12 or head[3] > 31:
        return None
    length, record = struct.unpack_from("<HH", head, 8)
    first, width, name = (68, 48, 32) if head[0] & 7 == 4 else (32, 32, 11)
    if record < 2 or not first + width < length <= size:
        return None
    fields = (head[at : at + width] for at in range(first, min(length, len(head)) - width, width))
    named = list(takewhile(lambda field: field[:1] != b"\r", fields))
    return "application/x-dbf" if named and all(_is_field(field, name) for field in named) else None


def _is_field(field: bytes, length: int) -> bool:
    name = field[:length].partition(b"\0")[0]
    return bool(name) and min(name) >= 0x20 and name[:1] != b" " and field[length] in _DBF_FIELDS


def _tar(head: bytes, size: int) -> str | None:
    """The old tar, which has no magic: the sum over its header is right."""
    if size < 512 or not head[0] or not _OCTAL.match(head[148:156]):
        return None
    stated = int(head[148:156].strip(b" \0"), 8)
    return "application/x-tar" if stated == sum(head[:148]) + 8 * 32 + sum(head[156:512]) else None


_TESTS: tuple[Callable[[bytes, int], str | None], ...] = (_media, _picture, _cryptographic, _pgp, _archive, _dbf, _tar)
"""Kinds whose magic is more than fixed bytes at one place; the surer first."""
