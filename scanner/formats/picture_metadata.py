"""What is written about a picture: in EXIF, IPTC, XMP, PNG's text chunks and the comments of GIF and JPEG.

Each source is read in turn and yields lines for the text and dates, in the order met; Pillow's parsers raise what they
like on damage (`DAMAGE`), and what was yielded before stands.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from html import unescape
from typing import Final, NamedTuple, TypeAlias

from PIL import ExifTags, Image, ImageFile, TiffImagePlugin

from domain.content import DatedBy, DateSource
from scanner.dating import dates_in_text, whole_date
from scanner.decoding import decoded

DAMAGE: Final = (
    OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, AttributeError, ArithmeticError, AssertionError,
    RuntimeError, EOFError, struct.error, zlib.error,
)  # fmt: skip
"""What Pillow raises on damage: it has no error of its own for it."""

_EXIF = {
    ExifTags.Base.ImageDescription: "Description",
    ExifTags.Base.Artist: "Artist",
    ExifTags.Base.Copyright: "Copyright",
    ExifTags.Base.XPTitle: "Title",
    ExifTags.Base.XPComment: "Comment",
    ExifTags.Base.XPAuthor: "Author",
    ExifTags.Base.XPKeywords: "Keywords",
    ExifTags.Base.XPSubject: "Subject",
    ExifTags.Base.UserComment: "Comment",
    ExifTags.Base.CameraOwnerName: "Owner",
}
_EXIF_DATES = {
    ExifTags.Base.DateTimeOriginal: DateSource.TAKEN,
    ExifTags.Base.DateTimeDigitized: DateSource.TAKEN,
    ExifTags.Base.DateTime: DateSource.MODIFIED,
}
_IPTC_IN_TIFF, _IPTC_IN_PHOTOSHOP = 33723, 0x0404
_MARKER = b"\x1c"
_IPTC = {
    (2, 5): "Title",
    (2, 25): "Keywords",
    (2, 80): "Artist",
    (2, 105): "Headline",
    (2, 110): "Credit",
    (2, 116): "Copyright",
    (2, 118): "Contact",
    (2, 120): "Caption",
    (2, 122): "Caption writer",
}
_IPTC_CREATED = (2, 55)
"""Records of the IPTC information interchange model and their names."""
_CHARSETS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "euc-jp"}
_CHUNKS = frozenset({"comment", "description", "title", "author", "artist", "copyright", "keywords", "source"})
"""Text chunks of PNG and comments of GIF and JPEG. Others are the machines', whose long numbers look like people's."""
_CREATION_TIME = "creation time"

_XMP = ("xmp", "XML:com.adobe.xmp")
_TAG = re.compile(r"<[^<>]*>")
_WRITTEN = re.compile(
    r"\b(?:dc|photoshop|Iptc4xmpCore|Iptc4xmpExt|xmpRights|mwg-rs|MPReg|MP|aux|exifEX|plus|acdsee|pdf|tiff):"
    r"(title|description|creator|rights|subject|Author|AuthorsPosition|Artist|ImageDescription|Copyright"
    r"|CaptionWriter|Credit|Headline|Instructions|City|State|Country|Location|Sublocation|Source|UsageTerms"
    r"|Ci[A-Z][A-Za-z]+|OwnerName|CameraOwnerName|Name|Description|PersonDisplayName|PersonEmailDigest"
    r"|PersonInImage|notes|caption|author|keywords|Keywords|ImageCreatorName|CopyrightOwnerName)"
    r"\s*=\s*(?:\"([^\"<]*)\"|'([^'<]*)')"
)
"""Properties that people write, where XMP (ISO 16684-1, 7.5) has them as attributes, which go with the tags."""
_XMP_DATES = {
    "exif:DateTimeOriginal": DateSource.TAKEN,
    "photoshop:DateCreated": DateSource.TAKEN,
    "xmp:CreateDate": DateSource.CREATED,
    "xmp:ModifyDate": DateSource.MODIFIED,
}
_XMP_DATE = re.compile(rf"\b({'|'.join(_XMP_DATES)})\s*(?:=\s*[\"']|>)\s*([0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})")
_XMP_GPS = re.compile(
    r"exif:GPS(Latitude|Longitude)\s*(?:=\s*[\"']|>)\s*"
    r"([0-9]{1,3}),([0-9]{1,2}(?:\.[0-9]{1,12})?)(?:,([0-9]{1,2}))?([NSEW])"
)
_STAMP = re.compile(r"\s*([0-9]{4})[:/.-]?([0-9]{2})[:/.-]?([0-9]{2})(?![0-9])")


class Line(NamedTuple):
    """Something that people say of a picture."""

    label: str
    text: str


class Property(NamedTuple):
    """Something that machines say of it, which names no one and so is not for the text."""

    key: str
    text: str


Said: TypeAlias = Line | Property | DatedBy


def exif_of(picture: Image.Image) -> Iterator[Said]:
    """EXIF (JEITA CP-3451), the place it was taken included."""
    yield from exif_in(Image.Image.getexif(picture))  # A PNG's own would decode it, whatever its size.


def exif_in(exif: Image.Exif) -> Iterator[Said]:
    """The same from a block that Pillow has loaded."""
    values = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    for tag, label in _EXIF.items():
        if (value := values.get(tag)) is not None:
            yield Line(label, _exif_text(tag, value))
    for tag, source in _EXIF_DATES.items():
        yield from _stamped(source, str(values.get(tag, "")))
    yield from _made_with(values)
    yield from _gps(exif.get_ifd(ExifTags.IFD.GPSInfo))


def iptc_of(picture: ImageFile.ImageFile) -> Iterator[Said]:
    """The application record of the IPTC information interchange model, version 4."""
    for tag, value in _datasets(_iptc(picture)):
        if label := _IPTC.get(tag):
            yield Line(label, decoded(value))
        elif tag == _IPTC_CREATED:
            yield from _stamped(DateSource.TAKEN, value.decode("ascii", "replace"))


def chunks_of(picture: Image.Image) -> Iterator[Said]:
    """Comments, text chunks of PNG, and XMP without its tags."""
    for name, value in picture.info.items():
        if not isinstance(name, str) or not isinstance(value, (str, bytes)):
            continue
        if name in _XMP:
            yield from xmp_in(value)
            continue
        text = decoded(value) if isinstance(value, bytes) else value
        if name.lower() in _CHUNKS:
            yield Line(name.capitalize(), text)
        elif name.lower() == _CREATION_TIME:
            yield from _stamped(DateSource.CREATED, text)


def xmp_in(packet: str | bytes) -> Iterator[Said]:
    """A packet of XMP without its tags, and what its attributes say."""
    text = packet if isinstance(packet, str) else _xmp_text(packet)
    yield Line("XMP", " ".join(unescape(_TAG.sub(" ", text)).split()))
    for found in _WRITTEN.finditer(text):
        name, double, single = found.groups()
        yield Line(name[0].upper() + name[1:], unescape(double or single or ""))
    for name, on in _XMP_DATE.findall(text):
        yield from _stamped(_XMP_DATES[name], on)
    at = {found[1]: found for found in _XMP_GPS.finditer(text)}
    if len(at) == 2:
        yield from _place(*(_xmp_degrees(at[axis], of) for axis, of in (("Latitude", "NS"), ("Longitude", "EW"))))


def _exif_text(tag: int, value: object) -> str:
    if isinstance(value, tuple) and all(isinstance(byte, int) and 0 <= byte < 256 for byte in value):
        value = bytes(value)
    if not isinstance(value, bytes):  # Pillow reads ASCII as Latin-1, and people write what is neither.
        text = str(value).strip("\0")
        return text if text.isascii() else decoded(text.encode("latin-1", "replace"))
    if not value.strip(b"\0"):  # Cameras leave room for comments that nobody makes.
        return ""
    if ExifTags.Base.XPTitle <= tag <= ExifTags.Base.XPSubject:
        return value.decode("utf-16-le", "replace").strip("\0")
    charset = _CHARSETS.get(value[:8])
    return (value[8:].decode(charset, "replace") if charset else decoded(value)).strip("\0")


def _stamped(source: DateSource, text: str) -> Iterator[DatedBy]:
    """The date of "2019:03:04 10:15:00" and its like, or else one that is written out."""
    if found := _STAMP.match(text):
        on = whole_date(*map(int, found.groups()))
        if on is not None:
            yield DatedBy(source, on)
    else:
        yield from (DatedBy(source, dated.on) for dated in dates_in_text(text)[:1])


def _made_with(values: Mapping[int, object]) -> Iterator[Property]:
    make, model, software = (
        " ".join(str(values.get(tag, "")).replace("\0", " ").split())
        for tag in (ExifTags.Base.Make, ExifTags.Base.Model, ExifTags.Base.Software)
    )
    yield Property("camera", model if model.startswith(make) else f"{make} {model}".strip())
    yield Property("application", software)


def _iptc(picture: ImageFile.ImageFile) -> bytes:
    """As Photoshop keeps it in a JPEG, or a tag of TIFF."""
    if isinstance(picture, TiffImagePlugin.TiffImageFile):
        # The tag is often typed as numbers, of which Pillow gives the first alone.
        return picture.tag_v2._tagdata.get(_IPTC_IN_TIFF, b"")  # noqa: SLF001  as Pillow's own reader of IPTC does
    blocks = picture.info.get("photoshop")
    return blocks.get(_IPTC_IN_PHOTOSHOP, b"") if isinstance(blocks, dict) else b""


def _datasets(block: bytes) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Marker, record, number and size before each value; a size with its highest bit set is the length of the size."""
    at = max(0, block.find(_MARKER))
    while block[at : at + 1] == _MARKER and at + 5 <= len(block):
        record, number, size = struct.unpack_from(">BBH", block, at + 1)
        at += 5
        if size & 0x8000:
            length = size & 0x7FFF
            size, at = int.from_bytes(block[at : at + length], "big"), at + length
        yield (record, number), block[at : at + size]
        at += size


