"""What waits comes once, stage by stage, from either database; and only what waited before the scan began."""

from __future__ import annotations

from datetime import timedelta

from builders import THEN
from scan_driver import NOW, Place, a_recorder, listings, scan

from domain.errors import Problem, ProblemCode
from domain.examination import Batch
from inventory.waiting import FirstOf, Worth
from operations.examine import failed

LARGE = b"x" * 1024 * 1024
FILES = {b"HR/a.txt": b"one", b"a.txt": b"two", b"b.iso": LARGE, b"c.iso": LARGE, b"x/y.txt": b"three"}
FIRST = FirstOf(NOW, lambda path: path == b"HR")


def listed(database, files, **changes):
    recorder = a_recorder(database, **changes)
    for listing in listings(files):
        recorder.note(listing)
    recorder.settle()
    return recorder


def told(recorder, first: FirstOf = FIRST) -> list[tuple[Worth, str]]:
    return [(worth, item.ref.path) for worth, item in recorder.by_worth(first)]


def test_what_waits_comes_once_and_in_order(database):
    listed(database, FILES)
    assert told(listed(database, FILES)) == [
        (Worth.RISKY, "HR/a.txt"), (Worth.LARGE, "b.iso"), (Worth.REST, "a.txt"), (Worth.REST, "c.iso"),
        (Worth.REST, "x/y.txt"),
    ]  # fmt: skip


def test_what_was_changed_lately_comes_first_and_nothing_comes_twice(database):
    listed(database, FILES)
    worths = told(listed(database, FILES), FirstOf(THEN - timedelta(days=1), lambda _: True))
    assert sorted(worths) == sorted((Worth.RECENT, name.decode()) for name in FILES)


def test_what_is_new_in_this_scan_what_is_gone_and_what_was_examined_do_not_come(database):
    listed(database, FILES)
    left = {name: content for name, content in FILES.items() if name != b"a.txt"}
    recorder = listed(database, left | {b"new.txt": b"new"})
    (item,) = [item for _, item in recorder.by_worth(FIRST) if item.ref.locator == b"x/y.txt"]
    recorder.record(item, None, Batch((failed(item, Problem(ProblemCode.ENCRYPTED)),)))
    assert {path for _, path in told(recorder)} == {"HR/a.txt", "b.iso", "c.iso"}


def test_what_waits_in_another_source_is_not_this_one_s(database):
    listed(database, FILES)
    other = Place("other", b"/other")
    listed(database, {b"z.txt": b"z"}, place=other)
    assert [path for _, path in told(listed(database, {b"z.txt": b"z"}, place=other))] == ["z.txt"]


def test_nothing_comes_where_nothing_waits(database):
    scan(database, FILES)
    assert told(listed(database, FILES)) == []
