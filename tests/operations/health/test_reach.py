"""What the doctor says of mailboxes and sites, one by one: reached, unread, and what the account could change there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from graph_servers import CLIENT, SECRET, TENANT, Graph, running_graph
from imap_servers import played

from operations.config import default_settings
from operations.configuration.source_settings import MailServerSettings, MicrosoftSettings
from operations.health.doctor import Check, Health, checks_of_source

ALICE, BOB = "alice@council.example", "bob@council.example"
SITE = "council.sharepoint.example/sites/Housing"


@pytest.fixture
def secret(tmp_path) -> Path:
    path = tmp_path / "secret"
    path.write_text(SECRET)
    path.chmod(0o600)
    return path


def checks(source) -> dict[str, Check]:
    settings = default_settings().over([source])
    found = checks_of_source(settings, source)
    return {check.subject.removeprefix(f"source {source.name}: "): check for check in found}


def turn(rights: bytes | None, refused: bytes = b""):
    """A server that says which rights the account has, if it says so at all, and refuses a folder."""
    offers = b"IMAP4rev1 ACL" if rights is not None else b"IMAP4rev1"

    def answered(tag: bytes, text: bytes) -> list[bytes]:
        command, done = text.partition(b" ")[0], tag + b" OK done\r\n"
        folder = text.split(b'"')[1] if b'"' in text else b""
        if command == b"STATUS" and folder == refused:
            return [tag + b" NO [NOPERM] Jo Bloggs says no\r\n"]
        told = {
            b"CAPABILITY": [b"* CAPABILITY %b\r\n" % offers],
            b"LIST": [b'* LIST () "/" "%b"\r\n' % name for name in (b"INBOX", b"Duty", b"Private")],
            b"STATUS": [b'* STATUS "%b" (UIDVALIDITY 1 UIDNEXT 1 MESSAGES 0)\r\n' % folder],
            b"MYRIGHTS": [b'* MYRIGHTS "%b" %b\r\n' % (folder, rights or b"")],
        }
        return [*told.get(command, []), done]

    return answered


def imap_check(secret: Path, answered) -> Check:
    with played(answered) as server:
        source = MailServerSettings(
            name="mail", kind="imap", server="127.0.0.1", port=server.port, tls="none", username="alice",
            password_file=secret, mailboxes=("alice",),
        )  # fmt: skip
        (check,) = checks(source).values()
    assert "Bloggs" not in repr(check)
    return check


def test_a_mailbox_that_can_only_be_read_is_good_and_says_how_many_folders_it_has(secret):
    check = imap_check(secret, turn(b"lr"))
    assert (check.subject, check.health) == ("source mail: alice", Health.GOOD)
    assert "2 folders" in check.seen  # The third is closed by its name: it was not asked for.


@pytest.mark.parametrize("rights", [b"lrs", b"lrswipkxtea", b"lrd", b"lre"])
def test_an_account_that_could_change_a_mailbox_is_wrong_and_the_line_says_what_it_could_do(secret, rights):
    check = imap_check(secret, turn(rights))
    assert (check.health, check.mend) == (Health.WRONG, "Give it an account that may only read: docs/scan-account.md")
    assert ("delete" in check.seen) == bool({*b"xtd"} & {*rights})


def test_a_server_that_does_not_tell_rights_is_advised_on(secret):
    check = imap_check(secret, turn(None))
    assert (check.health, "not told" in check.seen) == (Health.ADVICE, True)


def test_folders_that_may_not_be_read_are_counted(secret):
    check = imap_check(secret, turn(b"lr", refused=b"Duty"))
    assert (check.health, "cannot read 1 of them" in check.seen) == (Health.ADVICE, True)


def test_a_server_that_is_away_is_one_wrong_line(secret):
    with played(turn(b"lr")) as server:
        port = server.port
    source = MailServerSettings(
        name="mail", kind="imap", server="127.0.0.1", port=port, tls="none", username="alice", password_file=secret,
        mailboxes=("alice",),
    )  # fmt: skip
    (check,) = checks(source).values()
    assert check.health is Health.WRONG


@pytest.fixture
def graph() -> Iterator[Graph]:
    with running_graph() as running:
        running.add_mailbox(ALICE)
        running.add_folder(ALICE, "Private")
        running.add_library(SITE)
        yield running
        assert running.written == []


def graph_checks(graph: Graph, secret: Path) -> dict[str, Check]:
    return checks(MicrosoftSettings(
        name="m365", kind="graph", tenant=TENANT, client=CLIENT, secret_file=secret, mailboxes=(ALICE, BOB),
        sites=(SITE,), authority=graph.authority, base=graph.base, ca_file=Path(graph.ca_file),
    ))  # fmt: skip


def test_each_mailbox_and_site_has_a_line_and_one_that_refuses_says_so(graph, secret):
    graph.grant("Sites.Selected")
    found = graph_checks(graph, secret)
    assert {name: check.health for name, check in found.items()} == {
        ALICE: Health.GOOD, BOB: Health.WRONG, SITE: Health.GOOD,
    }  # fmt: skip
    assert "cannot be entered" in found[BOB].seen


@pytest.mark.parametrize(
    "role", ["Mail.ReadWrite", "Mail.Send", "Sites.FullControl.All", "Sites.Manage.All", "Files.ReadWrite.All",
             "full_access_as_app"]
)  # fmt: skip
def test_an_application_with_a_permission_to_change_anything_is_wrong(graph, secret, role):
    graph.grant("Sites.Selected", role)
    found = graph_checks(graph, secret)
    assert {check.health for check in found.values()} == {Health.WRONG}
    assert role in found[ALICE].seen
    assert "may only read" in found[ALICE].mend


def test_a_permission_that_opens_every_mailbox_is_advised_on(graph, secret):
    graph.grant("Mail.Read", "Sites.Selected")
    found = graph_checks(graph, secret)
    assert (found[ALICE].health, found[SITE].health) == (Health.ADVICE, Health.GOOD)
    assert "Mail.Read opens more" in found[ALICE].seen


def test_a_token_that_shows_nothing_is_advised_on(graph, secret):
    assert graph_checks(graph, secret)[ALICE].health is Health.ADVICE


def test_a_secret_that_is_refused_is_one_wrong_line(graph, secret):
    secret.write_text("another secret")
    (check,) = graph_checks(graph, secret).values()
    assert (check.subject, check.health) == ("source m365", Health.WRONG)
