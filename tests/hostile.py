"""Files made to hurt a reader: bombs, entities, cycles, absurd depth and length, damage, disguises."""

from __future__ import annotations

import bz2
import gzip
import lzma
import random
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from email.message import EmailMessage
from io import BytesIO

from builders import a_zip
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table, TableCell, TableRow
from odf.text import P
from scanner_files import a_docx, a_pdf, an_odt, an_xlsx

MIB = 1024 * 1024
BOMB = 400 * MIB
"""What a bomb unpacks to: past the ratio that any honest file has, and made in a second."""


def zeros(pack: Callable[[bytes], bytes]) -> bytes:
    return pack(bytes(BOMB))


def nested_zips(depth: int) -> bytes:
    inner = a_zip({f"note {depth}.txt": b"the innermost note"})
    for level in range(depth - 1, 0, -1):
        inner = a_zip({"deeper.zip": inner, f"note {level}.txt": f"a note at level {level}".encode()})
    return inner


def overlapping_zip(entries: int = 300) -> bytes:
    """Every entry of the directory is the same packed mebibyte (after the construction of D. Fifield, 2019)."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("0.txt", bytes(MIB))
    whole = out.getvalue()
    start = whole.index(b"PK\x01\x02")
    end = whole.index(b"PK\x05\x06")
    record = whole[start:end]
    directory = record * entries
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, entries, entries, len(directory), start, 0)
    return whole[:start] + directory + tail


def zip_slip() -> bytes:
    return a_zip(
        {"../../../../tmp/muniment-slip.txt": b"slipped", "/etc/muniment-slip.txt": b"slipped", "ok.txt": b"fine"}
    )


def tar_links() -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, kind, target in (("link", tarfile.SYMTYPE, "/etc/passwd"), ("hard", tarfile.LNKTYPE, "../../x"),
                                   ("device", tarfile.CHRTYPE, ""), ("fifo", tarfile.FIFOTYPE, "")):  # fmt: skip
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, target
            archive.addfile(member)
        note = tarfile.TarInfo("../note.txt")
        note.size = 4
        archive.addfile(note, BytesIO(b"note"))
    return out.getvalue()


def with_member(package: bytes, name: str, content: bytes) -> bytes:
    """The package with one member replaced, or added."""
    out = BytesIO()
    with zipfile.ZipFile(BytesIO(package)) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for member in whole.infolist():
            if member.filename != name:
                changed.writestr(member, whole.read(member))
        changed.writestr(name, content)
    return out.getvalue()


def member_of(package: bytes, name: str) -> bytes:
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return archive.read(name)


def bombed(package: bytes, name: str, marker: bytes) -> bytes:
    """The package with so many spaces in one of its XML parts that it is a bomb."""
    part = member_of(package, name)
    return with_member(package, name, part.replace(marker, marker + b" " * BOMB, 1))


def with_entity(xml: bytes, url: str, root: bytes) -> bytes:
    """The document with an external DTD, an external entity and a reference to it in its text."""
    declaration, _, body = xml.partition(b"?>")
    doctype = (
        f'<!DOCTYPE x SYSTEM "{url}/remote.dtd" [<!ENTITY leak SYSTEM "{url}/entity">'
        '<!ENTITY file SYSTEM "file:///etc/hostname">]>'.encode()
    )
    return declaration + b"?>" + doctype + body.replace(root, root + b"&leak;&file;", 1)


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha ha ha ha ha ha ha ha ha ha">'
    + b"".join(b'<!ENTITY %c "%s">' % (letter, b"&%c;" % (letter - 1) * 10) for letter in range(ord("b"), ord("k")))
    + b"]><x>&j;</x>"
)


def an_ods(value: str = "Ann") -> bytes:
    document = OpenDocumentSpreadsheet()
    table, row, cell = Table(name="People"), TableRow(), TableCell(valuetype="string")
    cell.addElement(P(text=value))
    row.addElement(cell)
    table.addElement(row)
    document.spreadsheet.addElement(table)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def a_png_bomb() -> bytes:
    """A picture of 50,000 by 50,000 pixels, all of one colour."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    side = 50_000
    pixels = zlib.compress(bytes(20 * MIB), 9)
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def a_pdf_of(*objects: bytes) -> bytes:
    out, offsets = bytearray(b"%PDF-1.7\n"), []
    for number, content in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    return bytes(out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, start))


