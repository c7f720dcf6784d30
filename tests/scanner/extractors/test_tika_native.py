from __future__ import annotations

import bz2
from datetime import date

import pytest

from domain.content import Content, DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractors.tika_native import TikaNativeExtractor

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def content_of(files, content: bytes, media_type: str) -> Content:
    with files.blob_of(content) as blob:
        return TikaNativeExtractor().extract(blob, media_type, 100_000)


def trouble_of(files, content: bytes, media_type: str) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught:
        content_of(files, content, media_type)
    assert caught.value.__cause__ is None
    return caught.value.problem.code


def test_a_document_gives_its_text_its_header_and_then_its_properties(files):
    content = content_of(files, files.a_docx("Dear Ann", author="Zoe Example"), DOCX)
    assert content.text.index("Dear Ann") < content.text.index("Author: Zoe Example")
    assert "From the header" in content.text
    assert content.place_at(content.text.index("Zoe")) == "properties"
    assert content.place_at(content.text.index("Dear")) is None


def test_what_the_document_says_of_itself_is_named(files):
    content = content_of(files, files.a_docx("Dear Ann", author="Zoe Example"), DOCX)
    assert content.properties["author"] == "Zoe Example"
    assert content.properties["application"] == "Microsoft Macintosh Word"
    assert content.dates == (
        DatedBy(DateSource.CREATED, date(2013, 12, 23)),
        DatedBy(DateSource.MODIFIED, date(2013, 12, 23)),
    )
    assert content.reader == "tika"


@pytest.mark.parametrize("words", ["Dear Ann 😀 and 𠮷田 Bea", "😀", "tail \ufffd 😀" * 1000])
def test_characters_outside_the_basic_plane_are_kept(files, words):
    assert words in content_of(files, files.a_docx(words), DOCX).text
    assert words in content_of(files, words.encode(), "application/x-note").text


def test_characters_outside_the_basic_plane_are_kept_up_to_the_limit(files):
    with files.blob_of("Dear Ann 😀 ".encode() * 1000) as blob:
        content = TikaNativeExtractor().extract(blob, "application/x-note", 100)
    assert (len(content.text), content.problem) == (100, Problem(ProblemCode.LIMIT, "text"))
    assert content.text.startswith("Dear Ann 😀 Dear Ann 😀")


@pytest.mark.parametrize("share", [0.4, 0.7, 0.95])
def test_half_a_document_is_named_corrupt_whatever_of_it_was_read(files, share):
    whole = files.a_docx("Dear Ann")
    try:
        problem = content_of(files, whole[: int(len(whole) * share)], DOCX).problem
    except ItemTroubleError as trouble:
        problem = trouble.problem
    assert problem == Problem(ProblemCode.CORRUPT)


def test_a_compressed_file_reads_as_what_is_in_it_and_no_more(files):
    content = content_of(files, bz2.compress(b"Dear Ann, the panel met on Tuesday."), "application/x-bzip2")
    assert content.text.split() == ["Dear", "Ann,", "the", "panel", "met", "on", "Tuesday."]


@pytest.mark.parametrize(("make", "said"), [("an_xlsx", "Ann"), ("a_pptx", "Ann"), ("an_odt", "Dear Ann")])
def test_office_files_are_read(files, make, said):
    content = content_of(files, getattr(files, make)(), "whatever")
    assert said in content.text
    assert content.problem is None


def test_a_pdf_gives_the_text_of_every_page(files):
    content = content_of(files, files.a_pdf("first page", "second page"), "application/pdf")
    assert "first page" in content.text
    assert "second page" in content.text
    assert (content.problem, content.pending) == (None, ())


def test_a_pdf_with_an_empty_password_is_read_as_anybody_reads_it(files):
    content = content_of(files, files.a_pdf("open to all", password=""), "application/pdf")
    assert ("open to all" in content.text, content.problem) == (True, None)


def test_a_pdf_with_a_password_is_encrypted_not_empty(files):
    assert trouble_of(files, files.a_pdf("secret", password="x"), "application/pdf") is ProblemCode.ENCRYPTED


def test_a_pdf_page_that_is_but_a_picture_waits_for_character_recognition(files):
    scan = content_of(files, files.a_pdf("", picture=True), "application/pdf")
    assert (scan.problem, scan.pending) == (Problem(ProblemCode.NO_TEXT), ("ocr",))
    mixed = content_of(files, files.a_pdf("typed", "", picture=True), "application/pdf")
    assert (mixed.problem, mixed.pending) == (None, ("ocr",))
    blank_page = content_of(files, files.a_pdf("typed", ""), "application/pdf")
    assert (blank_page.problem, blank_page.pending) == (None, ())


def test_half_a_pdf_is_never_taken_for_one_without_text(files):
    whole = files.a_pdf("page one", "page two")
    code = None
    try:
        content = content_of(files, whole[: len(whole) // 2], "application/pdf")
        code = content.problem and content.problem.code
    except ItemTroubleError as error:
        code = error.problem.code
    assert code in (ProblemCode.CORRUPT, ProblemCode.NO_TEXT)


@pytest.mark.parametrize(
    ("content", "media_type", "code"),
    [
        (b"%PDF-1.4 not a document", "application/pdf", ProblemCode.CORRUPT),
        (b"\x00\x01\x02\x03" * 50, "application/octet-stream", ProblemCode.UNSUPPORTED),
        (b"\x1aE\xdf\xa3" + bytes(50), "video/x-matroska", ProblemCode.UNSUPPORTED),
        (b"{\\rtf1 }", "application/rtf", ProblemCode.NO_TEXT),
    ],
)
def test_what_cannot_be_read_has_a_named_problem(files, content, media_type, code):
    assert trouble_of(files, content, media_type) is code


def test_a_package_without_a_document_in_it_is_corrupt_though_its_members_are_read(files):
    content = content_of(files, files.a_zip({"[Content_Types].xml": b"<x/>", "word/a.xml": b"<x>Ann</x>"}), DOCX)
    assert content.problem == Problem(ProblemCode.CORRUPT)
    assert "Ann" in content.text


def test_a_picture_that_cannot_be_parsed_still_waits_for_character_recognition(files):
    content = content_of(files, b"\xff\xd8\xff\xe0 broken", "image/jpeg")
    assert (content.text, content.pending) == ("", ("ocr",))
    assert content.problem == Problem(ProblemCode.CORRUPT)


def test_the_native_code_prints_nothing(files, capfd):
    trouble_of(files, b"%PDF-1.4 not a document", "application/pdf")
    assert capfd.readouterr() == ("", "")
