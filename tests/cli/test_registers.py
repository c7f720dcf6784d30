"""What people and other systems say, from the command line to the decision: events, holds, classes, approvals."""

from __future__ import annotations

import json
import os
import subprocess
from datetime import date
from functools import partial

import pytest
from builders import SCHEDULE_HEAD, a_class, a_rule
from commands import copied, made_in

from domain.actor import Actor, Grant, Proof, Role
from operations.config import load_settings
from operations.people.audit import open_trail
from operations.people.sign_in import renew_password
from operations.schedule.evaluate import evaluate
from retention.schedule import load_schedule

pytestmark = pytest.mark.slow

SCHEDULE = (
    a_class("HR.02", "Contracts", "HR/**")
    + a_class("FI.01", "Invoices", words=["stuff"])
    + a_rule("FI.01-R1", "FI.01", "P6Y")
    + """\
[[rule]]
id = "HR.02-R1"
class = "HR.02"
trigger = { event = "employment_end", key = "employee_no" }
period = "P6Y"
action = "dispose"
authority = "test"

[[key]]
name = "employee_no"
pattern = 'EMP([0-9]{5})'
"""
)
OLD = 1_000_000_000


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture(scope="module")
def scanned_once(tmp_path_factory):
    folder = tmp_path_factory.mktemp("registers")
    muniment = made_in(folder)
    for name in ("HR/EMP00123/contract.txt", "Finance/Stuff/a.txt"):
        path = folder / "shares" / name
        path.parent.mkdir(parents=True)
        path.write_text("Gravel")
        os.utime(path, (OLD, OLD))
    assert muniment("init", "--root", folder / "shares").returncode == 0
    (folder / "work" / "schedule.toml").write_text(SCHEDULE_HEAD + SCHEDULE)
    assert muniment("scan").returncode == 0
    return folder


@pytest.fixture
def estate(muniment, tmp_path, scanned_once):
    copied(scanned_once, tmp_path)
    return muniment


def state_of(muniment, path: str) -> dict[str, object]:
    return json.loads(muniment("retention", "explain", path, "--json").stdout)


def test_an_event_a_hold_and_a_class_each_change_what_is_decided(estate, tmp_path):
    contract, stuff = "HR/EMP00123/contract.txt", "Finance/Stuff/a.txt"
    assert state_of(estate, contract)["would_change"] == ["the event employment_end of its employee_no"]
    feed = tmp_path / "work" / "hr.csv"
    feed.write_text(
        "key,reference,event,date\nemployee_no,00123,employment_end,2019-03-31\ncase_no,7,closed,2019-01-01\n"
    )
    taken_in = estate("events", "import", "hr.csv")
    assert (taken_in.returncode, taken_in.stdout) == (0, "")
    assert "Events: 2 new" in taken_in.stderr
    assert 'No rule of the schedule asks for the event "closed"' in taken_in.stderr
    assert state_of(estate, contract)["due"] == "2025-03-31"
    listed = estate("events", "list")
    assert "employment_end" in listed.stdout
    assert "00123" not in listed.stdout

    scope = ("--path", "HR/**", "--review-by", "2026-01-31")
    assert json.loads(estate("holds", "preview", "--json", *scope).stdout)["meant"] == {"HR": {"items": 1, "bytes": 6}}
    described = ("--id", "CLAIM-7", "--kind", "litigation", "--reason", "Claim 7", "--authorised-by", "role:solicitor")
    assert estate("holds", "add", *described, *scope).returncode == 0
    evaluated = estate("retention", "evaluate", "--json")
    assert json.loads(evaluated.stdout)["states"] == {"held": 1, "due": 1}
    assert "CLAIM-7: its review was due on 2026-01-31, and it goes on" in evaluated.stderr
    assert "CLAIM-7: its review was due" in estate("status").stdout
    assert state_of(estate, contract)["holds"][0]["id"] == "CLAIM-7"
    assert estate("holds", "release", "CLAIM-7", "--why", "Settled").returncode == 0

    assert state_of(estate, stuff)["class"]["ground"] == "inference"
    suggested = json.loads(estate("retention", "map", "--json").stdout)
    assert (suggested["folder"], suggested["class"], suggested["own"]) == ("Finance", "FI.01", 1)
    assert estate("retention", "map", "--out", "folders.csv").returncode == 0
    sheet = tmp_path / "work" / "folders.csv"
    sheet.write_text(sheet.read_text("utf-8-sig").replace("FI.01,,", "FI.01,yes,"))
    assert estate("retention", "map", "--approve", "folders.csv").returncode == 0
    assert state_of(estate, stuff)["class"]["ground"] == "folder"
    decided = estate("retention", "classify", stuff, "HR.02", "--why", "a contract of employment")
    assert decided.returncode == 0, decided.stderr
    told = state_of(estate, stuff)["class"]
    assert (told["id"], told["ground"]) == ("HR.02", "person")
    assert [rival["ground"] for rival in told["rivals"]] == ["folder"]


@pytest.fixture
def approving(estate, tmp_path):
    """Approves as one of two accounts, in an estate of which the schedule, in force from now on, has due one file."""
    assert estate("users", "add", "ada", "--administrator").returncode == 0
    secret = tmp_path / "work" / "secret"
    secret.touch(mode=0o600)
    secret.write_text("correct horse battery\n")
    for name, role in (("rm", "records-manager"), ("ig", "ig-officer")):
        added = estate("users", "add", name, "--role", role, "--password-file", "secret")
        assert added.returncode == 0, added.stderr
    return partial(estate, "retention", "approve", "--password-file", "secret", "--account")


