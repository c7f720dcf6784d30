from __future__ import annotations

import codecs
from itertools import pairwise

import pytest

from domain.content import Table
from domain.errors import Problem, ProblemCode
from scanner.extractors.plain import PlainExtractor

WORDS = "Zoë Example, 12 High Street, “Hightown”\r\nand on\r"


def stretches_of(files, content: bytes, limit: int = 1000, media_type: str = "text/plain"):
    with files.blob_of(content) as blob:
        first = PlainExtractor().extract(blob, media_type, limit)
        return [first, *first.rest]


def text_of(files, content: bytes) -> str:
    (only,) = stretches_of(files, content, 10_000)
    return only.text


def new_text(stretches) -> str:
    text = ""
    for stretch in stretches:
        text += stretch.text[len(text) - stretch.start :]
    return text


def test_line_ends_stay_and_a_byte_order_mark_counts_as_a_character(files):
    assert text_of(files, codecs.BOM_UTF8 + b"a\r\nb\rc\n") == "\ufeffa\r\nb\rc\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"])
def test_the_words_are_the_same_in_any_encoding(files, encoding):
    assert text_of(files, WORDS.encode(encoding)).lstrip("\ufeff") == WORDS


def test_an_empty_file_has_no_text_and_no_problem(files):
    (only,) = stretches_of(files, b"")
    assert (only.text, only.problem) == ("", None)


def test_the_limit_counts_characters_not_bytes(files):
    stretches = stretches_of(files, "😀".encode() * 30, limit=10)
    assert stretches[0].text == "😀" * 10
    assert all(len(stretch.text) <= 10 for stretch in stretches)
    assert new_text(stretches) == "😀" * 30
    assert len(stretches_of(files, "😀".encode() * 10, limit=10)) == 1


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "cp1252"])
def test_a_long_text_comes_in_stretches_that_overlap(files, encoding):
    text = "".join(f"Row {number}: café, naïve\n" for number in range(2000))
    stretches = stretches_of(files, text.encode(encoding), limit=5000)
    assert new_text(stretches) == text
    assert all(stretch.problem is None and stretch.reader == "plain" for stretch in stretches)
    for before, after in pairwise(stretches):
        assert after.start == before.start + len(before.text) - 1000
        assert after.text.startswith(before.text[-1000:])


def test_reading_the_blob_elsewhere_between_stretches_does_not_matter(files, monkeypatch):
    monkeypatch.setattr("scanner.extractors.plain.MIB", 999)
    text = "".join(f"{number} é " for number in range(3000))
    with files.blob_of(text.encode()) as blob:
        content = PlainExtractor().extract(blob, "text/plain", 4000)
        stretches = [content]
        for stretch in content.rest:
            blob.file.seek(5)
            stretches.append(stretch)
    assert new_text(stretches) == text


def test_a_line_without_an_end_is_no_trouble(files):
    stretches = stretches_of(files, b"x" * 3_000_000, limit=1_000_000, media_type="text/csv")
    assert new_text(stretches) == "x" * 3_000_000


def test_a_stretch_of_a_table_begins_with_its_headings(files):
    rows = [f"{number},Person{number},QQ{number:06}A\r\n" for number in range(1000)]
    stretches = stretches_of(files, ("id,name,ni number\r\n" + "".join(rows)).encode(), 5000, "text/csv")
    assert len(stretches) > 4
    assert all(stretch.text.startswith("id,name,ni number\r\n") for stretch in stretches)
    assert all(stretch.text.endswith("\r\n") for stretch in stretches)
    assert all(stretch.tables == () for stretch in stretches)
    assert new_text(stretches) == "id,name,ni number\r\n" + "".join(rows)


def test_tabs_make_a_table_that_is_named(files):
    text = "Name\tNI number\n" + "Ann Example\tQQ123456C\n" * 300
    stretches = stretches_of(files, text.encode(), 2000, "text/tab-separated-values")
    for stretch in stretches:
        whole = Table(stretch.start, stretch.start + len(stretch.text), ("Name", "NI number"))
        assert stretch.tables == (whole,)
        assert stretch.tables[0].columns == ("Name", "NI number")
    assert new_text(stretches) == text


def test_a_first_row_that_is_no_heading_is_not_repeated(files):
    text = "Ann,ann@example.org,12345\n" * 500
    stretches = stretches_of(files, text.encode(), 3000, "text/csv")
    assert new_text(stretches) == text
    assert stretches[1].text.startswith(stretches[0].text[-1000:])


def test_junk_among_the_text_is_named_at_the_end_and_the_text_kept(files):
    content = b"Ann Example, 12 High Street\n" * 3000 + bytes(range(1, 256)) * 400
    stretches = stretches_of(files, content, limit=50_000)
    assert stretches[0].text.startswith("Ann Example")
    assert [stretch.problem for stretch in stretches[:-1]] == [None] * (len(stretches) - 1)
    assert stretches[-1].problem == Problem(ProblemCode.UNSUPPORTED)


def test_zeros_that_a_crash_left_are_not_junk(files):
    (only,) = stretches_of(files, b"Ann Example\n" * 20 + b"\0" * 500)
    assert only.text.startswith("Ann Example")
    assert only.problem is None


def test_half_a_character_at_the_end_is_not_lost_in_silence(files):
    assert text_of(files, "Zoë ".encode() * 3 + "ë".encode()[:1]) == "Zoë Zoë Zoë Ã"


@pytest.mark.parametrize(
    ("media_type", "row", "meant"),
    [
        ("application/json", r'{"e":"zo\u00eb@example.org","note":"one\nAB123456C"},', 'zoë@example.org     ","note"'),
        ("application/xml", "<e>zoe&#64;example.org</e> ", "<e>zoe@example.org    </e>"),
        ("text/calendar", "ATTENDEE:mailto:zoe@exam\r\n ple.org\r\n", "mailto:zoe@example.org   \r\n"),
        ("text/x-ldif", "cn:: Wm9lIEV4YW1wbGU=\n", "cn: Zoe Example      \n"),
    ],
)  # fmt: skip
def test_what_is_written_otherwise_than_it_is_meant_is_read_as_meant_in_its_place(
    files, monkeypatch, media_type, row, meant
):
    monkeypatch.setattr("scanner.extractors.plain.MIB", 997)
    stretches = stretches_of(files, row.encode() * 300, 5000, media_type)
    text = new_text(stretches)
    assert len(stretches) > 1
    assert len(text) == len(row) * 300
    assert text.count(meant) == 300


def test_text_that_is_only_text_keeps_its_backslashes_and_ampersands(files):
    assert text_of(files, rb"C:\new &amp; \u0040") == r"C:\new &amp; \u0040"
