"""A PostgreSQL server for tests: Debian's own program, a data folder of its own, on loopback and a free port.

It keeps nothing that matters, so it waits for no disk. Every test has a database of its own, copied from one that is
migrated already.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from servers import free_port

from inventory.engine import open_inventory

PASSWORD = "an invented one"
_ACCOUNT = "postgres"
_START_SECONDS = 60.0
_MIGRATED = "muniment_migrated"
_UNSAFE = {"fsync": "off", "full_page_writes": "off", "shared_buffers": "128MB",
           "max_connections": "60", "log_min_messages": "fatal"}  # fmt: skip
_RIGHTS = """
host all guarded 127.0.0.1/32 scram-sha-256
host all all 127.0.0.1/32 trust
host all all 10.213.0.0/16 trust
"""


@dataclass(slots=True)
class Postgres:
    """A server that can be stopped and started again; `guarded` is a role that needs `PASSWORD`. It can be reached at
    `address` too, which other places of a network know it by.
    """

    programs: Path
    folder: Path
    port: int
    address: str = "127.0.0.1"
    _process: subprocess.Popen[bytes] | None = None
    _numbers: Iterator[int] = field(default_factory=count)

    def url(self, database: str, user: str = _ACCOUNT) -> str:
        return f"postgresql://{user}@{self.address}:{self.port}/{database}"

    def fresh(self, template: str | None = _MIGRATED, tablespace: str = "pg_default") -> str:
        """The URL of a new database: migrated, or with the template None quite empty."""
        name = f"muniment_{next(self._numbers)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template or 'template0'} TABLESPACE {tablespace}")
        return self.url(name)

    def tablespace(self, folder: Path) -> str:
        """A place for databases in a folder, such as a disk of its own."""
        name = f"space_{next(self._numbers)}"
        shutil.chown(folder, _ACCOUNT if os.geteuid() == 0 else os.geteuid())
        self.run(f"CREATE TABLESPACE {name} LOCATION '{folder}'")
        return name

    def run(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(self.url(database), autocommit=True) as connection:
            connection.execute(statement)

    def drop(self, url: str) -> None:
        self.run(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)")

    def start(self, **surroundings: str) -> None:
        """Whatever `surroundings` add to the environment holds until it is stopped, such as the time by faketime."""
        settings = _UNSAFE | {"listen_addresses": ",".join({"127.0.0.1", self.address})}
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (self.folder / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [self.programs / "postgres", "-D", self.folder / "data", "-p", str(self.port), "-k", "", *options],
                stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log, start_new_session=True,
                cwd=self.folder, env=os.environ | surroundings, **_as_its_account(),
            )  # fmt: skip
        end = time.monotonic() + _START_SECONDS
        while time.monotonic() < end and self._process.poll() is None:
            try:
                return self.run("SELECT 1")
            except psycopg.OperationalError:
                threading.Event().wait(0.05)
        raise RuntimeError(f"PostgreSQL did not start: {(self.folder / 'log').read_text()}")

    def stop(self, *, at_once: bool = False) -> None:
        """End it as an administrator would, or at once as a power cut does; its clients lose their connections."""
        if self._process is not None:
            self._process.send_signal(signal.SIGQUIT if at_once else signal.SIGINT)
            self._process.wait(_START_SECONDS)
            self._process = None


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One server for all tests of a session."""
    with running_postgres() as server:
        yield server


@pytest.fixture
def postgres_url(postgres_server) -> Iterator[str]:
    """The URL of a migrated, empty database that only this test has."""
    url = postgres_server.fresh()
    yield url
    postgres_server.drop(url)


@contextmanager
def running_postgres(address: str = "127.0.0.1") -> Iterator[Postgres]:
    """A server of one's own, to be stopped and started in a drill."""
    programs = _programs()
    if programs is None:
        pytest.skip("There is no PostgreSQL server on this machine: requirements/apt.sh PYTHON servers")
    folder = Path(tempfile.mkdtemp(prefix="postgres"))
    folder.chmod(0o711)
    server = Postgres(programs, folder, free_port(), address)
    try:
        _initialise(server)
        server.start()
        server.run(f"CREATE DATABASE {_MIGRATED} TEMPLATE template0")
        open_inventory(server.url(_MIGRATED), create=True).dispose()
        server.run(f"CREATE ROLE guarded LOGIN SUPERUSER PASSWORD '{PASSWORD}'")
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path | None:
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    return found[0].parent if found else None


def _initialise(server: Postgres) -> None:
    """A data folder with one order of text wherever it runs: that of its bytes."""
    data = server.folder / "data"
    data.mkdir(0o700)
    if os.geteuid() == 0:
        account = pwd.getpwnam(_ACCOUNT)
        os.chown(data, account.pw_uid, account.pw_gid)
    subprocess.run(
        [server.programs / "initdb", "-D", data, "-U", _ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C", "-N"],
        check=True, capture_output=True, cwd=server.folder, **_as_its_account(),
    )  # fmt: skip
    rights = data / "pg_hba.conf"
    rights.write_text(_RIGHTS)


def _as_its_account() -> dict[str, object]:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    account = pwd.getpwnam(_ACCOUNT)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
