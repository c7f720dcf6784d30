from __future__ import annotations

import os
import shutil
import socket
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from domain.errors import ItemTroubleError, MunimentError, ProblemCode
from domain.item import Item, ItemKind, ItemRef
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.trouble import code_of, reading

NOBODY = 65534


@pytest.fixture
def share() -> Iterator[Path]:
    """A folder that any account of this machine may enter: pytest's own are closed to all but one."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@contextmanager
def without_privilege() -> Iterator[None]:
    """Permissions mean nothing to root, so be somebody else for a while."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def source_of(folder: Path) -> FilesystemSource:
    return FilesystemSource("share", os.fsencode(folder))


def items_of(source: FilesystemSource) -> dict[bytes, Item]:
    return {item.ref.locator: item for listing in source.list() for item in listing.items}


def trouble_in_opening(source: FilesystemSource, locator: bytes) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught, source.open(Item(ItemRef("share", locator))):
        pytest.fail("it was opened")
    return caught.value.problem.code


def test_links_are_reported_and_never_followed(share):
    (share / "inner").mkdir()
    (share / "inner" / "loop").symlink_to("..")
    (share / "out").symlink_to("/etc/passwd")
    (share / "dangling").symlink_to("nowhere")
    found = items_of(source_of(share))
    assert set(found) == {b"inner/loop", b"out", b"dangling"}
    assert {(item.kind, item.problem.code) for item in found.values()} == {(ItemKind.OTHER, ProblemCode.LINK)}
    assert trouble_in_opening(source_of(share), b"out") is ProblemCode.LINK


def test_pipes_and_sockets_are_reported_and_never_waited_for(share):
    os.mkfifo(share / "pipe")
    os.mknod(share / "socket", stat.S_IFSOCK | 0o600)
    found = items_of(source_of(share))
    assert {(item.kind, item.problem.code) for item in found.values()} == {(ItemKind.OTHER, ProblemCode.NOT_A_FILE)}
    assert trouble_in_opening(source_of(share), b"pipe") is ProblemCode.NOT_A_FILE
    assert trouble_in_opening(source_of(share), b"socket") is ProblemCode.NOT_A_FILE


def test_a_folder_is_not_a_file_to_open(share):
    (share / "folder").mkdir()
    assert trouble_in_opening(source_of(share), b"folder") is ProblemCode.NOT_A_FILE


def test_a_folder_that_may_not_be_listed_is_named_in_its_parent_and_has_no_listing(share):
    (share / "closed").mkdir()
    (share / "closed" / "file").touch()
    (share / "closed").chmod(0o300)
    with without_privilege():
        listings = list(source_of(share).list())
    assert [listing.folder for listing in listings] == [b""]
    (item,) = listings[0].items
    assert (item.ref.locator, item.kind, item.problem.code) == (b"closed", ItemKind.FOLDER, ProblemCode.DENIED)


def test_files_of_a_folder_that_may_be_listed_but_not_entered_are_denied_not_dropped(share):
    (share / "half").mkdir()
    (share / "half" / "file").touch()
    (share / "half").chmod(0o744)
    with without_privilege():
        found = items_of(source_of(share))
    assert found[b"half/file"].problem.code is ProblemCode.DENIED


def test_a_file_that_may_not_be_read_is_listed_and_denied_on_opening(share):
    (share / "secret").write_bytes(b"x")
    (share / "secret").chmod(0o600)
    with without_privilege():
        assert items_of(source_of(share))[b"secret"].size == 1
        if os.geteuid() == NOBODY:
            assert trouble_in_opening(source_of(share), b"secret") is ProblemCode.DENIED


def test_another_accounts_file_is_read_though_its_access_time_may_not_be_kept(share):
    (share / "open").write_bytes(b"x")
    (share / "open").chmod(0o644)
    with without_privilege(), source_of(share).open(Item(ItemRef("share", b"open"))) as opened:
        assert opened.file.read() == b"x"


