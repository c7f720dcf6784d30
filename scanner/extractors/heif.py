"""Pictures of telephones (HEIC and its kin, ISO/IEC 23008-12): what is written about them."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from PIL import Image

from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner import dating
from scanner.blob import Blob
from scanner.extractors.image import Reading
from scanner.formats.heif import Written, written_about
from scanner.formats.picture_metadata import DAMAGE, Said, exif_in, xmp_in

_TIFF = b"Exif\0\0"


@dataclass(frozen=True, slots=True)
class HeifExtractor:
    """EXIF, the place it was taken included, and XMP. `ocr` is pending, with the problem that nothing here unpacks the
    pixels; where the boxes are damaged, with that.
    """

    version: str = f"heif 1, dating {dating.VERSION}"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  told from the bytes
        reading = Reading("", problem=Problem(ProblemCode.UNSUPPORTED))
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of tags that it skips; that not all is read is said anyway.
            try:
                reading.said.extend(_said(written_about(blob)))
            except ItemTroubleError as trouble:
                reading.problem = trouble.problem
        return reading.content(limit)


def _said(written: Written) -> Iterator[Said]:
    """What is damaged in one block costs no other."""
    for block in written.exif:
        with suppress(*DAMAGE):
            exif = Image.Exif()
            exif.load(_TIFF + block.removeprefix(_TIFF))
            yield from exif_in(exif)
    for packet in (packet for packet in written.xmp if b"<rdf:RDF" in packet):
        yield from xmp_in(packet)
