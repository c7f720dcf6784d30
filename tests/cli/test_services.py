"""From a list of staff to what is proposed and who left, as a person at the terminal meets it."""

from __future__ import annotations

import json
import os
import pwd
import tomllib

import pytest

pytestmark = pytest.mark.slow

LOGIN = pwd.getpwuid(os.getuid()).pw_name


@pytest.fixture
def muniment(muniment_here):
    return muniment_here


@pytest.fixture
def work(tmp_path, surroundings):
    folder = tmp_path / "work"
    for name, mode in (("Lettings", 0o755), ("Payroll", 0o700)):
        (tmp_path / "shares" / name).mkdir(parents=True)
        (tmp_path / "shares" / name / "letter.txt").write_text("Dear Mrs Thornbury, your NI number is AB 12 34 56 C.\n")
        (tmp_path / "shares" / name).chmod(mode)
    source = f"[[source]]\nname = 'shares'\nroot = '{tmp_path / 'shares'}'\n"
    (folder / "muniment.toml").write_text(f"[directory]\nkind = 'staff'\nfile = 'staff.csv'\n{source}")
    (folder / "staff.csv").write_text(f"login,name,service,leaving date\n{LOGIN},Ann Marsh,Housing,2020-04-01\n")
    return folder


@pytest.fixture
def scanned(work, muniment):
    (work / "muniment.toml").rename(work / "own.toml")
    assert muniment("init").returncode == 0
    (work / "own.toml").rename(work / "muniment.toml")
    assert muniment("scan").returncode == 0
    return muniment


def test_from_a_list_of_staff_to_what_is_open_who_left_and_what_is_proposed(scanned, work):
    _proposed(scanned)
    _listed(scanned)
    _reported(scanned, work / "made")
    _told_when_the_list_is_gone(scanned, work / "staff.csv")


def _proposed(muniment) -> None:
    assert tomllib.loads(muniment("services", "suggest").stdout)["service"] == [
        {"name": "Housing", "paths": ["Lettings/**"]}, {"name": "Housing", "paths": ["Payroll/**"]},
    ]  # fmt: skip
    assert json.loads(muniment("services", "suggest", "--json").stdout)[0] == {
        "folder": "Lettings", "service": "Housing", "own": 1, "known": 1, "files": 1, "pattern": "Lettings/**",
    }  # fmt: skip


def _listed(muniment) -> None:
    left = json.loads(muniment("items", "--left", "--json").stdout)["items"]
    assert {one["path"] for one in left} == {"Lettings/letter.txt", "Payroll/letter.txt"}
    assert left[0]["owner"] == {
        "account": f"uid:{os.getuid()}", "kind": "user", "name": "Ann Marsh", "service": "Housing", "left": True,
    }  # fmt: skip
    everyone = json.loads(muniment("items", "--breadth", "everyone", "--json").stdout)["items"]
    assert [one["path"] for one in everyone] == ["Lettings/letter.txt"]


def _reported(muniment, made) -> None:
    assert muniment("report", "gdpr-risk", "--format", "csv", "--out", made).returncode == 0
    assert '"Everyone who can reach it",1,53,1,0' in (made / "gdpr-risk-access.csv").read_text()
    assert "open to everyone: 1.3" in (made / "gdpr-risk-register.csv").read_text()
    assert "Ann Marsh" not in "".join(file.read_text() for file in made.glob("*.csv"))


def _told_when_the_list_is_gone(muniment, staff) -> None:
    staff.unlink()
    told = muniment("scan")
    assert told.returncode == 2
    assert "cannot be read" in told.stderr
    assert "Traceback" not in told.stderr
    assert len(json.loads(muniment("items", "--json").stdout)["items"]) == 2
