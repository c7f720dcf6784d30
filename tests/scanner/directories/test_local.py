from __future__ import annotations

import grp
import os
import pwd
from dataclasses import dataclass, field

from domain.person import Principal, PrincipalKind
from scanner.directories.local import LocalAccounts


@dataclass
class FakeDirectory:
    known: dict[str, Principal] = field(default_factory=dict)
    closed: bool = False

    def people(self, accounts):
        return {account: self.known[account] for account in accounts if account in self.known}

    def close(self):
        self.closed = True


ROOT, GROUP = pwd.getpwuid(0), grp.getgrgid(0)
NOBODYS = (
    "uid:4123456789",
    "gid:4123456789",
    "uid:-1",
    "uid:99999999999999999999",
    "uid:x",
    "gid:",
    "S-1-5-21-1-2-3-4",
)


def test_a_number_has_the_name_that_this_machine_gives_it():
    known = LocalAccounts().people(["uid:0", "gid:0"])
    assert known["uid:0"].kind is PrincipalKind.USER
    assert known["uid:0"].name in (ROOT.pw_gecos.partition(",")[0], ROOT.pw_name)
    assert known["gid:0"] == Principal("gid:0", PrincipalKind.GROUP, GROUP.gr_name)


def test_who_this_machine_does_not_know_is_left_out_and_so_has_not_left():
    assert LocalAccounts().people(NOBODYS) == {}


def test_another_directory_knows_a_login_better():
    ann = Principal(ROOT.pw_name, PrincipalKind.USER, "Ann Thornbury", "Housing", left=True)
    beyond = FakeDirectory({ROOT.pw_name: ann, "S-1-5-21-1-2-3-4": Principal("S-1-5-21-1-2-3-4", name="Bob")})
    known = LocalAccounts(beyond).people(["uid:0", *NOBODYS])
    assert known == {
        "uid:0": Principal("uid:0", PrincipalKind.USER, "Ann Thornbury", "Housing", left=True),
        "S-1-5-21-1-2-3-4": Principal("S-1-5-21-1-2-3-4", name="Bob"),
    }


def test_a_login_that_it_does_not_know_keeps_its_name_here():
    beyond = FakeDirectory({ROOT.pw_name: Principal(ROOT.pw_name, PrincipalKind.USER)})
    assert LocalAccounts(beyond).people(["uid:0"])["uid:0"].name


def test_it_closes_the_directory_beyond():
    beyond = FakeDirectory()
    LocalAccounts(beyond).close()
    assert beyond.closed
    assert os.getpid()  # and where there is none nothing happens
    LocalAccounts().close()
