"""Contents are drawn once each, from what was examined whole, and by lot alone."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pytest
from builders import a_zip
from fakes import MakeTools, OrderedExtractor
from scan_driver import a_recorder, listings, scan

from domain.content import Content
from domain.errors import Problem, ProblemCode
from domain.finding import Finding
from inventory.sampling import Stratum, Told, draw, sizes, without_text
from operations.examine import examine
from scanner.budget import Budget

FILES = {f"note {number}.txt".encode(): f"Nothing {number}".encode() for number in range(30)} | {
    b"Care/a.txt": b"NAMED once",
    b"Care/copy of a.txt": b"NAMED once",
    b"Care/b.zip": a_zip({"inner.zip": a_zip({"c.txt": b"NAMED twice NAMED"})}),
    b"empty.txt": b"  ",
}
START = bytes(32)


@pytest.fixture
def scanned(database):
    scan(database, FILES)
    return database


def test_each_content_is_counted_once_by_what_was_said_of_it(scanned):
    assert sizes(scanned) == {Told(Stratum.FLAGGED): 2, Told(Stratum.NOTHING): 30}


def test_all_there_are_can_be_drawn_each_with_a_file_that_has_it(scanned):
    drawn = draw(scanned, START, 100)
    assert len(drawn) == len({content.digest for content in drawn}) == 32
    inside = next(content for content in drawn if content.part)
    assert (inside.file.ref.locator, inside.part) == (b"Care/b.zip", ("inner.zip", "c.txt"))
    assert inside.file.size == len(FILES[b"Care/b.zip"])
    assert inside.told.personal


def test_a_stratum_alone_can_be_drawn(scanned):
    drawn = draw(scanned, START, 100, Stratum.FLAGGED)
    assert {content.file.ref.locator for content in drawn} == {b"Care/a.txt", b"Care/b.zip"}
    assert draw(scanned, START, 100, Stratum.TRACES) == ()


def test_a_draw_that_begins_near_the_end_goes_on_at_the_beginning(scanned):
    everything = draw(scanned, START, 100)
    last = everything[-1].digest
    assert draw(scanned, last, 3) == (everything[-1], *everything[:2])


def test_every_content_has_the_same_chance(scanned):
    """Over starts spread evenly, a content's share of the draws hangs on its digest alone, never on what it holds."""
    starts = [bytes([first]) + bytes(31) for first in range(0, 256, 2)]
    counted = Counter(content.digest for start in starts for content in draw(scanned, start, 4))
    flagged = {content.digest for content in draw(scanned, START, 100, Stratum.FLAGGED)}
    assert len(counted) == 32
    assert sum(counted[digest] for digest in flagged) < sum(counted.values()) / 4


class Doubts:
    """A classifier that finds something in every text, and nothing that makes it personal."""

    version = "doubts 1"

    def find(self, content):
        return (Finding("UK_POSTCODE", 1, 0.6),) if content.text else ()


def test_a_content_in_which_something_was_found_is_of_a_stratum_of_its_own(database):
    files = {b"a.txt": b"somewhere"}
    tools = replace(MakeTools(files)(), classifier=Doubts())
    recorder = a_recorder(database)
    for todo in recorder.note(listings(files)[0]):
        recorder.record(todo.item, None, examine(todo.item, tools))
    assert sizes(database) == {Told(Stratum.TRACES): 1}
    assert len(draw(database, START, 10, Stratum.TRACES)) == 1
    assert draw(database, START, 10, Stratum.NOTHING) == draw(database, START, 10, Stratum.FLAGGED) == ()


class Unfinished(OrderedExtractor):
    """A reader that leaves a picture's text, or the rest of a long text, unread."""

    def extract(self, blob, media_type, limit):
        if b"picture" in blob.bytes:
            return Content("NAMED in a picture's name", pending=("ocr",))
        return Content("NAMED at the start", problem=Problem(ProblemCode.LIMIT, "text"))


def test_what_was_not_read_whole_is_not_drawn(database):
    files = {b"a.txt": b"picture", b"b.txt": b"long"}
    recorder = a_recorder(database)
    tools = MakeTools(files, Budget(), Unfinished)()
    for todo in recorder.note(listings(files)[0]):
        recorder.record(todo.item, None, examine(todo.item, tools))
    assert sizes(database) == {}
    assert draw(database, START, 10) == ()


def test_what_is_gone_is_not_drawn_and_another_copy_stands_for_it(scanned):
    left = {name: content for name, content in FILES.items() if name not in (b"Care/a.txt", b"note 0.txt")}
    scan(scanned, left)
    drawn = {content.file.ref.locator for content in draw(scanned, START, 100)}
    assert b"note 0.txt" not in drawn
    assert b"Care/copy of a.txt" in drawn


def test_what_has_no_text_of_its_own_is_counted_apart(scanned):
    """The empty note and both archives."""
    assert without_text(scanned) == 3
