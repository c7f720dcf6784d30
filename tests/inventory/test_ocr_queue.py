"""What waits for character recognition, and what a second pass writes down."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_zip, an_item
from fakes import MakeTools
from scan_driver import a_recorder, held, listings

from domain.content import Content
from domain.errors import ItemTroubleError, Problem, ProblemCode
from domain.examination import Batch
from inventory.ocr_queue import OcrQueue
from inventory.queries import Inventory
from operations.examine import examine
from operations.executors.serial import SerialExecutor
from operations.scanning.reading import failed
from operations.scanning.recognise import recognise
from scanner.budget import Budget

PICTURE = b"\x89PNG\r\n\x1a\n a picture"
OTHER = b"\x89PNG\r\n\x1a\n another picture"
FILES = {
    b"a.png": PICTURE,
    b"Finance/copy of a.png": PICTURE,
    b"Finance/b.zip": a_zip({"notes.txt": b"text", "inner.zip": a_zip({"c.png": OTHER})}),
    b"plain.txt": b"text",
}


class Waiting:
    """A reader of pictures that leaves what stands in them."""

    version = "waiting 1"

    def extract(self, blob, media_type, limit):
        return Content(pending=("ocr",) if media_type == "image/png" else ())


class Recognising:
    version = "recognising 1"

    def extract(self, blob, media_type, limit):
        if b"broken" in blob.bytes:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        return Content("NAMED in the picture", reader="ocr")


@pytest.fixture
def examined(database):
    recorder = a_recorder(database)
    tools = MakeTools(FILES, Budget(), Waiting)()
    for listing in listings(FILES):
        for todo in recorder.note(listing):
            recorder.record(todo.item, None, examine(todo.item, tools))
    return database


def second_pass(database, budget: Budget | None = None, files=FILES):
    tools = MakeTools(files, budget or Budget(), Waiting)()
    return replace(tools, recogniser=Recognising(), awaits_ocr=a_queue(database).awaits)


def a_queue(database, recogniser: str = "recogniser 1", **wanted: bool) -> OcrQueue:
    return OcrQueue(database, "memory", recogniser, **wanted)


def test_each_content_that_waits_is_in_the_queue_once_with_one_file_that_has_it(examined):
    assert len(a_queue(examined)) == 2
    assert sorted(item.ref.locator for item in a_queue(examined).items()) in (
        [b"Finance/b.zip", b"a.png"], [b"Finance/b.zip", b"Finance/copy of a.png"],
    )  # fmt: skip
    assert len(a_queue(examined, pictures=False)) == 0


@pytest.mark.parametrize("budget", [Budget(), Budget(batch_parts=1)])
def test_what_is_read_counts_for_every_copy_and_nothing_waits_any_more(examined, budget):
    read = []
    recognise(a_queue(examined), SerialExecutor(lambda: second_pass(examined, budget)), read.append)
    assert sum(read) == 2
    personal = {"a.png", "Finance/copy of a.png", "Finance/b.zip > inner.zip > c.png"}
    assert set(held(examined, personal=True)) == personal
    assert len(a_queue(examined)) == 0
    assert Inventory(examined).coverage().awaiting_ocr == 0
    assert set(held(examined).values()) == {"examined"}


def given_up(database, code: ProblemCode) -> OcrQueue:
    queue = a_queue(database)
    picture = next(item for item in queue.items() if item.ref.locator.endswith(b"a.png"))
    queue.record(picture, Batch((failed(picture, Problem(code, "seconds")),)))
    return queue


def test_what_could_not_be_recognised_waits_for_another_recogniser_and_still_counts_as_unread(examined):
    queue = given_up(examined, ProblemCode.TIMEOUT)
    assert len(queue) == 1
    assert Inventory(examined).coverage().awaiting_ocr == 3
    assert set(held(examined).values()) == {"examined"}
    assert len(a_queue(examined, "recogniser 2")) == 2


@pytest.mark.parametrize("code", [ProblemCode.VANISHED, ProblemCode.DENIED, ProblemCode.CHANGED])
def test_what_could_not_be_got_to_waits_on_and_nothing_is_lost(examined, code):
    assert len(given_up(examined, code)) == 2
    assert set(held(examined).values()) == {"examined"}


def test_a_second_pass_writes_nothing_of_what_it_has_nothing_to_do_with(examined):
    tools = second_pass(examined)
    item = an_item(b"Finance/b.zip", len(FILES[b"Finance/b.zip"]))
    batch = examine(item, tools)
    assert [one.item.ref.part for one in batch.examinations] == [("inner.zip", "c.png")]


def test_content_that_changed_meanwhile_is_left_to_the_next_scan(examined):
    changed = {**FILES, b"a.png": OTHER + b"!", b"Finance/copy of a.png": OTHER + b"!"}
    tools = second_pass(examined, files=changed)
    queue = a_queue(examined)
    for item in queue.items():
        queue.record(item, examine(item, tools))
    assert len(queue) == 1


def test_a_picture_that_is_damaged_keeps_what_the_first_pass_found(examined):
    broken = {b"d.png": b"\x89PNG\r\n\x1a\n broken"}
    recorder = a_recorder(examined)
    tools = MakeTools(broken, Budget(), Waiting)()
    (todo,) = recorder.note(listings(broken)[0])
    recorder.record(todo.item, None, examine(todo.item, tools))
    queue = a_queue(examined)
    queue.record(todo.item, examine(todo.item, second_pass(examined, files=broken)))
    assert held(examined)["d.png"] == "examined"
    assert Inventory(examined).coverage().awaiting_ocr == 3  # the other a.png is gone from this listing
    assert b"d.png" not in {item.ref.locator for item in queue.items()}
