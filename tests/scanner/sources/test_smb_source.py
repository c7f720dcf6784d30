from __future__ import annotations

import logging
import os
import pwd
import shutil
import stat
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from samba_servers import Samba, smb_sources
from security_descriptors import DENIED, FULL, INHERIT_ONLY, READ, ace, descriptor
from windows_rights import set_rights

from domain.access import EVERYONE, Access, Breadth, Right
from domain.errors import ItemTroubleError, MunimentError, ProblemCode
from domain.item import Item, ItemKind, ItemRef, Listing
from scanner.sources.smb.messages import create
from scanner.sources.smb.messages import read as ask_to_read
from scanner.sources.smb.session import SmbSession
from scanner.sources.smb.source import SmbSource

pytestmark = pytest.mark.servers
WORLD = "S-1-1-0"
Opener = Callable[..., SmbSource]


@pytest.fixture
def source_of(samba: Samba) -> Iterator[Opener]:
    with smb_sources(samba, _never) as make:
        yield make


def _never(seconds: float) -> None:
    pytest.fail("it waited to try again")


def listings_of(source: SmbSource) -> dict[bytes, Listing]:
    return {listing.folder: listing for listing in source.list()}


def items_of(source: SmbSource) -> dict[bytes, Item]:
    return {item.ref.locator: item for listing in source.list() for item in listing.items}


def read(source: SmbSource, locator: bytes) -> bytes:
    with source.open(Item(ItemRef("share", locator))) as opened:
        return opened.file.read()


def trouble_in_opening(source: SmbSource, locator: bytes) -> ProblemCode:
    with pytest.raises(ItemTroubleError) as caught, source.open(Item(ItemRef("share", locator))):
        pytest.fail("it was opened")
    return caught.value.problem.code


def test_a_listing_tells_all_that_the_server_knows(samba, source_of):
    file = samba.share("public") / "Übersicht 😀.txt"
    file.write_bytes(b"x" * 5000)
    os.utime(file, (1_000_000_000, 1_100_000_000))
    (item,) = items_of(source_of()).values()
    assert (item.ref.locator, item.kind, item.size) == (file.name.encode(), ItemKind.FILE, 5000)
    assert item.modified == datetime.fromtimestamp(1_100_000_000, UTC)
    assert item.accessed == datetime.fromtimestamp(1_000_000_000, UTC)
    assert item.created is not None
    assert item.allocated >= 5000
    assert not item.mangled


@pytest.mark.parametrize(("seconds", "year"), [(-2_147_483_648, 1901), (-1, 1969), (0, 1970), (4_354_819_198, 2107)])
def test_a_file_of_another_century_is_dated_as_it_is_and_stays_the_same(samba, source_of, seconds, year):
    """The last is where the dates of a memory card end."""
    file = samba.share("public") / "old.doc"
    file.write_bytes(b"x")
    os.utime(file, (seconds, seconds))
    (item,) = items_of(source_of()).values()
    assert item.modified.year == year
    source = source_of()
    assert items_of(source)[b"old.doc"].version == item.version
    assert read(source, b"old.doc") == b"x"


def test_hard_links_and_moved_files_keep_their_number_and_a_copy_has_another(samba, source_of):
    share = samba.share("public")
    (share / "a").write_bytes(b"1")
    os.link(share / "a", share / "b")
    shutil.copy2(share / "a", share / "c")
    (share / "sub").mkdir()
    found = items_of(source_of())
    assert found[b"a"].file_id == found[b"b"].file_id != found[b"c"].file_id
    (share / "a").rename(share / "sub" / "a")
    assert items_of(source_of())[b"sub/a"].file_id == found[b"a"].file_id


def test_a_file_in_the_place_of_another_of_the_same_size_and_time_has_another_version(samba, source_of):
    share = samba.share("public")
    for name, content in (("a", b"1"), ("other", b"2")):
        (share / name).write_bytes(content)
        os.utime(share / name, (1, 10**9))
    before = items_of(source_of())[b"a"]
    (share / "other").rename(share / "a")
    after = items_of(source_of())[b"a"]
    assert (before.size, before.modified) == (after.size, after.modified)
    assert before.version != after.version


def test_a_folder_tells_its_owner_and_who_can_read_it(samba, source_of):
    share = samba.share("public")
    for name, mode in (("open", 0o755), ("own", 0o700)):
        (share / name).mkdir()
        os.chown(share / name, pwd.getpwnam(samba.boss).pw_uid, -1)
        (share / name).chmod(mode)
    found = listings_of(source_of())
    assert found[b"open"].access.breadth() is Breadth.EVERYONE
    own = found[b"own"].access
    assert own.breadth() is Breadth.NAMED
    assert own.owner in own.readers
    assert own.owner.startswith("S-1-5-21-")
    assert EVERYONE not in own.readers


