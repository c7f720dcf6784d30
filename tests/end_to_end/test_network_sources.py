"""Shares and mailboxes scanned as a user scans them: from the configuration, by worker processes, into an inventory."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dovecot_servers import PASSWORD, Dovecot
from samba_servers import Samba

from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import Settings, load_settings
from operations.scan import Progress, scan_sources
from operations.setup import Workspace, initialise
from operations.sign_in import actor_here

pytestmark = [pytest.mark.servers, pytest.mark.slow]

A_LETTER = b"Dear Mrs Thornbury,\nyour National Insurance number is AB 12 34 56 C.\n"
A_MESSAGE = (
    b"From: jo@example.org\r\nTo: alice@example.org\r\nMessage-ID: <%d@example.org>\r\nSubject: x\r\n\r\n" + A_LETTER
)


def configured(folder: Path, sources: str) -> Settings:
    config = initialise(folder, Workspace())
    text = config.read_text("utf-8")
    start = text.index("[[source]]")
    config.write_text(text[:start] + text[text.index("\n[mail]", start) :] + sources, "utf-8")
    return load_settings(config)


def a_password(folder: Path, password: str) -> str:
    path = folder / "a.password"
    path.write_text(password + "\n")
    path.chmod(0o600)
    return path.name


def run(settings: Settings) -> Progress:
    return scan_sources(actor_here(settings), settings, settings.sources, lambda progress: None)


def held(settings: Settings) -> dict[str, str]:
    """Path → outcome or problem of every item."""
    database = open_inventory(settings.inventory.url, create=False)
    records = [one.record for one in Inventory(database).held()]
    database.dispose()
    return {
        one.ref.path: str(one.problem.limit or one.problem.code) if one.problem else str(one.outcome) for one in records
    }


def personal(settings: Settings) -> set[str]:
    database = open_inventory(settings.inventory.url, create=False)
    found = {
        o.record.ref.path for o in Inventory(database).held() if o.record.assessment and o.record.assessment.personal
    }
    database.dispose()
    return found


@pytest.fixture
def share(samba: Samba) -> Path:
    folder = samba.share("public")
    (folder / "Housing" / "2019").mkdir(parents=True)
    (folder / "Housing" / "2019" / "letter.txt").write_bytes(A_LETTER)
    (folder / "Housing" / "plan.txt").write_bytes(b"The plan of the new road.")
    return folder


def test_a_share_is_scanned_changed_and_scanned_again(tmp_path, samba, share):
    settings = configured(
        tmp_path,
        f"""
[[source]]
name = "housing"
kind = "smb"
server = "127.0.0.1"
port = {samba.port}
share = "public"
username = "{samba.crawl}"
password_file = "{a_password(tmp_path, samba.password)}"
""",
    )
    first = run(settings)
    assert (first.done, first.problems) == (2, {})
    assert held(settings) == {"Housing/2019/letter.txt": "examined", "Housing/plan.txt": "examined"}
    assert personal(settings) == {"Housing/2019/letter.txt"}
    assert run(settings).done == 0
    os.rename(share / "Housing" / "2019", share / "Archive")
    (share / "Housing" / "new.txt").write_bytes(b"A new one.")
    third = run(settings)
    # Samba gives what was renamed another time of birth, so its content is compared before it is taken for the same.
    assert (third.moved, third.done) == (1, 2)
    assert set(held(settings)) == {"Archive/letter.txt", "Housing/plan.txt", "Housing/new.txt"}
    assert personal(settings) == {"Archive/letter.txt"}


def test_a_mailbox_shows_sizes_alone_until_an_assessment_allows_more(tmp_path, dovecot: Dovecot):
    dovecot.deliver("alice", "INBOX", A_MESSAGE % 1)
    dovecot.deliver("alice", "Private", A_MESSAGE % 2)
    (tmp_path / "ca.pem").write_text(Path(dovecot.certificate).read_text())
    sources = f"""
[[source]]
name = "mail"
kind = "imap"
server = "127.0.0.1"
port = {dovecot.port}
tls = "none"
username = "alice"
password_file = "{a_password(tmp_path, PASSWORD)}"
mailboxes = ["alice"]
"""
    settings = configured(tmp_path, sources)
    run(settings)
    (message, closed) = sorted(held(settings).items(), key=lambda item: "Private" in item[0])
    assert message[1] == "mail-content"
    assert closed == ("alice/Private", "mail-policy")
    config = tmp_path / "muniment.toml"
    allowing = '\n[mail]\ncontent = true\ndpia_reference = "DPIA-7" '
    config.write_text(config.read_text().replace("\n[mail] ", allowing, 1))
    allowed = load_settings(config)
    run(allowed)
    assert personal(allowed) == {message[0]}
    assert held(allowed)["alice/Private"] == "mail-policy"
    assert run(allowed).done == 0


def test_a_server_that_is_not_there_is_named_and_the_other_source_is_scanned(tmp_path, samba, share):
    (tmp_path / "here").mkdir()
    (tmp_path / "here" / "a.txt").write_bytes(A_LETTER)
    settings = configured(
        tmp_path,
        f"""
[[source]]
name = "gone"
kind = "imap"
server = "127.0.0.1"
port = 1
tls = "none"
username = "alice"
password_file = "{a_password(tmp_path, "x")}"
mailboxes = ["alice"]

[[source]]
name = "here"
root = "here"
""",
    )
    with pytest.raises(Exception, match="Source 'gone' cannot be reached"):
        run(settings)
    assert held(settings) == {"a.txt": "examined"}
