"""Files for the scanner's tests, made by the libraries that write such files, or by hand where there is none."""

from __future__ import annotations

import struct
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO

import docx
import xlsxwriter
from odf.opendocument import OpenDocumentText
from odf.text import P
from PIL import Image
from pptx import Presentation
from reportlab.lib import pdfencrypt
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from scanner.blob import Blob, read_once

_END = 0xFFFFFFFE
_NONE = 0xFFFFFFFF


@contextmanager
def blob_of(content: bytes) -> Iterator[Blob]:
    with read_once(BytesIO(content), 100_000_000) as blob:
        yield blob


def a_docx(text: str = "Dear Ann", author: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = author
    document.add_paragraph(text)
    document.sections[0].header.paragraphs[0].text = "From the header"
    return _saved(document.save)


def an_xlsx(value: str = "Ann") -> bytes:
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        workbook.add_worksheet("People").write_string(0, 0, value)
    return out.getvalue()


def a_pptx(title: str = "Ann") -> bytes:
    deck = Presentation()
    deck.slides.add_slide(deck.slide_layouts[0]).shapes.title.text = title
    return _saved(deck.save)


def an_odt(text: str = "Dear Ann") -> bytes:
    document = OpenDocumentText()
    document.text.addElement(P(text=text))
    return _saved(document.write)


def a_pdf(*pages: str, picture: bool = False, password: str | None = None) -> bytes:
    """With a password it is encrypted, with an empty one so that anybody may open it."""
    out = BytesIO()
    lock = None if password is None else pdfencrypt.StandardEncryption(password, "owner", canPrint=0)
    canvas = Canvas(out, encrypt=lock)
    for text in pages:
        if picture:
            canvas.drawImage(ImageReader(Image.new("RGB", (40, 40), "red")), 10, 10)
        canvas.drawString(72, 700, text)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def a_jpeg(**exif: str) -> bytes:
    tags = {"description": 0x010E, "artist": 0x013B}
    picture = Image.new("RGB", (60, 40), "green")
    written = picture.getexif()
    for name, value in exif.items():
        written[tags[name]] = value
    out = BytesIO()
    picture.save(out, "jpeg", exif=written)
    return out.getvalue()


def a_zip(members: Mapping[str, bytes]) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_encrypted_flag(archive: bytes, *names: bytes) -> bytes:
    """The archive with flag bit 0 of members set, all of them where none is named: its content stays as it was."""
    marked = bytearray(archive)
    for signature, flags, name_at in ((b"PK\x03\x04", 6, 30), (b"PK\x01\x02", 8, 46)):
        at = archive.find(signature)
        while at >= 0:
            if not names or archive[at + name_at :].startswith(names):
                marked[at + flags] |= 1
            at = archive.find(signature, at + 1)
    return bytes(marked)


def an_ole(streams: Mapping[str, bytes]) -> bytes:
    """A compound file ([MS-CFB]) whose root storage holds these streams; the small ones stand in the mini stream."""
    small = {name: content for name, content in streams.items() if len(content) < 4096}
    mini = b"".join(content.ljust(-(-len(content) // 64) * 64, b"\0") for content in small.values())
    sectors: list[bytes] = [b""]
    chains: list[int] = [0xFFFFFFFD]

    def stored(content: bytes) -> int:
        if not content:
            return _END
        start = len(sectors)
        pieces = [content[at : at + 512].ljust(512, b"\0") for at in range(0, len(content), 512)]
        sectors.extend(pieces)
        chains.extend([*range(start + 1, start + len(pieces)), _END])
        return start

    starts = {name: stored(content) for name, content in streams.items() if name not in small}
    mini_chains: list[int] = []
    for name, content in small.items():
        count = -(-len(content) // 64)
        starts[name] = len(mini_chains) if count else _END
        mini_chains += [*range(len(mini_chains) + 1, len(mini_chains) + count), _END] if count else []
    mini_fat = stored(struct.pack(f"<{len(mini_chains)}I", *mini_chains).ljust(512, b"\xff"))
    root = _entry("Root Entry", 5, 1 if streams else _NONE, _NONE, stored(mini), len(mini))
    entries = [
        _entry(name, 2, _NONE, number + 1 if number < len(streams) else _NONE, starts[name], len(content))
        for number, (name, content) in enumerate(streams.items(), 1)
    ]
    directory = stored(root + b"".join(entries))
    sectors[0] = struct.pack(f"<{len(chains)}I", *chains).ljust(512, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII",
        0x3E, 3, 0xFFFE, 9, 6, 0, 1, directory, 0, 4096, mini_fat, 1, _END, 0)  # fmt: skip
    return (header + struct.pack("<109I", 0, *[_NONE] * 108)).ljust(512, b"\0") + b"".join(sectors)


def _entry(name: str, kind: int, child: int, right: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    head = text.ljust(64, b"\0") + struct.pack("<HBBIII", len(text) + 2, kind, 1, _NONE, right, child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


def _saved(save) -> bytes:
    out = BytesIO()
    save(out)
    return out.getvalue()
