from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import pytest

from domain.content import Content, Place, Table
from domain.errors import Problem, ProblemCode
from scanner.extractor import EscalateError
from scanner.extractors import extractor_for
from scanner.extractors.stretching import StretchingExtractor

LIMIT, CORRUPT = Problem(ProblemCode.LIMIT, "text"), Problem(ProblemCode.CORRUPT)
LINES = "".join(f"line {number:03}\n" for number in range(100))


@dataclass
class Told:
    """A reader that gives what it is told to, as much of it as is asked for."""

    content: Content
    escalates: bool = False
    version: str = "told 1"

    def extract(self, blob, media_type, limit):
        content = self.content
        if len(content.text) > limit:
            content = Content(content.text[:limit], content.places, LIMIT)
        if self.escalates:
            raise EscalateError("told to", content)
        return content


def stretches(content: Content, limit: int) -> list[Content]:
    first = StretchingExtractor(Told(content)).extract(None, "text/x", limit)
    return [first, *first.rest]


def whole(found: list[Content]) -> str:
    text = ""
    for stretch in found:
        text += stretch.text[len(text) - stretch.start :]
    return text


@pytest.mark.parametrize("limit", [226, 300, 450, 899])
def test_nothing_is_lost_between_stretches_and_each_repeats_the_end_of_the_one_before(limit):
    found = stretches(Content(LINES, problem=CORRUPT), limit)
    assert whole(found) == LINES
    assert all(len(stretch.text) <= limit for stretch in found)
    assert all(after.start < before.start + len(before.text) for before, after in pairwise(found))
    assert [stretch.problem for stretch in found] == [None] * (len(found) - 1) + [CORRUPT]


def test_what_fits_is_left_as_it_is():
    content = Content(LINES)
    assert StretchingExtractor(Told(content)).extract(None, "text/x", len(LINES)) is content


def test_a_line_without_an_end_is_cut_and_past_four_times_the_limit_the_limit_is_named():
    found = stretches(Content("x" * 1000), 100)
    assert (len(whole(found)), found[-1].problem) == (400, LIMIT)


def test_places_and_tables_go_on_in_the_next_stretch():
    content = Content(LINES, (Place(0, "body"), Place(450, "notes")), tables=(Table(90, 360, ("a", "b")),))
    first, second, *_ = stretches(content, 260)
    assert (first.places, first.tables) == ((Place(0, "body"),), (Table(90, 252, ("a", "b")),))
    assert (second.start, second.places) == (187, (Place(187, "body"),))
    assert second.tables == (Table(187, 360, ("a", "b")),)
    assert [stretch.place_at(500) for stretch in stretches(content, 300) if stretch.start <= 500][-1] == "notes"


def test_what_was_read_before_a_reader_gave_up_comes_in_stretches_too():
    with pytest.raises(EscalateError) as caught:
        StretchingExtractor(Told(Content(LINES), escalates=True)).extract(None, "text/x", 450)
    read = caught.value.content
    assert (caught.value.reason, whole([read, *read.rest])) == ("told to", LINES)


def test_a_long_page_of_the_web_a_long_message_and_a_long_document_are_read_to_their_end(files):
    many = [f"paragraph {number:04}" for number in range(180)]
    page = "<html><body>" + "".join(f"<p>{line}</p>" for line in many)
    message = "From: a@example.org\nReceived: x\n\n" + "\n".join(many)
    for kind, content in (("text/html", page), ("message/rfc822", message)):
        with files.blob_of(content.encode()) as blob:
            first = extractor_for(kind).extract(blob, kind, 1000)
            found = [first, *first.rest]
            assert all(line in whole(found) for line in many)
            assert found[-1].problem is None
