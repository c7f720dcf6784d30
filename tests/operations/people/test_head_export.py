"""Heads of the trail outside: kept where nothing is overwritten, mailed, and compared with what was sent before."""

from __future__ import annotations

import email
import json
import os
from datetime import UTC, datetime, timedelta

import pytest
from aiosmtpd.controller import Controller
from servers import free_port
from sqlalchemy import text

from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act, Fault
from domain.errors import ConfigurationError, MunimentError
from domain.signed import opened
from inventory.engine import writing
from operations.access import RefusedError
from operations.config import load_settings
from operations.configuration.audit_settings import AuditSettings
from operations.configuration.pack_settings import SmtpSettings
from operations.people import head_export
from operations.people.audit import last_entries, load_head, open_trail, verify_trail
from operations.people.head_export import send_head
from operations.setup import Workspace, initialise
from operations.signing import is_signed, signing_key
from operations.timetable.chain import Work, run_chain

AUDITOR = Actor("oz", (Grant(Role.AUDITOR),), Proof.PASSWORD)
NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)


@pytest.fixture
def settled(tmp_path, monkeypatch):
    """Settings of a new inventory, with more written behind them."""
    monkeypatch.setenv("MUNIMENT_DETECTION__MODEL", "none")
    (tmp_path / "share").mkdir()
    (tmp_path / "evidence").mkdir()
    path = initialise(tmp_path / "work", Workspace(root=tmp_path / "share"))

    def settings(smtp: SmtpSettings | None = None, **audit):
        audit = AuditSettings(**(audit or {"head_folder": tmp_path / "evidence"}))
        return load_settings(path).model_copy(update={"audit": audit, "smtp": smtp})

    return settings


def by_hand(trail, *statements: str) -> None:
    with writing(trail.database) as connection:
        for name in ("unchanged", "undeleted", "in_turn"):
            connection.execute(text(f"DROP TRIGGER IF EXISTS audit_{name}"))
        for statement in statements:
            connection.execute(text(statement))


def test_a_head_is_kept_signed_and_verifies_the_trail(settled, tmp_path):
    settings = settled()
    with open_trail(settings) as trail:
        sent = send_head(AUDITOR, trail, settings, NOW)
        assert os.listdir(tmp_path / "evidence") == ["muniment-audit-20261123T180000000000Z.head.json"]
        assert verify_trail(AUDITOR, trail, load_head(sent.path)).fault is None
        entry = last_entries(AUDITOR, trail, 1)[0]
    document = opened(sent.path.read_text())
    assert is_signed(document, signing_key(settings).public)
    assert (document.form, document.told["number"]) == ("head/1", 1)
    assert (entry.act, json.loads(entry.facts)["kept"]) == (Act.AUDIT_HEAD_SENT, True)


def test_nothing_that_was_kept_is_overwritten(settled):
    settings = settled()
    with open_trail(settings) as trail:
        first = send_head(AUDITOR, trail, settings, NOW).path.read_text()
        with pytest.raises(MunimentError, match="cannot be kept"):
            send_head(AUDITOR, trail, settings, NOW)
        later = send_head(AUDITOR, trail, settings, NOW + timedelta(days=1))
    kept = sorted(later.path.parent.iterdir())
    assert (len(kept), kept[0].read_text()) == (2, first)


@pytest.mark.parametrize(
    ("statement", "said"),
    [
        ("DELETE FROM audit WHERE number > 1", "its tail was cut off"),
        ("UPDATE audit SET account = 'eve' WHERE number = 1", "is not what was written"),
        ("DELETE FROM audit WHERE number = 1", "Entry 1 is missing"),
    ],
    ids=["tail cut", "altered", "dropped"],
)
def test_the_next_day_a_trail_that_was_touched_is_found_and_no_head_is_sent(settled, tmp_path, statement, said):
    settings = settled()
    with open_trail(settings) as trail:
        send_head(AUDITOR, trail, settings, NOW)
        send_head(AUDITOR, trail, settings, NOW + timedelta(hours=1))
        by_hand(trail, statement)
        with pytest.raises(MunimentError, match=said):
            send_head(AUDITOR, trail, settings, NOW + timedelta(days=1))
    assert len(os.listdir(tmp_path / "evidence")) == 2


