"""PDF files put together by hand, for what no library that writes them would write."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from io import BytesIO

from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

HELVETICA = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"


def a_stream(content: bytes, entries: bytes = b"", *, packings: int = 0) -> bytes:
    """A stream object, packed with deflate as often as that."""
    for _ in range(packings):
        content = zlib.compress(content, 9)
    if packings:
        entries += b"/Filter[" + b"/FlateDecode" * packings + b"]"
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(content), content)


def written(text: bytes) -> bytes:
    """The content of a page with one line of text."""
    return b"BT /F 12 Tf 72 700 Td (%b) Tj ET" % text


def assembled(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, numbered from 1, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    offsets = []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"trailer\n<</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, table)
    return bytes(out)


def a_raw_pdf(
    content: bytes = b"", *, font: bytes = HELVETICA, more: Sequence[bytes] = (), catalogue: bytes = b"",
    page: bytes = b"", kids: bytes = b"3 0 R", count: int = 1, trailer: bytes = b"",
) -> bytes:  # fmt: skip
    """One page whose stream is object 4 (`content`), whose font is object 5; `more` objects follow from 6 on."""
    return assembled(
        [
            b"<</Type/Catalog/Pages 2 0 R%b>>" % catalogue,
            b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, count),
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R%b>>" % page,
            content or a_stream(written(b"Dear Zoe Example")),
            font,
            *more,
        ],
        trailer,
    )


def a_scan(*pictures: Image.Image, beside: str = "") -> bytes:
    """A page for each picture, filled by it, with a line of text beside it where that is given."""
    out = BytesIO()
    canvas = Canvas(out, pagesize=(595, 842))
    for picture in pictures:
        canvas.drawImage(ImageReader(picture), 0, 0, 595, 842)
        if beside:
            canvas.drawString(20, 20, beside)
        canvas.showPage()
    canvas.save()
    return out.getvalue()