def test_a_share_below_a_folder_that_may_be_entered_but_not_listed_is_reached(share):
    (share / "hall" / "room").mkdir(parents=True)
    (share / "hall" / "room" / "file").write_bytes(b"x")
    (share / "hall").chmod(0o711)
    with without_privilege():
        assert set(items_of(source_of(share / "hall" / "room"))) == {b"file"}


def test_a_file_that_goes_while_its_folder_is_being_listed_has_vanished(share, monkeypatch):
    (share / "brief").touch()
    scandir = os.scandir

    @contextmanager
    def late(folder: int):
        with scandir(folder) as entries:
            found = list(entries)
        (share / "brief").unlink()
        yield iter(found)

    monkeypatch.setattr(os, "scandir", late)
    assert items_of(source_of(share))[b"brief"].problem.code is ProblemCode.VANISHED


def test_a_folder_that_fails_half_way_gives_what_was_seen_and_says_that_it_is_not_all(share, monkeypatch):
    for name in "abc":
        (share / name).touch()
    scandir = os.scandir

    @contextmanager
    def failing(folder: int):
        def entries():
            yield next(iter(found))
            raise OSError(5, "Input/output error")

        with scandir(folder) as found:
            yield entries()

    monkeypatch.setattr(os, "scandir", failing)
    (listing,) = source_of(share).list()
    assert not listing.complete
    assert len(listing.items) == 1


def test_a_folder_that_goes_before_its_turn_is_unknown_not_empty(share):
    (share / "a").mkdir()
    listings = source_of(share).list()
    next(listings)
    (share / "a").rmdir()
    (listing,) = listings
    assert (listing.folder, listing.items, listing.complete) == (b"a", (), False)


def test_a_folder_that_becomes_a_link_before_its_turn_leads_nowhere(share, tmp_path):
    (tmp_path / "treasure").touch()
    (share / "a").mkdir()
    listings = source_of(share).list()
    next(listings)
    (share / "a").rmdir()
    (share / "a").symlink_to(tmp_path)
    (listing,) = listings
    assert (listing.items, listing.complete) == ((), False)


def test_a_file_or_folder_swapped_for_a_link_after_the_listing_is_not_followed(share, tmp_path):
    (tmp_path / "file").write_bytes(b"elsewhere")
    (share / "folder").mkdir()
    (share / "folder" / "file").touch()
    source = source_of(share)
    assert b"folder/file" in items_of(source)
    (share / "folder" / "file").unlink()
    (share / "folder" / "file").symlink_to(tmp_path / "file")
    assert trouble_in_opening(source, b"folder/file") is ProblemCode.LINK
    shutil.rmtree(share / "folder")
    (share / "folder").symlink_to(tmp_path)
    assert trouble_in_opening(source, b"folder/file") is ProblemCode.LINK


