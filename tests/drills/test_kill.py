"""kill -9 at any moment: the next run ends with the inventory that an undisturbed one has."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest
from builders import a_zip, an_mbox

pytestmark = [pytest.mark.drill, pytest.mark.slow]

_QUERY = """
    SELECT hex(dir.path), hex(item.name), item.part, item.kind, item.size, item.modified, item.media_type, item.outcome,
           item.problem_code, item.problem_limit, hex(content.digest), content.outcome, content.text_chars,
           content.personal, content.special, content.risk, item.gone,
           (SELECT group_concat(kind || ':' || count || ':' || shape, ',')
              FROM (SELECT * FROM finding WHERE finding.content_id = content.id ORDER BY kind))
      FROM item JOIN dir ON dir.id = item.dir_id LEFT JOIN content ON content.id = item.content_id
     ORDER BY 1, 2, 3
"""


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


def command(work: Path, *arguments: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).parent / "muniment"
    environment = os.environ | {"MUNIMENT_DETECTION__MODEL": "none"}
    return subprocess.Popen([program, "-q", *arguments], cwd=work, env=environment, stdout=subprocess.DEVNULL)


def a_workspace(folder: Path, estate: Path) -> Path:
    folder.mkdir()
    assert command(folder, "init", "--root", str(estate)).wait() == 0
    return folder


def inventory(work: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(work / "inventory.db") as connection:
        rows = connection.execute(_QUERY).fetchall()
    connection.close()
    return rows


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, estate) -> tuple[list[tuple[object, ...]], float]:
    work = a_workspace(tmp_path_factory.mktemp("quiet") / "work", estate)
    began = time.monotonic()
    assert command(work, "scan").wait() == 0
    return inventory(work), time.monotonic() - began


def test_a_scan_killed_at_random_moments_and_run_again_gives_the_same_inventory(
    estate, undisturbed, tmp_path, drill_size, record_property
):
    expected, seconds = undisturbed
    chance = random.Random(20)
    kills = drill_size(2, 20)
    interrupted = 0
    for round_number in range(kills):
        work = a_workspace(tmp_path / f"work {round_number}", estate)
        scan = command(work, "scan")
        try:
            scan.wait(seconds * chance.uniform(0.2, 0.95))
        except subprocess.TimeoutExpired:
            scan.send_signal(signal.SIGKILL)
            scan.wait()
            interrupted += 1
        assert command(work, "scan").wait() == 0
        assert inventory(work) == expected
    record_property("drill", f"scan killed with -9 {interrupted} times of {kills}; inventory equal each time")
    assert interrupted > 0


def test_no_worker_outlives_a_killed_scan(estate, tmp_path, record_property):
    work = a_workspace(tmp_path / "work", estate)
    scan = command(work, "scan")
    workers = wait_for_workers(scan)
    scan.send_signal(signal.SIGKILL)
    scan.wait()
    assert workers
    _, alive = psutil.wait_procs(workers, timeout=60)
    assert alive == []
    record_property("drill", f"scan killed with -9: its {len(workers)} workers ended with it")


def wait_for_workers(scan: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The scan's workers as soon as it has any; none when it ended first, as one that is past its last batch does."""
    for _ in range(600):
        if scan.poll() is not None:
            return []
        with contextlib.suppress(psutil.NoSuchProcess):
            workers = [one for one in psutil.Process(scan.pid).children() if "--multiprocessing-fork" in one.cmdline()]
            if workers:
                return workers
        time.sleep(0.1)
    scan.kill()
    scan.wait()
    pytest.fail("the scan neither ended nor started a worker within a minute")


def test_workers_killed_at_random_cost_no_item(estate, undisturbed, tmp_path, drill_size, record_property):
    expected, seconds = undisturbed
    chance = random.Random(21)
    work = a_workspace(tmp_path / "work", estate)
    scan = command(work, "scan")
    killed = 0
    while killed < drill_size(3, 20) and (workers := wait_for_workers(scan)):
        chance.choice(workers).kill()
        killed += 1
        # Longer than a worker takes to start, on the whole: a pool that is killed faster than it starts cannot work.
        time.sleep(chance.uniform(0.1, seconds))
    assert killed
    assert scan.wait() in (0, 3)
    assert command(work, "scan").wait() == 0
    assert inventory(work) == expected
    record_property("drill", f"{killed} workers killed with -9 in one scan; inventory equal")
