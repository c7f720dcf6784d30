"""Shares and mailboxes scanned as a user scans them: from the configuration, by worker processes, into an inventory."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest
from dovecot_servers import PASSWORD, Dovecot
from samba_servers import Samba

from domain.access import Breadth
from inventory.engine import open_inventory
from inventory.queries import Inventory
from operations.config import Settings, load_settings
from operations.people.sign_in import actor_here
from operations.scanning.scan import Progress, scan_sources
from operations.setup import Workspace, initialise

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


def run(settings: Settings, *, reads: bool = True) -> Progress:
    return scan_sources(
        actor_here(settings), settings, settings.sources, lambda progress: None, examine_content=reads
    )  # fmt: skip


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


def is_complete(settings: Settings) -> bool:
    database = open_inventory(settings.inventory.url, create=False)
    complete = Inventory(database).last_scan().complete
    database.dispose()
    return complete


def breadths(settings: Settings) -> dict[str, Breadth]:
    database = open_inventory(settings.inventory.url, create=False)
    found = {one.record.ref.path: one.breadth for one in Inventory(database).held()}
    database.dispose()
    return found


def housing(samba: Samba, folder: Path) -> Settings:
    """The share as the one source."""
    return configured(folder, samba.as_source(a_password(folder, samba.password)))


def alices_mail(dovecot: Dovecot, folder: Path, mailboxes: str = '"alice"') -> Settings:
    """What Alice may read of the mail server as the one source."""
    return configured(folder, dovecot.as_source(a_password(folder, PASSWORD), mailboxes))


@pytest.fixture
def share(samba: Samba) -> Path:
    folder = samba.share("public")
    (folder / "Housing" / "2019").mkdir(parents=True)
    (folder / "Housing" / "2019" / "letter.txt").write_bytes(A_LETTER)
    (folder / "Housing" / "plan.txt").write_bytes(b"The plan of the new road.")
    return folder


def test_a_share_is_scanned_changed_and_scanned_again(tmp_path, samba, share):
    settings = housing(samba, tmp_path)
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


def test_what_was_on_a_share_stays_known_while_its_rights_are_taken_away_and_is_not_read_anew(tmp_path, samba, share):
    settings = housing(samba, tmp_path)
    run(settings)
    before = held(settings)
    (share / "Housing" / "2019").chmod(0o700)
    run(settings)
    assert held(settings) == before | {"Housing/2019": "denied"}
    assert not is_complete(settings)
    (share / "Housing" / "2019").chmod(0o755)
    assert run(settings).done == 0
    assert held(settings) == before
    assert is_complete(settings)


def test_whose_a_file_is_and_who_can_read_it_is_told_by_the_first_scan_that_reads(tmp_path, samba, share):
    plan = share / "Housing" / "plan.txt"
    crawl = pwd.getpwnam(samba.crawl)
    os.chown(plan, crawl.pw_uid, crawl.pw_gid)
    plan.chmod(0o600)
    settings = housing(samba, tmp_path)
    run(settings, reads=False)
    assert set(breadths(settings).values()) == {Breadth.EVERYONE}
    for _ in range(2):
        run(settings)
        assert breadths(settings) == {
            "Housing/2019/letter.txt": Breadth.EVERYONE,
            "Housing/plan.txt": Breadth.UNKNOWN,  # Without a directory nobody knows what a SID stands for.
        }


def test_what_somebody_shared_stays_known_when_it_is_no_longer_shared(tmp_path, dovecot: Dovecot):
    dovecot.deliver("alice", "INBOX", A_MESSAGE % 1)
    dovecot.deliver("bob", "Planning", A_MESSAGE % 2)
    dovecot.share("bob", "Planning", "alice")
    settings = alices_mail(dovecot, tmp_path, '"alice", "shared/bob/Planning"')
    run(settings)
    before = held(settings)
    assert len(before) == 2
    dovecot.share("bob", "Planning", "alice", rights="")
    run(settings)
    told = held(settings)
    assert before.items() < told.items()
    assert set(told) - set(before) == {"shared/bob/Planning"}
    dovecot.share("bob", "Planning", "alice")
    run(settings)
    assert held(settings) == before
    assert is_complete(settings)


def test_a_mailbox_shows_sizes_alone_until_an_assessment_allows_more(tmp_path, dovecot: Dovecot):
    dovecot.deliver("alice", "INBOX", A_MESSAGE % 1)
    dovecot.deliver("alice", "Private", A_MESSAGE % 2)
    settings = alices_mail(dovecot, tmp_path)
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
