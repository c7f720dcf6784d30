from __future__ import annotations

import json
import os
from contextlib import suppress
from datetime import date

import pytest
from sqlalchemy import text

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role, Verb
from domain.audit import Act, Fault
from domain.errors import ConfigurationError, MunimentError
from inventory.audit import latest
from inventory.engine import writing
from operations.access import RefusedError, ask
from operations.config import load_settings
from operations.people import accounts
from operations.people.audit import export_trail, last_entries, load_head, open_trail, told, verify_trail
from operations.people.sign_in import actor_here
from operations.scanning.scan import scan_sources
from operations.schedule.evaluate import evaluate
from operations.setup import Workspace, initialise
from retention.schedule import load_schedule

AUDITOR = Actor("oz", (Grant(Role.AUDITOR),), Proof.PASSWORD)


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("MUNIMENT_DETECTION__MODEL", "none")
    (tmp_path / "share" / "Jane Thornbury").mkdir(parents=True)
    return load_settings(initialise(tmp_path / "work", Workspace(root=tmp_path / "share")))


def test_the_trail_begins_with_the_inventory_and_its_keys_are_its_owners_alone(settings):
    with open_trail(settings) as trail:
        (first,) = last_entries(AUDITOR, trail, 9)
    assert (first.act, first.role) == (Act.INVENTORY_MADE, Role.OWNER)
    for path in (settings.inventory.key_file, settings.inventory.audit_key_file):
        assert path.stat().st_mode & 0o777 == 0o600
    assert settings.inventory.key_file.read_bytes() != settings.inventory.audit_key_file.read_bytes()


def test_a_scan_and_an_evaluation_are_told_of_without_a_path_or_a_name(settings):
    actor = actor_here(settings)
    scan_sources(actor, settings, settings.sources, lambda _: None)
    with open_trail(settings) as trail:
        evaluate(actor, trail, load_schedule(settings.retention.schedule), date(2026, 6, 2))
        entries = last_entries(AUDITOR, trail, 9)
    assert [entry.act for entry in entries[1:]] == [Act.SCAN_BEGUN, Act.SCAN_ENDED, Act.SCHEDULE_EVALUATED]
    begun, ended, _ = (json.loads(entry.facts) for entry in entries[1:])
    assert begun["source"] == 1
    assert (ended["listed"], ended["stopped"]) == (0, False)
    assert not any("Thornbury" in part for entry in entries for part in map(str, entry.content))


def test_a_scan_that_ends_early_is_told_of_too(settings):
    (settings.sources[0].root / "a.txt").write_text("a")

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        scan_sources(actor_here(settings), settings, settings.sources, stop)
    with open_trail(settings) as trail:
        last = last_entries(AUDITOR, trail, 1)[0]
    assert (last.act, json.loads(last.facts)["stopped"]) == (Act.SCAN_ENDED, True)


def test_who_may_not_scan_does_not_begin_one(settings):
    with pytest.raises(RefusedError, match="may not scan"):
        scan_sources(AUDITOR, settings, settings.sources, lambda _: None)
    with open_trail(settings) as trail:
        assert len(last_entries(AUDITOR, trail, 9)) == 1


def test_an_exported_trail_is_checked_against_its_head(settings, tmp_path):
    with open_trail(settings) as trail:
        lines, head = export_trail(AUDITOR, trail, tmp_path / "out")
        assert verify_trail(AUDITOR, trail, load_head(head)).fault is None
        assert [json.loads(line)["number"] for line in lines.read_text().splitlines()] == [1]
        assert last_entries(AUDITOR, trail, 1)[0].act == Act.AUDIT_EXPORTED
        with writing(trail.database) as connection:
            connection.execute(text("DROP TRIGGER audit_undeleted"))
            connection.execute(text("DELETE FROM audit"))
        verdict = verify_trail(AUDITOR, trail, load_head(head))
        assert verdict.fault is Fault.CUT
        assert "before entry 1" in told(verdict)


def test_what_is_not_whole_is_not_vouched_for(settings, tmp_path):
    with open_trail(settings) as trail:
        with writing(trail.database) as connection:
            connection.execute(text("DROP TRIGGER audit_unchanged"))
            connection.execute(text("UPDATE audit SET account = 'eve'"))
        with pytest.raises(MunimentError, match="Entry 1 is not what was written"):
            export_trail(AUDITOR, trail, tmp_path / "out")
        assert os.listdir(tmp_path / "out") == []


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b'{"muniment_audit_head": 1, "number": "x"}', b"\xff"])
def test_a_damaged_head_is_named(tmp_path, content):
    (tmp_path / "head.json").write_bytes(content)
    with pytest.raises(ConfigurationError, match="not a head"):
        load_head(tmp_path / "head.json")


def test_a_head_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match="muniment audit export"):
        load_head(tmp_path / "none.json")


@pytest.mark.parametrize("mend", ["missing", "another", "open"])
def test_an_audit_key_that_is_not_the_inventorys_own_is_refused(settings, mend):
    path = settings.inventory.audit_key_file
    if mend == "open":
        path.chmod(0o644)
    else:
        path.unlink()
    if mend == "another":
        path.write_text("00" * 32)
        path.chmod(0o600)
    with pytest.raises(MunimentError, match=r"chmod 600|[Pp]ut"), open_trail(settings):
        pass


def test_a_change_and_what_is_told_of_it_are_one(settings):
    with open_trail(settings) as trail:
        authority = ask(actor_here(settings), Verb.CONFIGURE)
        with suppress(LookupError), trail.changing(authority) as change:
            change.note(Act.INVENTORY_MADE)
            raise LookupError
        assert len(latest(trail.database, 9)) == 1


def test_the_trail_and_the_accounts_of_the_first_hour_stand_together(settings):
    with open_trail(settings) as trail:
        accounts.add_account(actor_here(settings), trail, Account("ada", roles=frozenset({Role.ADMINISTRATOR})))
    with pytest.raises(RefusedError, match="users bind"):
        actor_here(settings)
