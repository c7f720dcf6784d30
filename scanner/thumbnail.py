"""A small copy of a picture for people to look at: pixels alone, as PNG, with nothing that was written about them."""

from __future__ import annotations

from io import BytesIO
from typing import Final

from PIL import Image, ImageOps

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.formats.picture_metadata import DAMAGE
from scanner.picture import MOST_PIXELS

PNG: Final = b"\x89PNG\r\n\x1a\n"
SIDE: Final = 1024
"""Pixels across or down, at most."""

# Only these: others of Pillow's formats start programs.
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF")


def thumbnail(blob: Blob) -> bytes:
    """The picture, the first of several, upright and on white; it is never made larger.

    Raises ItemTroubleError: unsupported where it is none that can be opened here, limit (pixels), corrupt.
    """
    blob.file.seek(0)
    try:
        picture = Image.open(blob.file, formats=_FORMATS)
    except Image.DecompressionBombError as error:
        raise ItemTroubleError(ProblemCode.LIMIT, "pixels") from error
    except DAMAGE as error:
        raise ItemTroubleError(ProblemCode.UNSUPPORTED) from error
    picture.draft("RGB", (SIDE, SIDE))
    if picture.mode.startswith(("I", "F")):
        raise ItemTroubleError(ProblemCode.UNSUPPORTED)
    if picture.width * picture.height > MOST_PIXELS:
        raise ItemTroubleError(ProblemCode.LIMIT, "pixels")
    try:
        return _drawn(picture)
    except DAMAGE as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


def _drawn(picture: Image.Image) -> bytes:
    seen = ImageOps.exif_transpose(picture).convert("RGBA")
    seen.thumbnail((SIDE, SIDE))
    # Onto a new one, which has none of the old one's notes.
    plain = Image.new("RGB", seen.size, "white")
    plain.paste(seen, mask=seen)
    with BytesIO() as file:
        plain.save(file, "PNG")
        return file.getvalue()
