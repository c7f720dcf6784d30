"""A Dovecot server for tests: Debian's own, with users, a shared folder and a master user, on free ports.

Mail is written straight into the Maildirs of its users. It needs root, since its processes change to other accounts;
those are Debian's own, so nothing is added to this machine.
"""

from __future__ import annotations

import imaplib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from servers import free_port, kill, started, write_certificate

PASSWORD = 'a "test\'s" own \\ 0nly hére'
MASTER_PASSWORD = "the scan's own"
DISPOSER, DISPOSER_PASSWORD = "svcdispose", "the disposer's own"
_ACCOUNT = "mail"
_PROGRAMS = ("dovecot", "openssl")
_CONFIGURATION = """
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = {name}
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/certificate.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login
default_internal_user = dovecot
default_login_user = dovenull
mail_location = maildir:~/Maildir
first_valid_uid = 1
mail_fsync = never
service imap-login {{
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
  }}
  chroot =
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
auth_master_user_separator = *
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/master
  master = yes
  pass = yes
}}
passdb {{
  driver = passwd-file
  args = scheme=PLAIN username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={folder}/home/%u
}}
mail_plugins = $mail_plugins acl
protocol imap {{
  mail_plugins = $mail_plugins imap_acl
  mail_max_userip_connections = 50
  {imap}
}}
plugin {{
  acl_user = %u
  acl = vfile
  acl_shared_dict = file:{folder}/shared/mailboxes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Junk {{
    special_use = \\Junk
  }}
}}
namespace {{
  type = shared
  separator = /
  prefix = shared/%%u/
  location = maildir:%%h/Maildir:INDEXPVT=~/shared/%%u
  subscriptions = no
  list = children
}}
"""


@dataclass(slots=True)
class Dovecot:
    """A server, its users' mail as files, and where it listens."""

    folder: Path
    port: int
    tls_port: int
    users: tuple[str, ...]
    _written: int = 0
    _process: subprocess.Popen[bytes] | None = None

    @property
    def certificate(self) -> str:
        return str(self.folder / "certificate.pem")

    def start(self) -> None:
        """Returns once the server answers."""
        command = ["dovecot", "-F", "-c", str(self.folder / "dovecot.conf")]
        self._process = started(command, self.port, self.folder / "log", greeting=b"* OK")

    def stop(self) -> None:
        """As a power cut does."""
        if self._process is not None:
            kill(self._process)
            self._process = None

    def as_source(self, password_file: str, mailboxes: str = '"alice"') -> str:
        """What Alice may read there, as a configuration says it."""
        return f"""
[[source]]
name = "mail"
kind = "imap"
server = "127.0.0.1"
port = {self.port}
tls = "none"
username = "alice"
password_file = "{password_file}"
mailboxes = [{mailboxes}]
"""

    def maildir(self, user: str, folder: str = "INBOX") -> Path:
        """Where a folder's messages are; its name as the server writes it."""
        top = self.folder / "home" / user / "Maildir"
        return top if folder == "INBOX" else top / ("." + folder.replace("/", "."))

    def deliver(self, user: str, folder: str, content: bytes, flags: str | None = None) -> Path:
        """Put a message into a folder, made where there is none; with flags it is one that was seen by a client."""
        self._written += 1
        place = self.maildir(user, folder)
        for name in ("cur", "new", "tmp"):
            self.own_folder(place / name)
        at = 1_700_000_000 + self._written
        name = f"{at}.M{self._written}P1.council"
        path = place / ("new" if flags is None else "cur") / (name if flags is None else f"{name}:2,{flags}")
        path.write_bytes(content)
        os.utime(path, (at, at))
        _give(path)
        return path

    def share(self, owner: str, folder: str, reader: str, rights: str = "lr") -> None:
        """Let another user read a folder; with other rights, do with it what these say (RFC 4314)."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{owner}\0{PASSWORD}".encode())
            assert client.setacl(folder, reader, f'"{rights}"')[0] == "OK"

    def own_folder(self, path: Path) -> None:
        missing = [each for each in (path, *path.parents) if not each.exists()]
        path.mkdir(parents=True, exist_ok=True)
        for each in missing:
            _give(each)

    def empty(self) -> None:
        """Without mail and without memory of it."""
        for user in self.users:
            shutil.rmtree(self.folder / "home" / user, ignore_errors=True)
            self.own_folder(self.maildir(user))


def a_message(number: int, size: int = 0, message_id: str | None = None) -> bytes:
    """An invented message; without a number of its own it has no Message-ID."""
    sent = format_datetime(datetime(2019, 3, 1, 9, tzinfo=UTC) + timedelta(minutes=number))
    identity = f"Message-ID: <{message_id or number}@council.example>\r\n" if message_id != "" else ""
    head = f"From: a@council.example\r\nTo: b@council.example\r\n{identity}Date: {sent}\r\nSubject: no {number}\r\n\r\n"
    line = b"The committee met and agreed the plan of works.\r\n"
    return head.encode() + line * max(1, size // len(line))


@pytest.fixture(scope="session")
def dovecot_server() -> Iterator[Dovecot]:
    """One server for all tests of a session."""
    with running_dovecot("") as server:
        yield server


@pytest.fixture
def dovecot(dovecot_server) -> Dovecot:
    """The server with empty mailboxes."""
    dovecot_server.empty()
    return dovecot_server


@contextmanager
def running_dovecot(imap: str, users: Sequence[str] = ("alice", "bob", "carol")) -> Iterator[Dovecot]:
    """A server of its own, with further lines in its configuration of IMAP."""
    missing = [program for program in _PROGRAMS if shutil.which(program, path=os.defpath + ":/usr/sbin:/sbin") is None]
    if missing or os.geteuid() != 0:
        pytest.skip(f"A Dovecot server needs root and {', '.join(_PROGRAMS)}")
    folder = Path(tempfile.mkdtemp(prefix="dovecot"))
    folder.chmod(0o711)
    server = Dovecot(folder, free_port(), free_port(), tuple(users))
    _configure(server, imap)
    try:
        server.start()
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


def _give(path: Path) -> None:
    account = pwd.getpwnam(_ACCOUNT)
    os.chown(path, account.pw_uid, account.pw_gid)


def _configure(server: Dovecot, imap: str) -> None:
    account = pwd.getpwnam(_ACCOUNT)
    folder = server.folder
    for name in ("home", "shared"):
        server.own_folder(folder / name)
    server.empty()
    write_certificate(folder)
    (folder / "users").write_text("".join(f"{user}:{PASSWORD}\n" for user in server.users))
    (folder / "master").write_text(f"svcscan:{MASTER_PASSWORD}\n{DISPOSER}:{DISPOSER_PASSWORD}\n")
    (folder / "dovecot.conf").write_text(
        _CONFIGURATION.format(
            folder=folder, name=folder.name, port=server.port, tls_port=server.tls_port, uid=account.pw_uid,
            gid=account.pw_gid, imap=imap,
        )
    )  # fmt: skip