def test_rights_as_windows_sets_them_come_back_as_they_were_set(samba, source_of):
    share = samba.share("public")
    for name in ("inherited", "open", "closed"):
        (share / name).mkdir()
        os.chown(share / name, pwd.getpwnam(samba.boss).pw_uid, -1)
    source = source_of()
    own = next(listing.access.owner for listing in source.list() if listing.folder == b"closed")
    for_me = ace(own, FULL)
    for name, entries in (
        ("inherited", [for_me, ace(WORLD, READ, flags=0x3 | INHERIT_ONLY)]),
        ("open", [for_me, ace(WORLD, READ, flags=0x3)]),
        ("closed", [ace(WORLD, 0x2, DENIED), for_me, ace(WORLD, 0x2)]),
    ):
        set_rights(source._settings, name, descriptor(entries))
    found = {listing.folder: listing.access for listing in source.list()}
    assert found[b"inherited"] == Access(own, (own,), (own,), (Right(own),))
    assert found[b"open"] == Access(own, tuple(sorted((WORLD, own))), (own,), (Right(own), Right(WORLD)))
    assert found[b"closed"] == Access(own, (own,), (own,), (Right(own),))


def test_names_that_the_server_made_up_are_marked_and_open_as_they_stand(samba, source_of):
    for name in ("a:b.txt", "CON", "plain.txt"):
        (samba.share("public") / name).write_text(name)
    source = source_of()
    found = items_of(source)
    assert {item.ref.locator for item in found.values() if not item.mangled} == {b"plain.txt"}
    assert sorted(read(source, locator) for locator in found) == [b"CON", b"a:b.txt", b"plain.txt"]


def test_a_sparse_file_takes_up_what_it_takes_up(samba, source_of):
    with (samba.share("public") / "sparse").open("wb") as file:
        file.truncate(10 * 2**30)
    source = source_of()
    (item,) = items_of(source).values()
    assert item.size == 10 * 2**30
    assert item.allocated < 2**20
    with source.open(item) as opened:
        assert opened.taken == item.allocated


def test_a_folder_of_thousands_is_listed_whole(samba, source_of):
    names = {f"{number:05}{'n' * 190}".encode() for number in range(3000)}
    for name in names:
        (samba.share("public") / name.decode()).touch()
    (listing,) = source_of().list()
    assert {item.ref.locator for item in listing.items} == names
    assert listing.complete
    assert listing.access is not None


def test_links_that_the_server_follows_into_themselves_end(samba, source_of):
    share = samba.share("public")
    (share / "a" / "b").mkdir(parents=True)
    (share / "a" / "b" / "up").symlink_to("../..")
    (share / "here").symlink_to(".")
    found = items_of(source_of())
    assert {item.ref.locator: (item.kind, item.problem.code) for item in found.values()} == {
        b"a/b/up": (ItemKind.OTHER, ProblemCode.LINK),
        b"here": (ItemKind.OTHER, ProblemCode.LINK),
    }


def test_a_path_longer_than_the_server_takes_is_named(samba, source_of):
    folder = os.open(samba.share("public"), os.O_RDONLY)
    for _ in range(25):
        os.mkdir("n" * 200, dir_fd=folder)
        below = os.open("n" * 200, os.O_RDONLY, dir_fd=folder)
        os.close(folder)
        folder = below
    os.close(folder)
    *whole, last = source_of().list()
    assert all(listing.complete for listing in whole)
    assert (last.complete, last.problem.code, last.problem.limit) == (False, ProblemCode.LIMIT, "path length")


def test_a_large_file_reads_the_same_in_pieces_from_anywhere_and_whole(samba, source_of):
    content = os.urandom(3 * 2**20 + 17)
    (samba.share("public") / "large").write_bytes(content)
    source = source_of()
    assert read(source, b"large") == content
    with source.open(Item(ItemRef("share", b"large"))) as opened:
        file = opened.file
        assert file.read(10) == content[:10]
        assert (file.seek(-7, os.SEEK_END), file.read()) == (len(content) - 7, content[-7:])
        assert (file.seek(2**20 - 3), file.read(2**20)) == (2**20 - 3, content[2**20 - 3 : 2**21 - 3])
        assert (file.seek(len(content) + 5), file.read()) == (len(content) + 5, b"")


