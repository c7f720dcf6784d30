"""What the doctor says of the audit trail, its key, and those who may act."""

from __future__ import annotations

import pytest

from domain.account import Account
from domain.actor import Role, Verb
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.engine import writing
from operations.access import ask
from operations.config import load_settings
from operations.health.check import Health
from operations.people import accounts
from operations.people.audit import open_trail
from operations.people.sign_in import actor_here
from operations.people.trail_health import accounts_check, audit_check
from operations.setup import Workspace, initialise


@pytest.fixture
def settings(tmp_path, monkeypatch):
    monkeypatch.setenv("MUNIMENT_DETECTION__MODEL", "none")
    return load_settings(initialise(tmp_path / "work", Workspace(root=tmp_path)))


def noted(settings, count: int) -> None:
    with open_trail(settings) as trail, trail.changing(ask(actor_here(settings), Verb.MAINTAIN)) as change:
        for _ in range(count):
            change.note(Act.INVENTORY_MENDED, sums=1)


def alter(settings, number: int) -> None:
    """As somebody would who owns the file."""
    with open_trail(settings) as trail, writing(trail.database) as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_unchanged")
        connection.exec_driver_sql(f"UPDATE audit SET facts = '{{}}' WHERE number = {number}")


def test_a_trail_that_is_whole_is_good_and_counted(settings):
    noted(settings, 4)
    check = audit_check(settings)
    assert (check.health, "5 entries, all whole" in check.seen) == (Health.GOOD, True)


def test_of_a_long_trail_the_end_is_looked_at_and_it_says_so(settings):
    noted(settings, 1_200)
    assert "1,201 entries, the last 1,000 whole" in audit_check(settings).seen
    alter(settings, 700)
    check = audit_check(settings)
    assert (check.health, "entry 700" in check.seen) == (Health.WRONG, True)


def test_an_altered_first_entry_is_seen(settings):
    alter(settings, 1)
    assert audit_check(settings).health is Health.WRONG


def test_a_key_that_is_missing_open_or_anothers_is_told(settings):
    path = settings.inventory.audit_key_file
    path.chmod(0o640)
    with pytest.raises(ConfigurationError, match="chmod 600"):
        audit_check(settings)
    path.chmod(0o600)
    path.write_text("ab" * 32)
    with pytest.raises(ConfigurationError, match="not the one"):
        audit_check(settings)
    path.unlink()
    with pytest.raises(ConfigurationError, match="missing"):
        audit_check(settings)


def test_it_says_who_may_act_and_who_is_lacking_for_an_approval(settings):
    assert (accounts_check(settings).health, "none" in accounts_check(settings).seen) == (Health.ADVICE, True)
    with open_trail(settings) as trail:
        accounts.add_account(actor_here(settings), trail, Account("ada", roles=frozenset({Role.ADMINISTRATOR})))
    assert "1 in use, as administrator; no reviewer and no approver" in accounts_check(settings).seen
