"""A schedule decides when two people in two roles have signed just what its file says."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest
from scan_driver import FILES, scan

from domain.account import Account
from domain.actor import Actor, Grant, Proof, Role
from domain.audit import Act
from domain.errors import ConfigurationError
from inventory.audit import latest
from operations.access import RefusedError
from operations.people.accounts import add_account
from operations.people.approval import Foreseen, approvals, approve, refuse_unapproved
from operations.schedule.evaluate import evaluate
from retention.schedule import parse_schedule

TODAY = date(2026, 11, 22)
OWNER = Actor("root", (Grant(Role.OWNER),), Proof.OPERATING_SYSTEM)
TEXT = """\
[schedule]
id = "s"
version = "1"
effective_from = 2026-04-01

[[rule]]
id = "R"
scope = { paths = ["**"] }
action = "keep"
authority = "test"
"""
SCHEDULE = parse_schedule(TEXT, "s.toml")
CHANGED = parse_schedule(TEXT.replace('"test"', '"tested"'), "s.toml")
SHOWN = Foreseen(SCHEDULE.digest, "d" * 64, TODAY, 7, {"newly_due": 4, "otherwise": 3})


def an_actor(name: str, *roles: Role, of: str = "", proof=Proof.PASSWORD) -> Actor:
    return Actor(name, tuple(Grant(role, on_behalf_of=of) for role in roles), proof)


MANAGER, OFFICER = an_actor("rm", Role.RECORDS_MANAGER), an_actor("ig", Role.IG_OFFICER)
BOTH = an_actor("both", Role.RECORDS_MANAGER, Role.IG_OFFICER)


@pytest.fixture
def staffed(trail):
    add_account(OWNER, trail, Account("ada", roles=frozenset({Role.ADMINISTRATOR})))
    return trail


def test_two_roles_approve_and_then_it_decides(staffed):
    scan(staffed.database, FILES)
    with pytest.raises(RefusedError, match="records-manager, ig-officer"):
        evaluate(MANAGER, staffed, SCHEDULE, TODAY)
    assert approve(MANAGER, staffed, SCHEDULE, SHOWN) == (Role.IG_OFFICER,)
    with pytest.raises(RefusedError, match=r"not approved yet by: ig-officer\. .* muniment retention approve"):
        evaluate(MANAGER, staffed, SCHEDULE, TODAY)
    assert approve(OFFICER, staffed, SCHEDULE, SHOWN) == ()
    assert evaluate(MANAGER, staffed, SCHEDULE, TODAY).schedule == "s, version 1"
    last = latest(staffed.database, 2)
    assert [entry.act for entry in last] == [Act.SCHEDULE_APPROVED, Act.SCHEDULE_EVALUATED]
    assert last[0].subject == f"schedule:{SCHEDULE.digest}"
    assert json.loads(last[0].facts) == {
        "version": "1", "role": "ig-officer", "effective_from": "2026-04-01", "against": "d" * 64, "on": "2026-11-22",
        "changed": 7, "newly_due": 4, "otherwise": 3,
    }  # fmt: skip


def test_who_was_shown_what_another_version_changes_does_not_approve_this_one(staffed):
    with pytest.raises(RefusedError, match="another version"):
        approve(MANAGER, staffed, CHANGED, SHOWN)
    assert approvals(staffed.database, CHANGED) == ()


def test_a_letter_changed_has_to_be_approved_again(staffed):
    approve(MANAGER, staffed, SCHEDULE, SHOWN)
    approve(OFFICER, staffed, SCHEDULE, SHOWN)
    refuse_unapproved(staffed.database, SCHEDULE)
    with pytest.raises(RefusedError):
        refuse_unapproved(staffed.database, CHANGED)


def test_an_inventory_without_accounts_is_its_owners_and_needs_no_approval(trail):
    refuse_unapproved(trail.database, SCHEDULE)
    with pytest.raises(RefusedError, match="no accounts"):
        approve(OWNER, trail, SCHEDULE, SHOWN)


def test_nobody_approves_twice_whatever_their_roles_nor_on_behalf_of_who_did(staffed):
    approve(BOTH, staffed, SCHEDULE, SHOWN)
    assert [one.role for one in approvals(staffed.database, SCHEDULE)] == [Role.RECORDS_MANAGER]
    with pytest.raises(RefusedError, match="took part"):
        approve(BOTH, staffed, SCHEDULE, SHOWN)
    with pytest.raises(RefusedError, match="took part"):
        approve(an_actor("cy", Role.IG_OFFICER, of="both"), staffed, SCHEDULE, SHOWN)
    with pytest.raises(RefusedError, match="Still missing: ig-officer"):
        approve(MANAGER, staffed, SCHEDULE, SHOWN)
    approve(OFFICER, staffed, SCHEDULE, SHOWN)
    with pytest.raises(RefusedError, match="approved already"):
        approve(an_actor("di", Role.IG_OFFICER), staffed, SCHEDULE, SHOWN)


def test_who_has_both_roles_gives_the_one_that_is_missing(staffed):
    approve(MANAGER, staffed, SCHEDULE, SHOWN)
    assert approve(BOTH, staffed, SCHEDULE, SHOWN) == ()


@pytest.mark.parametrize(
    "actor",
    [an_actor("rm", Role.RECORDS_MANAGER, proof=Proof.OPERATING_SYSTEM), an_actor("si", Role.SIRO)],
)
def test_only_who_may_signs_and_by_their_own_sign_in(staffed, actor):
    with pytest.raises(RefusedError):
        approve(actor, staffed, SCHEDULE, SHOWN)
    assert approvals(staffed.database, SCHEDULE) == ()


def test_a_draft_is_not_approved(staffed):
    draft = parse_schedule(TEXT.replace("effective_from", 'status = "draft"\neffective_from'), "s.toml")
    with pytest.raises(ConfigurationError, match='status = "approved"'):
        approve(MANAGER, staffed, draft, replace(SHOWN, digest=draft.digest))