def test_a_file_that_changes_while_it_is_read_is_told(samba, source_of):
    log = samba.share("public") / "log"
    log.write_bytes(b"one")

    def read_while_it_grows() -> None:
        with source_of().open(Item(ItemRef("share", b"log"))) as opened:
            opened.file.read()
            with log.open("ab") as file:
                file.write(b" two")

    with pytest.raises(ItemTroubleError) as caught:
        read_while_it_grows()
    assert caught.value.problem.code is ProblemCode.CHANGED


def test_a_caller_that_fails_is_not_told_of_a_change_instead(samba, source_of):
    (samba.share("public") / "log").write_bytes(b"one")
    with pytest.raises(OSError, match="No space"), source_of().open(Item(ItemRef("share", b"log"))):
        raise OSError(28, "No space left on device")


def test_what_is_no_file_or_leads_out_of_the_share_is_not_opened(samba, source_of):
    (samba.share("public") / "folder").mkdir()
    (samba.share("hr") / "file").touch()
    source = source_of()
    assert trouble_in_opening(source, b"folder") is ProblemCode.NOT_A_FILE
    for locator in (b"..\\hr\\file", b"../hr/file", b"folder\\..\\x", b"\xff", b"/", b"folder//x"):
        assert trouble_in_opening(source, locator) is ProblemCode.VANISHED


def test_files_kept_elsewhere_are_named_and_not_a_byte_of_them_is_read(samba, source_of):
    (samba.share("offline") / "sub").mkdir()
    for name in ("a.doc", "sub/b.doc"):
        (samba.share("offline") / name).write_bytes(b"content")
    source = source_of("offline")
    found = items_of(source)
    assert {locator: (item.kind, item.problem.code, item.size) for locator, item in found.items()} == {
        b"a.doc": (ItemKind.FILE, ProblemCode.PLACEHOLDER, 7),
        b"sub/b.doc": (ItemKind.FILE, ProblemCode.PLACEHOLDER, 7),
    }
    for locator in found:
        assert trouble_in_opening(source, locator) is ProblemCode.PLACEHOLDER
    assert not any("pread" in line for line in audited_by(samba))
    reader = SmbSession(source._settings, "127.0.0.1")
    handle, _ = reader.ask("offline", create("a.doc", access=1, options=0))[0].opened
    assert reader.ask("offline", ask_to_read(handle, 0, 7))[0].read == b"content"
    reader.close()
    assert any("pread" in line for line in audited_by(samba))  # It is seen where it happens.


def audited_by(samba: Samba) -> list[str]:
    return [line for line in samba.log.splitlines() if "audit|" in line or "|ok|" in line]


def test_a_dfs_link_leads_to_the_other_share(samba, source_of):
    (samba.share("dfs") / "staff").symlink_to("msdfs:127.0.0.1\\hr")
    (samba.share("dfs") / "area").mkdir()
    (samba.share("dfs") / "area" / "deep").symlink_to("msdfs:127.0.0.1\\public\\sub")
    (samba.share("hr") / "files").mkdir()
    (samba.share("hr") / "files" / "leave.doc").write_bytes(b"leave")
    (samba.share("public") / "sub").mkdir()
    (samba.share("public") / "sub" / "plan.doc").write_bytes(b"plan")
    source = source_of("dfs")
    found = items_of(source)
    assert set(found) == {b"staff/files/leave.doc", b"area/deep/plan.doc"}
    assert read(source_of("dfs"), b"staff/files/leave.doc") == b"leave"
    with source.open(found[b"area/deep/plan.doc"]) as opened:
        assert (opened.file.read(), opened.version) == (b"plan", found[b"area/deep/plan.doc"].version)


def test_a_source_may_begin_behind_a_dfs_link(samba, source_of):
    (samba.share("dfs") / "staff").symlink_to("msdfs:127.0.0.1\\hr")
    (samba.share("hr") / "files" / "2019").mkdir(parents=True)
    (samba.share("hr") / "files" / "2019" / "leave.doc").write_bytes(b"leave")
    source = source_of("dfs", path="staff/files")
    assert [listing.folder for listing in source.list()] == [b"", b"2019"]
    assert read(source, b"2019/leave.doc") == b"leave"


def test_a_share_that_is_only_a_way_to_another_leads_there(samba, source_of):
    (samba.share("hr") / "leave.doc").write_bytes(b"leave")
    source = source_of("way")
    assert set(items_of(source)) == {b"leave.doc"}
    assert read(source, b"leave.doc") == b"leave"


