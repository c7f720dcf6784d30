"""A scan as a process of its own, to be killed; and what its inventory then holds."""

from __future__ import annotations

import contextlib
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from operations.executors.watch import workers_of

_QUERY = """
    SELECT source.name, hex(dir.path), hex(item.name), item.part, item.kind, item.size, item.modified, item.media_type,
           item.outcome, item.problem_code, item.problem_limit, hex(content.digest), content.outcome,
           content.text_chars, content.personal, content.special, content.risk, item.gone,
           (SELECT group_concat(kind || ':' || count || ':' || shape, ',')
              FROM (SELECT * FROM finding WHERE finding.content_id = content.id ORDER BY kind))
      FROM item JOIN dir ON dir.id = item.dir_id JOIN source ON source.id = dir.source_id
      LEFT JOIN content ON content.id = item.content_id
     ORDER BY 1, 2, 3, 4
"""


def command(work: Path, *arguments: str) -> subprocess.Popen[bytes]:
    program = Path(sys.executable).parent / "muniment"
    environment = os.environ | {"MUNIMENT_DETECTION__MODEL": "none"}
    return subprocess.Popen([program, "-q", *arguments], cwd=work, env=environment, stdout=subprocess.DEVNULL)


def inventory(work: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(work / "inventory.db") as connection:
        rows = connection.execute(_QUERY).fetchall()
    connection.close()
    return rows


def scanned_in_quiet(a_workspace: Callable[[Path], Path], folder: Path) -> list[tuple[object, ...]]:
    """The inventory of a scan that nobody disturbs: what those that were disturbed are to end with."""
    work = a_workspace(folder / "quiet")
    assert command(work, "scan").wait() == 0
    return inventory(work)


def killed_and_run_again(
    work: Path, undisturbed: list[tuple[object, ...]], chance: random.Random, kills: int = 1
) -> int:
    """Kill a scan at a random moment, and those that go on with it; how many were still going on. The last is left in
    peace, and its inventory is that of one that nobody disturbed.
    """
    interrupted = 0
    for _ in range(kills):
        scan = command(work, "scan")
        if has_recorded(work, scan, chance.randrange(len(undisturbed))):
            time.sleep(chance.uniform(0.0, 0.5))  # So that it is not always just after a batch was recorded.
        interrupted += scan.poll() is None
        scan.kill()
        scan.wait()
    assert command(work, "scan").wait() == 0
    assert inventory(work) == undisturbed
    return interrupted


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


def wait_for_workers(scan: subprocess.Popen[bytes]) -> list[psutil.Process]:
    """The scan's workers as soon as it has any; none when it ended first, as one that is past its last batch does."""
    for _ in range(600):
        if scan.poll() is not None:
            return []
        with contextlib.suppress(psutil.NoSuchProcess):
            workers = workers_of(psutil.Process(scan.pid))
            if workers:
                return workers
        time.sleep(0.1)
    scan.kill()
    scan.wait()
    pytest.fail("the scan neither ended nor started a worker within a minute")
