"""Rights are read of each folder on the way and of the file, by mode and by list, as they are at that moment."""

from __future__ import annotations

import os
import struct

import pytest

from domain.access import Right
from domain.admission import admits
from domain.errors import ItemTroubleError
from scanner.sources import rights_now as module
from scanner.sources.rights_now import rights_now

READER = frozenset({"uid:7001", "gid:7002", "gid:7003"})


@pytest.fixture
def share(tmp_path):
    (tmp_path / "Case" / "deep").mkdir(parents=True)
    (tmp_path / "Case" / "deep" / "a.txt").write_text("a")
    for one in (tmp_path, tmp_path / "Case", tmp_path / "Case" / "deep"):
        one.chmod(0o755)
    return tmp_path


def may_read(share, principals=READER) -> bool:
    with (share / "Case" / "deep" / "a.txt").open("rb") as file:
        every = list(rights_now(os.fsencode(share), b"Case/deep/a.txt", file.fileno()))
    assert len(every) == 4
    return all(admits(rights, principals) for rights in every)


@pytest.mark.parametrize(
    ("mode", "owner", "group", "may"),
    [
        (0o644, 7009, 7009, True), (0o640, 7009, 7002, True), (0o640, 7009, 7009, False), (0o600, 7001, 7009, True),
        (0o600, 7009, 7002, False), (0o604, 7009, 7003, False), (0o604, 7009, 7009, True), (0o044, 7001, 7002, False),
        (0o000, 7001, 7002, False), (0o111, 7001, 7002, False),
    ],
)  # fmt: skip
def test_a_file_is_read_by_whom_its_mode_lets(share, mode, owner, group, may):
    file = share / "Case" / "deep" / "a.txt"
    os.chown(file, owner, group)
    file.chmod(mode)
    assert may_read(share) is may


@pytest.mark.parametrize("folder", ["", "Case", "Case/deep"])
def test_a_folder_on_the_way_that_one_may_not_enter_shuts_out(share, folder):
    assert may_read(share)
    (share / folder).chmod(0o744)
    assert not may_read(share)


def a_list(*entries: tuple[int, int, int]) -> bytes:
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *one) for one in entries)


ANY = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("named", "mask", "other", "may"),
    [
        ((0x02, 4, 7001), 4, 0, True), ((0x02, 4, 7001), 0, 0, False), ((0x02, 0, 7001), 4, 4, False),
        ((0x08, 4, 7003), 4, 0, True), ((0x08, 0, 7003), 4, 4, False), ((0x08, 4, 7009), 4, 0, False),
    ],
)  # fmt: skip
def test_a_list_counts_with_its_mask(share, named, mask, other, may):
    file = share / "Case" / "deep" / "a.txt"
    os.chown(file, 7009, 7009)
    acl = (
        a_list((0x01, 6, ANY), named, (0x04, 4, ANY), (0x10, mask, ANY), (0x20, other, ANY))
        if named[0] == 0x02
        else (a_list((0x01, 6, ANY), (0x04, 4, ANY), named, (0x10, mask, ANY), (0x20, other, ANY)))
    )
    os.setxattr(file, "system.posix_acl_access", acl)
    assert may_read(share) is may


def test_a_folder_counts_by_its_list_too(share):
    acl = a_list((0x01, 7, ANY), (0x02, 0, 7001), (0x04, 5, ANY), (0x10, 5, ANY), (0x20, 5, ANY))
    os.setxattr(share / "Case", "system.posix_acl_access", acl)
    assert not may_read(share)
    assert may_read(share, frozenset({"uid:7008"}))


def test_of_a_share_that_is_mounted_nobody_knows(share, monkeypatch):
    monkeypatch.setattr(module, "_TELLING", frozenset({"cifs"}))
    with pytest.raises(ItemTroubleError, match="rights"):
        may_read(share)


def test_what_the_owner_may_not_do_is_a_denial(share):
    file = share / "Case" / "deep" / "a.txt"
    file.chmod(0o044)
    with file.open("rb") as opened:
        *_, rights = rights_now(os.fsencode(share), b"Case/deep/a.txt", opened.fileno())
    assert Right(f"uid:{file.stat().st_uid}", allows=False) in rights
