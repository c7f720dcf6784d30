from __future__ import annotations

import random
from datetime import date

import pytest

from domain.content import DatedBy, DateSource
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors.html import HtmlExtractor

PAGE = (
    "<!DOCTYPE html><html><head><meta charset={charset}><title>Panel</title>"
    "<meta name=author content='Zoë Example'><meta name=description content='Who met'>"
    "<meta name=dcterms.created content='2011-05-06T10:00:00Z'><meta http-equiv='last-modified' "
    "content='Tue, 07 Jun 2011 10:00:00 GMT'></head><body><p>Jürgen Beispiel chaired.</p>"
    "<table><tr><th>Name<th>Phone<tr><td>Ann<td>01632 960001</table></body></html>"
)


def content_of(files, content: bytes, limit: int = 100_000):
    with files.blob_of(content) as blob:
        return HtmlExtractor().extract(blob, "text/html", limit)


def test_text_properties_dates_and_tables_of_a_page(files):
    content = content_of(files, PAGE.format(charset="utf-8").encode())
    assert "Jürgen Beispiel chaired." in content.text
    assert content.text.endswith("Title: Panel\nAuthor: Zoë Example\nDescription: Who met\n")
    assert content.place_at(content.text.index("Title: ")) == "properties"
    assert content.place_at(content.text.index("Beispiel")) is None
    assert content.properties == {"title": "Panel", "author": "Zoë Example", "comments": "Who met"}
    assert content.dates == (
        DatedBy(DateSource.CREATED, date(2011, 5, 6)), DatedBy(DateSource.MODIFIED, date(2011, 6, 7)),
    )  # fmt: skip
    assert [table.columns for table in content.tables] == [("Name", "Phone")]
    assert (content.problem, content.reader) == (None, "html")


@pytest.mark.parametrize(
    ("stated", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("utf-8", "utf-8-sig"),
        ("iso-8859-1", "cp1252"),
        ("iso-8859-1", "utf-8"),
        ("utf-8", "cp1252"),
        ("windows-1252", "utf-16"),
        ("utf-16", "utf-8"),
        ("macintosh", "mac_roman"),
        ("ibm850", "cp850"),
        ("no-such-charset", "utf-8"),
        ("idna", "utf-8"),
    ],
)
def test_the_encoding_is_the_mark_else_the_stated_one_else_what_it_looks_like(files, stated, encoding):
    content = content_of(files, PAGE.format(charset=f"'{stated}'").encode(encoding))
    assert "Jürgen Beispiel chaired." in content.text
    assert "Author: Zoë Example" in content.text


def test_the_old_way_of_stating_the_encoding_and_that_of_xml_hold_too(files):
    old = "<META HTTP-EQUIV='Content-Type' CONTENT='text/html; charset=koi8-r'><p>Пример"
    assert "Пример" in content_of(files, old.encode("koi8-r")).text
    xml = "<?xml version='1.0' encoding='iso-8859-5'?><html><p>Пример</p></html>"
    assert "Пример" in content_of(files, xml.encode("iso8859-5")).text


def test_a_date_that_is_none_is_left_out(files):
    content = content_of(files, b"<meta name=date content='0000-00-00'><meta name=last-modified content='soon'>words")
    assert content.dates == ()


def test_past_the_limit_the_text_is_cut_and_says_so(files):
    content = content_of(files, b"<title>Panel</title>" + b"<p>words and more" * 1000, limit=500)
    assert len(content.text) == 500
    assert content.text.endswith("Title: Panel\n")
    assert content.problem == Problem(ProblemCode.LIMIT, "text")


def test_of_more_mark_up_than_is_read_the_limit_is_named(files, monkeypatch):
    monkeypatch.setattr("scanner.extractors.html._MOST", 10_000)
    content = content_of(files, b"<p>words</p>" + b"<!-- x -->" * 2000 + b"<p>unread</p>")
    assert "words" in content.text
    assert content.problem == Problem(ProblemCode.LIMIT, "text")


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body>" + "<div class=x></div>" * 500,
        "<html><body><script>" + "render(1);" * 1000 + "</script>",
        "<img src='data:image/png;base64," + "A" * 20_000 + "'>",
    ],
)
def test_a_large_page_without_text_goes_to_the_full_reader(files, markup):
    with pytest.raises(EscalateError, match="no text"):
        content_of(files, markup.encode())


def test_what_such_a_page_says_of_itself_goes_with_it(files):
    with pytest.raises(EscalateError) as escalation:
        content_of(files, b"<title>Panel</title>" + b"<div class=x></div>" * 500)
    assert escalation.value.content.text == "Title: Panel\n"


def test_a_small_page_without_text_is_empty(files):
    content = content_of(files, b"<html><head></head><body></body></html>")
    assert (content.text.strip(), content.problem) == ("", None)


def test_a_page_damaged_anywhere_gives_its_text_or_a_named_trouble(files):
    whole = (PAGE.format(charset="iso-8859-2") * 20).encode("iso8859-2")
    rng = random.Random(5)
    for _ in range(100):
        damaged = bytearray(whole)
        for _ in range(rng.randrange(1, 80)):
            damaged[rng.randrange(len(damaged))] = rng.randrange(256)
        try:
            content_of(files, bytes(damaged[: rng.randrange(1, len(damaged))]), 5000).text.encode("utf-8")
        except (EscalateError, ItemTroubleError):
            continue
