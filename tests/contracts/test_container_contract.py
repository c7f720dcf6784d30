"""What every container promises, whatever it walks."""

from __future__ import annotations

import gzip
import sqlite3
import struct
import tarfile
import zipfile
from base64 import b64encode
from contextlib import closing, contextmanager
from email.message import EmailMessage
from io import BytesIO

import py7zr
import pytest
from fakes import FakeEntry, FakeItem, FakeStore
from mail_builders import a_compound, a_file_attached, a_storage, a_tnef, text
from pdf_files import a_raw_pdf, a_stream

from scanner.blob import read_once
from scanner.containers import CONTAINERS, FAMILIES
from scanner.containers.archive import ZipContainer
from scanner.containers.compressed import CompressedContainer
from scanner.containers.flat_odf import FlatOdfContainer
from scanner.containers.libarchive import SEVEN_ZIP
from scanner.containers.mail import MailContainer
from scanner.containers.mbox import MboxContainer
from scanner.containers.msg import MsgContainer
from scanner.containers.old_office import OldOfficeContainer
from scanner.containers.package import PackageContainer
from scanner.containers.pdf import PdfContainer
from scanner.containers.pst import PstContainer
from scanner.containers.signed import SignedContainer
from scanner.containers.sqlite import SqliteContainer
from scanner.containers.tar import TarContainer
from scanner.containers.tnef import TnefContainer

CONTENTS = [f"Number {number}: the quick brown fox\n".encode() * (number + 1) for number in range(7)]


def an_archive() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(CONTENTS):
            archive.writestr(f"folder/{number}.txt", content)
    return out.getvalue()


def a_tape() -> bytes:
    out = BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for number, content in enumerate(CONTENTS):
            entry = tarfile.TarInfo(f"folder/{number}.txt")
            entry.size = len(content)
            archive.addfile(entry, BytesIO(content))
    return out.getvalue()


def a_7z() -> bytes:
    out = BytesIO()
    with py7zr.SevenZipFile(out, "w") as archive:
        for number, content in enumerate(CONTENTS):
            archive.writestr(content, f"folder/{number}.txt")
    return out.getvalue()


def a_message() -> bytes:
    message = EmailMessage()
    message["Subject"] = "Seven files"
    message.set_content("See the attached.")
    for number, content in enumerate(CONTENTS):
        message.add_attachment(content, "application", "octet-stream", filename=f"{number}.bin")
    return message.as_bytes()


def a_message_as_sent() -> bytes:
    """With the line ends that mail has on its way, and in most files (RFC 5322, 2.1)."""
    return a_message().replace(b"\n", b"\r\n")


def a_mailbox() -> bytes:
    start = b"From ann@example.org Mon Jan  1 10:00:00 2024\n"
    return b"".join(start + b"Subject: one\n\n" + content + b"\n" for content in CONTENTS)


def an_outlook_message() -> bytes:
    files = [a_file_attached(f"{number}.bin", content) for number, content in enumerate(CONTENTS)]
    return a_compound(a_storage({0x0037: text("Seven files")}, attachments=files))


def a_winmail() -> bytes:
    files = [((0x00069002, bytes(14)), (0x0006800F, content)) for content in CONTENTS]
    return a_tnef(attached=[attribute for file in files for attribute in file])


def a_store() -> FakeStore:
    items = [
        FakeItem(number, properties=(FakeEntry(*SUBJECT), FakeEntry(0x1000, 0x1E, content)))
        for number, content in enumerate(CONTENTS)
    ]
    return FakeStore(
        FakeItem(0x122, folders=(FakeItem(0x8022, "a", messages=items[:3]), FakeItem(0x8042, "b", messages=items[3:])))
    )


def a_package() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        for number, content in enumerate(CONTENTS):
            archive.writestr(f"word/document{number}.xml", "<w:document/>")
            archive.writestr(f"word/media/image{number}.png", content)
    return out.getvalue()


def a_flat_document() -> bytes:
    pictures = b"".join(b"<o:binary-data>%s</o:binary-data>" % b64encode(content) for content in CONTENTS)
    return b'<o:document xmlns:o="o">%s</o:document>' % pictures


def a_portfolio() -> bytes:
    names = b"".join(
        b"(%d)<</Type/Filespec/F(%d.bin)/EF<</F %d 0 R>>>>" % (number, number, 6 + number)
        for number in range(len(CONTENTS))
    )
    catalogue = b"/Names<</EmbeddedFiles<</Names[%b]>>>>" % names
    return a_raw_pdf(more=[a_stream(content) for content in CONTENTS], catalogue=catalogue)


def a_signed_file() -> bytes:
    """RFC 5652, 5.1, the lengths left open; nobody signed it."""
    inside = bytes.fromhex("3080 06092a864886f70d010701 a080 2480")
    octets = b"".join(b"\x04\x82" + len(content).to_bytes(2, "big") + content for content in CONTENTS)
    head = bytes.fromhex("3080 06092a864886f70d010702 a080 3080 020101 3100")
    return head + inside + octets + bytes(6) + bytes.fromhex("3100") + bytes(6)


