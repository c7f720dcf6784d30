"""What an earlier scan left waiting is read in the order of its value, so that a scan that is stopped has done that."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from fakes import MakeTools
from inventories import an_inventory

from domain.access import Access
from domain.item import Item
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from inventory.waiting import FirstOf, Worth
from operations.executor import Counts
from operations.executors.serial import SerialExecutor
from operations.scanning.scan import Progress, Run, scan
from operations.scanning.worth import RISKY, risky_by
from scanner.sources.memory import MemorySource

LATELY, LONG_AGO = datetime(2026, 2, 20, tzinfo=UTC), datetime(2009, 5, 4, tzinfo=UTC)
LARGE = 1024 * 1024
FILES = {
    b"Archive/a.txt": b"a", b"Archive/b.txt": b"b", b"Archive/new.txt": b"new",
    b"Archive/video 1.txt": b"1" * LARGE, b"Archive/video 2.txt": b"2" * LARGE,
    b"Minutes/Open/c.txt": b"c", b"Plant room/d.txt": b"d", b"Staff/HR 2009/Sickness/e.txt": b"e",
}  # fmt: skip
IN_ORDER = [
    "Archive/new.txt", "Minutes/Open/c.txt", "Staff/HR 2009/Sickness/e.txt", "Archive/video 1.txt", "Archive/a.txt",
    "Archive/b.txt", "Archive/video 2.txt", "Plant room/d.txt",
]  # fmt: skip


class Dated(MemorySource):
    """Files of long ago but one, and a folder that everybody can read."""

    def list(self, known=None):
        for listing in super().list():
            access = Access(None, ("everyone",) if listing.folder == b"Minutes/Open" else ("uid:7",), ())
            yield replace(listing, access=access)

    def _item(self, locator: bytes) -> Item:
        return replace(super()._item(locator), modified=LATELY if b"new" in locator else LONG_AGO)


class StoppedError(Exception):
    pass


class StopsAfter:
    """An executor that is stopped when it has been given so many tasks, with the last still in its hands."""

    def __init__(self, tools, tasks: int) -> None:
        self._inner, self._tasks = SerialExecutor(lambda: tools), tasks

    def run(self, work, record) -> Counts:
        def some():
            for given, task in enumerate(work):
                if given == self._tasks:
                    raise StoppedError
                yield task

        return self._inner.run(some(), record)


class TakesAhead:
    """An executor that takes all the work there is before it does any of it."""

    def __init__(self, tools) -> None:
        self._inner = SerialExecutor(lambda: tools)

    def run(self, work, record) -> Counts:
        return self._inner.run(list(work), record)


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


def scanned(database, files=FILES, *, reads: bool = True, executor=None) -> tuple[list[str], list[Worth | None]]:
    """The paths that were read, and why each was read when it was."""
    source = Dated("share", files)
    recorder = Recorder(database, Place("share", b"/share"), Pipeline("pipeline 1"), date(2026, 3, 2), lambda _: "All")
    recorder.begin(datetime(2026, 3, 2, 9, tzinfo=UTC), "detector 1", "key 1", reads=reads)
    tools = replace(MakeTools(files)(), sources={"share": source})
    read, why, progress = [], [], Progress()

    class Watched(Run):
        def record(self, item, after, batch):
            read.append(item.ref.path)
            why.append(progress.worth)
            super().record(item, after, batch)

    first = FirstOf(datetime(2026, 1, 1, tzinfo=UTC), risky_by(("hr", "payroll")))
    run = Watched(recorder, progress, lambda _: None, first=first)
    executor = executor(tools) if executor else SerialExecutor(lambda: tools)
    with suppress(StoppedError):
        scan(source, run, executor, examine_content=reads)
    with database.begin() as connection:  # What a directory is asked for after each scan.
        connection.exec_driver_sql("UPDATE access SET breadth = 'everyone' WHERE readers != '[]' AND id = "
                                   "(SELECT access_id FROM dir WHERE path = CAST('Minutes/Open' AS BLOB))")  # fmt: skip
    return read, why


def test_after_a_scan_of_metadata_alone_what_is_worth_most_is_read_first(database):
    assert scanned(database, reads=False) == ([], [])
    read, why = scanned(database)
    assert read == IN_ORDER
    assert why == [Worth.RECENT, Worth.RISKY, Worth.RISKY, Worth.LARGE, *[Worth.REST] * 4]


@pytest.mark.parametrize("tasks", range(1, len(IN_ORDER)))
def test_a_scan_that_is_stopped_has_done_the_valuable_part_and_the_next_goes_on_with_the_rest(database, tasks):
    scanned(database, reads=False)
    first, _ = scanned(database, executor=lambda tools: StopsAfter(tools, tasks))
    assert first == IN_ORDER[:tasks]
    again, _ = scanned(database)
    assert sorted([*first, *again]) == sorted(IN_ORDER)
    # Of the large files of one size there is only one left where one was read.
    assert [path for path in again if "video" not in path] == [p for p in IN_ORDER[tasks:] if "video" not in p]


def test_what_is_new_or_changed_since_is_read_at_once_before_what_waited(database):
    scanned(database, reads=False)
    read, why = scanned(database, {**FILES, b"Minutes/f.txt": b"f", b"Plant room/d.txt": b"changed"})
    assert set(read[:2]) == {"Minutes/f.txt", "Plant room/d.txt"}
    assert why[:2] == [None, None]
    assert read[2:] == [path for path in IN_ORDER if path != "Plant room/d.txt"]


def test_a_first_scan_reads_as_it_lists(database):
    read, why = scanned(database)
    assert sorted(read) == sorted(IN_ORDER)
    assert set(why) == {None}


def test_nothing_is_read_twice_by_an_executor_that_takes_work_ahead(database):
    scanned(database, reads=False)
    read, _ = scanned(database, {**FILES, b"Minutes/f.txt": b"f"}, executor=TakesAhead)
    assert sorted(read) == sorted([*IN_ORDER, "Minutes/f.txt"])


def test_what_is_gone_since_is_not_asked_for_and_more_than_a_page_comes_whole(database):
    many = {b"HR/%04d.txt" % number: b"%d" % number for number in range(1100)}
    scanned(database, {**FILES, **many}, reads=False)
    read, why = scanned(database, many)
    assert len(read) == len(set(read)) == 1100
    assert set(why) == {Worth.RISKY}
    assert {one.record.outcome for one in Inventory(database).held()} == {"examined"}


def test_risky_words_are_whole_words_in_any_spelling():
    is_risky = risky_by((*RISKY, "Dogs & wardens"))
    for path in (b"Staff/HR", b"x/Human-Resources_2019", b"PAYROLL 2019", b"Gofal Cymdeithasol/y", b"DOGS - wardens"):
        assert is_risky(path)
    for path in (b"", b"Chrome", b"Planting", b"Shared/THR", b"bad\xff"):
        assert not is_risky(path)
