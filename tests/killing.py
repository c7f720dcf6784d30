"""A scan as a process of its own, to be killed; and what its inventory then holds."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

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
            workers = [one for one in psutil.Process(scan.pid).children() if "--multiprocessing-fork" in one.cmdline()]
            if workers:
                return workers
        time.sleep(0.1)
    scan.kill()
    scan.wait()
    pytest.fail("the scan neither ended nor started a worker within a minute")
