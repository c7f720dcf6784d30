"""Worker hosts, the driver and the database lost in the middle: the inventory is that of a quiet scan, no row twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from builders import a_zip
from postgres_servers import Postgres, running_postgres

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]

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
_LETTER = "Dear Mrs Thornbury, your National Insurance number is AB{:06}C."
PROGRAM = Path(sys.executable).parent / "muniment"


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def environment(tmp_path_factory) -> dict[str, str]:
    """Short leases and short patience, so that much can go wrong in little time; bytecode kept between starts."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("MUNIMENT_")}
    own.pop("PYTHONDONTWRITEBYTECODE", None)
    return own | {
        "PYTHONPYCACHEPREFIX": str(tmp_path_factory.mktemp("compiled")), "MUNIMENT_DETECTION__MODEL": "none",
        "MUNIMENT_EXECUTOR__LEASE": "10", "MUNIMENT_EXECUTOR__SILENT_SECONDS": "6", "MUNIMENT_LIMITS__WORKERS": "1",
    }  # fmt: skip


@pytest.fixture(scope="module")
def work(tmp_path_factory, environment) -> Path:
    """The folder of the configuration and the key, which all hosts share here."""
    root = tmp_path_factory.mktemp("estate")
    for folder in range(3):
        (root / f"Folder {folder}").mkdir()
        for number in range(12):
            (root / f"Folder {folder}" / f"{number}.txt").write_text(_LETTER.format(folder * 100 + number))
        (root / f"Folder {folder}" / "copy.txt").write_text(_LETTER.format(1))
    members = {f"{number}.txt": _LETTER.format(number + 700).encode() for number in range(30)}
    (root / "all.zip").write_bytes(a_zip({**members, "inner.zip": a_zip(members)}))
    folder = tmp_path_factory.mktemp("work")
    subprocess.run([PROGRAM, "-q", "init", "--root", root], cwd=folder, env=environment, check=True)
    return folder