def test_a_tail_that_is_cut_with_no_head_outside_is_not_seen_and_with_one_is(settled):
    settings = settled()
    with open_trail(settings) as trail:
        send_head(AUDITOR, trail, settings, NOW)
        head = load_head(send_head(AUDITOR, trail, settings, NOW + timedelta(days=1)).path)
        by_hand(trail, "DELETE FROM audit WHERE number > 1")
        assert verify_trail(AUDITOR, trail).fault is None
        assert verify_trail(AUDITOR, trail, head).fault is Fault.CUT


def test_a_head_that_somebody_else_put_there_is_not_taken(settled, tmp_path):
    settings = settled()
    (tmp_path / "evidence" / "muniment-audit-20261122T180000000000Z.head.json").write_text("{}")
    with open_trail(settings) as trail, pytest.raises(ConfigurationError, match="not a head"):
        send_head(AUDITOR, trail, settings, NOW)


def test_a_place_that_is_not_there_or_not_named_is_said_so(settled, tmp_path):
    settings = settled(head_folder=None)
    with open_trail(settings) as trail, pytest.raises(ConfigurationError, match="head_folder or head_mail_to"):
        send_head(AUDITOR, trail, settings, NOW)
    (tmp_path / "evidence").rmdir()
    settings = settled()
    with open_trail(settings) as trail, pytest.raises(MunimentError, match="cannot be read: No such file"):
        send_head(AUDITOR, trail, settings, NOW)


def test_mail_needs_a_server(settled):
    settings = settled(head_mail_to=("auditor@millbrook.example",))
    with open_trail(settings) as trail, pytest.raises(ConfigurationError, match=r"write \[smtp\]"):
        send_head(AUDITOR, trail, settings, NOW)


class Kept:
    def __init__(self) -> None:
        self.messages = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's form
        self.messages.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"


def test_a_head_is_mailed_and_what_was_mailed_verifies_the_trail(settled, tmp_path):
    kept = Kept()
    server = Controller(kept, "127.0.0.1", free_port())
    server.start()
    try:
        smtp = SmtpSettings(server="127.0.0.1", port=server.port, tls="none", sender="muniment@millbrook.example")
        settings = settled(smtp, head_mail_to=("auditor@millbrook.example",))
        with open_trail(settings) as trail:
            assert send_head(AUDITOR, trail, settings, NOW).mailed == 1
    finally:
        server.stop()
    ((to, message),) = kept.messages
    words, attached = message.get_payload()
    assert to == ["auditor@millbrook.example"]
    assert "number 1" in words.get_payload(decode=True).decode()
    (tmp_path / "head.json").write_bytes(attached.get_payload(decode=True))
    with open_trail(settings) as trail:
        assert verify_trail(AUDITOR, trail, load_head(tmp_path / "head.json")).fault is None


def test_the_timetable_sends_a_head_and_who_may_not_does_not(settled, tmp_path):
    settings = settled()
    operator = Actor("timetable", (Grant(Role.OPERATOR),), Proof.OPERATING_SYSTEM)
    assert run_chain(operator, settings, Work(None, (), ("head",)), lambda _: None).startswith("Sent out the head")
    assert len(os.listdir(tmp_path / "evidence")) == 1
    reviewer = Actor("amy", (Grant(Role.REVIEWER),), Proof.PASSWORD)
    with open_trail(settings) as trail, pytest.raises(RefusedError, match="may not export-audit"):
        send_head(reviewer, trail, settings, NOW)


def test_the_folder_is_read_from_the_configuration_as_the_example_writes_it(tmp_path):
    path = initialise(tmp_path / "work", Workspace(root=tmp_path))
    written = path.read_text().replace('# head_folder = "/mnt/evidence" ', 'head_folder = "../evidence" ')
    path.write_text(written.replace("# head_mail_to", "head_mail_to"))
    audit = load_settings(path).audit
    assert audit.head_folder.resolve() == tmp_path / "evidence"
    assert audit.head_mail_to == ("auditor@council.example",)


def test_a_head_that_could_be_written_in_half_only_is_not_left_there(settled, tmp_path, monkeypatch):
    def full(_descriptor):
        raise OSError(28, "No space left on device")

    settings = settled()
    with open_trail(settings) as trail:
        monkeypatch.setattr(head_export.os, "fsync", full)
        with pytest.raises(MunimentError, match="No space left"):
            send_head(AUDITOR, trail, settings, NOW)
        monkeypatch.undo()
        assert os.listdir(tmp_path / "evidence") == []
        send_head(AUDITOR, trail, settings, NOW)