def a_pdf_bomb() -> bytes:
    stream = zlib.compress(b"BT /F1 9 Tf (x) Tj ET\n" * (BOMB // 22), 9)
    return a_pdf_of(
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(stream), stream),
    )  # fmt: skip


def a_cyclic_pdf() -> bytes:
    return a_pdf_of(b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9000000>>")


def a_cyclic_ole() -> bytes:
    """A compound file whose sectors follow each other in a circle."""
    header = bytearray(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504))
    struct.pack_into("<HHHHH", header, 24, 0x3E, 3, 0xFFFE, 9, 6)
    struct.pack_into("<IIIIIIIII", header, 40, 0, 1, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    struct.pack_into("<109I", header, 76, *([0] + [0xFFFFFFFF] * 108))
    fat = struct.pack("<128I", 0xFFFFFFFD, 2, 1, *([3] * 125))
    entry = "Root Entry".encode("utf-16-le").ljust(64, b"\0") + struct.pack("<HBBIII", 22, 5, 1, 1, 1, 1)
    entry = entry.ljust(116, b"\0") + struct.pack("<IQ", 1, 2**40)
    return bytes(header) + fat + (entry.ljust(128, b"\0") * 4) * 2


def a_cyclic_tiff() -> bytes:
    entries = struct.pack("<HHHII", 3, 256, 3, 1, 8) + struct.pack("<HHII", 257, 3, 1, 8)
    entries += struct.pack("<HHII", 258, 3, 1, 8)
    return b"II*\0" + struct.pack("<I", 8) + entries + struct.pack("<I", 8) + bytes(64)


def deep_mime(levels: int = 3000) -> bytes:
    head = b"From: ann@example.org\nSubject: deep\nMIME-Version: 1.0\n"
    opening = b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (level, level) for level in range(levels)
    )
    return head + opening + b"Content-Type: text/plain\n\nAt the bottom: AB123456C\n"


def crowded_mail(recipients: int = 50_000) -> bytes:
    to = b",\n ".join(b"person%d@example.org" % number for number in range(recipients))
    return (
        b"From: ann@example.org\nTo: "
        + to
        + b"\nSubject: all of you\nDate: Mon, 4 Mar 2019 10:00:00 +0000\n\nAB123456C\n"
    )


def headed_mail(headers: int = 10_000) -> bytes:
    return (
        b"".join(b"X-Note-%d: something\n" % n for n in range(headers)) + b"From: a@example.org\nTo: b@example.org\n"
        b"Subject: many\n\nAB123456C\n"
    )


def sparse_xlsx() -> bytes:
    """Two cells, the first and the last that a sheet may have."""
    sheet = member_of(an_xlsx("Ann"), "xl/worksheets/sheet1.xml")
    rows = sheet.index(b"</sheetData>")
    far = b'<row r="1048576"><c r="XFD1048576"><v>7654321</v></c></row>'
    return with_member(an_xlsx("Ann"), "xl/worksheets/sheet1.xml", sheet[:rows] + far + sheet[rows:])


def flipped(content: bytes, seed: int) -> bytes:
    chance = random.Random(seed)
    damaged = bytearray(content)
    for _ in range(max(4, len(content) // 500)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def mailed(content: bytes, name: str) -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "ann@example.org", "ben@example.org", "attached"
    message.set_content("The form is attached. AB123456C")
    message.add_attachment(content, "application", "octet-stream", filename=name)
    return message.as_bytes()


def everything(url: str) -> dict[str, bytes]:
    """Name → bytes of every hostile file; `url` is where entities point to."""
    docx, xlsx, odt, pdf = a_docx(), an_xlsx(), an_odt(), a_pdf()
    document, sheet, content = "word/document.xml", "xl/worksheets/sheet1.xml", "content.xml"
    svg = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><text>Ann</text></svg>'
    html = b'<?xml version="1.0"?><html><body>Ann</body></html>'
    families = {"docx": docx, "xlsx": xlsx, "odt": odt, "pdf": pdf, "eml": mailed(docx, "a.docx"),
                "zip": a_zip({"a.txt": b"Ann", "b.docx": docx})}  # fmt: skip
    return {
        "nested.zip": nested_zips(50),
        "overlapping.zip": overlapping_zip(),
        "bomb.gz": zeros(lambda raw: gzip.compress(raw, 9)),
        "bomb.xz": zeros(lambda raw: lzma.compress(raw, preset=0)),
        "bomb.bz2": zeros(lambda raw: bz2.compress(raw, 1)),
        "bomb.docx": bombed(docx, document, b"<w:body>"),
        "bomb.xlsx": bombed(xlsx, sheet, b"<sheetData>"),
        "bomb.ods": bombed(an_ods(), content, b"<office:spreadsheet>"),
        "bomb.odt": bombed(odt, content, b"<office:text>"),
        "bomb.png": a_png_bomb(),
        "bomb.pdf": a_pdf_bomb(),
        "bomb.svg": svg.replace(b"Ann", b"Ann" + b" " * (6 * MIB)),
        "xxe.docx": with_member(docx, document, with_entity(member_of(docx, document), url, b"<w:body>")),
        "xxe.xlsx": with_member(xlsx, sheet, with_entity(member_of(xlsx, sheet), url, b"<sheetData>")),
        "xxe.odt": with_member(odt, content, with_entity(member_of(odt, content), url, b"<office:text>")),
        "xxe.svg": with_entity(svg, url, b"<text>"),
        "xxe.html": with_entity(html, url, b"<body>"),
        "xxe.xml": with_entity(b'<?xml version="1.0"?><x>Ann</x>', url, b"<x>"),
        "laughs.xml": LAUGHS,
        "laughs.docx": with_member(docx, document, LAUGHS),
        "slip.zip": zip_slip(),
        "links.tar": tar_links(),
        "cyclic.doc": a_cyclic_ole(),
        "cyclic.pdf": a_cyclic_pdf(),
        "cyclic.tif": a_cyclic_tiff(),
        "deep.eml": deep_mime(),
        "crowded.eml": crowded_mail(),
        "headed.eml": headed_mail(),
        "line.txt": b"one line, " * (20 * MIB),
        "sparse.xlsx": sparse_xlsx(),
        "deep.html": b"<html><body>" + b"<div>" * 300_000 + b"AB123456C",
        "picture.docx": b"\xff\xd8\xff\xe0\0\x10JFIF\0" + bytes(200),
        "text.pdf": b"Just a note: AB123456C\n",
        "page.txt": b"<!DOCTYPE html><html><body><p>AB123456C</p></body></html>",
        "polyglot.pdf": pdf + a_zip({"inside.txt": b"AB123456C"}),
        "polyglot.gif": b"GIF89a/*" + bytes(20) + b"*/=1;alert(1)//",
        **{f"truncated.{kind}": whole[: len(whole) * 2 // 3] for kind, whole in families.items()},
        **{f"flipped {seed}.{kind}": flipped(whole, seed) for kind, whole in families.items() for seed in (1, 2, 3)},
    }
