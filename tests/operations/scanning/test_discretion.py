"""What people wrote into a document's properties and called its places does not leave the process as it stands."""

from __future__ import annotations

import pytest

from domain.content import Content, Place
from operations.scanning.discretion import coarse_places, plain_property


@pytest.mark.parametrize(
    ("name", "value"),
    [("application", "Microsoft Office Word"), ("producer", "LibreOffice 7.4"), ("pages", "12"), ("language", "en-GB"),
     ("camera", "Canon EOS 80D"), ("pixels", "4000x3000")],
)  # fmt: skip
def test_what_a_program_wrote_is_kept(name, value):
    assert plain_property(name, value) == value


@pytest.mark.parametrize(
    ("name", "value"),
    [("template", "Letter to Jane Smith 07700 900123.dotx"), ("application", "Jane Smith's converter"),
     ("producer", "for Mrs Thornbury"), ("author", "Jane Smith"), ("pages", "Jane"), ("language", "Jane Smith"),
     ("title", "12")],
)  # fmt: skip
def test_what_a_person_may_have_written_is_not(name, value):
    assert plain_property(name, value) is None


def test_a_sheet_that_is_called_after_somebody_is_numbered_and_keeps_its_number_in_every_stretch():
    known: dict[str, str] = {}
    first = Content(
        "a" * 9, (Place(0, "Sheet1"), Place(3, "Smith J 1980"), Place(6, "properties")), reader="spreadsheet"
    )
    later = Content("b" * 9, (Place(9, "Smith J 1980"), Place(12, "Brown A")), reader="spreadsheet", start=9)
    assert [place.name for place in coarse_places(first, known)] == ["Sheet1", "sheet 2", "properties"]
    assert [place.name for place in coarse_places(later, known)] == ["sheet 2", "sheet 4"]


def test_places_that_a_reader_names_itself_stay():
    content = Content("text", (Place(0, "page 1"), Place(2, "form")), reader="pdf")
    assert coarse_places(content, {}) == content.places