class Cluster:
    """Commands over one new database; what still runs at the end is killed."""

    def __init__(self, server: Postgres, work: Path, environment: dict[str, str]) -> None:
        self.server, self.url, self._work = server, server.fresh(), work
        self._environment = environment | {"MUNIMENT_INVENTORY__URL": self.url}
        self._started: list[subprocess.Popen[str]] = []

    def start(self, *arguments: str, kind: str = "cluster", **more: str) -> subprocess.Popen[str]:
        started = subprocess.Popen(
            [PROGRAM, "-q", *arguments], cwd=self._work,
            env=self._environment | {"MUNIMENT_EXECUTOR__KIND": kind} | more,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, start_new_session=True,
        )  # fmt: skip
        self._started.append(started)
        return started

    def end(self) -> None:
        for started in self._started:
            if started.poll() is None:
                kill(started)
        self.server.drop(self.url)

    def ask(self, statement: str) -> list[tuple[object, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(statement).fetchall()

    def recorded(self) -> int:
        return int(str(self.ask("SELECT count(*) FROM item WHERE outcome IS NOT NULL")[0][0]))

    def until_recorded(self, count: int, driver: subprocess.Popen[str]) -> bool:
        """Wait until so many items and parts are recorded; whether the driver goes on even then."""
        while driver.poll() is None and self.recorded() < count:
            time.sleep(0.05)
        return driver.poll() is None

    def inventory(self) -> list[tuple[object, ...]]:
        assert self.ask(_TWICE) == [(0,)]
        assert self.ask("SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')") == [(0,)]
        return self.ask(_QUERY)


def kill(host: subprocess.Popen[str]) -> None:
    """As a power cut does: with all its children."""
    os.killpg(host.pid, signal.SIGKILL)
    host.communicate()


def ended(process: subprocess.Popen[str]) -> int:
    try:
        _, said = process.communicate(timeout=600)
    except subprocess.TimeoutExpired:
        pytest.fail("it does not end")
    assert "Traceback" not in said, said
    sys.stdout.write(said)  # shown where the test fails
    return process.returncode


@pytest.fixture
def cluster(server, work, environment) -> Iterator[Cluster]:
    made = Cluster(server, work, environment)
    yield made
    made.end()


@pytest.fixture(scope="module")
def undisturbed(server, work, environment) -> list[tuple[object, ...]]:
    """The inventory of a quiet scan by this machine alone."""
    quiet = Cluster(server, work, environment)
    assert ended(quiet.start("scan", kind="local")) == 0
    rows = quiet.inventory()
    quiet.end()
    return rows


def test_a_quiet_scan_by_two_hosts_gives_the_inventory_of_one_machine(cluster, undisturbed):
    hosts = [cluster.start("worker") for _ in range(2)]
    assert ended(cluster.start("scan")) == 0
    assert cluster.inventory() == undisturbed
    for host in hosts:
        host.terminate()
    assert [ended(host) for host in hosts] == [0, 0]


def test_every_worker_host_killed_in_the_middle_costs_nothing(cluster, undisturbed, drill_size, record_property):
    chance = random.Random(30)
    driver, kills = cluster.start("scan"), 0
    for moment in sorted(chance.sample(range(10, len(undisturbed) * 3 // 4), drill_size(1, 5))):
        hosts = [cluster.start("worker") for _ in range(2)]
        if cluster.until_recorded(moment, driver):
            kills += len(hosts)
        for host in hosts:
            kill(host)
    cluster.start("worker")
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    record_property("drill", f"{kills} worker hosts killed with -9; inventory equal")
    assert kills > 0


def test_a_driver_killed_in_the_middle_is_followed_by_another(cluster, undisturbed, record_property):
    driver = cluster.start("scan")
    hosts = [cluster.start("worker") for _ in range(2)]
    killed = cluster.until_recorded(len(undisturbed) // 4, driver)
    kill(driver)
    assert ended(cluster.start("scan")) == 0
    assert cluster.inventory() == undisturbed
    for host in hosts:
        host.terminate()
    assert [ended(host) for host in hosts] == [0, 0]
    record_property("drill", "driver killed with -9, another started; inventory equal")
    assert killed


def test_a_database_restarted_in_the_middle_is_waited_for_by_the_hosts(cluster, undisturbed, record_property):
    driver = cluster.start("scan")
    hosts = [cluster.start("worker") for _ in range(2)]
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    cluster.server.stop(at_once=True)
    cluster.server.start()
    driver.communicate(timeout=600)
    assert ended(cluster.start("scan")) == 0
    assert cluster.inventory() == undisturbed
    assert [host.poll() for host in hosts] == [None, None]
    record_property("drill", "database restarted in the middle of a scan; hosts went on, inventory equal")


def test_a_host_that_is_stopped_gives_back_what_it_has_not_done(cluster, undisturbed, record_property):
    driver = cluster.start("scan")
    first = cluster.start("worker")
    assert cluster.until_recorded(len(undisturbed) // 4, driver)
    first.terminate()
    assert ended(first) == 0
    assert cluster.ask("SELECT count(*) FROM procrastinate_jobs WHERE status = 'doing'") == [(0,)]
    assert ended(cluster.start("worker", "--once")) == 0
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
    record_property("drill", "a host stopped with SIGTERM gave its leases back at once; inventory equal")


def test_a_host_that_reads_otherwise_is_refused(cluster, undisturbed):
    driver = cluster.start("scan")
    while not cluster.ask("SELECT scan_id FROM progress"):
        time.sleep(0.05)
    other = cluster.start("worker", MUNIMENT_LIMITS__DEPTH="3")
    _, said = other.communicate(timeout=600)
    assert other.returncode == 2
    assert "bring this host to the same version" in said
    assert cluster.recorded() == 0
    cluster.start("worker")
    assert ended(driver) == 0
    assert cluster.inventory() == undisturbed
