"""The recorder, driven as a scan drives it."""

from __future__ import annotations

from datetime import date

import pytest
from builders import a_zip, an_item, an_mbox
from scan_driver import FILES, NOW, a_recorder, held, listings, scan, tools_over

from domain.errors import Problem, ProblemCode
from domain.examination import Batch, Outcome
from domain.item import Item, ItemKind, ItemRef, Listing
from inventory.engine import InventoryError
from inventory.queries import Inventory
from operations.examine import examine, failed
from scanner.budget import Budget


def test_everything_is_there_with_its_parts_and_services(database):
    scan(database, FILES)
    assert held(database) == {
        "a.txt": "examined", "Finance/b.txt": "examined", "Finance/c.zip": "examined",
        "Finance/c.zip > x.txt": "examined", "Finance/c.zip > y.txt": "examined",
    }  # fmt: skip
    assert set(held(database, personal=True)) == {"Finance/b.txt", "Finance/c.zip > y.txt"}
    assert set(held(database, service="Top")) == {"a.txt"}


def test_what_has_not_changed_is_not_examined_again(database):
    scan(database, FILES)
    assert scan(database, FILES) == []


def test_what_has_changed_is(database):
    scan(database, FILES)
    assert scan(database, {**FILES, b"a.txt": b"two"}) == ["a.txt"]


def test_another_pipeline_examines_everything_again(database):
    scan(database, FILES)
    assert len(scan(database, FILES, recorder=a_recorder(database, "pipeline 2"))) == 3


@pytest.mark.parametrize("code", [ProblemCode.DENIED, ProblemCode.TIMEOUT, ProblemCode.CRASHED])
def test_a_passing_problem_is_tried_again_at_the_next_scan(database, code):
    recorder = a_recorder(database)
    item = an_item()
    for todo in recorder.note(Listing(b"", (item,))):
        recorder.record(todo.item, None, Batch((failed(todo.item, Problem(code)),)))
    assert [todo.item for todo in a_recorder(database).note(Listing(b"", (item,)))] == [item]


def test_a_lasting_problem_is_not(database):
    recorder = a_recorder(database)
    item = an_item()
    for todo in recorder.note(Listing(b"", (item,))):
        recorder.record(todo.item, None, Batch((failed(todo.item, Problem(ProblemCode.LINK)),)))
    assert a_recorder(database).note(Listing(b"", (item,))) == ()


def test_what_is_gone_leaves_the_inventory_with_its_parts(database):
    scan(database, FILES)
    scan(database, {b"a.txt": b"one"})
    assert held(database) == {"a.txt": "examined"}


def test_a_file_that_is_gone_from_a_folder_that_stays_is_gone(database):
    scan(database, FILES)
    scan(database, {name: content for name, content in FILES.items() if name != b"Finance/b.txt"})
    assert "Finance/b.txt" not in held(database)
    assert len(held(database)) == 4


def test_what_comes_back_is_new(database):
    scan(database, FILES)
    scan(database, {b"other.txt": b"other"})
    recorder = a_recorder(database, today=date(2026, 5, 1))
    assert len(scan(database, FILES, recorder=recorder)) == 3
    assert {one.record.first_seen for one in Inventory(database).held() if not one.record.ref.part} == {
        date(2026, 5, 1)
    }


def test_an_unfinished_listing_makes_nothing_vanish(database):
    scan(database, FILES)
    recorder = a_recorder(database)
    recorder.note(Listing(b"", (), complete=False))
    recorder.finish(NOW, complete=True)
    assert len(held(database)) == 5


def test_what_lies_below_a_folder_that_cannot_be_listed_is_not_gone(database):
    scan(database, FILES)
    recorder = a_recorder(database)
    denied = Item(ItemRef("memory", b"Finance"), ItemKind.FOLDER, problem=Problem(ProblemCode.DENIED))
    for todo in recorder.note(Listing(b"", (an_item(b"a.txt", version=b"v1one"), denied))):
        recorder.record(todo.item, None, examine(todo.item, tools_over(database, FILES)))
    recorder.finish(NOW, complete=True)
    assert held(database)["Finance"] == "unreadable"
    assert held(database)["Finance/b.txt"] == "examined"


def test_a_scan_that_did_not_finish_makes_nothing_vanish(database):
    scan(database, FILES)
    a_recorder(database).finish(NOW, complete=False)
    assert len(held(database)) == 5
    assert not Inventory(database).last_scan().complete


