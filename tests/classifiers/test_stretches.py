"""A text in stretches is searched as if it were one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from classifiers.chunks import chunks_of, stretches_of
from classifiers.columns.headings import Headings
from classifiers.presidio import PresidioClassifier
from domain.content import Content, Place, Table
from domain.privacy import FingerprintKey

OVERLAP = 1000


@pytest.fixture(scope="module")
def classifier() -> PresidioClassifier:
    return PresidioClassifier(FingerprintKey(b"k" * 32), None)


def in_stretches(text: str, size: int) -> Content:
    """The text cut every `size` characters, each stretch beginning with the last 1,000 of the one before."""
    starts = range(0, max(1, len(text) - OVERLAP), size - OVERLAP)
    pieces = [Content(text[start : start + size], (Place(0, "all"),), start=start) for start in starts]
    return Content(pieces[0].text, pieces[0].places, rest=iter(pieces[1:]))


def rows_in_stretches(head: str, rows: list[str], at_a_time: int) -> Content:
    """The rows of a table, its line of headings again at the beginning of each stretch."""
    pieces, start = [], 0
    columns = tuple(head.strip().split("\t"))
    for first in range(0, len(rows), at_a_time):
        text = head + "".join(rows[first : first + at_a_time])
        begin = start - len(head) if first else 0
        pieces.append(Content(text, tables=(Table(begin, begin + len(text), columns),), start=begin))
        start = begin + len(text)
    first = pieces[0]
    return Content(first.text, tables=first.tables, rest=iter(pieces[1:]))


def test_every_place_is_answered_for_once():
    text = "".join(f"{number:09d}\n" for number in range(1000))
    stretches = [(s.content.start + s.low, s.content.start + s.high) for s in stretches_of(in_stretches(text, 3000))]
    assert stretches[0][0] == 0
    assert stretches[-1][1] == len(text)
    assert all(one[1] == other[0] for one, other in pairwise(stretches))


def test_a_value_anywhere_in_a_long_text_is_found_once_at_its_place(classifier):
    line = "Nothing of note was said about the drains.\n"
    for at in range(0, 9000, 370):
        value = f"National Insurance number AB 12 34 {at % 90 + 10} C\n"
        text = (line * 250)[:at] + "\n" + value + (line * 250)[at:]
        whole, cut = classifier.find(Content(text)), classifier.find(in_stretches(text, 3000))
        assert [(f.kind, f.count, f.spans) for f in cut] == [(f.kind, f.count, f.spans) for f in whole]
        assert "UK_NINO" in {finding.kind for finding in cut}


def test_rows_of_a_table_keep_their_headings_in_every_stretch(classifier):
    head = "Case\tNI number\n"
    rows = [f"{number}\tAB{number:06}C\n" for number in range(100_000, 100_300)]
    (finding,) = [f for f in classifier.find(rows_in_stretches(head, rows, 50)) if f.kind == "UK_NINO"]
    assert finding.count == 300
    assert len(finding.spans) == 300


def test_a_table_that_the_reader_knows_of_has_its_headings_whatever_its_rows_look_like():
    text = "a title\n\nNHS no\tSurname\n\n943 476 5919\tThornbury\n"
    start = text.index("NHS no")
    table = Table(start, len(text), ("NHS no", "Surname"))
    headings = Headings.of(text, (table,))
    assert headings.over(text.index("943")) == "NHS no"
    assert headings.over(text.index("Thornbury")) == "Surname"
    assert headings.over(text.index("Surname")) == ""
    assert headings.over(2) == ""


def test_a_chunk_in_the_middle_of_a_table_knows_its_columns():
    head = "NHS no\tSurname\n"
    text = head + "943 476 5919\tThornbury\n" * 20_000
    tables = (Table(0, len(text), ("NHS no", "Surname")),)
    chunks = list(chunks_of(text, tables))
    assert len(chunks) > 2
    for chunk in chunks[1:]:
        at = chunk.text.index("Thornbury", 1000)
        assert Headings.of(chunk.text, chunk.tables).over(at) == "Surname"
