from __future__ import annotations

import random
import struct
import tomllib
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from scanner.media import UNKNOWN, media_type

CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "scanner" / "media.toml").read_text())
OOXML = "application/vnd.openxmlformats-officedocument."


def type_of(files, content: bytes, name: str = "x") -> str:
    with files.blob_of(content) as blob:
        return media_type(blob, name)


@pytest.mark.parametrize("case", CASES["text"], ids=lambda case: case["starts"][:20])
def test_text_is_told_by_how_it_begins_and_then_by_its_name(files, case):
    assert type_of(files, case["starts"].encode(), case["name"]) == case["type"]


@pytest.mark.parametrize("case", CASES["bytes"], ids=lambda case: case["type"])
@pytest.mark.parametrize("name", ["x", "letter.txt", "holiday.jpg"])
def test_bytes_are_told_by_their_magic_whatever_the_name_says(files, case, name):
    assert type_of(files, bytes.fromhex(case["starts"]), name) == case["type"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_text_in_any_encoding(files, encoding):
    assert type_of(files, "Zoë Example, 12 High Street\r\n".encode(encoding) * 20, "note.txt") == "text/plain"


def test_a_tar_is_told_by_its_header(files):
    assert type_of(files, b"name".ljust(257, b"\0") + b"ustar\x0000".ljust(300, b"\0")) == "application/x-tar"


@pytest.mark.parametrize(
    ("make", "expected"),
    [
        ("a_docx", OOXML + "wordprocessingml.document"),
        ("an_xlsx", OOXML + "spreadsheetml.sheet"),
        ("a_pptx", OOXML + "presentationml.presentation"),
        ("an_odt", "application/vnd.oasis.opendocument.text"),
        ("a_pdf", "application/pdf"),
        ("a_jpeg", "image/jpeg"),
    ],
)
def test_what_office_programs_write_is_told_without_its_extension(files, make, expected):
    assert type_of(files, getattr(files, make)(), "renamed.dat") == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (["a.txt"], "application/zip"),
        (["[Content_Types].xml", "word/document.xml", "word/vbaProject.bin"],
         "application/vnd.ms-word.document.macroEnabled.12"),
        (["[Content_Types].xml", "xl/workbook.xml", "xl/vbaProject.bin"],
         "application/vnd.ms-excel.sheet.macroEnabled.12"),
        (["[Content_Types].xml", "xl/workbook.bin"], "application/vnd.ms-excel.sheet.binary.macroEnabled.12"),
        (["word/document.xml"], "application/zip"),
        (["mimetype", "META-INF/container.xml"], "application/epub+zip"),
    ],
)  # fmt: skip
def test_a_zip_is_what_its_members_make_it(files, members, expected):
    stored = {name: b"application/epub+zip" if name == "mimetype" else b"x" for name in members}
    assert type_of(files, files.a_zip(stored)) == expected


def test_a_zip_without_its_list_of_members_is_still_a_zip(files):
    assert type_of(files, files.a_zip({"a.txt": b"x" * 100})[:60]) == "application/zip"


@pytest.mark.parametrize(
    ("streams", "expected"),
    [
        (["WordDocument", "1Table"], "application/msword"),
        (["Workbook"], "application/vnd.ms-excel"),
        (["Book"], "application/vnd.ms-excel"),
        (["PowerPoint Document", "Current User"], "application/vnd.ms-powerpoint"),
        (["__properties_version1.0", "WordDocument"], "application/vnd.ms-outlook"),
        (["EncryptionInfo", "EncryptedPackage"], "application/x-tika-ooxml-protected"),
        (["Catalog", "1"], "application/x-thumbs-db"),
        (["\u4840\u3b3f\u43f2\u4438\u45b1"], "application/x-ms-installer"),
        (["Something else"], "application/x-tika-msoffice"),
    ],
)
@pytest.mark.parametrize("size", [100, 5000])
def test_a_compound_file_is_what_its_streams_make_it(files, streams, expected, size):
    assert type_of(files, files.an_ole(dict.fromkeys(streams, b"x" * size))) == expected


