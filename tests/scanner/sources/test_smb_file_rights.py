"""The rights of single files: told where they are not their folder's, and asked for only where they may be others."""

from __future__ import annotations

import os
import pwd
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from samba_servers import Samba, smb_sources
from smb_proxy import CLOSE, CREATE, READ_INFO, cutting, every_command

from domain.access import Breadth
from domain.item import Item, Listing
from scanner.sources.smb.source import SmbSource

pytestmark = pytest.mark.servers
Opener = Callable[..., SmbSource]


@pytest.fixture
def share(samba: Samba) -> Path:
    """A folder of three files that everyone may read, one of which is its owner's alone."""
    folder = samba.share("public") / "Staff"
    folder.mkdir()
    for name in ("a", "b", "own"):
        (folder / name).write_text(name)
        os.chown(folder / name, pwd.getpwnam(samba.boss).pw_uid, -1)
    (folder / "own").chmod(0o600)
    return folder


@pytest.fixture
def asked() -> list[int]:
    """How many files' rights the server told, compound by compound."""
    return []


@pytest.fixture
def source_of(samba: Samba, asked: list[int]) -> Iterator[Opener]:
    def seen(message: bytes) -> bytes:
        if every_command(message)[:3] == [CREATE, READ_INFO, CLOSE]:
            asked.append(1)
        return message

    with cutting(samba.port, *[None] * 9, change=seen) as proxy, smb_sources(samba, lambda _: None) as make:
        yield lambda **changes: make(**{"port": proxy.port} | changes)


def listed(source: SmbSource, before: Listing | None = None) -> Listing:
    """The listing of the folder, by a source that is told what was said of it before."""
    states = {before.folder: before.state} if before else {}
    return next(one for one in source.list(lambda folder: states.get(folder, b"")) if one.folder == b"Staff")


def by_name(listing: Listing) -> dict[bytes, Item]:
    return {item.ref.name: item for item in listing.items}


def test_a_file_tells_its_owner_and_its_rights_where_they_are_not_its_folders(samba, share, source_of):
    listing = listed(source_of())
    found = by_name(listing)
    assert found[b"a"].access == found[b"b"].access == listing.access
    assert found[b"own"].access.breadth() is Breadth.NAMED
    assert found[b"own"].access.owner == found[b"own"].owner == found[b"a"].owner != listing.access.owner


def test_of_an_unchanged_folder_no_file_is_asked_for_its_rights(samba, share, source_of, asked):
    first = listed(source_of())
    assert len(asked) == 3
    again = listed(source_of(), first)
    assert (again.items, again.since_known, again.state) == ((), True, first.state)
    assert len(asked) == 3


def test_what_is_new_or_has_changed_is_asked_and_nothing_else(samba, share, source_of, asked):
    first = listed(source_of())
    (share / "new").write_text("new")
    (share / "a").write_text("changed")
    found = by_name(listed(source_of(), first))
    assert {name for name, item in found.items() if item.access is not None} == {b"new", b"a"}
    assert set(found) == {b"a", b"b", b"new", b"own"}
    assert len(asked) == 3 + 2


def test_where_the_rights_of_the_folder_change_those_of_its_files_are_asked_for_again(samba, share, source_of, asked):
    first = listed(source_of())
    share.chmod(0o700)
    (share / "b").chmod(0o600)
    os.chown(share, pwd.getpwnam(samba.boss).pw_uid, -1)
    found = by_name(listed(source_of(), first))
    assert found[b"b"].access.breadth() is Breadth.NAMED
    assert found[b"a"].access.breadth() is Breadth.EVERYONE
    assert len(asked) == 3 + 3


def test_without_file_rights_none_is_asked_for_and_those_that_are_known_stay_known(samba, share, source_of, asked):
    bare = listed(source_of(file_rights=False))
    assert {item.access for item in bare.items} == {None}
    assert asked == []
    told = listed(source_of(), bare)
    assert None not in {item.access for item in told.items}
    (share / "new").write_text("new")
    without = listed(source_of(file_rights=False), told)
    assert by_name(listed(source_of(), without))[b"new"].access is not None
    assert len(asked) == 3 + 1


def test_rights_that_this_account_may_not_see_are_unknown_and_not_asked_for_again(samba, share, source_of, asked):
    first = listed(source_of(username=samba.crawl))
    assert by_name(first)[b"own"].access is None
    assert by_name(first)[b"a"].access is not None
    assert listed(source_of(username=samba.crawl), first).since_known
    assert len(asked) == 3


def test_more_files_than_fit_into_one_round_trip_are_asked_for_in_turn(samba, share, source_of, asked):
    for number in range(700):
        (share / f"{number:03}").touch()
    found = by_name(listed(source_of()))
    assert len(found) == len(asked) == 703
    assert all(item.access is not None for item in found.values())
