"""Pictures: what is written about them, when and where they were taken, and what they look like in 64 bits."""

from __future__ import annotations

import warnings
from contextlib import nullcontext
from dataclasses import dataclass, field

from PIL import Image, ImageFile

from domain.content import Content, DatedBy, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner import dating
from scanner import picture as looks
from scanner.blob import Blob
from scanner.extractor import EscalateError
from scanner.formats.picture_metadata import DAMAGE, Line, Property, Said, chunks_of, exif_of, iptc_of
from scanner.silence import silent

# Only these: others of Pillow's formats start programs, or have no reader here.
_FORMATS = ("JPEG", "PNG", "GIF", "BMP", "DIB", "TIFF", "WEBP", "AVIF")
_MOST_PAGES = 1_000
_OCR = ("ocr",)
_PROPERTIES = {"Title": "title", "Artist": "author", "Author": "author", "Subject": "subject", "Keywords": "keywords"}
_LONGEST_PROPERTY = 4_000
_CORRUPT = Problem(ProblemCode.CORRUPT)
_SKIPPING = ("Skipping tag", "Corrupt EXIF", "Truncated", "offset too large")
_MAKERS_NOTE = "tag 37500"


@dataclass(frozen=True, slots=True)
class ImageExtractor:
    """EXIF, IPTC, XMP and comments as the place "properties", dates, camera and a perceptual hash; `ocr` is pending.

    Of a TIFF every page's are read, up to 1,000. Where the pixels are damaged, what is written about them comes with
    the problem `corrupt`. What Pillow cannot open (HEIC, camera originals, damage) is for the full reader, and so is
    metadata that it has to skip.
    """

    version: str = f"image 2, picture {looks.VERSION}, dating {dating.VERSION}"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  told from the bytes
        blob.file.seek(0)
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            try:
                with Image.open(blob.file, formats=_FORMATS) as picture:
                    reading = Reading(f"{picture.width}x{picture.height}")
                    reading.look_at(picture)
                    reading.read_all_pages_of(picture)
            except Image.DecompressionBombError as error:
                raise ItemTroubleError(ProblemCode.LIMIT, "pixels") from error
            except DAMAGE as error:
                if (problem := _problem_of(error)) == _CORRUPT:
                    # Perhaps it only is of a kind unknown here: whether it is damaged is for the full reader to say.
                    raise EscalateError("unopened", Content(pending=_OCR, reader="image")) from error
                return Content(problem=problem, pending=_OCR, reader="image")
        content = reading.content(limit)
        if content.problem is None and (reading.is_unclear or any(map(_says_skipped, warned))):
            raise EscalateError("metadata", content)
        return content


@dataclass(slots=True)
class Reading:
    """What was read of a picture so far, and the first thing that kept more from being read.

    `is_unclear` where some of what is written about it was not understood here; another reader may do better.
    """

    size: str
    said: list[Said] = field(default_factory=list)
    pages: int = 0
    hash: int | None = None
    problem: Problem | None = None
    is_unclear: bool = False

    def look_at(self, picture: ImageFile.ImageFile) -> None:
        # The library for TIFF prints what it makes of damage.
        quietly = silent() if picture.format == "TIFF" else nullcontext()
        try:
            with quietly:
                self.hash = looks.perceptual_hash(picture)
        except DAMAGE as error:
            self.problem = _problem_of(error)
            if picture.format == "TIFF" and "truncated" not in str(error):
                self.problem = Problem(ProblemCode.UNSUPPORTED)  # Its ways to pack pixels are too many to be sure.
        else:
            if picture.format == "PNG" and picture.width * picture.height > looks.MOST_PIXELS:
                # It was not decoded, and the last of its text may stand behind the pixels.
                self.problem = Problem(ProblemCode.LIMIT, "pixels")

    def read_all_pages_of(self, picture: ImageFile.ImageFile) -> None:
        """Turn to each page of a TIFF in order; one that leads back to another is the last."""
        self._read_page(picture)
        while picture.format == "TIFF":
            try:
                picture.seek(self.pages)
            except EOFError:
                return
            except DAMAGE as error:
                self.problem = self.problem or _problem_of(error)
                return
            if self.pages >= _MOST_PAGES:
                self.problem = self.problem or Problem(ProblemCode.LIMIT, "pages")
                return
            self._read_page(picture)

    def _read_page(self, picture: ImageFile.ImageFile) -> None:
        self.pages += 1
        for source in (exif_of, iptc_of, chunks_of):
            try:
                self.said.extend(source(picture))
            except DAMAGE as error:
                problem = _problem_of(error)
                self.is_unclear = self.is_unclear or problem == _CORRUPT
                self.problem = self.problem or (None if problem == _CORRUPT else problem)

    def content(self, limit: int) -> Content:
        lines = [one for one in self.said if isinstance(one, Line)]
        text = "".join(dict.fromkeys(f"{line.label}: {line.text}\n" for line in lines if line.text.strip()))
        return Content(
            text=text[:limit],
            places=(Place(0, "properties"),) if text else (),
            problem=Problem(ProblemCode.LIMIT, "text") if len(text) > limit else self.problem,
            pending=_OCR,
            properties=self._properties(lines),
            dates=tuple(dict.fromkeys(one for one in self.said if isinstance(one, DatedBy))),
            picture=self.hash,
            reader="image",
        )

    def _properties(self, lines: list[Line]) -> dict[str, str]:
        named = [(_PROPERTIES[line.label], line.text.strip()) for line in lines if line.label in _PROPERTIES]
        named += [(one.key, one.text) for one in self.said if isinstance(one, Property)]
        named += [("pixels", self.size)] + ([("pages", str(self.pages))] if self.pages > 1 else [])
        return {key: text[:_LONGEST_PROPERTY] for key, text in reversed(named) if text}


def _says_skipped(warning: warnings.WarningMessage) -> bool:
    """Pillow warns where it leaves out tags. Makers' notes are often damaged, by editing, and nobody reads them."""
    text = str(warning.message)
    return any(word in text for word in _SKIPPING) and not text.endswith(_MAKERS_NOTE)


def _problem_of(error: Exception) -> Problem:
    """The error's own text is not kept: it may quote the content. Pillow bounds the text of a PNG by this name."""
    return Problem(ProblemCode.LIMIT, "text") if "MAX_TEXT" in str(error) else _CORRUPT
