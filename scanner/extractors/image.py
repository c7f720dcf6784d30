"""What people wrote into a picture's metadata. The picture itself waits for character recognition."""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin

from domain.content import Content, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.decoding import decoded
from scanner.extractors.tika_native import TikaNativeExtractor

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
_IPTC = {
    (2, 5): "Title",
    (2, 25): "Keywords",
    (2, 80): "Artist",
    (2, 105): "Headline",
    (2, 116): "Copyright",
    (2, 120): "Caption",
}
"""Records of the IPTC information interchange model and their names."""
_CHARSETS = {b"ASCII\0\0\0": "ascii", b"UNICODE\0": "utf-16", b"JIS\0\0\0\0\0": "euc-jp"}
_CHUNKS = frozenset({"comment", "description", "title", "author", "artist", "copyright", "keywords", "source"})
"""Text chunks of PNG and comments of GIF and JPEG. Others are the machines', whose long numbers look like people's."""
_TAG = re.compile(r"<[^>]*>")
# What Pillow's parsers of metadata raise on damage: it has no error of its own for them.
_DAMAGE = (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, AttributeError, struct.error, EOFError)


@dataclass(frozen=True, slots=True)
class ImageExtractor:
    """EXIF, IPTC, XMP and comments as the place "properties"; `ocr` is pending. No pixel is decoded.

    What Pillow cannot open (camera originals, damage) is Tika's.
    """

    version: str = "image 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        written = _written(blob)
        if written is None:
            return TikaNativeExtractor().extract(blob, media_type, limit)
        text = "".join(dict.fromkeys(f"{label}: {value}\n" for label, value in written if value.strip()))
        places = (Place(0, "properties"),) if text else ()
        problem = Problem(ProblemCode.LIMIT, "text") if len(text) > limit else None
        return Content(text[:limit], places, problem, ("ocr",))


def _written(blob: Blob) -> list[tuple[str, str]] | None:
    blob.file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of damaged EXIF and of many pixels, none of which is decoded here.
            with Image.open(blob.file) as picture:
                return [*_exif(picture), *_iptc(picture), *_info(picture.info)]
    except Image.DecompressionBombError as error:
        raise ItemTroubleError(ProblemCode.LIMIT, "pixels") from error
    except _DAMAGE:
        return None


def _exif(picture: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    exif = picture.getexif()
    values = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    for tag, label in _EXIF.items():
        if (value := values.get(tag)) is not None:
            yield label, _exif_text(tag, value)


def _exif_text(tag: int, value: object) -> str:
    raw = bytes(value) if isinstance(value, (bytes, tuple)) else None
    if raw is None:
        return str(value).strip("\0")
    if ExifTags.Base.XPTitle <= tag <= ExifTags.Base.XPSubject:
        return raw.decode("utf-16-le", "replace").strip("\0")
    charset = _CHARSETS.get(raw[:8])
    return (raw[8:].decode(charset, "replace") if charset else decoded(raw)).strip("\0")


def _iptc(picture: ImageFile.ImageFile) -> Iterator[tuple[str, str]]:
    records = IptcImagePlugin.getiptcinfo(picture) or {}
    for key, label in _IPTC.items():
        values = records.get(key, b"")
        for value in values if isinstance(values, list) else [values]:
            yield label, decoded(value)


def _info(info: Mapping[str | tuple[int, int], object]) -> Iterator[tuple[str, str]]:
    """Comments, text chunks of PNG, and XMP without its tags."""
    for name, value in info.items():
        if not isinstance(name, str) or not isinstance(value, (str, bytes)):
            continue
        text = decoded(value) if isinstance(value, bytes) else value
        if name in ("xmp", "XML:com.adobe.xmp"):
            yield "XMP", " ".join(_TAG.sub(" ", text).split())
        elif name.lower() in _CHUNKS:
            yield name.capitalize(), text
