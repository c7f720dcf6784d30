"""The disk full in the middle: what is said tells what to do, and when there is room the scan ends as a quiet one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from clusters import PROGRAM, Cluster, Rows, Workplace, a_workplace, ended, ended_with, stopped, until_said
from killing import command, has_recorded, inventory, recorded
from small_disks import SmallDisk, small_disk

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]

_MORE_THAN_MEMORY = 34 * 1024 * 1024
"""A file that is copied to the disk while it is read; of a kind that has no text."""

_WITH_PROBLEMS = 3


@pytest.fixture
def disk() -> Iterator[SmallDisk]:
    with small_disk(megabytes=20) as made:
        yield made


@pytest.fixture
def spool() -> Iterator[SmallDisk]:
    """Enough for one large file, when nothing else lies there."""
    with small_disk(megabytes=48) as made:
        yield made


@pytest.fixture(scope="module")
def estate(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("estate")
    for folder in range(10):
        (root / f"{folder}").mkdir()
        for number in range(20):
            text = f"Dear Mrs Thornbury, your National Insurance number is AB{folder * 100 + number:06}C."
            (root / f"{folder}" / f"{number}.txt").write_text(text)
    with (root / "large.bin").open("wb") as file:
        file.truncate(_MORE_THAN_MEMORY)
    return root


@pytest.fixture(scope="module")
def workplace(tmp_path_factory, estate) -> Workplace:
    return a_workplace(tmp_path_factory.mktemp("work"), estate)


@pytest.fixture(scope="module")
def undisturbed(server, workplace) -> Iterator[Rows]:
    quiet = Cluster(server, workplace, None, server.fresh())
    assert ended(quiet.scan(kind="local")) == _WITH_PROBLEMS
    yield quiet.inventory()
    quiet.end()


@pytest.fixture(scope="module")
def quiet(tmp_path_factory, estate) -> Rows:
    """The inventory of a local scan that has room."""
    folder = tmp_path_factory.mktemp("quiet")
    assert command(folder, "init", "--root", str(estate)).wait() == 0
    assert command(folder, "scan").wait() == _WITH_PROBLEMS
    return inventory(folder)


@pytest.mark.parametrize("is_read", [False, True], ids=["alone", "while somebody reads"])
def test_a_local_scan_whose_inventory_finds_no_room_says_so_and_goes_on_when_there_is_some(
    disk, estate, quiet, record_property, is_read
):
    work = disk.folder / "work"
    work.mkdir()
    assert command(work, "init", "--root", str(estate)).wait() == 0
    scan = subprocess.Popen(
        [PROGRAM, "-q", "scan"], cwd=work, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"MUNIMENT_DETECTION__MODEL": "none"},
    )  # fmt: skip
    assert has_recorded(work, scan, 20)
    with closing(sqlite3.connect(f"file:{work}/inventory.db?mode=ro", uri=True, isolation_level=None)) as reader:
        if is_read:
            # An old view, for whose sake nothing that is written from now on leaves the log.
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM item").fetchone()
        disk.fill()
        status, said = ended_with(scan)
    assert status == 2
    assert "The inventory could not be used" in said
    assert "run the same command again" in said
    kept = recorded(work)
    disk.make_room()
    assert command(work, "scan").wait() == _WITH_PROBLEMS
    assert inventory(work) == quiet
    record_property("drill", f"no room for a file's inventory: said so with {kept} items kept; then inventory equal")


def test_a_database_that_finds_no_room_is_named_and_waited_for(
    server, workplace, network, undisturbed, disk, record_property
):
    cluster = Cluster(server, workplace, network, server.fresh(tablespace=server.tablespace(disk.folder)))
    try:
        driver, host = cluster.scan(), cluster.host()
        assert cluster.until_recorded(1, driver)
        disk.fill()
        until_said("Make room on the server's disk, then run the same command again.", host)
        kept = cluster.recorded()
        disk.make_room()
        if ended(driver) != _WITH_PROBLEMS:  # It met with that as well.
            assert ended(cluster.scan()) == _WITH_PROBLEMS
        assert cluster.inventory() == undisturbed
        assert stopped(host) == [0]
    finally:
        cluster.end()
    record_property("drill", f"no room for the database: said so with {kept} items kept; then inventory equal")


def test_a_host_whose_temporary_folder_finds_no_room_says_so_and_goes_on_when_there_is_some(
    cluster, undisturbed, spool, record_property
):
    spool.fill(but=1_000_000)
    driver, full = cluster.scan(), cluster.host(TMPDIR=str(spool.folder))
    status, said = ended_with(full)
    assert status == 2
    assert f"Make room in {spool.folder}, or name another folder in TMPDIR, then run the same command again." in said
    kept = cluster.recorded()
    spool.make_room()
    host = cluster.host(TMPDIR=str(spool.folder))
    assert ended(driver) == _WITH_PROBLEMS
    assert cluster.inventory() == undisturbed
    assert stopped(host) == [0]
    record_property("drill", f"no room for a host's copies: said so with {kept} items kept; then inventory equal")