def test_dfs_links_that_cannot_be_followed_are_named(samba, source_of):
    for name, target in (("closed", "hr"), ("dead", "nowhere"), ("round", "dfs")):
        (samba.share("dfs") / name).symlink_to(f"msdfs:127.0.0.1\\{target}")
    found = listings_of(source_of("dfs", username=samba.crawl))
    assert {
        folder: (listing.complete, listing.problem and listing.problem.code) for folder, listing in found.items()
    } == {
        b"": (True, None),
        b"closed": (False, ProblemCode.DENIED),
        b"dead": (False, ProblemCode.LINK),
        b"round": (False, ProblemCode.LINK),
    }


def test_many_files_are_fetched_each_once_and_what_is_not_simple_in_its_own_way(samba, source_of):
    share = samba.share("public")
    expected = {b"%03d" % number: b"%d" % number * 50 for number in range(60)}
    expected |= {b"empty": b"", b"grown": b"x" * 100_000, b"large": b"y" * 2_000_000}
    for locator, content in expected.items():
        (share / locator.decode()).write_bytes(content)
    (share / "folder").mkdir()
    (share / "closed").touch(0o600)
    (share / "closed").write_bytes(b"z")
    source = source_of(username=samba.crawl)
    items = [*items_of(source).values()]
    items = [replace(item, size=3) if item.ref.locator == b"grown" else item for item in items]
    items += [Item(ItemRef("share", locator)) for locator in (b"gone", b"folder", b"../hr/x", b"\xff")]
    found = [(item.ref.locator, content) for item, content in source.fetch(items)]
    assert sorted(locator for locator, _ in found) == sorted(item.ref.locator for item in items)
    troubles = {locator: content.problem.code for locator, content in found if isinstance(content, ItemTroubleError)}
    assert {locator: content for locator, content in found if locator not in troubles} == expected
    assert troubles == {
        b"closed": ProblemCode.DENIED,
        b"gone": ProblemCode.VANISHED,
        b"folder": ProblemCode.NOT_A_FILE,
        b"../hr/x": ProblemCode.VANISHED,
        b"\xff": ProblemCode.VANISHED,
    }


def test_what_was_fetched_is_closed_again(samba, source_of):
    for number in range(5):
        (samba.share("public") / f"{number}").write_bytes(b"x")
    (samba.share("public") / "large").write_bytes(b"x" * 100_000)
    source = source_of()
    items = [replace(item, size=1) for item in items_of(source).values()]
    assert len(list(source.fetch(items))) == 6
    other = SmbSession(source._settings, "127.0.0.1")
    for item in items:
        other.ask("public", create(item.ref.name.decode(), access=1, options=0, share=0))[0].expect_success()
    other.close()


def test_files_of_several_shares_are_fetched_together_and_those_kept_elsewhere_are_not_read(samba, source_of):
    for name in ("hr", "offline"):
        (samba.share("dfs") / name).symlink_to(f"msdfs:127.0.0.1\\{name}")
        (samba.share(name) / "file").write_bytes(name.encode())
    (samba.share("dfs") / "own").write_bytes(b"own")
    source = source_of("dfs")
    found = {item.ref.locator: content for item, content in source.fetch(list(items_of(source).values()))}
    assert found.pop(b"offline/file").problem.code is ProblemCode.PLACEHOLDER
    assert found == {b"hr/file": b"hr", b"own": b"own"}


@pytest.mark.parametrize("restore", [True, False])
def test_what_is_fetched_has_its_time_of_access_as_before_where_that_is_wanted(samba, source_of, restore):
    file = samba.share("public") / "a.txt"
    file.write_bytes(b"x")
    os.chown(file, pwd.getpwnam(samba.boss).pw_uid, -1)
    os.utime(file, (10**9, 15 * 10**8))
    source = source_of(restore_access_time=restore)
    ((_, content),) = source.fetch(list(items_of(source).values()))
    assert content == b"x"
    assert (file.stat().st_atime == 10**9) is restore


def test_a_scan_leaves_everything_as_it_was(samba, source_of):
    share = samba.share("public")
    (share / "sub").mkdir()
    for name in ("a.txt", "sub/b.txt"):
        (share / name).write_bytes(name.encode())
        os.utime(share / name, (10**9, 10**9))
    before = _state_of(share)
    source = source_of()
    for locator in items_of(source):
        read(source, locator)
    list(source.fetch(list(items_of(source).values())))
    assert _state_of(share) == before


