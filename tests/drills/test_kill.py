"""kill -9 at any moment: the next run ends with the inventory that an undisturbed one has."""

from __future__ import annotations

import contextlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
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


@pytest.fixture(scope="module", autouse=True)
def compiled_once(tmp_path_factory) -> Iterator[None]:
    """Keep bytecode from one start to the next: where none is kept, compiling is most of what a start costs."""
    with pytest.MonkeyPatch.context() as environment:
        environment.delenv("PYTHONDONTWRITEBYTECODE", raising=False)
        environment.setenv("PYTHONPYCACHEPREFIX", str(tmp_path_factory.mktemp("compiled")))
        yield


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


@pytest.fixture(scope="module")
def a_workspace(tmp_path_factory, estate, compiled_once) -> Callable[[Path], Path]:
    """Makes a folder as `muniment init` leaves it: that is run once, and what it made is copied."""
    made = tmp_path_factory.mktemp("made")
    assert command(made, "init", "--root", str(estate)).wait() == 0
    return lambda folder: Path(shutil.copytree(made, folder))


def inventory(work: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(work / "inventory.db") as connection:
        rows = connection.execute(_QUERY).fetchall()
    connection.close()
    return rows


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, a_workspace) -> list[tuple[object, ...]]:
    """The inventory of a scan that nobody disturbs, which is the same twice."""
    quiet = tmp_path_factory.mktemp("quiet")
    first, second = a_workspace(quiet / "first"), a_workspace(quiet / "second")
    assert command(first, "scan").wait() == command(second, "scan").wait() == 0
    assert inventory(first) == inventory(second)
    return inventory(first)


def has_recorded(work: Path, scan: subprocess.Popen[bytes], count: int) -> bool:
    """Wait until so many items and parts are examined and recorded; whether the scan goes on even then."""
    while scan.poll() is None and recorded(work) < count:
        time.sleep(0.02)
    return scan.poll() is None


def recorded(work: Path) -> int:
    """Read without a trace: what a killed scan leaves is for the next one to put in order."""
    with (
        contextlib.suppress(sqlite3.OperationalError),
        contextlib.closing(sqlite3.connect(f"file:{work}/inventory.db?mode=ro", uri=True)) as connection,
    ):
        return connection.execute("SELECT count(*) FROM item WHERE outcome IS NOT NULL").fetchone()[0]
    return 0


def test_a_scan_killed_at_random_moments_and_run_again_gives_the_same_inventory(
    a_workspace, undisturbed, tmp_path, drill_size, record_property
):
    chance = random.Random(20)
    kills = drill_size(2, 20)
    interrupted = 0
    for round_number in range(kills):
        work = a_workspace(tmp_path / f"work {round_number}")
        scan = command(work, "scan")
        if has_recorded(work, scan, chance.randrange(len(undisturbed))):
            time.sleep(chance.uniform(0.0, 0.5))  # So that it is not always just after a batch was recorded.
        interrupted += scan.poll() is None
        scan.kill()
        scan.wait()
        assert command(work, "scan").wait() == 0
        assert inventory(work) == undisturbed
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
