from __future__ import annotations

import os
import struct
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.access import EVERYONE, Access, Breadth
from scanner.sources.filesystem import FilesystemSource
from scanner.sources.posix_rights import ANYBODY, rights_of

_USER, _NAMED_GROUP = 0x02, 0x08


def acl(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)


def rights(
    folder: Path, monkeypatch: pytest.MonkeyPatch, listed: bytes = b"", coming: tuple[str, ...] = ANYBODY
) -> Access:
    """The rights of a folder as if this list were kept with it: no file system of a test machine need keep lists."""
    monkeypatch.setattr(os, "getxattr", lambda *_, **__: listed)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        return rights_of(descriptor, os.fstat(descriptor), coming)[0]
    finally:
        os.close(descriptor)


@pytest.mark.parametrize(
    ("mode", "readers", "writers"),
    [
        (0o755, ["me", "group", EVERYONE], ["me"]),
        (0o750, ["me", "group"], ["me"]),
        (0o700, ["me"], ["me"]),
        (0o704, ["me"], ["me"]),  # to list without entering shows names and nothing else
        (0o777, ["me", "group", EVERYONE], ["me", "group", EVERYONE]),
    ],
)
def test_a_mode_says_who_may_read_and_write(tmp_path, monkeypatch, mode, readers, writers):
    tmp_path.chmod(mode)
    names = {"me": f"uid:{os.getuid()}", "group": f"gid:{tmp_path.stat().st_gid}", EVERYONE: EVERYONE}
    access = rights(tmp_path, monkeypatch)
    assert access.owner == names["me"]
    assert access.readers == tuple(sorted(names[one] for one in readers))
    assert access.writers == tuple(sorted(names[one] for one in writers))


def test_a_list_names_users_and_groups_as_far_as_its_mask_goes(tmp_path, monkeypatch):
    tmp_path.chmod(0o750)
    listed = acl((1, 7, 0), (_USER, 7, 1201), (4, 0, 0), (_NAMED_GROUP, 5, 3000), (0x10, 5, 0), (0x20, 0, 0))
    access = rights(tmp_path, monkeypatch, listed)
    assert access.readers == ("gid:3000", f"uid:{os.getuid()}", "uid:1201")
    assert access.writers == (f"uid:{os.getuid()}",)  # the mask takes writing from user 1201


@given(listed=st.binary(max_size=60))
def test_a_damaged_list_breaks_nothing(tmp_path_factory, listed):
    with pytest.MonkeyPatch.context() as patched:
        assert rights(tmp_path_factory.getbasetemp(), patched, listed).owner == f"uid:{os.getuid()}"


@pytest.mark.parametrize(
    ("mode", "coming", "readers"),
    [
        (0o755, (EVERYONE,), ("everyone", "gid", "uid")),
        (0o755, ("gid:7", "uid:5"), ("gid", "gid:7", "uid", "uid:5")),
        (0o750, ("gid:7", "uid:5"), ("gid", "uid")),
        (0o755, ("uid:5",), ("uid:5",)),
        (0o750, ("uid:5",), ("uid:5",)),
        (0o700, ("uid:5",), ()),
        (0o700, ("gid:7", "uid:5"), ("uid",)),
        (0o755, (), ()),
    ],
)
def test_a_folder_lies_open_to_no_more_than_those_who_can_come_to_it(tmp_path, monkeypatch, mode, coming, readers):
    tmp_path.chmod(mode)
    facts = tmp_path.stat()
    own = {"uid": f"uid:{facts.st_uid}", "gid": f"gid:{facts.st_gid}"}
    found = rights(tmp_path, monkeypatch, coming=coming).readers
    assert found == tuple(sorted(own.get(one, one) for one in readers))


def test_rights_are_narrowed_on_the_way_down_and_a_folder_that_only_lets_through_does_so(tmp_path):
    folders = {"closed": 0o700, "closed/open": 0o755, "through": 0o711, "through/open": 0o755, "": 0o755}
    for name, mode in folders.items():
        (tmp_path / name).mkdir(exist_ok=True)
        (tmp_path / name).chmod(mode)
    breadths = {one.folder.decode(): one.access.breadth() for one in FilesystemSource("s", bytes(tmp_path)).list()}
    assert breadths == {
        "": Breadth.EVERYONE, "closed": Breadth.NAMED, "closed/open": Breadth.NAMED,
        "through": Breadth.NAMED, "through/open": Breadth.EVERYONE,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("folder", "file", "breadth"),
    [
        (0o755, 0o644, None),
        (0o775, 0o664, None),
        (0o775, 0o644, None),  # to write less is nothing to tell
        (0o750, 0o640, None),
        (0o750, 0o644, None),  # nobody else comes so far
        (0o700, 0o666, None),
        (0o755, 0o600, Breadth.NAMED),
        (0o755, 0o664, Breadth.EVERYONE),  # and the group may write to it
        (0o711, 0o644, Breadth.EVERYONE),  # who knows its name can read it
        (0o710, 0o640, Breadth.GROUP),
    ],
)
def test_the_rights_of_a_file_are_told_where_they_are_other_than_its_folders(tmp_path, folder, file, breadth):
    tmp_path.chmod(0o755)
    share = tmp_path / "share"
    share.mkdir()
    (share / "file").touch()
    (share / "file").chmod(file)
    share.chmod(folder)
    (listing,) = (one for one in FilesystemSource("s", bytes(tmp_path)).list() if one.folder)
    (item,) = listing.items
    assert (None if item.access == listing.access else item.access.breadth()) == breadth


def test_a_list_is_asked_of_the_file_itself_and_only_where_it_could_say_more(tmp_path, monkeypatch):
    tmp_path.chmod(0o711)
    for name, mode in {"group": 0o640, "all": 0o644, "me": 0o600}.items():
        (tmp_path / name).touch()
        (tmp_path / name).chmod(mode)
    (tmp_path / "link").symlink_to("group")
    asked = []
    listed = acl((1, 6, 0), (_USER, 4, 1201), (4, 0, 0), (0x10, 4, 0), (0x20, 0, 0))

    def getxattr(place, _name, *, follow_symlinks=True):
        if isinstance(place, int):
            raise OSError
        asked.append((place.rpartition(b"/")[2], follow_symlinks))
        return listed

    monkeypatch.setattr(os, "getxattr", getxattr)
    (listing,) = FilesystemSource("s", bytes(tmp_path)).list()
    assert asked == [(b"group", False)]
    readers = {item.ref.name: item.access.readers for item in listing.items if item.access}
    assert readers[b"group"] == (f"uid:{os.getuid()}", "uid:1201")


@pytest.mark.parametrize(
    ("readers", "groups", "breadth"),
    [
        (("S-1-1-0", "uid:5"), (), Breadth.EVERYONE),
        (("S-1-5-21-7-8-9-513",), (), Breadth.ORGANISATION),
        (("S-1-5-11",), (), Breadth.ORGANISATION),
        (("S-1-5-21-7-8-9-1105",), ("S-1-5-21-7-8-9-1105",), Breadth.GROUP),
        (("S-1-5-21-7-8-9-1105",), (), Breadth.NAMED),
        (("S-1-5-32-544", "S-1-5-18", "S-1-5-21-7-8-9-512"), (), Breadth.NAMED),
        (("gid:1000",), (), Breadth.GROUP),
        ((EVERYONE,), (), Breadth.EVERYONE),
    ],
)
def test_the_breadth_of_access_is_that_of_the_widest_principal(readers, groups, breadth):
    assert Access(None, readers).breadth(groups) is breadth
