from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from scanner.media import media_type

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
