"""Messages of a real mail server, and of mailboxes kept as files: shown to those whose mailbox it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from email.message import EmailMessage

import pytest
from graph_servers import CLIENT, SECRET, TENANT, running_graph
from previewed import CANARY, LETTER, a_classifier

from domain.actor import Actor, Grant, Proof, Role
from domain.admission import of_mailbox
from domain.preview import Preview, Withheld
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations import wiring
from operations.config import Detection, InventorySettings, Organisation, Settings
from operations.configuration.source_settings import (
    MailFileSettings,
    MailServerSettings,
    MailSettings,
    MicrosoftSettings,
)
from operations.scanning.sources import is_remote, source_of
from operations.viewing import preview as module
from operations.viewing.preview import preview
from scanner.sources.mail_policy import CONTENT_OFF

REVIEWER = Actor("rosa.lind", (Grant(Role.REVIEWER, frozenset({"Planning"})),), Proof.PASSWORD)
ADDRESS = "alice@council.example"
ALICE, BOB = {of_mailbox("Alice"), of_mailbox(ADDRESS)}, of_mailbox("bob")
READ = MailSettings(content=True, dpia_reference="DPIA-2026-014")


@pytest.fixture(autouse=True)
def _here(monkeypatch):
    """Fetched and read in this process: to begin others takes seconds."""
    monkeypatch.setattr(module, "alone", lambda work, *_: work())
    monkeypatch.setattr(wiring, "classifier_of", lambda *_: a_classifier())


@pytest.fixture
def settings(tmp_path):
    return Settings(
        organisation=Organisation(name="Wexcombe County Council"), detection=Detection(model="none"), mail=READ,
        inventory=InventorySettings(url=f"sqlite:///{tmp_path / 'i.db'}", key_file=tmp_path / "k"),
    )  # fmt: skip


def a_letter() -> bytes:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@council.example", "b@council.example", "A letter"
    message.set_content(LETTER)
    return message.as_bytes()


def scanned(trail, settings: Settings) -> list[int]:
    """The numbers of the messages that its first source lists."""
    told, now = settings.sources[0], datetime(2026, 11, 1, 9, tzinfo=UTC)
    source = source_of(told, settings.mail)
    recorder = Recorder(
        trail.database, Place(told.name, told.place), Pipeline("p", "l"), now.date(), lambda _: "Planning"
    )
    recorder.begin(now, "detector 1", "key 1")
    for listing in source.list():
        recorder.note(listing)
    recorder.settle()
    recorder.finish(now, complete=True)
    if is_remote(source):
        source.close()
    return [held.number for held in Inventory(trail.database).held() if held.record.size]


def text_of(shown: Preview) -> str:
    return "".join(one.text for one in shown.pieces)


@pytest.fixture
def on_a_server(dovecot, settings, tmp_path) -> Settings:
    from dovecot_servers import PASSWORD  # noqa: PLC0415

    password = tmp_path / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    dovecot.deliver("alice", "INBOX", a_letter())
    source = MailServerSettings(
        name="mail", kind="imap", server="127.0.0.1", port=dovecot.port, tls="none", username="alice",
        password_file=password, mailboxes=("alice",),
    )  # fmt: skip
    return settings.model_copy(update={"source": (source,)})


@pytest.fixture
def as_files(settings, tmp_path) -> Settings:
    inbox = tmp_path / "mail" / "alice" / "cur"
    for folder in (inbox, inbox.parent / "new", inbox.parent / "tmp"):
        folder.mkdir(parents=True)
    (inbox / "1700000000.M1P1.council:2,S").write_bytes(a_letter())
    source = MailFileSettings(name="mail", kind="mailfile", root=tmp_path / "mail")
    return settings.model_copy(update={"source": (source,)})


@pytest.fixture
def in_a_tenant(settings, tmp_path) -> Iterator[Settings]:
    secret = tmp_path / "secret"
    secret.write_text(SECRET)
    secret.chmod(0o600)
    with running_graph() as graph:
        graph.add_mailbox(ADDRESS)
        graph.deliver(ADDRESS, "Inbox", a_letter())
        source = MicrosoftSettings(
            name="mail", kind="graph", tenant=TENANT, client=CLIENT, secret_file=secret, mailboxes=(ADDRESS,),
            authority=graph.authority, base=graph.base, ca_file=graph.ca_file,
        )  # fmt: skip
        yield settings.model_copy(update={"source": (source,)})


@pytest.fixture(params=[pytest.param("on_a_server", marks=pytest.mark.servers), "as_files", "in_a_tenant"])
def mail(request) -> Settings:
    return request.getfixturevalue(request.param)


def test_a_message_is_shown_to_whose_mailbox_it_lies_in(mail, trail):
    (number,) = scanned(trail, mail)
    shown = preview(REVIEWER, trail, mail, number, {*ALICE, BOB})
    assert (shown.why, shown.changed) == (None, False)
    assert CANARY in text_of(shown)


@pytest.mark.parametrize("known", [{BOB}, {"uid:0", "gid:0", "S-1-5-21-1-2-3-500"}, {of_mailbox("alice.b")}, ()])
def test_nobody_else_sees_it_whatever_they_are_besides(mail, trail, monkeypatch, known):
    (number,) = scanned(trail, mail)
    monkeypatch.setattr(module, "alone", never)
    assert preview(REVIEWER, trail, mail, number, known).why is Withheld.NOT_YOURS


def never(*_: object) -> bytes:
    raise AssertionError("it was opened")


def test_where_content_of_mail_is_not_allowed_not_even_its_owner_sees_it_here(mail, trail):
    (number,) = scanned(trail, mail)
    closed = mail.model_copy(update={"mail": MailSettings()})
    shown = preview(REVIEWER, trail, closed, number, ALICE)
    assert (shown.pieces, shown.why) == ((), CONTENT_OFF)