@pytest.fixture
def signing(approving, tmp_path):
    """`approving`, where both have set passwords of their own."""
    with open_trail(load_settings(tmp_path / "work" / "muniment.toml")) as trail:
        for name in ("rm", "ig"):
            renew_password(trail, name, "correct horse battery", "staple battery horse")
    (tmp_path / "work" / "secret").write_text("staple battery horse\n")
    return approving


def test_who_did_not_set_the_password_does_not_approve(approving):
    temporary = approving("ig", "--expecting", "2")
    assert temporary.returncode == 5
    assert "set by somebody else" in temporary.stderr


def test_two_who_sign_in_approve_what_each_was_shown_to_change(signing, tmp_path):
    unseen = signing("rm")
    assert (unseen.returncode, "2 items would change. Have each of them listed: --changes FILE" in unseen.stderr) == (
        5,
        True,
    )
    alone = signing("rm", "--changes", "changes.csv")
    assert (alone.returncode, "nobody is here to be asked" in alone.stderr) == (5, True)
    assert "newly uncomputable" in alone.stdout
    assert "against no schedule at all" in alone.stdout
    listed = (tmp_path / "work" / "changes.csv").read_text("utf-8-sig").splitlines()
    assert len(listed) == 3
    assert (tmp_path / "work" / "changes.csv").stat().st_mode & 0o077 == 0
    wrong = signing("rm", "--expecting", "1")
    assert (wrong.returncode, "2 items would change, not 1" in wrong.stderr) == (5, True)

    assert "Still to approve: ig-officer." in signing("rm", "--expecting", "2").stderr
    assert "It is approved." in signing("ig", "--expecting", "2", "--changes", "again.csv").stderr
    assert signing("ig", "--expecting", "2").returncode == 5
    assert (tmp_path / "work" / "again.csv").read_text("utf-8-sig").splitlines() == listed


def test_a_later_version_is_compared_with_the_one_that_decides(signing, tmp_path):
    work = tmp_path / "work"
    for name in ("rm", "ig"):
        assert signing(name, "--expecting", "2").returncode == 0
    with open_trail(load_settings(work / "muniment.toml")) as trail:
        chosen = load_schedule(work / "schedule.toml")
        evaluate(Actor("rm", (Grant(Role.RECORDS_MANAGER),), Proof.PASSWORD), trail, chosen, date(2026, 11, 22))
    (work / "old.toml").write_text((work / "schedule.toml").read_text())
    (work / "schedule.toml").write_text((work / "old.toml").read_text().replace('"P6Y"', '"P90Y"'))

    refused = signing("rm", "--expecting", "1")
    assert (refused.returncode, "--against OLD" in refused.stderr) == (2, True)
    seen = signing("rm", "--against", "old.toml", "--changes", "c.csv")
    assert (seen.returncode, "In all 1 item would change" in seen.stdout) == (5, True)
    assert signing("rm", "--against", "old.toml", "--expecting", "1").returncode == 0


def test_who_is_asked_says_yes_or_nothing_is_approved(signing, muniment_command):
    for answer, status in ((b"n\n", 5), (b"y\n", 0)):
        ours, theirs = os.openpty()
        told = ("--changes", f"{status}.csv", "--password-file", "secret", "--account", "rm")
        asked = muniment_command("retention", "approve", *told, stdin=theirs, stderr=subprocess.PIPE)
        os.write(ours, answer)
        _, said = asked.communicate(timeout=120)
        os.close(ours)
        os.close(theirs)
        assert (asked.returncode, b"Approve it, with all that it changes? [y/N]" in said) == (status, True), said
        assert (b"Still to approve: ig-officer." in said) == (status == 0)


WRONG = (
    (["holds", "add", "--id", "H"], 2, "--review-by"),
    (["holds", "add", "--template", "nope", "--review-by", "2027-01-01"], 2, "There are: iicsa, covid"),
    (["holds", "add", "--template", "iicsa", "--review-by", "2027-01-01"], 2, "more: --id, --authorised-by."),
    (["holds", "preview"], 2, "it would freeze every item"),
    (["holds", "preview", "--people-file", "none"], 2, "none cannot be read"),
    (["holds", "release", "H", "--why", "x"], 2, "no hold 'H'"),
    (["events", "import", "none.csv"], 2, "cannot be read"),
    (["retention", "classify", "a.txt", "--why", "x"], 2, "Name the class, or --withdraw"),
    (["retention", "map", "--approve", "none.csv"], 2, "cannot be read"),
    (["retention", "approve"], 5, "no accounts"),
)


def test_what_cannot_be_is_said_with_what_to_do(muniment):
    muniment("init")
    for arguments, status, said in WRONG:
        result = muniment(*arguments)
        assert (result.returncode, "Traceback" in result.stderr) == (status, False), (arguments, result.stderr)
        assert said in result.stderr


@pytest.mark.parametrize("command", [["holds"], ["holds", "templates"], ["events"], ["retention", "map"]])
def test_help_teaches(muniment, command):
    result = muniment(*command, "--help")
    assert result.returncode == 0
    assert len(result.stdout.split()) > 40
