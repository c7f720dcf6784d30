"""The ways in which an inventory could come to say more, or less, than was read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from builders import a_zip, an_item, an_mbox
from scan_driver import FILES, HERE, NOW, a_recorder, held, listings, scan, tools_over

from domain.errors import Problem, ProblemCode
from domain.examination import Batch, Cursor, Examination, Outcome
from domain.finding import Finding
from domain.item import Item, ItemKind, ItemRef, Listing
from inventory.engine import InventoryError
from inventory.places import Place
from inventory.queries import Inventory
from operations.examine import examine, failed
from scanner.budget import Budget


def test_parts_whose_names_differ_in_case_alone_are_not_mixed_up(database):
    inner, other = a_zip({"x.txt": b"NAMED"}), a_zip({"x.txt": b"clean"})
    files = {b"a.zip": a_zip({"N.zip": inner, "n.zip": other})}
    scan(database, files)
    scan(database, {**files, b"d.zip": inner})
    assert set(held(database, personal=True)) == {"a.zip > N.zip > x.txt", "d.zip > x.txt"}


def test_a_member_with_an_endless_name_is_linked_like_any_other(database):
    inner = a_zip({"x" * 60_000: b"NAMED"})
    scan(database, {b"a.zip": a_zip({"y" * 60_000: inner})})
    scan(database, {b"a.zip": a_zip({"y" * 60_000: inner}), b"b.zip": inner})
    assert len(held(database, personal=True)) == 2


def test_the_same_bytes_under_another_name_are_read_as_what_they_are_there(database):
    mail = (
        b"From: amy@example.org\nSubject: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b\n\n"
        b"--b\nContent-Type: text/plain\nContent-Disposition: attachment; filename=l.txt\n\nNAMED\n--b--\n"
    )
    scan(database, {b"a.txt": mail})
    alone = held(database)
    scan(database, {b"a.txt": mail, b"b.eml": mail})
    assert "b.eml > l.txt" in held(database, personal=True)
    assert alone.items() <= held(database).items()


def test_parts_of_a_container_that_changed_do_not_stay_when_its_first_part_crashes(database):
    scan(database, {b"c.zip": a_zip({"old.txt": b"NAMED"})})
    files = {b"c.zip": a_zip({"bad.txt": b"bad", "new.txt": b"new"})}
    recorder = a_recorder(database)
    (todo,) = recorder.note(listings(files, b"v2")[0])
    tools = tools_over(database, files, Budget(batch_parts=1))
    own = examine(todo.item, tools)
    recorder.record(todo.item, None, own)
    after = replace(own.rest, spoiled=Problem(ProblemCode.CRASHED))
    recorder.record(todo.item, after, examine(todo.item, tools_over(database, files), after))
    assert held(database) == {"c.zip": "examined", "c.zip > bad.txt": "unreadable", "c.zip > new.txt": "examined"}


def test_a_walk_that_goes_on_after_a_kill_knows_what_its_digest_was_made_over(database):
    files = {b"c.zip": a_zip({"a.txt": b"one", "b.txt": b"two"})}
    (todo,) = a_recorder(database).note(listings(files)[0])
    recorder = a_recorder(database)
    own = examine(todo.item, tools_over(database, files, Budget(batch_parts=1)))
    recorder.record(todo.item, None, own)
    (again,) = a_recorder(database).note(listings(files)[0])
    assert (again.after.digest, again.after.version) == (own.rest.digest, todo.item.version)


def test_a_changed_container_that_waits_shows_no_parts(database):
    scan(database, {b"c.zip": a_zip({"old.txt": b"NAMED"})})
    a_recorder(database).note(listings({b"c.zip": a_zip({"new.txt": b"new"})}, b"v2")[0])
    assert held(database) == {"c.zip": "waiting"}


def test_a_copy_is_linked_to_what_this_pipeline_read_not_to_what_an_older_one_could_not(database):
    content = a_zip({"p.txt": b"raise"})
    scan(database, {b"M/x.zip": content})
    better = {b"A/x.zip": content, b"C/x.zip": content}
    recorder = a_recorder(database, "pipeline 2")
    for listing in listings(better):
        for todo in recorder.note(listing):
            tools = replace(tools_over(database, better, pipeline="pipeline 2"), extractor_for=lambda media_type: None)
            recorder.record(todo.item, None, examine(todo.item, tools))
    assert held(database)["C/x.zip > p.txt"] == "examined"


def test_a_copy_that_could_not_be_read_takes_nothing_from_one_that_was(database):
    recorder = a_recorder(database)
    items = (an_item(b"a.eml"), an_item(b"b.eml"))
    recorder.note(Listing(b"", items))
    found = Examination(
        items[0],
        Outcome.EXAMINED,
        media_type="message/rfc822",
        digest=b"d" * 32,
        findings=(Finding("UK_NINO", 1, 0.95),),
    )
    recorder.record(items[0], None, Batch((found,)))
    worse = replace(found, item=items[1], outcome=Outcome.UNREADABLE, problem=Problem(ProblemCode.TIMEOUT), findings=())
    recorder.record(items[1], None, Batch((worse,)))
    assert Inventory(database).kinds() == {(b"d" * 32, "message/rfc822"): {"UK_NINO": 1}}


def test_a_container_that_changes_between_batches_is_named_changed_and_begun_anew(database):
    small = Budget(batch_parts=2)
    before, after = {b"t.mbox": an_mbox(6, "NAMED")}, {b"t.mbox": an_mbox(6, "clean")}
    recorder = a_recorder(database)
    (todo,) = recorder.note(listings(before)[0])
    first = examine(todo.item, tools_over(database, before, small))
    recorder.record(todo.item, None, first)
    second = examine(todo.item, tools_over(database, after, small), first.rest)
    assert [e.problem for e in second.examinations] == [Problem(ProblemCode.CHANGED)]
    recorder.record(todo.item, first.rest, second)
    scan(database, {**before, b"copy.mbox": before[b"t.mbox"]}, budget=small)
    assert sum("copy.mbox >" in path for path in held(database, personal=True)) == 6
    assert sum("t.mbox >" in path for path in held(database, personal=True)) == 6


def test_a_listing_that_ended_early_is_named_and_the_scan_is_not_complete(database):
    scan(database, FILES)
    recorder = a_recorder(database)
    folder = Item(ItemRef("memory", b"Finance"), ItemKind.FOLDER, problem=Problem(ProblemCode.CORRUPT))
    recorder.note(listings(FILES)[0])
    recorder.note(Listing(b"Finance", (), complete=False, problem=folder.problem))
    recorder.record(folder, None, Batch((failed(folder, Problem(ProblemCode.CORRUPT)),)))
    recorder.finish(NOW, complete=True)
    assert held(database)["Finance"] == "unreadable"
    assert "Finance/b.txt" in held(database)
    assert not Inventory(database).last_scan().complete


def test_what_was_left_for_a_limit_is_read_when_the_limit_is_another(database):
    files = {b"big.txt": b"x" * 100, b"small.txt": b"x", b"c.zip": a_zip({"big.txt": b"y" * 100, "small.txt": b"y"})}
    scan(database, files, budget=Budget(bytes=60, ratio=10_000))
    assert scan(database, files, budget=Budget(bytes=60)) == []
    assert set(scan(database, files, recorder=a_recorder(database, limits="limits 2"))) == {"big.txt", "c.zip"}
    assert set(held(database).values()) == {"examined"}


def test_a_part_with_a_passing_problem_is_tried_again(database):
    files = {b"c.zip": a_zip({"a.txt": b"a"})}
    recorder = a_recorder(database)
    (todo,) = recorder.note(listings(files)[0])
    after = Cursor((0,), spoiled=Problem(ProblemCode.TIMEOUT))
    recorder.record(todo.item, after, examine(todo.item, tools_over(database, files), after))
    recorder.finish(NOW, complete=True)
    assert scan(database, files) == ["c.zip"]
    assert held(database) == {"c.zip": "examined", "c.zip > a.txt": "examined"}


def test_giving_a_container_up_keeps_the_parts_that_were_read(database):
    files = {b"t.mbox": an_mbox(4, "NAMED")}
    recorder = a_recorder(database)
    (todo,) = recorder.note(listings(files)[0])
    batch = examine(todo.item, tools_over(database, files, Budget(batch_parts=5)))
    recorder.record(todo.item, None, batch)
    given_up = replace(failed(todo.item, Problem(ProblemCode.CRASHED)), outcome=Outcome.PARTIAL)
    recorder.record(todo.item, batch.rest, Batch((given_up,)))
    assert held(database)["t.mbox"] == "partial"
    assert len(held(database, personal=True)) == 4


@pytest.mark.parametrize("root", [b"/memory/below", b"/"])
def test_roots_that_overlap_are_refused(database, root):
    a_recorder(database)
    with pytest.raises(InventoryError, match="twice"):
        a_recorder(database, place=Place("other", root))


def test_a_source_that_is_called_otherwise_is_the_same_source(database):
    scan(database, FILES)
    recorder = a_recorder(database, place=Place("shares", HERE.root))
    assert [recorder.note(listing) for listing in listings(FILES)] == [(), ()]
    assert Inventory(database).sources() == ("shares",)


def test_another_root_under_the_same_name_is_refused(database):
    scan(database, FILES)
    with pytest.raises(InventoryError, match="another root before"):
        a_recorder(database, place=Place(HERE.name, b"/elsewhere"))


@pytest.mark.parametrize("inventory_url", ["sqlite"], indirect=True)
def test_only_its_owner_can_read_the_inventory(database, tmp_path):
    scan(database, FILES)
    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("inventory.db*")}
    assert set(modes) >= {"inventory.db", "inventory.db-wal"}
    assert set(modes.values()) == {0o600}


def test_a_database_that_is_held_by_another_is_named_without_a_word_of_what_was_written(database):
    recorder = a_recorder(database)
    database.dispose()
    with database.connect() as other:
        other.exec_driver_sql("ALTER TABLE item RENAME TO elsewhere")
        other.commit()
    with pytest.raises(InventoryError) as refusal:
        recorder.note(Listing(b"", (an_item(b"Thornbury.txt"),)))
    assert "Thornbury" not in str(refusal.value) + str(refusal.value.__cause__)