def a_database() -> bytes:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("CREATE TABLE letters (id INTEGER, scan BLOB)")
        pictures = [b"\x89PNG\r\n\x1a\n" + bytes(64) + content for content in CONTENTS]
        connection.executemany("INSERT INTO letters VALUES (?, ?)", enumerate(pictures))
        connection.commit()
        return connection.serialize()


def an_old_deck() -> bytes:
    """The stream "Pictures" of a presentation, a picture behind the other ([MS-ODRAW] 2.2.28)."""
    pictures = [bytes(17) + b"\x89PNG\r\n\x1a\n" + content for content in CONTENTS]
    blips = b"".join(struct.pack("<HHI", 0x6E00, 0xF01E, len(picture)) + picture for picture in pictures)
    return a_compound({"PowerPoint Document": bytes(100), "Pictures": blips})


SUBJECT = (0x0037, 0x1E, b"Seven messages")

KINDS = {
    "zip": (ZipContainer(), an_archive()),
    "tar": (TarContainer(), a_tape()),
    "7z": (SEVEN_ZIP, a_7z()),
    "gzip": (CompressedContainer(), gzip.compress(b"".join(CONTENTS))),
    "pdf": (PdfContainer(), a_portfolio()),
    "package": (PackageContainer(), a_package()),
    "flat document": (FlatOdfContainer(), a_flat_document()),
    "mail": (MailContainer(), a_message()),
    "mail as sent": (MailContainer(), a_message_as_sent()),
    "mbox": (MboxContainer(), a_mailbox()),
    "msg": (MsgContainer(), an_outlook_message()),
    "tnef": (TnefContainer(), a_winmail()),
    "signed": (SignedContainer(), a_signed_file()),
    "old office": (OldOfficeContainer(), an_old_deck()),
    "sqlite": (SqliteContainer(), a_database()),
    # libpff writes no stores: this one is made of stand-ins, whatever the bytes.
    "pst": (PstContainer(lambda blob: a_store()), b"!BDN"),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return KINDS[request.param]


@contextmanager
def a_blob(content: bytes):
    with read_once(BytesIO(content), 10_000_000) as blob:
        yield blob


def read(part) -> bytes:
    with part.open() as file:
        return file.read()


def test_every_part_is_met_once_in_order_and_holds_its_content(kind):
    container, content = kind
    with a_blob(content) as blob:
        found = [read(part) for part in container.parts(blob, 0)]
    holds_one = isinstance(container, CompressedContainer | SignedContainer)
    expected = [b"".join(CONTENTS)] if holds_one else CONTENTS
    assert len(found) == len(expected)
    assert all(content in got for content, got in zip(expected, found, strict=True))


def test_names_are_unique_among_sisters_and_positions_only_grow(kind):
    container, content = kind
    with a_blob(content) as blob:
        parts = list(container.parts(blob, 0))
    assert len({part.name for part in parts}) == len(parts)
    positions = [part.next for part in parts]
    assert positions == sorted(set(positions))
    assert positions[0] > 0


def test_a_walk_resumed_behind_any_part_gives_just_the_rest_under_the_same_names(kind):
    container, content = kind
    with a_blob(content) as blob:
        whole = [(part.name, part.next, read(part)) for part in container.parts(blob, 0)]
    for done, (_, position, _) in enumerate(whole, 1):
        with a_blob(content) as blob:
            rest = [(part.name, part.next, read(part)) for part in container.parts(blob, position)]
        assert rest == whole[done:]


def test_reading_parts_late_or_not_at_all_does_not_disturb_the_walk(kind):
    container, content = kind
    with a_blob(content) as blob:
        in_turn = [read(part) for part in container.parts(blob, 0)]
        parts = list(container.parts(blob, 0))
        assert [read(part) for part in reversed(parts)] == in_turn[::-1]
        halfway = []
        for part in container.parts(blob, 0):
            with part.open() as file:
                halfway.append(file.read(5))
        assert halfway == [got[:5] for got in in_turn]


def test_a_part_is_read_under_a_limit_of_the_caller(kind):
    container, content = kind
    with a_blob(content) as blob:
        part = next(container.parts(blob, 0))
        with part.open() as file, read_once(file, 1000) as inner:
            assert CONTENTS[0] in inner.bytes


def test_a_spooled_container_is_walked_as_one_in_memory(kind, monkeypatch):
    container, content = kind
    with a_blob(content) as blob:
        in_memory = [(part.name, read(part)) for part in container.parts(blob, 0)]
    monkeypatch.setattr("scanner.blob._IN_MEMORY", 10)
    with a_blob(content) as blob:
        assert [(part.name, read(part)) for part in container.parts(blob, 0)] == in_memory


def test_every_container_is_in_the_table():
    assert {type(container) for container in (*CONTAINERS.values(), *dict(FAMILIES).values())} == {
        type(container) for container, _ in KINDS.values()
    }