def _gps(values: Mapping[int, object]) -> Iterator[Line]:
    latitude = _degrees(values.get(ExifTags.GPS.GPSLatitude), values.get(ExifTags.GPS.GPSLatitudeRef), "NS")
    longitude = _degrees(values.get(ExifTags.GPS.GPSLongitude), values.get(ExifTags.GPS.GPSLongitudeRef), "EW")
    yield from _place(latitude, longitude)


def _degrees(parts: object, reference: object, of: str) -> float | None:
    """Degrees, minutes and seconds as one number, negative in the south and west; None without a hemisphere."""
    sign = str(reference).strip("\0 ").upper()
    if not isinstance(parts, tuple) or len(sign) != 1 or sign not in of:
        return None
    degrees = sum((float(part) / float(60**power) for power, part in enumerate(parts[:3])), 0.0)
    return -degrees if sign in "SW" else degrees


def _place(latitude: float | None, longitude: float | None) -> Iterator[Line]:
    """Nothing for what is no place on earth, nor for 0, 0, which cameras write that do not know where they are."""
    if latitude is None or longitude is None or not (abs(latitude) <= 90 and abs(longitude) <= 180):
        return
    if latitude or longitude:
        yield Line("GPS", f"{latitude:.4f}, {longitude:.4f}")


def _xmp_text(packet: bytes) -> str:
    """UTF-8 it is, or has zeros or a byte-order mark (ISO 16684-1, 7.1)."""
    return packet.decode("utf-8", "replace") if 0 not in packet[:4] else decoded(packet)


def _xmp_degrees(found: re.Match[str], of: str) -> float | None:
    """Of "51,28.614N" or "51,28,37N" (ISO 16684-1, 8.2.2.4, GPSCoordinate)."""
    return _degrees((found[2], found[3], found[4] or "0"), found[5], of)
