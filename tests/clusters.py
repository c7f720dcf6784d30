"""Hosts and drivers as processes over one database, to be killed and cut off; and what the inventory then holds.

The hosts are places of a network of the test's own where that is allowed, else processes of this one machine.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from builders import a_zip
from networks import Network
from postgres_servers import Postgres

PROGRAM = Path(sys.executable).parent / "muniment"
HOSTS = 3

_PATIENCE = 240.0
_LETTER = "Dear Mrs Thornbury, your National Insurance number is AB{:06}C."
_QUERY = """
    SELECT encode(dir.path, 'hex') AS place, encode(item.name, 'hex') AS name, item.part, item.kind, item.size,
           item.modified, item.media_type, item.outcome, item.problem_code, item.problem_limit, item.rest_at,
           encode(content.digest, 'hex'), content.outcome, content.text_chars, content.personal, content.special,
           content.risk, item.gone,
           (SELECT string_agg(kind || ':' || count || ':' || shape, ',' ORDER BY kind)
              FROM finding WHERE finding.content_id = content.id)
      FROM item JOIN dir ON dir.id = item.dir_id LEFT JOIN content ON content.id = item.content_id
     ORDER BY place, name, part
"""
_TWICE = """
    SELECT count(*) FROM (SELECT dir_id, name, part FROM item GROUP BY 1, 2, 3 HAVING count(*) > 1
                          UNION ALL
                          SELECT NULL, digest, media_type FROM content GROUP BY 2, 3 HAVING count(*) > 1) AS twice
"""

Rows = list[tuple[object, ...]]


@dataclass(frozen=True)
class Workplace:
    """Where commands run: a folder with the configuration and key that all hosts share here, and their environment."""

    folder: Path
    environment: Mapping[str, str]


def a_workplace(folder: Path, estate: Path) -> Workplace:
    """Short leases and short patience, so that much can go wrong in little time."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MUNIMENT_")}
    environment = own | {
        "MUNIMENT_DETECTION__MODEL": "none", "MUNIMENT_LIMITS__WORKERS": "1",
        "MUNIMENT_EXECUTOR__LEASE": "10", "MUNIMENT_EXECUTOR__SILENT_SECONDS": "6",
    }  # fmt: skip
    subprocess.run([PROGRAM, "-q", "init", "--root", estate], cwd=folder, env=environment, check=True)
    return Workplace(folder, environment)


def write_estate(root: Path) -> None:
    for folder in range(3):
        (root / f"Folder {folder}").mkdir()
        for number in range(12):
            (root / f"Folder {folder}" / f"{number}.txt").write_text(_LETTER.format(folder * 100 + number))
        (root / f"Folder {folder}" / "copy.txt").write_text(_LETTER.format(1))
    members = {f"{number}.txt": _LETTER.format(number + 700).encode() for number in range(30)}
    (root / "all.zip").write_bytes(a_zip({**members, "inner.zip": a_zip(members)}))


@dataclass
class Cluster:
    """Commands over one new database; what still runs at the end is killed."""

    server: Postgres
    workplace: Workplace
    network: Network | None
    url: str
    _started: list[subprocess.Popen[str]] = field(default_factory=list)
    _places: count[int] = field(default_factory=count)

    def scan(self, *, kind: str = "cluster", place: int | None = None, **more: str) -> subprocess.Popen[str]:
        return self._start(("scan",), place, {"MUNIMENT_EXECUTOR__KIND": kind} | more)

    def host(self, *arguments: str, place: int | None = None, **more: str) -> subprocess.Popen[str]:
        """A worker host, at the next place of the network if not at this one."""
        place = next(self._places) % HOSTS if place is None else place
        return self._start(("worker", *arguments), place, {"MUNIMENT_EXECUTOR__KIND": "cluster"} | more)

    def _start(self, arguments: Sequence[str], place: int | None, more: Mapping[str, str]) -> subprocess.Popen[str]:
        at = self.network.at(place) if self.network and place is not None else ()
        started = subprocess.Popen(
            [*at, PROGRAM, "-q", *arguments], cwd=self.workplace.folder, start_new_session=True, text=True,
            env={**self.workplace.environment, "MUNIMENT_INVENTORY__URL": self.url, **more},
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        self._started.append(started)
        return started

    def end(self) -> None:
        for started in self._started:
            if started.poll() is None:
                kill(started)
            started.stderr.close()
        self.server.drop(self.url)

    def ask(self, statement: str) -> Rows:
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement).fetchall()

    def recorded(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM item WHERE outcome IS NOT NULL")[0][0]))

    def until_recorded(self, count: int, driver: subprocess.Popen[str]) -> bool:
        """Wait until so many items and parts are recorded; whether the driver goes on even then."""
        until(lambda: driver.poll() is not None or self.recorded() >= count)
        return driver.poll() is None

    def inventory(self) -> Rows:
        assert self.ask(_TWICE) == [(0,)]
        assert self.ask("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == [(0,)]
        return self.ask(_QUERY)


def python_beginning_with(code: str, folder: Path) -> str:
    """The PYTHONPATH of a process in which this runs first: Python looks for a module of that name."""
    (folder / "sitecustomize.py").write_text(code)
    return os.pathsep.join(filter(None, (str(folder), os.environ.get("PYTHONPATH", ""))))


def until(holds: Callable[[], bool]) -> None:
    """Wait for what is not ours to tell: what other processes do."""
    end = time.monotonic() + _PATIENCE
    while not holds():
        if time.monotonic() > end:
            pytest.fail("it does not come to that")
        time.sleep(0.05)


def kill(host: subprocess.Popen[str]) -> None:
    """As a power cut does: with all its children."""
    os.killpg(host.pid, signal.SIGKILL)
    host.communicate()


def ended(process: subprocess.Popen[str]) -> int:
    status, _ = ended_with(process)
    return status


def ended_with(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Its status, and what it said."""
    try:
        _, said = process.communicate(timeout=_PATIENCE)
    except subprocess.TimeoutExpired:
        pytest.fail("it does not end")
    assert "Traceback" not in said, said
    sys.stdout.write(said)  # shown where the test fails
    return process.returncode, said


def until_said(words: str, process: subprocess.Popen[str]) -> None:
    """Wait until a process says this while it goes on, whatever else it says before."""
    with_patience = threading.Timer(_PATIENCE, process.kill)
    with_patience.start()
    try:
        if not any(words in line for line in process.stderr):
            pytest.fail(f"it does not say: {words}")
    finally:
        with_patience.cancel()


def stopped(*hosts: subprocess.Popen[str]) -> list[int]:
    for host in hosts:
        host.terminate()
    return [ended(host) for host in hosts]
