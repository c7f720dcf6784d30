"""The PDF, as those who have it read aloud need it: tags, a title, a language, headers of tables, drawings in words."""

from __future__ import annotations

import re

import pytest

from reports.renderers import write
from reports.report import Report

pikepdf = pytest.importorskip("pikepdf")
pytestmark = pytest.mark.servers


@pytest.fixture(scope="module")
def listing(build) -> Report:
    return build.a_listing("planning/a.doc", "<script>alert(1)</script>")


@pytest.fixture(scope="module")
def document(listing, tmp_path_factory):
    (path,) = write(listing, "pdf", tmp_path_factory.mktemp("pdf"))
    with pikepdf.open(path) as opened:
        yield opened


def _elements(document, kind: str) -> list:
    return [found for found in document.objects if isinstance(found, pikepdf.Dictionary) and found.get("/S") == kind]


def test_it_is_tagged_and_says_its_language_and_title(document, listing):
    assert document.Root.MarkInfo.Marked
    assert str(document.Root.Lang) == "en-GB"
    assert document.Root.ViewerPreferences.DisplayDocTitle
    assert str(document.docinfo["/Title"]).startswith(listing.title)
    with document.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"


def test_every_table_has_headers_and_each_says_what_it_is_the_header_of(document, listing):
    tables = _elements(document, "/Table")
    assert len(tables) == len(listing.tables)
    scopes = [str(header.A.Scope) for header in _elements(document, "/TH")]
    columns = sum(len(table.columns) for table in listing.tables)
    assert scopes.count("/Column") == columns
    assert scopes.count("/Row") == sum(len(table.rows) + (table.total is not None) for table in listing.tables)


def test_headings_and_lists_are_tagged_and_drawings_are_told_in_words(document):
    assert len(_elements(document, "/H1")) == 1
    assert _elements(document, "/H2")
    assert _elements(document, "/LI")
    drawings = _elements(document, "/Figure")
    assert drawings
    assert all(str(drawing.get("/Alt", "")) for drawing in drawings)


def test_it_does_nothing_by_itself_and_asks_for_nothing(document):
    for found in document.objects:
        if isinstance(found, pikepdf.Dictionary):
            assert not {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/EmbeddedFile"} & set(found.keys())
            assert not re.match("https?:", str(found.get("/URI", "")))


def test_every_page_says_how_to_handle_it(document, listing, tmp_path):
    pdfium = pytest.importorskip("pypdfium2")
    (path,) = write(listing, "pdf", tmp_path)
    pages = pdfium.PdfDocument(path)
    words = [re.sub(r"\s+", " ", page.get_textpage().get_text_range()) for page in pages]
    assert len(words) == len(document.pages)
    assert all(listing.watermark in page for page in words)
    pages.close()
