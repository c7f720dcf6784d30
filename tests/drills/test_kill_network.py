"""kill -9 while a share and a mailbox are scanned, on real servers: the next run ends as an undisturbed one does."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from builders import a_zip
from dovecot_servers import PASSWORD, Dovecot, a_message, running_dovecot
from killing import command, has_recorded, inventory, killed_and_run_again, scanned_in_quiet
from samba_servers import Samba

from operations.setup import Workspace, initialise

pytestmark = [pytest.mark.drill, pytest.mark.slow, pytest.mark.servers]

_LETTER = "Dear Mrs Thornbury, your National Insurance number is AB{:06}C."
_MAIL = '[mail]\ncontent = true\ndpia_reference = "DPIA-7"\n'


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
    root = samba_server.empty("public")
    members = {f"{number}.txt": _LETTER.format(number + 700).encode() for number in range(30)}
    for folder in range(5):
        (root / f"Folder {folder}").mkdir(parents=True)
        for number in range(20):
            (root / f"Folder {folder}" / f"{number}.txt").write_text(_LETTER.format(folder * 100 + number))
        (root / f"Folder {folder}" / "all.zip").write_bytes(a_zip({**members, "inner.zip": a_zip(members)}))
        (root / f"Folder {folder}" / "long.txt").write_text("The committee met. " * 100_000)
    yield samba_server
    samba_server.empty("public")


@pytest.fixture(scope="module")
def a_workspace(tmp_path_factory, share: Samba, mailbox: Dovecot) -> Callable[[Path], Path]:
    """Makes a folder in which both servers are configured."""
    made = tmp_path_factory.mktemp("made") / "workspace"
    config = initialise(made, Workspace())
    before, _, _ = config.read_text("utf-8").partition("[[source]]")
    sources = share.as_source("share.password"), mailbox.as_source("mail.password")
    config.write_text("".join((before, _MAIL, *sources)), "utf-8")
    for name, password in (("share", share.password), ("mail", PASSWORD)):
        (made / f"{name}.password").write_text(password + "\n")
        (made / f"{name}.password").chmod(0o600)
    return lambda folder: Path(shutil.copytree(made, folder))


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory, a_workspace) -> list[tuple[object, ...]]:
    rows = scanned_in_quiet(a_workspace, tmp_path_factory.mktemp("quiet"))
    assert {row[0] for row in rows} == {"share", "mail"}
    return rows


def test_a_scan_of_servers_killed_at_random_moments_and_run_again_gives_the_same_inventory(
    a_workspace, undisturbed, tmp_path, drill_size, record_property
):
    chance, rounds = random.Random(24), drill_size(1, 20)
    interrupted = sum(
        killed_and_run_again(a_workspace(tmp_path / f"work {number}"), undisturbed, chance, kills=2)
        for number in range(rounds)
    )
    record_property(
        "drill", f"share and mailbox: killed with -9 {interrupted} times in {rounds} scans; inventory equal"
    )
    assert interrupted > 0


@pytest.mark.parametrize("kept", ["share", "mailbox"])
def test_what_a_server_keeps_that_is_restarted_in_mid_scan_is_not_lost(
    a_workspace, undisturbed, kept, request, tmp_path, drill_size, record_property
):
    server: Samba | Dovecot = request.getfixturevalue(kept)
    on_share = sum(row[0] == "share" for row in undisturbed)  # The share is scanned before the mailbox.
    moments = {"share": range(on_share * 3 // 4), "mailbox": range(on_share, len(undisturbed))}[kept]
    chance = random.Random(25)
    rounds = drill_size(1, 5)
    for round_number in range(rounds):
        work = a_workspace(tmp_path / f"work {round_number}")
        scan = command(work, "scan")
        has_recorded(work, scan, chance.choice(moments))
        server.stop()
        server.start()
        scan.wait()
        assert {row[-2] for row in inventory(work)} == {None}
        assert command(work, "scan").wait() == 0
        assert inventory(work) == undisturbed
    record_property(
        "drill", f"server of the {kept} killed and started again in {rounds} scans; inventory equal after the next"
    )
