"""Asking a directory after a scan: what it says is written down, and what goes wrong is told."""

from __future__ import annotations

import os
import pwd
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from builders import an_item
from directory_servers import BASE, BINDS_AS, PASSWORD, running_slapd, sid, slapd
from inventories import an_inventory

from domain.access import Access, Breadth
from domain.item import Listing
from inventory.people import unresolved
from inventory.places import Place
from inventory.queries import Inventory
from inventory.recorder import Recorder
from inventory.recording import Pipeline
from operations.config import default_settings
from operations.configuration.directory_settings import LdapDirectorySettings, NoDirectorySettings, StaffSettings
from operations.health.doctor import Check, Health, examine_health
from operations.people.directory import know_people

__all__ = ["slapd"]

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY, LATER = date(2026, 3, 2), date(2026, 4, 30)
ANN, BOB, OFFICERS, GONE = map(sid, (1105, 1106, 1201, 4711))
ME = f"uid:{os.getuid()}"


@pytest.fixture
def database(tmp_path):
    engine = an_inventory(tmp_path / "inventory.db")
    yield engine
    engine.dispose()


def listed(database, *owners: str, readers: tuple[str, ...] = ()) -> None:
    recorder = Recorder(database, Place("memory", b"/memory"), Pipeline("1"), DAY, lambda folder: "Top")
    recorder.begin(NOW, "detector", "key")
    items = tuple(replace(an_item(f"{number:05}".encode()), owner=owner) for number, owner in enumerate(owners))
    recorder.note(Listing(b"", items, access=Access(None, readers)))
    recorder.settle()
    recorder.finish(NOW, complete=True)


def owners(database) -> dict[str, tuple[str, str, bool]]:
    held = [one.owner for one in Inventory(database).held()]
    return {one.account: (one.name, one.service, one.left) for one in held if one is not None}


def an_ldap(server, tmp_path, **settings) -> LdapDirectorySettings:
    password = tmp_path / "password"
    password.write_text(PASSWORD)
    password.chmod(0o600)
    given = {"kind": "ldap", "server": "localhost", "base": BASE, "username": BINDS_AS, "password_file": password,
             "port": server.tls_port, "ca_file": server.certificate}  # fmt: skip
    return LdapDirectorySettings(**{**given, **settings})


@pytest.mark.servers
def test_what_the_directory_says_is_kept_and_not_asked_again_before_its_time(database, tmp_path):
    listed(database, ANN, BOB, GONE, readers=(ANN, OFFICERS))
    with running_slapd() as server:
        settings = an_ldap(server, tmp_path)
        assert know_people(settings, database, DAY) == ()
    known = {
        ANN: ("Ann Thornbury", "Housing", False), BOB: ("Bob Ünsal", "Planning", True), GONE: ("", "", True),
    }  # fmt: skip
    assert owners(database) == known
    assert {one.breadth for one in Inventory(database).held()} == {Breadth.GROUP}
    assert know_people(settings, database, DAY) == ()  # the server is gone, and nothing is asked of it
    (trouble,) = know_people(settings, database, LATER)
    assert "does not answer" in trouble
    assert owners(database) == known


@pytest.mark.servers
def test_the_doctor_says_whether_the_directory_answers(slapd, tmp_path):
    good = directory_check(an_ldap(slapd, tmp_path))
    assert (good.health, good.seen) == (Health.GOOD, "answers (ldap)")
    wrong = directory_check(an_ldap(slapd, tmp_path, base="dc=other,dc=example"))
    assert (wrong.health, "does not hold the base" in wrong.seen) == (Health.WRONG, True)


def directory_check(directory) -> Check:
    settings = default_settings().model_copy(update={"directory": directory})
    return next(check for check in examine_health(settings) if check.subject == "directory")


@pytest.mark.servers
def test_more_than_can_be_asked_at_once_are_asked_in_turn(database, slapd, tmp_path):
    clerks = [sid(5000 + number) for number in range(450)]
    listed(database, *clerks)
    assert know_people(an_ldap(slapd, tmp_path), database, DAY) == ()
    names = [name for name, _, _ in owners(database).values() if name]
    assert len(names) == 30
    assert sum(left for _, _, left in owners(database).values()) == 420
    assert unresolved(database, date(2026, 3, 1)) == ()


def test_a_password_that_others_can_read_is_refused_and_the_scan_goes_on(database, tmp_path):
    listed(database, ANN)
    password = tmp_path / "password"
    password.write_text(PASSWORD)
    password.chmod(0o644)
    settings = LdapDirectorySettings(kind="ldap", server="dc1", base=BASE, username=BINDS_AS, password_file=password)
    (trouble,) = know_people(settings, database, DAY)
    assert "chmod 600" in trouble
    assert unresolved(database, DAY) == (ANN,)


def test_a_list_of_staff_is_read_at_every_scan_and_what_is_wrong_in_it_is_told(database, tmp_path):
    login = pwd.getpwuid(os.getuid()).pw_name
    staff = tmp_path / "staff.csv"
    settings = StaffSettings(kind="staff", file=staff)
    listed(database, ME, ANN)
    staff.write_text(f"login,sid,name,service,left\n{login},,Ann Thornbury,Housing,\n,{BOB},Bob,,soon\n")
    (trouble,) = know_people(settings, database, DAY)
    assert "on line 3:" in trouble
    assert directory_check(settings).seen == trouble
    assert owners(database) == {ME: ("Ann Thornbury", "Housing", False), ANN: ("", "", False)}
    staff.write_text(f"login,name,service,left\n{login},Ann Thornbury,Housing,2026-03-01\n")
    assert know_people(settings, database, DAY) == ()
    assert owners(database)[ME] == ("Ann Thornbury", "Housing", True)


def test_a_list_that_is_not_there_is_told_and_nobody_is_forgotten(database, tmp_path):
    staff = tmp_path / "staff.csv"
    staff.write_text(f"sid,name\n{ANN},Ann Thornbury\n")
    listed(database, ANN)
    know_people(StaffSettings(kind="staff", file=staff), database, DAY)
    staff.unlink()
    (trouble,) = know_people(StaffSettings(kind="staff", file=staff), database, DAY)
    assert "cannot be read" in trouble
    assert owners(database)[ANN][0] == "Ann Thornbury"


def test_without_a_directory_this_machine_names_its_own(database):
    listed(database, ME, ANN)
    assert directory_check(NoDirectorySettings()).health is Health.ADVICE
    assert know_people(NoDirectorySettings(), database, DAY) == ()
    assert owners(database)[ME][0]
    assert owners(database)[ANN] == ("", "", False)
