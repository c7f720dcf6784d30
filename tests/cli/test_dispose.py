from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from disposal_estate import PEOPLE, A, B, an_estate, content

from inventory.accounts import Secret, bind, set_secret
from inventory.engine import writing
from operations.people.passwords import hashed
from operations.people.sign_in import SystemUser

PASSWORD = "a horse of another colour"


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture
def estate(tmp_path, surroundings):
    """In the working folder of the command, with people who can sign in, and a batch that is approved."""
    made = an_estate(tmp_path / "work")
    with writing(made.trail.database) as connection:
        for actor in PEOPLE:
            set_secret(
                connection,
                actor.account,
                Secret(hashed(PASSWORD, actor.account), temporary=False, failures=0, locked_until=None),
            )
        bind(connection, "iggy", SystemUser.present().identity)
    (tmp_path / "work" / "password").write_text(PASSWORD + "\n")
    (tmp_path / "work" / "password").chmod(0o600)
    made.now = datetime.now(UTC)
    yield made
    made.trail.database.dispose()


@pytest.fixture
def dispose(muniment):
    def command(*arguments, account="iggy"):
        return muniment("dispose", *arguments, "--account", account, "--password-file", "password")

    return command


def test_the_whole_way_at_the_terminal(estate, dispose):
    estate.approved([A, B])
    planned = dispose("plan", "--batch", "1")
    assert planned.returncode == 0
    assert "Signed manifest 1" in planned.stderr
    assert dispose("run", "1", "--count", "3").returncode == 5
    assert dict(content(estate.root))["Housing/a.txt"] == b"first"
    done = dispose("run", "1", "--count", "2", "--json")
    assert (done.returncode, json.loads(done.stdout)["files"]) == (0, {"quarantined": 2})
    assert "Housing/a.txt" not in dict(content(estate.root))
    item = str(estate.found[A])
    assert dispose("restore", "1", "--item", item).returncode == 0
    assert dict(content(estate.root))["Housing/a.txt"] == b"first"
    early = dispose("purge", "1", "--count", "1")
    assert (early.returncode, "number typed" in early.stderr) == (5, True)
    assert len(estate.in_quarantine()) == 1


@pytest.mark.parametrize("account", ["ruth", "alex"])
def test_who_took_part_or_may_not_is_refused(estate, dispose, account):
    manifest = estate.planned([A])
    refused = dispose("run", str(manifest.number), "--count", "1", account=account)
    assert refused.returncode == 5
    assert estate.in_quarantine() == set()


def test_what_is_asked_for_is_typed(estate, muniment):
    """Without a terminal to type it at nothing is run."""
    manifest = estate.planned([A])
    ended = muniment("dispose", "run", str(manifest.number), "--account", "iggy", "--password-file", "password")
    assert ended.returncode == 130
    assert "1 file," in ended.stderr
    assert estate.in_quarantine() == set()


def test_help_teaches_the_way(muniment):
    told = muniment("dispose", "--help").stdout
    for words in ("plan --batch", "restore", "purge", "stop"):
        assert words in told


@pytest.mark.parametrize("number", ["0", "-1", "99999999999999999999", "x"])
def test_what_is_no_number_of_a_manifest_is_refused_at_the_door(muniment, number):
    ended = muniment("dispose", "list", "--manifest", number)
    assert (ended.returncode, "Traceback" in ended.stderr) == (2, False)
