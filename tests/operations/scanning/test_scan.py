"""Scanning a folder tree again and again, as it changes, goes and comes back; and proving what looks unchanged."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from builders import a_zip
from fakes import MakeTools
from inventories import an_inventory

from domain.item import Item, ItemRef, Listing
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.executors.serial import SerialExecutor
from operations.scanning.scan import Progress, Run, scan
from scanner.source import Known, Opened, Source, nothing_known
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.unreachable import SourceUnreachableError

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


@pytest.fixture
def share(tmp_path) -> Path:
    root = tmp_path / "share"
    (root / "HR" / "Staff").mkdir(parents=True)
    (root / "top.txt").write_text("plain")
    (root / "HR" / "one.txt").write_text("NAMED")
    (root / "HR" / "two.txt").write_text("plain too")
    (root / "HR" / "Staff" / "all.zip").write_bytes(a_zip({"in.txt": b"NAMED"}))
    return root


EVERYTHING = {"top.txt", "HR/one.txt", "HR/two.txt", "HR/Staff/all.zip", "HR/Staff/all.zip > in.txt"}


def scanned(database, source: Source, *, reads: bool = True, proof: float = 0.0) -> tuple[Progress, list[str]]:
    """One scan; its figures, and the paths that were read or refused, parts apart."""
    recorder = Recorder(database, Place("share", b"/share"), Pipeline("pipeline 1"), date(2026, 3, 2), lambda _: "All")
    recorder.begin(NOW, "detector 1", "key 1", reads=reads, proof=proof)
    run, read = Progress(), []

    class Watched(Run):
        def record(self, item, after, batch):
            read.append(item.ref.path)
            super().record(item, after, batch)

    tools = MakeTools({})()
    own = type(tools)({"share": source}, tools.classifier, tools.pipeline, tools.extractor_for, budget=tools.budget)
    scan(source, Watched(recorder, run, lambda _: None), SerialExecutor(lambda: own), examine_content=reads)
    return run, read


def files_of(share: Path) -> FilesystemSource:
    return FilesystemSource("share", os.fsencode(share))


def held(database) -> set[str]:
    return {one.record.ref.path for one in Inventory(database).held()}


def test_what_has_not_changed_is_listed_in_full_and_nothing_of_it_is_read(database, share):
    assert scanned(database, files_of(share))[0].listed == 4
    progress, read = scanned(database, files_of(share))
    assert (progress.listed, progress.expected, read) == (4, 0, [])
    assert held(database) == EVERYTHING


def test_what_waits_in_a_folder_that_has_not_changed_is_read_with_all_that_was_known_of_it(database, share):
    for _ in range(2):
        progress, read = scanned(database, files_of(share), reads=False)
        assert (progress.listed, read) == (4, [])
    _, read = scanned(database, files_of(share))
    assert sorted(read) == sorted(EVERYTHING - {"HR/Staff/all.zip > in.txt"})
    with database.connect() as connection:
        told = connection.exec_driver_sql(
            "SELECT count(*) FROM item WHERE part = '' AND accessed IS NOT NULL AND allocated IS NOT NULL AND "
            "owner_id IS NOT NULL"
        )
        assert told.scalar_one() == 4


def test_a_file_that_was_copied_in_with_an_old_time_is_found(database, share):
    scanned(database, files_of(share))
    times = (share / "HR").stat()
    (share / "HR" / "old.txt").write_text("NAMED")
    os.utime(share / "HR" / "old.txt", (915_148_800, 915_148_800))
    os.utime(share / "HR", ns=(times.st_atime_ns, times.st_mtime_ns))
    assert scanned(database, files_of(share))[1] == ["HR/old.txt"]


def test_an_edit_in_place_is_found_though_the_folder_keeps_its_time_and_the_file_its_size_and_time(database, share):
    scanned(database, files_of(share))
    path = share / "HR" / "one.txt"
    folder, times = (share / "HR").stat().st_mtime_ns, path.stat()
    with path.open("r+") as file:
        file.write("OTHER")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert (share / "HR").stat().st_mtime_ns == folder
    assert scanned(database, files_of(share))[1] == ["HR/one.txt"]


def test_a_folder_whose_rights_change_is_written_down_and_nothing_in_it_is_read(database, share):
    def rights() -> str:
        with database.connect() as connection:
            statement = "SELECT readers FROM access JOIN dir ON access_id = access.id WHERE path = x'4852'"
            return connection.exec_driver_sql(statement).scalar_one()

    (share / "HR").chmod(0o700)
    scanned(database, files_of(share))
    before = rights()
    (share / "HR").chmod(0o755)
    assert scanned(database, files_of(share))[1] == []
    assert rights() != before


@pytest.mark.parametrize("seconds", [-11_644_473_600, -1, 0, 4_102_444_800, 15_032_385_535])
def test_whatever_the_clock_said_a_file_is_read_once(database, share, seconds):
    """1601 is where Windows begins to count; the last is where ext4 ends, and what is later is kept as that."""
    os.utime(share / "HR" / "one.txt", (seconds, seconds))
    assert "HR/one.txt" in scanned(database, files_of(share))[1]
    assert scanned(database, files_of(share))[1] == []


def test_a_root_that_cannot_be_reached_deletes_nothing(database, share):
    scanned(database, files_of(share))
    share.rename(share.with_name("away"))
    with pytest.raises(SourceUnreachableError):
        scanned(database, files_of(share))
    assert held(database) == EVERYTHING
    assert not Inventory(database).last_scan().complete
    share.with_name("away").rename(share)
    assert scanned(database, files_of(share))[1] == []


def test_a_root_that_stays_empty_deletes_nothing_and_what_comes_back_is_known(database, share):
    scanned(database, files_of(share))
    share.rename(share.with_name("away"))
    share.mkdir()
    for _ in range(3):
        assert scanned(database, files_of(share))[0].listed == 0
        assert held(database) == EVERYTHING
        assert not Inventory(database).last_scan().complete
    share.rmdir()
    share.with_name("away").rename(share)
    assert scanned(database, files_of(share))[1] == []
    assert held(database) == EVERYTHING


@dataclass(frozen=True)
class Meddled:
    """A folder tree that somebody meddles with as soon as a certain folder has been listed."""

    source: FilesystemSource
    folder: bytes
    meddle: object

    name = "share"

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        for listing in self.source.list(known):
            yield listing
            if listing.folder == self.folder:
                self.meddle()

    def open(self, item: Item):
        return self.source.open(item)


def test_a_folder_that_is_swapped_for_a_link_in_mid_scan_leads_nowhere_and_loses_nothing(database, share, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "secret.txt").write_text("NAMED")
    scanned(database, files_of(share))

    def swap():
        (share / "HR" / "Staff").rename(tmp_path / "taken")
        (share / "HR" / "Staff").symlink_to(tmp_path / "elsewhere")

    scanned(database, Meddled(files_of(share), b"HR", swap))
    assert held(database) >= EVERYTHING
    assert not any("secret" in path for path in held(database))
    assert not Inventory(database).last_scan().complete
    scanned(database, files_of(share))
    assert held(database) == EVERYTHING - {"HR/Staff/all.zip", "HR/Staff/all.zip > in.txt"} | {"HR/Staff"}


def test_a_share_that_vanishes_in_mid_scan_loses_nothing(database, share):
    scanned(database, files_of(share))
    scanned(database, Meddled(files_of(share), b"", lambda: shutil.rmtree(share / "HR")))
    assert held(database) >= EVERYTHING
    assert not Inventory(database).last_scan().complete


@dataclass
class Unmoved:
    """Files in memory that look the same whatever is in them."""

    files: Mapping[bytes, bytes]
    version: bytes = b"v1"
    opened: bytes = b""

    name = "share"

    def list(self, known: Known = nothing_known) -> Iterator[Listing]:
        state = b"all"
        if known(b"") == state:
            yield Listing(b"", (), state=state, since_known=True)
        else:
            items = (Item(ItemRef("share", name), size=5, version=self.version) for name in sorted(self.files))
            yield Listing(b"", tuple(items), state=state)

    @contextmanager
    def open(self, item: Item) -> Iterator[Opened]:
        content = self.files[item.ref.locator]
        yield Opened(BytesIO(content), self.opened or self.version, len(content))


def test_unchanged_files_that_are_read_again_prove_that_they_are(database):
    source = Unmoved({b"a.txt": b"NAMED", b"b.zip": a_zip({"in.txt": b"NAMED"})})
    scanned(database, source)
    progress, read = scanned(database, source, proof=1.0)
    assert (progress.proved, progress.disproved, progress.done, progress.listed) == (2, 0, 0, 2)
    assert read == ["a.txt", "b.zip"]
    assert held(database) == {"a.txt", "b.zip", "b.zip > in.txt"}


def test_another_content_under_the_same_look_is_told_and_taken_over(database):
    scanned(database, Unmoved({b"a.txt": b"NAMED", b"b.zip": a_zip({"old.txt": b"NAMED"})}))
    progress, _ = scanned(database, Unmoved({b"a.txt": b"NAMED", b"b.zip": a_zip({"new.txt": b"plain"})}), proof=1.0)
    assert (progress.proved, progress.disproved, progress.done) == (1, 1, 1)
    assert held(database) == {"a.txt", "b.zip", "b.zip > new.txt"}
    assert {one.record.outcome for one in Inventory(database).held()} == {"examined"}


def test_a_file_that_changes_just_then_disproves_nothing(database):
    scanned(database, Unmoved({b"a.txt": b"NAMED"}))
    progress, _ = scanned(database, Unmoved({b"a.txt": b"OTHER"}, opened=b"v2"), proof=1.0)
    assert (progress.proved, progress.disproved, progress.done) == (0, 0, 1)


def test_nothing_is_read_again_where_nothing_may_be_read(database, share):
    scanned(database, files_of(share))
    progress, read = scanned(database, files_of(share), reads=False, proof=1.0)
    assert (progress.proved, read) == (0, [])


def test_about_as_many_are_drawn_as_were_asked_for(database):
    source = Unmoved({b"%04d.txt" % number: b"%d" % number for number in range(400)})
    scanned(database, source)
    drawn = [scanned(database, source, proof=0.05)[0].proved for _ in range(2)]
    assert all(5 <= count <= 45 for count in drawn)