@pytest.mark.parametrize("stop_after", range(1, 8))
def test_a_scan_killed_at_any_batch_and_run_again_gives_the_same_inventory(database, stop_after, tmp_path):
    files = {**FILES, b"Finance/copy.zip": FILES[b"Finance/c.zip"], b"team.mbox": an_mbox(12)}
    small = Budget(batch_parts=4)
    scan(database, files, stop_after=stop_after, budget=small)
    scan(database, files, budget=small)
    found = held(database)
    assert set(found.values()) == {"examined"}
    assert {path for path in found if "mbox >" not in path} == {
        "a.txt", "Finance/b.txt", "Finance/c.zip", "Finance/c.zip > x.txt", "Finance/c.zip > y.txt",
        "Finance/copy.zip", "Finance/copy.zip > x.txt", "Finance/copy.zip > y.txt", "team.mbox",
    }  # fmt: skip
    assert sum("mbox >" in path for path in held(database)) == 12


def test_a_killed_container_goes_on_behind_its_last_batch(database):
    files = {b"team.mbox": an_mbox(12)}
    small = Budget(batch_parts=4)
    scan(database, files, stop_after=2, budget=small)
    todo = a_recorder(database).note(listings(files)[0])
    assert todo[0].after is not None
    assert todo[0].after.parts == 7  # the mailbox's own examination was the first of two batches of four


def test_a_copy_takes_over_findings_and_parts_without_being_read(database):
    scan(database, FILES)
    files = {**FILES, b"HR/d.zip": FILES[b"Finance/c.zip"]}
    tools = tools_over(database, files)
    item = next(item for listing in listings(files) for item in listing.items if item.ref.locator == b"HR/d.zip")
    batch = examine(item, tools)
    assert [e.same_as is not None for e in batch.examinations] == [True]
    scan(database, files)
    assert {"HR/d.zip", "HR/d.zip > x.txt", "HR/d.zip > y.txt"} <= set(held(database))
    assert "HR/d.zip > y.txt" in held(database, personal=True)


def test_a_changed_container_keeps_the_parts_it_still_has_and_loses_the_others(database):
    nested = a_zip({"deep.txt": b"NAMED"})
    before = {b"c.zip": a_zip({"x.txt": b"in", "n.zip": nested, "old.txt": b"old"})}
    after = {b"c.zip": a_zip({"x.txt": b"in", "n.zip": nested, "new.txt": b"new"})}
    scan(database, before)
    scan(database, after, version=b"v2")
    assert set(held(database)) == {
        "c.zip", "c.zip > x.txt", "c.zip > n.zip", "c.zip > n.zip > deep.txt", "c.zip > new.txt"
    }  # fmt: skip
    assert set(held(database, personal=True)) == {"c.zip > n.zip > deep.txt"}


def test_a_copy_whose_twin_changed_meanwhile_is_examined_after_all(database):
    scan(database, {b"c.zip": FILES[b"Finance/c.zip"]})
    files = {b"c.zip": FILES[b"Finance/c.zip"], b"d.zip": FILES[b"Finance/c.zip"]}
    recorder = a_recorder(database)
    todo = recorder.note(listings(files)[0])
    batch = examine(todo[0].item, tools_over(database, files))
    assert batch.examinations[0].same_as is not None
    # The twin becomes something else between the look and the record.
    changed = {**files, b"c.zip": b"now text"}
    for other in recorder.note(listings(changed, b"v2")[0]):
        if other.item.ref.locator == b"c.zip":
            recorder.record(other.item, None, examine(other.item, tools_over(database, changed)))
    recorder.record(todo[0].item, None, batch)
    assert [one.item.ref.path for one in recorder.waiting()] == ["d.zip"]


def test_recording_the_same_batch_twice_changes_nothing(database):
    recorder = a_recorder(database)
    todo = recorder.note(listings(FILES)[1])
    for _ in range(2):
        for one in todo:
            recorder.record(one.item, None, examine(one.item, tools_over(database, FILES)))
    assert len(held(database)) == 4


def test_another_key_is_refused(database):
    a_recorder(database)
    with pytest.raises(InventoryError, match="key"):
        a_recorder(database, key="key 2")


def test_coverage_counts_everything_once(database):
    scan(database, {**FILES, b"bad.txt": b"raise"})
    recorder = a_recorder(database)
    recorder.note(Listing(b"New", (an_item(b"New/later.txt", 9),)))
    coverage = Inventory(database).coverage()
    assert coverage.total.items == 7
    assert coverage.outcomes[Outcome.EXAMINED].items == 5
    assert coverage.waiting.items == 1
    assert coverage.parts == 2
    assert coverage.problems == {ProblemCode.CORRUPT: 1}
    assert coverage.total.bytes == sum(map(len, FILES.values())) + 5 + 9
