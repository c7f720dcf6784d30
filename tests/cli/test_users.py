"""Accounts and the audit trail as people at the terminal meet them."""

from __future__ import annotations

import json
import os
import pwd
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

LOGIN = pwd.getpwuid(os.getuid()).pw_name
GUIDE = Path(__file__).parents[2]


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture
def staffed(muniment, tmp_path):
    """An inventory with an administrator, who is the user of these tests, and an approver."""
    share = tmp_path / "share"
    share.mkdir()
    (share / "a.txt").write_text("Gravel")
    assert muniment("init", "--root", share).returncode == 0
    assert muniment("users", "add", "ada", "--administrator").returncode == 0
    return muniment


def test_from_the_first_account_to_an_audit_trail_that_is_whole(staffed, tmp_path):
    refused = staffed("items")
    assert refused.returncode == 5
    assert "may not view-list" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert staffed("scan").returncode == 0

    secret = tmp_path / "work" / "first.password"
    secret.write_text("correct horse battery\n")
    added = ("users", "add", "bo", "--role", "approver", "--service", "Planning", "--password-file", "first.password")
    assert "open to others" in staffed(*added).stderr
    secret.chmod(0o600)
    assert staffed(*added).returncode == 0
    assert staffed("users", "add", "cy", "--role", "reviewer").returncode == 0
    assert staffed("users", "role", "cy", "auditor").returncode == 0
    assert staffed("users", "services", "bo", "Planning", "Housing").returncode == 0
    assert staffed("users", "sign-out", "cy").stderr == "0 sessions ended.\n"
    assert staffed("users", "sign-out").returncode == 2
    assert staffed("users", "disable", "cy").returncode == 0
    assert staffed("users", "disable", "ada").returncode == 5

    listed = json.loads(staffed("users", "list", "--json").stdout)["accounts"]
    assert [(one["name"], one["roles"], one["disabled"]) for one in listed] == [
        ("ada", ["administrator"], False), ("bo", ["approver"], False), ("cy", ["auditor"], True),
    ]  # fmt: skip
    assert listed[0]["identities"][0]["subject"] == f"{os.getuid()}:{LOGIN}"
    assert listed[1]["services"] == ["Housing", "Planning"]
    assert listed[1]["temporary"] is True

    exported = staffed("audit", "export", "evidence", "--head-only")
    assert exported.returncode == 0
    verified = staffed("audit", "verify", "--head", exported.stdout.strip(), "--json")
    assert json.loads(verified.stdout)["fault"] is None
    assert staffed("audit", "list").returncode == 5


def test_a_person_of_the_provider_is_bound_and_bound_no_more(staffed, tmp_path):
    with (tmp_path / "work" / "muniment.toml").open("a") as file:
        file.write('[web.oidc]\nissuer = "https://idp.example"\nclient_id = "m"\nclient_secret_file = "s"\n'
                   'address = "https://muniment.example"\n')  # fmt: skip

    def identities():
        return json.loads(staffed("users", "list", "--json").stdout)["accounts"][0]["identities"]

    assert staffed("users", "bind", "ada", "--subject", "4711").returncode == 0
    assert identities()[1:] == [{"kind": "oidc", "issuer": "https://idp.example", "subject": "4711"}]
    assert staffed("users", "unbind", "ada", "--subject", "4711").returncode == 0
    assert len(identities()) == 1


def test_who_sees_no_list_gets_none_as_a_file_either(staffed, tmp_path):
    schedule = GUIDE / "retention" / "examples" / "schedule.toml"
    refused = staffed("retention", "simulate", str(schedule), "--all", "all.csv")
    assert (refused.returncode, "may not view-list" in refused.stderr) == (5, True), refused.stderr
    assert not (tmp_path / "work" / "all.csv").exists()


def test_the_trail_lists_who_did_what(muniment, tmp_path):
    (tmp_path / "share").mkdir()
    muniment("init", "--root", tmp_path / "share")
    muniment("scan")
    told = [json.loads(line) for line in muniment("audit", "list", "--json").stdout.splitlines()]
    assert [(one["account"], one["role"], one["act"]) for one in told] == [
        (LOGIN, "owner", "inventory.made"), (LOGIN, "owner", "scan.begun"), (LOGIN, "owner", "scan.ended"),
    ]  # fmt: skip
    assert "scan.begun" in muniment("audit", "list", "--about", "scan:1").stdout
    assert muniment("audit", "verify").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["users", "add", "bo"], "Say what the account is for"),
        (["users", "add", "bo", "--role", "king"], "king"),
        (["users", "add", "bo", "--role", "auditor", "--login", "nobody-of-that-name"], "This machine has no user"),
        (["users", "role", "nobody", "auditor"], "There is no account 'nobody'"),
        (["users", "bind", "ada", "--login", "x", "--host", "h"], "name both"),
        (["users", "bind", "ada"], "either --login or --subject"),
        (["users", "bind", "ada", "--subject", "4711"], "web.oidc"),
        (["users", "delegate", "auditor", "--to", "bo"], "Name the last day"),
        (["audit", "verify", "--head", "none.json"], "muniment audit export"),
    ],
)
def test_a_wrong_command_ends_with_2_and_says_what_to_do(staffed, arguments, said):
    result = staffed(*arguments)
    assert result.returncode == 2, result.stderr
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    "command", [["users"], ["users", "add"], ["users", "delegate"], ["audit"], ["audit", "export"]]
)
def test_help_teaches(muniment, command):
    result = muniment(*command, "--help")
    assert result.returncode == 0
    assert len(result.stdout.split()) > 40


def test_the_table_of_roles_is_the_one_of_the_guide(muniment):
    printed = muniment("users", "roles")
    assert printed.returncode == 0
    guide = (GUIDE / "docs" / "people-and-audit.md").read_text("utf-8")
    table = printed.stdout.partition("\n\n")[2].strip("\n")
    assert table in guide
