"""The pictures of an item, one at a time, as recognition wants them: grey, upright, of a bounded size."""

from __future__ import annotations

import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, UnidentifiedImageError
from pypdfium2 import PdfDocument, PdfiumError

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.extractors.pdf import PAGES
from scanner.formats.pdf import opened
from scanner.formats.pdf_page import page_text
from scanner.picture_filter import grey

_FORMATS = (
    "JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "PPM", "PCX", "TGA", "ICO", "PSD", "JPEG2000", "DCX", "AVIF",
)  # fmt: skip
"""What Pillow reads by itself. For others it would start a program."""
# A TIFF that Pillow does not know may be any camera's own.
_KNOWN = tuple(f"image/{name}" for name in ("jpeg", "png", "gif", "bmp", "webp"))
_PIXELS = 150_000_000
_FRAMES = 200
_DRAFT = (2000, 2000)
_DOTS = 170 / 72
_LONGEST = 4000
# What Pillow's parsers raise on damage: it has no error of its own for most of it.
_DAMAGE = (OSError, ValueError, SyntaxError, KeyError, TypeError, IndexError, AttributeError, struct.error, EOFError)


def pictures(blob: Blob, media_type: str) -> Iterator[tuple[str, Image.Image]]:
    """The pictures with the place of each: "picture", or "page 3" of a PDF or TIFF. Of an animation only the first.

    Raises ItemTroubleError (corrupt, unsupported; limit: pixels, pages) where one is met, those before it given.
    """
    if media_type == "application/pdf":
        yield from _pages(blob)
    else:
        yield from _frames(blob, media_type)


def _pages(blob: Blob) -> Iterator[tuple[str, Image.Image]]:
    """The pages that wait for recognition. The document is opened for each: pdfium's state must not outlive a call."""
    with opened(blob) as document:
        count = len(document)
        waiting = [index for index in range(min(count, PAGES)) if _waits(document, index)]
    for index in waiting:
        with opened(blob) as document:
            picture = _rendered(document, index)
        yield f"page {index + 1}", picture
    if count > PAGES:
        raise ItemTroubleError(ProblemCode.LIMIT, "pages")


def _waits(document: PdfDocument, index: int) -> bool:
    try:
        page = document[index]
    except PdfiumError:
        return False
    try:
        return page_text(page).waits
    except PdfiumError:
        return False
    finally:
        page.close()


def _rendered(document: PdfDocument, index: int) -> Image.Image:
    try:
        page = document[index]
        try:
            scale = min(_DOTS, _LONGEST / max(page.get_size()))
            picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().copy()
            return picture.convert("L")
        finally:
            page.close()
    except (PdfiumError, ValueError) as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


def _frames(blob: Blob, media_type: str) -> Iterator[tuple[str, Image.Image]]:
    with _damage_named(media_type):
        count = _count(blob)
    for index in range(min(count, _FRAMES)):
        with _damage_named(media_type):
            picture = _frame(blob, index)
        yield f"page {index + 1}" if count > 1 else "picture", picture
    if count > _FRAMES:
        raise ItemTroubleError(ProblemCode.LIMIT, "pages")


def _count(blob: Blob) -> int:
    """How many frames of a TIFF there are, up to one more than are read; of anything else, one."""
    with _open(blob) as image:
        if image.format != "TIFF":
            return 1
        for index in range(1, _FRAMES + 1):
            try:
                image.seek(index)
            except EOFError:
                return index
    return _FRAMES + 1


def _frame(blob: Blob, index: int) -> Image.Image:
    with _open(blob) as image:
        if index:
            image.seek(index)
        if image.width * image.height > _PIXELS:
            raise ItemTroubleError(ProblemCode.LIMIT, "pixels")
        image.draft("L", _DRAFT)
        return grey(image)


def _open(blob: Blob) -> Image.Image:
    Image.init()  # Else only some of the formats are known, and asking for another is an error.
    blob.file.seek(0)
    return Image.open(blob.file, formats=[name for name in _FORMATS if name in Image.OPEN])


@contextmanager
def _damage_named(media_type: str) -> Iterator[None]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Of damaged EXIF, and of many pixels, which are bounded here.
            yield
    except Image.DecompressionBombError as error:
        raise ItemTroubleError(ProblemCode.LIMIT, "pixels") from error
    except UnidentifiedImageError as error:
        known = media_type in _KNOWN
        raise ItemTroubleError(ProblemCode.CORRUPT if known else ProblemCode.UNSUPPORTED) from error
    except _DAMAGE as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
