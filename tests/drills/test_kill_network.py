"""kill -9 while a share and a mailbox are scanned, on real servers: the next run ends as an undisturbed one does."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import a_zip
from dovecot_servers import PASSWORD, Dovecot, a_message, running_dovecot
from killing import command, has_recorded, inventory
from samba_servers import Samba

from operations.setup import Workspace, initialise

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]

_LETTER = "Dear Mrs Thornbury, your National Insurance number is AB{:06}C."
_SOURCES = """
[mail]
content = true
dpia_reference = "DPIA-7"

[[source]]
name = "share"
kind = "smb"
server = "127.0.0.1"
port = {samba.port}
share = "public"
username = "{samba.crawl}"
password_file = "share.password"

[[source]]
name = "mail"
kind = "imap"
server = "127.0.0.1"
port = {dovecot.port}
tls = "none"
username = "alice"
password_file = "mail.password"
mailboxes = ["alice"]
"""


@pytest.fixture(scope="module")
def mailbox() -> Iterator[Dovecot]:
    """A server whose mail stays as it is from one test to the next."""
    with running_dovecot("") as server:
        for number in range(120):
            server.deliver("alice", ("INBOX", "Housing", "Housing/Repairs")[number % 3], _mail(number))
        server.deliver("alice", "INBOX", a_message(900, 3_000_000))
        yield server


def _mail(number: int) -> bytes:
    return a_message(number, number * 50) + _LETTER.format(number).encode()


@pytest.fixture(scope="module")
def share(samba_server: Samba) -> Iterator[Samba]:
    root = samba_server.share("public")
    members = {f"{number}.txt": _LETTER.format(number + 700).encode() for number in range(30)}
    for folder in range(5):
        (root / f"Folder {folder}").mkdir(parents=True)
        for number in range(20):
            (root / f"Folder {folder}" / f"{number}.txt").write_text(_LETTER.format(folder * 100 + number))
        (root / f"Folder {folder}" / "all.zip").write_bytes(a_zip({**members, "inner.zip": a_zip(members)}))
        (root / f"Folder {folder}" / "long.txt").write_text("The committee met. " * 100_000)
    yield samba_server
    shutil.rmtree(root)
    root.mkdir()


@pytest.fixture(scope="module")
def a_workspace(tmp_path_factory, share: Samba, mailbox: Dovecot) -> Callable[[Path], Path]:
    """Makes a folder in which both servers are configured."""
    made = tmp_path_factory.mktemp("made") / "workspace"
    config = initialise(made, Workspace())
    before, _, _ = config.read_text("utf-8").partition("[[source]]")
    config.write_text(before + _SOURCES.format(samba=share, dovecot=mailbox), "utf-8")
    for name, password in (("share", share.password), ("mail", PASSWORD)):
        (made / f"{name}.password").write_text(password + "\n")
        (made / f"{name}.password").chmod(0o600)
    return lambda folder: Path(shutil.copytree(made, folder))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, a_workspace) -> list[tuple[object, ...]]:
    """The inventory of a scan that nobody disturbs, which is the same twice."""
    quiet = tmp_path_factory.mktemp("quiet")
    first, second = a_workspace(quiet / "first"), a_workspace(quiet / "second")
    assert command(first, "scan").wait() == command(second, "scan").wait() == 0
    assert inventory(first) == inventory(second)
    assert {row[0] for row in inventory(first)} == {"share", "mail"}
    return inventory(first)


def test_a_scan_of_servers_killed_at_random_moments_and_run_again_gives_the_same_inventory(
    a_workspace, undisturbed, tmp_path, drill_size, record_property
):
    chance = random.Random(24)
    kills = drill_size(2, 20)
    interrupted = 0
    for round_number in range(kills):
        work = a_workspace(tmp_path / f"work {round_number}")
        for _ in range(2):  # The one that goes on is killed too.
            scan = command(work, "scan")
            if has_recorded(work, scan, chance.randrange(len(undisturbed))):
                time.sleep(chance.uniform(0.0, 0.5))  # So that it is not always just after a batch was recorded.
            interrupted += scan.poll() is None
            scan.kill()
            scan.wait()
        assert command(work, "scan").wait() == 0
        assert inventory(work) == undisturbed
    record_property("drill", f"share and mailbox: killed with -9 {interrupted} times in {kills} scans; inventory equal")
    assert interrupted > 0


def test_a_share_whose_server_is_restarted_in_mid_scan_loses_nothing(
    a_workspace, undisturbed, share, tmp_path, drill_size, record_property
):
    chance = random.Random(25)
    rounds = drill_size(1, 5)
    for round_number in range(rounds):
        work = a_workspace(tmp_path / f"work {round_number}")
        scan = command(work, "scan")
        has_recorded(work, scan, chance.randrange(len(undisturbed) // 2))
        share.stop()
        share.start()
        scan.wait()
        assert {row[-2] for row in inventory(work)} == {None}
        assert command(work, "scan").wait() == 0
        assert inventory(work) == undisturbed
    record_property("drill", f"file server killed and started again in {rounds} scans; inventory equal after the next")
