"""kill -9 at any moment: the next run ends with the inventory that an undisturbed one has."""

from __future__ import annotations

import random
import shutil
import signal
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from builders import a_zip, an_mbox
from killing import command, has_recorded, inventory, killed_and_run_again, scanned_in_quiet, wait_for_workers

pytestmark = [pytest.mark.drill, pytest.mark.slow]


@pytest.fixture(scope="module")
def estate(tmp_path_factory) -> Path:
    root = tmp_path_factory.mktemp("estate")
    letter = "Dear Mrs Thornbury, your National Insurance number is AB{:06}C."
    for folder in range(6):
        (root / f"Folder {folder}").mkdir()
        for number in range(25):
            (root / f"Folder {folder}" / f"{number}.txt").write_text(letter.format(folder * 100 + number))
        members = {f"{number}.txt": letter.format(number + 700).encode() for number in range(30)}
        (root / f"Folder {folder}" / "all.zip").write_bytes(a_zip({**members, "inner.zip": a_zip(members)}))
    (root / "team.mbox").write_bytes(an_mbox(150, "Dear Mr Oakenshawe"))
    return root


@pytest.fixture(scope="module")
def a_workspace(tmp_path_factory, estate) -> Callable[[Path], Path]:
    """Makes a folder as `muniment init` leaves it: that is run once, and what it made is copied."""
    made = tmp_path_factory.mktemp("made")
    assert command(made, "init", "--root", str(estate)).wait() == 0
    return lambda folder: Path(shutil.copytree(made, folder))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, a_workspace) -> list[tuple[object, ...]]:
    return scanned_in_quiet(a_workspace, tmp_path_factory.mktemp("quiet"))


def test_a_scan_killed_at_random_moments_and_run_again_gives_the_same_inventory(
    a_workspace, undisturbed, tmp_path, drill_size, record_property
):
    chance, kills = random.Random(20), drill_size(2, 20)
    interrupted = sum(
        killed_and_run_again(a_workspace(tmp_path / f"work {number}"), undisturbed, chance) for number in range(kills)
    )
    record_property("drill", f"scan killed with -9 {interrupted} times of {kills}; inventory equal each time")
    assert interrupted > 0


def test_no_worker_outlives_a_killed_scan(a_workspace, tmp_path, record_property):
    work = a_workspace(tmp_path / "work")
    scan = command(work, "scan")
    workers = wait_for_workers(scan)
    scan.send_signal(signal.SIGKILL)
    scan.wait()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert alive == []
    record_property("drill", f"scan killed with -9: its {len(workers)} workers ended with it")


def test_workers_killed_at_random_cost_no_item(a_workspace, undisturbed, tmp_path, drill_size, record_property):
    chance = random.Random(21)
    scans = drill_size(1, 5)
    killed = 0
    for scan_number in range(scans):
        work = a_workspace(tmp_path / f"work {scan_number}")
        killed += kill_workers(work, sorted(chance.sample(range(len(undisturbed) * 9 // 10), 4)), chance)
        assert command(work, "scan").wait() == 0
        assert inventory(work) == undisturbed
    record_property("drill", f"{killed} workers killed with -9 in {scans} scans; inventory equal each time")
    assert killed > 0


def kill_workers(work: Path, moments: list[int], chance: random.Random) -> int:
    """Kill a worker of a scan whenever so many items are recorded; return how many were killed when it has ended."""
    scan = command(work, "scan")
    killed = 0
    for moment in moments:
        if has_recorded(work, scan, moment) and (workers := wait_for_workers(scan)):
            chance.choice(workers).kill()
            killed += 1
    assert scan.wait() in (0, 3)
    return killed