def test_a_path_longer_than_the_system_allows_is_listed_and_read_as_any_other(share):
    locator = b"/".join([b"n" * 200] * 25 + [b"file.txt"])
    folder = os.open(share, os.O_RDONLY)
    for name in locator.split(b"/")[:-1]:
        os.mkdir(name, dir_fd=folder)
        below = os.open(name, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(os.open(b"file.txt", os.O_CREAT | os.O_WRONLY, dir_fd=folder))
    os.close(folder)
    source = source_of(share)
    item = items_of(source)[locator]
    with source.open(item) as opened:
        assert (len(locator), opened.file.read()) == (5033, b"")
    deep = FilesystemSource("share", os.fsencode(share) + b"/" + locator.rpartition(b"/")[0])
    assert set(items_of(deep)) == {b"file.txt"}


def test_a_deep_tree_with_many_branches_takes_few_descriptors(share):
    depth = 300
    folder = os.open(share, os.O_RDONLY)
    for _ in range(depth):
        os.mkdir("d", dir_fd=folder)
        os.mkdir("e", dir_fd=folder)
        below = os.open("d", os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    before = len(os.listdir("/proc/self/fd"))
    most = 0
    listings = 0
    for _ in source_of(share).list():
        listings += 1
        most = max(most, len(os.listdir("/proc/self/fd")))
    assert listings == 2 * depth + 1
    assert most - before < 80
    assert len(os.listdir("/proc/self/fd")) == before


def test_a_file_that_changes_while_it_is_read_is_told(share):
    (share / "log").write_bytes(b"one")

    def read_while_it_grows() -> None:
        with source_of(share).open(Item(ItemRef("share", b"log"))) as opened:
            opened.file.read()
            with (share / "log").open("ab") as log:
                log.write(b" two")

    with pytest.raises(ItemTroubleError) as caught:
        read_while_it_grows()
    assert caught.value.problem.code is ProblemCode.CHANGED


def test_a_caller_that_fails_is_not_told_of_a_change_instead(share):
    (share / "log").write_bytes(b"one")
    with pytest.raises(OSError, match="No space"), source_of(share).open(Item(ItemRef("share", b"log"))):
        raise OSError(28, "No space left on device")


def test_reading_leaves_the_time_of_access_as_it_was(share):
    (share / "file").write_bytes(b"x")
    os.utime(share / "file", ns=(1, 10**18))
    with source_of(share).open(Item(ItemRef("share", b"file"))) as opened:
        assert opened.file.read() == b"x"
    assert (share / "file").stat().st_atime_ns == 1


def test_a_sparse_file_of_a_terabyte_is_listed_with_its_size(share):
    with (share / "sparse").open("wb") as file:
        file.truncate(2**40)
    item = items_of(source_of(share))[b"sparse"]
    assert item.size == 2**40
    with source_of(share).open(item) as opened:
        assert opened.taken < 2**20


def test_what_changed_since_it_was_listed_is_opened_in_its_own_version(share):
    (share / "log").write_bytes(b"one")
    listed = items_of(source_of(share))[b"log"]
    (share / "log").write_bytes(b"one and two")
    with source_of(share).open(listed) as opened:
        assert opened.version == items_of(source_of(share))[b"log"].version != listed.version


def test_times_are_utc_and_one_out_of_the_calendar_is_no_time(share, monkeypatch):
    (share / "old").touch()
    os.utime(share / "old", ns=(0, -86_400 * 10**9))
    item = items_of(source_of(share))[b"old"]
    assert item.modified == datetime(1969, 12, 31, tzinfo=UTC)
    far = os.stat_result(
        (0o100644, 1, 1, 1, 0, 0, 0, 0, 10**12, 0),
        {"st_mtime_ns": 10**21, "st_ctime_ns": 0, "st_atime_ns": 0, "st_blocks": 0},
    )
    monkeypatch.setattr(os, "stat", lambda *_args, **_kwargs: far)
    (listing,) = FilesystemSource("share", os.fsencode(share), b"old").list()
    assert listing.items[0].modified is None


def test_hard_links_share_a_file_id_and_a_move_keeps_it(share):
    (share / "single").touch()
    (share / "first").touch()
    os.link(share / "first", share / "second")
    before = items_of(source_of(share))
    assert before[b"first"].file_id == before[b"second"].file_id != before[b"single"].file_id
    (share / "elsewhere").mkdir()
    (share / "single").rename(share / "elsewhere" / "single")
    assert items_of(source_of(share))[b"elsewhere/single"].file_id == before[b"single"].file_id


def test_a_file_comes_with_its_owner_its_last_access_and_what_it_takes_up(share):
    with open(share / "sparse", "wb") as file:
        file.truncate(10_000_000)
    os.utime(share / "sparse", (86_400, 0))
    item = items_of(source_of(share))[b"sparse"]
    assert (item.owner, item.size, item.accessed) == (
        f"uid:{os.getuid()}",
        10_000_000,
        datetime(1970, 1, 2, tzinfo=UTC),
    )
    assert item.allocated is not None
    assert item.allocated < 10_000


def test_a_folder_in_which_a_file_was_read_on_another_day_is_listed_anew(share):
    (share / "old").write_bytes(b"x")
    os.utime(share / "old", (1_000_000_000, 1_000_000_000))
    (listing,) = source_of(share).list()
    known = {b"": listing.state}.__getitem__
    assert [one.since_known for one in source_of(share).list(known)] == [True]
    (share / "old").read_bytes()
    is_kept = (share / "old").stat().st_atime == 1_000_000_000  # as on a file system that keeps no such time
    assert [one.since_known for one in source_of(share).list(known)] == [is_kept]


def test_the_state_of_every_folder_is_asked_for_in_the_order_in_which_they_are_listed(share):
    """A folder without files as well: to look behind for it costs the inventory as much as a hundred that come next."""
    for name in ("a/b", "c/d"):
        (share / name).mkdir(parents=True)
        (share / name / "file.txt").write_text("x")
    asked: list[bytes] = []

    def known(folder: bytes) -> bytes:
        asked.append(folder)
        return b""

    assert [listing.folder for listing in source_of(share).list(known)] == asked == [b"", b"a", b"a/b", b"c", b"c/d"]


def test_the_version_changes_with_the_content_and_with_a_replacement_of_the_same_size_and_time(share):
    file = share / "file"
    file.write_bytes(b"one")
    before = items_of(source_of(share))[b"file"].version
    times = file.stat()
    (share / "new").write_bytes(b"two")
    os.utime(share / "new", ns=(times.st_atime_ns, times.st_mtime_ns))
    (share / "new").rename(file)
    assert items_of(source_of(share))[b"file"].version != before
    assert len(before) == 8


def test_the_root_may_be_a_link(share, tmp_path):
    (share / "file").touch()
    (tmp_path / "root").symlink_to(share)
    assert set(items_of(source_of(tmp_path / "root"))) == {b"file"}


@pytest.mark.parametrize("break_it", [Path.rmdir, lambda path: (path.rmdir(), path.touch())])
def test_a_root_that_is_missing_or_no_folder_is_not_an_empty_one(share, break_it):
    root = share / "Jo Bloggs"
    root.mkdir()
    break_it(root)
    with pytest.raises(MunimentError, match="Source 'share' cannot be reached") as caught:
        list(source_of(root).list())
    assert "Bloggs" not in str(caught.value)


def test_a_root_that_may_not_be_listed_is_not_an_empty_one(share):
    (share / "root").mkdir()
    (share / "root").chmod(0o311)
    with without_privilege(), pytest.raises(MunimentError, match="Permission denied"):
        list(source_of(share / "root").list())


def test_a_root_that_is_gone_when_an_item_is_opened_is_the_items_trouble(share):
    assert trouble_in_opening(source_of(share / "gone"), b"file") is ProblemCode.VANISHED


def test_only_one_file_is_listed_and_nothing_is_said_of_its_sisters(share):
    (share / "wanted").write_bytes(b"x")
    (share / "other").touch()
    source = FilesystemSource("share", os.fsencode(share), b"wanted")
    (listing,) = source.list()
    assert [item.ref.locator for item in listing.items] == [b"wanted"]
    assert not listing.complete
    (share / "wanted").unlink()
    (listing,) = source.list()
    assert listing.items[0].problem.code is ProblemCode.VANISHED


def test_a_connection_lost_while_reading_is_told_whatever_the_reader_made_of_it():
    ours, theirs = socket.socketpair()
    ours.send(b"never read, so that closing breaks the connection")
    theirs.close()
    with pytest.raises(ItemTroubleError) as caught, reading(ours.detach()) as file, suppress(ItemTroubleError):
        file.read(10)
    assert caught.value.problem.code is ProblemCode.VANISHED


@pytest.mark.parametrize(
    ("errno", "code"),
    [(13, "denied"), (1, "denied"), (2, "vanished"), (40, "link"), (11, "locked"), (16, "locked"), (26, "locked"),
     (20, "vanished"), (6, "not-a-file"), (5, "corrupt"), (112, "vanished"), (110, "timeout"), (4095, "corrupt")],
)  # fmt: skip
def test_every_error_of_the_system_has_a_name(errno, code):
    assert code_of(OSError(errno, "whatever")) == code


def test_running_out_of_descriptors_is_no_fault_of_the_item():
    with pytest.raises(OSError, match="too many"):
        code_of(OSError(24, "too many open files"))