def test_a_compound_file_cut_anywhere_is_told_without_an_error(files):
    whole = files.an_ole({"WordDocument": b"x" * 5000, "Small": b"y" * 70})
    kinds = {type_of(files, whole[:length]) for length in range(8, len(whole), 97)}
    assert kinds <= {"application/msword", "application/x-tika-msoffice"}


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-32"])
@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("<!DOCTYPE html>\r\n<title>Zoë</title>\r\n", "page", "text/html"),
        ("<?xml version='1.0'?>\r\n<people/>\r\n", "people", "application/xml"),
        ("name,postcode\r\nAnn,ZZ99 9ZZ\r\n", "people.csv", "text/csv"),
        ("Subject: Panel\r\nFrom: ann@example.org\r\nTo: jo@example.org\r\n\r\n", "x", "message/rfc822"),
    ],
)
def test_kinds_of_text_are_told_in_wide_characters_too(files, encoding, text, name, expected):
    assert type_of(files, text.encode(encoding), name) == expected


def test_text_of_a_mainframe_is_text(files):
    assert type_of(files, "ANN EXAMPLE, 12 HIGH STREET, 01.02.1990 ".encode("cp500") * 20, "RECORDS") == "text/plain"


def test_junk_that_is_called_text_is_not_text(files):
    assert type_of(files, bytes((7 * n * n + n // 3) % 251 for n in range(4000)), "notes.txt") == UNKNOWN
    assert type_of(files, b"Minutes of the panel. " * 300 + bytes(range(256)) * 400, "notes.txt") == UNKNOWN


def a_tar_header() -> bytes:
    header = bytearray(b"notes.txt".ljust(100, b"\0") + b"0000644\0" * 3 + b"00000000005\0" + b"14000000000\0")
    header += b" " * 8 + b"0"
    header = bytearray(header.ljust(512, b"\0"))
    header[148:156] = b"%06o\0 " % sum(header)
    return bytes(header)


def test_an_old_tar_without_a_magic_is_told_by_its_checksum(files):
    assert type_of(files, a_tar_header() + b"hello".ljust(512, b"\0"), "x") == "application/x-tar"
    wrong = a_tar_header().replace(b"notes", b"nodes", 1)
    assert type_of(files, wrong + b"hello".ljust(512, b"\0"), "x") == UNKNOWN


def test_a_disk_image_is_told_deep_inside(files):
    assert type_of(files, b"\0" * 32769 + b"CD001\1".ljust(4000, b"\0"), "x") == "application/x-iso9660-image"


def a_dbf(version: int = 3, kind: bytes = b"C", month: int = 5) -> bytes:
    field = b"SURNAME".ljust(11, b"\0") + kind + bytes(4) + bytes([20, 0]) + bytes(14)
    return struct.pack("<BBBBIHH20x", version, 124, month, 24, 1, 32 + 32 + 1, 21) + field + b"\r Example".ljust(22)


def test_a_dbf_is_told_by_a_header_that_makes_sense(files):
    assert type_of(files, a_dbf(), "PEOPLE.DBF") == "application/x-dbf"
    assert type_of(files, a_dbf(version=0x83), "x") == "application/x-dbf"
    assert type_of(files, a_dbf(kind=b"?"), "PEOPLE.DBF") != "application/x-dbf"
    assert type_of(files, a_dbf(month=77), "PEOPLE.DBF") != "application/x-dbf"


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        (["docProps/app.xml", "word/document.xml", "[Content_Types].xml"], OOXML + "wordprocessingml.document"),
        (["[content_types].xml", "Word\\Document.xml"], OOXML + "wordprocessingml.document"),
        (["[Content_Types].xml", "visio/document.xml"], "application/vnd.ms-visio.drawing"),
        (["[Content_Types].xml", "FixedDocSeq.fdseq"], "application/vnd.ms-xpsdocument"),
        (["META-INF/manifest.xml", "content.xml"], "application/vnd.oasis.opendocument.text"),
        (["Index/Document.iwa", "Metadata/x.plist"], "application/vnd.apple.iwork"),
        (["[Content_Types].xml", "3D/model.model"], "application/zip"),
    ],
)
def test_packages_made_by_odd_programs_are_told_too(files, members, expected):
    assert type_of(files, files.a_zip(dict.fromkeys(members, b"x"))) == expected


def test_a_package_whose_main_part_has_an_odd_name_is_told_by_its_list_of_types(files):
    types = b'<Override PartName="/d.xml" ContentType="' + OOXML.encode() + b'spreadsheetml.sheet.main+xml"/>'
    assert type_of(files, files.a_zip({"[Content_Types].xml": types, "d.xml": b"x"})) == OOXML + "spreadsheetml.sheet"


@pytest.mark.parametrize(
    ("stated", "expected"),
    [
        ("application/vnd.oasis.opendocument.spreadsheet-template", None),
        ("application/epub+zip", None),
        ("application/vnd.sun.xml.writer", None),
        ("application/x-empty", "application/zip"),
        ("image/png", "application/zip"),
    ],
)
def test_a_zip_may_state_its_type_but_not_hide_behind_one(files, stated, expected):
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr("mimetype", stated)
        archive.writestr("content.xml", "<x/>")
    assert type_of(files, out.getvalue()) == (expected or stated)


def test_a_document_cut_short_is_told_by_the_headers_before_its_members(files):
    whole = files.a_docx()
    assert type_of(files, whole[: len(whole) * 3 // 4]) == OOXML + "wordprocessingml.document"


def test_of_a_long_list_of_members_the_ends_are_looked_at(files):
    many = {f"media/picture {number}.png": b"" for number in range(3000)}
    assert type_of(files, files.a_zip({"word/document.xml": b"x", **many, "[Content_Types].xml": b"x"})) == (
        OOXML + "wordprocessingml.document"
    )
    assert type_of(files, files.a_zip(many)) == "application/zip"


def test_a_program_or_text_before_a_zip_does_not_move_its_list(files):
    docx = files.a_docx()
    assert type_of(files, b"PK00PK" + docx) == OOXML + "wordprocessingml.document"


def test_where_bytes_are_of_two_kinds_the_one_they_begin_with_wins(files):
    pdf = files.a_pdf("words")
    archive = files.a_zip({"a.txt": b"x"})
    assert type_of(files, pdf + archive, "a.zip") == "application/pdf"
    with_pdf_inside = archive[:30] + archive[30:].replace(b"a.txt", b"%PDF-", 1)
    assert type_of(files, with_pdf_inside, "a.pdf") == "application/zip"
    assert type_of(files, files.a_jpeg()[:200] + pdf, "a.pdf") == "image/jpeg"


@pytest.mark.parametrize("make", ["a_docx", "an_odt", "a_pdf", "a_jpeg", "an_xlsx"])
def test_damage_never_raises(files, make):
    whole = getattr(files, make)()
    rng = random.Random(11)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(rng.randrange(1, 40)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        assert type_of(files, bytes(damaged[: rng.randrange(1, len(damaged))]), "x.bin")


def test_a_directory_that_runs_in_a_circle_ends(files):
    whole = bytearray(files.an_ole({"Workbook": b"x" * 5000, "Other": b"y"}))
    at = whole.find("Other".encode("utf-16-le"))
    struct.pack_into("<3I", whole, at + 68, 1, 2, 0)
    first = whole.find("Workbook".encode("utf-16-le"))
    struct.pack_into("<3I", whole, first + 68, 2, 1, 0)
    assert type_of(files, bytes(whole)) == "application/vnd.ms-excel"


@pytest.mark.parametrize("prefix", [b"MZ" + b"\x90\0" * 300, b"\x01\x02\x80\0" * 200, b"#!/usr/bin/env python3\n"])
@pytest.mark.parametrize("behind", [b"", b"signature" * 9])
def test_a_zip_behind_what_unpacks_it_or_is_of_no_kind_is_a_zip(files, prefix, behind):
    archive = files.a_zip({"a.txt": b"Ann Example" * 30})
    assert type_of(files, prefix + archive + behind, "files.zip") == "application/zip"


def test_a_program_that_only_speaks_of_zip_files_is_a_program(files):
    program = b"MZ" + b"\x90\0" * 300 + b"PK\3\4" + b"PK\5\6" + bytes(18)
    assert type_of(files, program, "setup.exe") == "application/vnd.microsoft.portable-executable"
