"""A Samba server for tests: Debian's own, with users, shares, a DFS link and files kept elsewhere, on a free port.

It needs root, since each of its users must be an account of this machine; those are made for it and removed with it.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from servers import free_port, kill, started

from scanner.sources.smb.settings import SmbSettings
from scanner.sources.smb.source import SmbSource

PASSWORD = "a test's own: 0nly here"
_PROGRAMS = ("smbd", "smbpasswd", "useradd", "userdel")
_CONFIGURATION = """
[global]
  workgroup = COUNCIL
  netbios name = FS01
  server role = standalone server
  interfaces = 127.0.0.1/8
  bind interfaces only = yes
  smb ports = {port}
  disable netbios = yes
  server min protocol = SMB2_02
  server smb encrypt = {encrypt}
  state directory = {folder}/state
  cache directory = {folder}/cache
  lock directory = {folder}/lock
  private dir = {folder}/private
  pid directory = {folder}/pid
  ncalrpc dir = {folder}/ncalrpc
  log file = {folder}/log/smbd.log
  max log size = 0
  log level = 1
  passdb backend = tdbsam
  load printers = no
  printing = bsd
  printcap name = /dev/null
  disable spoolss = yes
  map to guest = never
  host msdfs = yes
  vfs objects = acl_xattr streams_xattr
  map acl inherit = yes
  store dos attributes = yes
  ea support = yes
"""
_SHARES = r"""
[public]
  path = {folder}/shares/public
  read only = no
[hr]
  path = {folder}/shares/hr
  read only = no
  valid users = {boss}
[dfs]
  path = {folder}/shares/dfs
  msdfs root = yes
[way]
  path = {folder}/shares/dfs
  msdfs root = yes
  msdfs proxy = \127.0.0.1\hr
[offline]
  path = {folder}/shares/offline
  vfs objects = offline full_audit
  full_audit:prefix = audit
  full_audit:success = openat pread pread_send
  full_audit:failure = none
  full_audit:syslog = false
[edge]
  path = {folder}/shares/edge
  read only = no
  inherit acls = yes
[acl]
  path = {folder}/shares/acl
  read only = no
  acl_xattr:ignore system acls = yes
"""
SHARES = ("public", "hr", "dfs", "offline", "edge", "acl")


@dataclass(slots=True)
class Samba:
    """A server that runs, and the folder of each share on this machine. `boss` alone may use the share "hr"."""

    folder: Path
    port: int
    crawl: str
    boss: str
    password: str = field(default=PASSWORD, repr=False)
    _process: subprocess.Popen[bytes] | None = None

    def share(self, name: str) -> Path:
        return self.folder / "shares" / name

    @property
    def log(self) -> str:
        return (self.folder / "log" / "smbd.log").read_text(errors="replace")

    def empty(self, name: str) -> Path:
        """The folder of a share, with nothing in it that an earlier test left."""
        shutil.rmtree(self.share(name))
        self.share(name).mkdir()
        return self.share(name)

    def configure(self, *, encrypt: str = "default", shares: str = _SHARES) -> None:
        text = (_CONFIGURATION + shares).format(folder=self.folder, port=self.port, boss=self.boss, encrypt=encrypt)
        (self.folder / "smb.conf").write_text(text)

    def start(self, off: str | None = None) -> None:
        """Returns once the server answers. Its clock, and the times of its files, are `off` by so much, as "+1h"."""
        wrong = [] if off is None else ["faketime", "--exclude-monotonic", "-f", off]
        command = [*wrong, "smbd", "-s", str(self.folder / "smb.conf"), "--foreground", "--no-process-group"]
        self._process = started(command, self.port, self.folder / "log" / "start.log")

    def stop(self) -> None:
        """As a power cut does."""
        if self._process is not None:
            kill(self._process)
            self._process = None

    def as_source(self, password_file: str, name: str = "share") -> str:
        """The share "public", as a configuration says it."""
        return f"""
[[source]]
name = "{name}"
kind = "smb"
server = "127.0.0.1"
port = {self.port}
share = "public"
username = "{self.crawl}"
password_file = "{password_file}"
"""


@pytest.fixture(scope="session")
def samba_server() -> Iterator[Samba]:
    """One for the whole session; a test that changes it for others takes `samba`, which puts it right again."""
    if missing := [name for name in _PROGRAMS if shutil.which(name) is None]:
        pytest.skip(f"Samba is not installed: {', '.join(missing)}")
    if os.geteuid() != 0:
        pytest.skip("Samba needs root, to make the accounts of its users")
    with running_samba() as server:
        yield server


@pytest.fixture
def samba(samba_server: Samba) -> Iterator[Samba]:
    """The server with empty shares."""
    for name in SHARES:
        samba_server.empty(name)
    yield samba_server
    if samba_server._process is None:
        samba_server.configure()
        samba_server.start()


@contextmanager
def smb_sources(server: Samba, sleep: Callable[[float], None]) -> Iterator[Callable[..., SmbSource]]:
    """Makes sources of the server's shares, for the account that may use all of them, and closes them in the end."""
    made: list[SmbSource] = []

    def make(share: str = "public", **changes: Any) -> SmbSource:
        told = {"port": server.port, "username": server.boss, "password": server.password}
        made.append(SmbSource("share", SmbSettings("127.0.0.1", share, **told | changes), sleep=sleep))
        return made[-1]

    try:
        yield make
    finally:
        for source in made:
            source.close()


@contextmanager
def running_samba() -> Iterator[Samba]:
    # Not below pytest's own folder, which is closed to the accounts that the server takes on.
    folder = Path(tempfile.mkdtemp(prefix="samba-"))
    folder.chmod(0o711)
    server = Samba(folder, free_port(), f"mu{os.getpid()}crawl", f"mu{os.getpid()}boss")
    try:
        for name in ("state", "cache", "lock", "private", "pid", "ncalrpc", "log", *(f"shares/{n}" for n in SHARES)):
            (folder / name).mkdir(parents=True)
        server.configure()
        with _accounts((server.crawl, server.boss)):
            for account in (server.crawl, server.boss):
                _set_password(server, account)
            server.start()
            try:
                yield server
            finally:
                server.stop()
    finally:
        shutil.rmtree(folder)


@contextmanager
def _accounts(names: Sequence[str]) -> Iterator[None]:
    """Accounts of this machine, for as long as the tests run. Only one process at a time may change its lists."""
    try:
        with _alone():
            for name in names:
                subprocess.run(["useradd", "-M", "-s", "/usr/sbin/nologin", name], check=True, capture_output=True)
        yield
    finally:
        with _alone():
            for name in names:
                subprocess.run(["userdel", name], check=False, capture_output=True)


@contextmanager
def _alone() -> Iterator[None]:
    with open(Path(tempfile.gettempdir()) / "muniment-test-accounts.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _set_password(server: Samba, account: str) -> None:
    pwd.getpwnam(account)
    command = ["smbpasswd", "-c", str(server.folder / "smb.conf"), "-s", "-a", account]
    subprocess.run(command, input=f"{server.password}\n" * 2, text=True, check=True, capture_output=True)
