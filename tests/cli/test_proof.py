"""At the terminal: what is archived is packed, and what was destroyed is listed, checked and handed out."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import bagit
import pytest
from certificates import KEY, a_certificate, keep_manifest
from disposal_estate import IGGY, PEOPLE, A, B, an_estate

from domain.actor import Verb
from domain.review import VerdictKind
from inventory.accounts import Secret, bind, set_secret
from inventory.engine import writing
from operations.access import ask
from operations.disposal.certificate import issue
from operations.people.passwords import hashed
from operations.people.sign_in import SystemUser
from operations.signing import signing_key, signing_key_file

PASSWORD = "a horse of another colour"


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture
def estate(tmp_path, surroundings):
    """In the working folder of the command, whose user is bound to iggy's account."""
    made = an_estate(tmp_path / "work")
    with writing(made.trail.database) as connection:
        for actor in PEOPLE:
            set_secret(connection, actor.account, Secret(hashed(PASSWORD, actor.account), False, 0, None))
        bind(connection, IGGY.account, SystemUser.present().identity)
    (tmp_path / "work" / "password").write_text(PASSWORD + "\n")
    (tmp_path / "work" / "password").chmod(0o600)
    made.now = datetime.now(UTC)
    yield made
    made.trail.database.dispose()


def test_a_manifest_that_archives_is_packed_by_somebody_who_may(estate, muniment, tmp_path):
    estate.planned([A, B], kind=VerdictKind.ARCHIVE)
    (tmp_path / "archive").mkdir()
    told = ("dispose", "pack", "1", tmp_path / "archive", "--password-file", "password", "--account")
    refused = muniment(*told, "alex")
    assert refused.returncode == 5
    done = muniment(*told, "iggy", "--json", "--name", "housing-1")
    assert (done.returncode, json.loads(done.stdout)["files"]) == (0, 2)
    assert bagit.Bag(str(tmp_path / "archive" / "housing-1")).validate()
    again = muniment(*told, "iggy", "--name", "housing-2")
    assert (again.returncode, "is packed" in again.stderr) == (2, True)


def test_certificates_are_listed_checked_and_handed_out(estate, muniment, tmp_path):
    keep_manifest(estate.trail.database)
    key = signing_key(estate.settings)
    with estate.trail.changing(ask(IGGY, Verb.PURGE)) as change:
        number = str(issue(change, a_certificate(), key).number)
    listed = muniment("dispose", "certificates", "--json")
    assert json.loads(listed.stdout)["number"] == number
    checked = muniment("dispose", "certificates", "--check")
    assert (checked.returncode, "all there, in order and as signed" in checked.stdout) == (0, True)
    out = tmp_path / "out"
    assert muniment("dispose", "certificate", number, out, "--format", "json").returncode == 0
    assert {path.suffix for path in out.iterdir()} == {".json", ".pub"}
    for wrong in ("1", "2026-0001", "2020/0001"):
        refused = muniment("dispose", "certificate", wrong, out)
        assert (refused.returncode, "Traceback" in refused.stderr) == (2, False)
    signing_key_file(estate.settings).write_text(KEY.secret.hex())
    checked = muniment("dispose", "certificates", "--check", "--json")
    assert checked.returncode == 1
    assert json.loads(checked.stdout)["flaws"] == [{"number": number, "flaw": "altered"}]
