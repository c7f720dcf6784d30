from __future__ import annotations

from datetime import date

import pytest

from domain.content import DatedBy, DateSource
from scanner.properties import plausible, stated


def test_what_people_write_stands_in_the_text_and_what_programs_write_does_not():
    said = stated(
        {"author": " Ann Example ", "title": "", "application": "Writer", "comments": "for Bea"},
        [("Case worker", "Cat"), ("Empty", " "), ("Case worker", "Cat")],
        [(DateSource.CREATED, "2019-03-04T10:00:00Z"), (DateSource.PRINTED, "never")],
    )
    assert said.text == "Author: Ann Example\nDescription: for Bea\nCase worker: Cat\n"
    assert said.properties == {"author": "Ann Example", "application": "Writer", "comments": "for Bea"}
    assert said.dates == (DatedBy(DateSource.CREATED, date(2019, 3, 4)),)
    assert "Ann" not in repr(said)


def test_no_more_is_kept_than_was_asked_for():
    assert stated({"author": "x" * 100_000}, limit=20).text == "Author: xxxxxxxxxxxx"
    assert len(stated({"author": "x" * 100_000}).properties["author"]) < 10_000


@pytest.mark.parametrize("value", ["1601-01-01", "1899-12-30", "2101-01-01", "", "soon", "2019-13-01", "0000-00-00"])
def test_dates_that_no_document_is_of_are_none(value):
    assert plausible(value) is None