def test_where_it_is_wanted_what_was_read_has_its_time_of_access_as_before(samba, source_of):
    file = samba.share("public") / "a.txt"
    file.write_bytes(b"x" * 100)
    os.chown(file, pwd.getpwnam(samba.boss).pw_uid, -1)
    os.utime(file, (10**9, 2 * 10**9 - 5 * 10**8))
    source = source_of(restore_access_time=True)
    listed = items_of(source)[b"a.txt"]
    assert read(source, b"a.txt") == b"x" * 100
    assert (file.stat().st_atime, file.stat().st_mtime) == (10**9, 15 * 10**8)
    assert items_of(source)[b"a.txt"].version == listed.version
    plain = source_of()
    assert read(plain, b"a.txt") == b"x" * 100
    assert file.stat().st_atime > 10**9


def test_who_may_not_restore_the_time_of_access_reads_all_the_same(samba, source_of):
    file = samba.share("public") / "a.txt"
    file.write_bytes(b"x")
    file.chmod(0o644)
    assert read(source_of(username=samba.crawl, restore_access_time=True), b"a.txt") == b"x"


def test_whether_the_account_could_write_is_told_and_nothing_is_written(samba, source_of):
    share = samba.share("public")
    (share / "below").mkdir()
    before = share.stat().st_mtime_ns
    assert not source_of(username=samba.crawl).may_write()
    (share / "below").chmod(0o777)
    assert not source_of(username=samba.crawl).may_write()
    assert source_of(username=samba.crawl).may_write([b"", b"gone", b"below"])
    share.chmod(0o777)
    assert source_of(username=samba.crawl).may_write()
    assert not source_of("offline", username=samba.crawl).may_write()
    assert (share.stat().st_mtime_ns, list(share.rglob("*"))) == (before, [share / "below"])


def test_a_root_that_cannot_be_had_is_unreachable_and_says_why(samba, source_of):
    (samba.share("public") / "file").touch()
    for changes, why in (
        ({"share": "nowhere"}, "is no share"),
        ({"path": "gone"}, "is missing"),
        ({"path": "file"}, "is missing"),
        ({"share": "hr", "username": samba.crawl}, "may not be used by this account"),
        ({"username": "nobody-here"}, "does not take the account"),
        ({"password": "wrong"}, "does not take the account"),
    ):
        with pytest.raises(MunimentError, match=why) as caught:
            list(source_of(**changes).list())
        assert samba.password not in str(caught.value)


def test_a_root_that_may_not_be_listed_is_unreachable(samba, source_of):
    (samba.share("public") / "closed").mkdir(mode=0o700)
    with pytest.raises(MunimentError, match="may not be listed"):
        list(source_of(path="closed", username=samba.crawl).list())


def test_nothing_that_is_said_names_the_password_and_no_log_an_account_or_path(samba, source_of, caplog):
    (samba.share("public") / "Jo Bloggs.txt").write_text("x")
    with caplog.at_level(logging.DEBUG):
        source = source_of()
        read(source, b"Jo Bloggs.txt")
        list(source.list())
    assert samba.password not in repr(source) + repr(source._settings) + caplog.text
    assert "Bloggs" not in caplog.text
    assert samba.boss not in caplog.text


@pytest.mark.parametrize("connections", [1, 3])
def test_threads_list_and_read_at_the_same_time(samba, source_of, connections):
    share = samba.share("public")
    for number in range(40):
        (share / f"{number % 5}").mkdir(exist_ok=True)
        (share / f"{number % 5}" / f"{number}.txt").write_bytes(b"%d" % number)
    source = source_of(connections=connections)
    expected = {b"%d/%d.txt" % (number % 5, number): b"%d" % number for number in range(40)}
    with ThreadPoolExecutor(6) as threads:
        listed = [threads.submit(items_of, source) for _ in range(3)]
        reads = {locator: threads.submit(read, source, locator) for locator in expected}
        assert {locator: done.result() for locator, done in reads.items()} == expected
        assert all(set(done.result()) == set(expected) for done in listed)


def test_reading_does_not_wait_for_a_file_that_the_same_thread_has_open(samba, source_of):
    for name in ("outer", "inner"):
        (samba.share("public") / name).write_text(name)
    source = source_of(connections=1)
    with source.open(Item(ItemRef("share", b"outer"))) as outer:
        assert read(source, b"inner") == b"inner"
        assert len(list(source.list())) == 1
        assert outer.file.read() == b"outer"


def _state_of(folder: Path) -> dict[str, tuple[object, ...]]:
    state: dict[str, tuple[object, ...]] = {}
    for path in sorted(folder.rglob("*")):
        facts = path.stat()
        attributes = {name: os.getxattr(path, name) for name in os.listxattr(path)}
        content = path.read_bytes() if stat.S_ISREG(facts.st_mode) else b""
        state[str(path)] = (facts.st_mtime_ns, facts.st_ctime_ns, facts.st_size, facts.st_mode, content, attributes)
    return state
