from __future__ import annotations

import pytest

from scanner.media_extension import extension_disagrees

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        (WORD, "letter.doc"),
        ("image/jpeg", "scan.pdf"),
        ("application/vnd.microsoft.portable-executable", "invoice.docx"),
        ("application/vnd.microsoft.portable-executable", "holiday.JPG"),
        ("text/plain", "letter.docx"),
        ("text/html", "export.xls"),
        ("application/zip", "letter.docx"),
        ("application/pdf", "notes.txt"),
        ("message/rfc822", "scan.pdf"),
        ("application/octet-stream", "letter.docx"),
    ],
)
def test_a_name_that_says_another_kind_disagrees(media_type, name):
    assert extension_disagrees(media_type, name)


@pytest.mark.parametrize(
    ("media_type", "name"),
    [
        (WORD, "letter.docx"),
        (WORD, "LETTER.DOTX"),
        ("text/csv", "people.txt"),
        ("text/plain", "people.csv"),
        ("text/html", "page.txt"),
        ("application/json", "data.log"),
        ("message/rfc822", "1.txt"),
        ("application/zip", "library.jar"),
        ("image/jpeg", "picture.jpeg"),
        ("video/mp4", "film.mov"),
        ("application/vnd.microsoft.portable-executable", "library.dll"),
        ("application/x-tika-ooxml-protected", "secret.xlsx"),
    ],
)
def test_a_usual_name_agrees(media_type, name):
    assert not extension_disagrees(media_type, name)


@pytest.mark.parametrize("name", ["README", "x", ".profile", "a.xyz", "a.tmp", "a.bak", "a.old", "letter.docx~", "a."])
@pytest.mark.parametrize("media_type", ["image/jpeg", "text/plain", "application/pdf", "application/octet-stream"])
def test_no_extension_an_unknown_one_or_a_copy_put_aside_says_nothing(media_type, name):
    assert not extension_disagrees(media_type, name)


def test_a_kind_that_is_not_in_the_table_is_not_judged():
    assert not extension_disagrees("application/x-elf", "program.txt")
    assert not extension_disagrees("application/octet-stream", "data.mdb")
