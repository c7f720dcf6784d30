"""People by LDAP, against Debian's slapd with a schema like Active Directory's, and against servers that misbehave."""

from __future__ import annotations

import itertools
from contextlib import closing, contextmanager

import pytest
from directory_servers import (
    ACCOUNT,
    BASE,
    BINDS_AS,
    MANY,
    PASSWORD,
    a_server_that,
    an_answer,
    running_slapd,
    sid,
    slapd,
)

from domain.person import Principal, PrincipalKind
from scanner.directories.ldap import LdapDirectory
from scanner.directories.ldap_settings import LdapSettings
from scanner.directory import DirectoryError

__all__ = ["slapd"]

real = pytest.mark.servers
USER, GROUP, UNKNOWN = PrincipalKind.USER, PrincipalKind.GROUP, PrincipalKind.UNKNOWN
ANN, BOB, MAILBOX, HIDDEN, FOREIGN, OFFICERS, GONE = map(sid, (1105, 1106, 1107, 1109, 1110, 1201, 4711))


@contextmanager
def asking(server, **settings):
    given = {"host": "localhost", "base": BASE, "username": BINDS_AS, "password": PASSWORD, "port": server.tls_port,
             "ca_file": server.certificate, "timeout": 20}  # fmt: skip
    with closing(LdapDirectory(LdapSettings(**{**given, **settings}))) as directory:
        yield directory


@contextmanager
def asking_port(port, **settings):
    given = {"host": "127.0.0.1", "base": BASE, "username": ACCOUNT, "password": PASSWORD, "port": port,
             "tls": "none", "timeout": 5}  # fmt: skip
    with closing(LdapDirectory(LdapSettings(**{**given, **settings}))) as directory:
        yield directory


@real
def test_people_and_groups_are_known_by_their_sids(slapd):
    with asking(slapd) as directory:
        known = directory.people([ANN, OFFICERS, FOREIGN])
    assert known == {
        ANN: Principal(ANN, USER, "Ann Thornbury", "Housing"),
        OFFICERS: Principal(OFFICERS, GROUP, "Housing officers"),
        FOREIGN: Principal(FOREIGN, UNKNOWN, "foreign"),
    }


@real
@pytest.mark.parametrize(
    "account",
    ["S-1-5-21-9-8-7-77", "athornbury", "ATHORNBURY", "athornbury@council.example", "Ann@Council.Example",
     "a.thornbury@old.example"],
)  # fmt: skip
def test_a_person_is_known_by_what_they_were_and_are_called(slapd, account):
    with asking(slapd) as directory:
        assert directory.people([account]) == {account: Principal(account, USER, "Ann Thornbury", "Housing")}


@real
def test_who_is_disabled_has_left_and_a_shared_mailbox_has_not(slapd):
    with asking(slapd) as directory:
        known = directory.people([ANN, BOB, MAILBOX])
    assert {account: one.left for account, one in known.items()} == {ANN: False, BOB: True, MAILBOX: False}
    assert known[BOB].name == "Bob Ünsal"


@real
def test_a_sid_that_its_domain_does_not_hold_has_left_and_that_of_another_is_unknown(slapd):
    machine = "S-1-5-21-5-6-7-1001"
    with asking(slapd) as directory:
        known = directory.people([GONE, machine, "nobody", "nobody@council.example"])
    assert known[GONE] == Principal(GONE, UNKNOWN, left=True)
    assert known[machine] == Principal(machine, UNKNOWN)
    assert not known["nobody"].left
    assert not known["nobody@council.example"].left


@real
def test_nobody_has_left_where_the_base_is_but_a_part_of_the_domain(slapd):
    with asking(slapd, base=f"ou=Staff,{BASE}") as directory:
        known = directory.people([ANN, OFFICERS, GONE])
    assert known[ANN].name == "Ann Thornbury"
    assert known[OFFICERS] == Principal(OFFICERS, UNKNOWN)
    assert known[GONE] == Principal(GONE, UNKNOWN)


@real
def test_what_is_special_in_a_filter_is_a_letter_of_a_login(slapd):
    with asking(slapd) as directory:
        known = directory.people(["car*l (o)", "car*", "*", "bünsal"])
    assert {account: one.name for account, one in known.items()} == {
        "car*l (o)": "Carol Odd", "car*": "", "*": "", "bünsal": "Bob Ünsal",
    }  # fmt: skip


@real
def test_what_no_directory_keeps_is_not_asked_for(slapd):
    with asking(slapd, port=1) as directory:
        assert directory.people(["uid:1000", "gid:5", "site:Parks", "S-1-5-32-544", "S-1-1-0"]) == {}


@real
@pytest.mark.parametrize("settings", [{}, {"tls": "starttls"}], ids=["implicit", "starttls"])
def test_the_certificate_is_checked_with_its_name(slapd, settings):
    port = {"port": slapd.port} if settings else {}
    with asking(slapd, **port, **settings) as directory:
        assert directory.people([ANN])[ANN].name
    with (
        asking(slapd, **port, **settings, ca_file=None) as distrusting,
        pytest.raises(DirectoryError, match="certificate that this machine does not trust"),
    ):
        distrusting.people([ANN])


@real
@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({"password": "wrong"}, "does not accept the account"),
        ({"base": "dc=other,dc=example"}, "does not hold the base"),
        ({"base": f"cn=away,ou=Elsewhere,{BASE}"}, "sends on to another server"),
        ({"port": 1}, "does not answer"),
    ],
)
def test_what_is_wrong_is_named_and_names_nobody(slapd, settings, said):
    with asking(slapd, **settings) as directory, pytest.raises(DirectoryError, match=said) as refusal:
        directory.people([ANN])
    told = str(refusal.value)
    assert not any(word in told for word in (PASSWORD, "svc-muniment", "council", ANN))


@real
def test_many_are_asked_for_at_once(slapd):
    clerks = [sid(5000 + number) for number in range(MANY)]
    with asking(slapd) as directory:
        known = directory.people(clerks)
    assert [known[clerk].name for clerk in clerks] == [f"Clerk {number}" for number in range(MANY)]


@real
def test_a_limit_of_size_is_met_by_asking_for_less_at_once():
    clerks = [sid(5000 + number) for number in range(MANY)]
    with (
        running_slapd(within="limits users size.soft=4 size.hard=4 size.prtotal=4") as server,
        asking(server) as directory,
    ):
        known = directory.people(clerks)
        assert [known[clerk].name for clerk in clerks] == [f"Clerk {number}" for number in range(MANY)]


@real
def test_a_server_that_has_ended_is_named():
    with running_slapd() as server, asking(server) as directory:
        assert directory.people([ANN])[ANN].name
        server.end()
        with pytest.raises(DirectoryError, match="does not answer"):
            directory.people([ANN])


BOUND = an_answer("61070a010004000400")
AN_ENTRY = an_answer("64080404636e3d613000")
HOSTILE = {
    "ends at once": (),
    "ends after the login": (BOUND,),
    "is none of LDAP": (lambda number: [b"HTTP/1.1 400 Bad Request\r\n\r\n"],),
    "answers another request": (BOUND, lambda number: [bytes.fromhex("300c02017f65070a010004000400")]),
    "sends an entry of nothing": (BOUND, an_answer("6400")),
    "sends an entry that is cut short": (BOUND, an_answer("640a0403636e3d30030401")),
    "sends a result without a code": (BOUND, an_answer("6500")),
    "never ends a message": (
        BOUND, lambda number: itertools.chain([bytes.fromhex("30847fffffff")], itertools.repeat(bytes(65536)))
    ),
    "never ends a list": (BOUND, lambda number: itertools.repeat(AN_ENTRY(number)[0] * 1000)),
}  # fmt: skip


@pytest.mark.parametrize("answers", HOSTILE.values(), ids=HOSTILE)
def test_a_server_that_misbehaves_is_named(answers):
    with (
        a_server_that(*answers) as port,
        asking_port(port, timeout=1) as directory,
        pytest.raises(DirectoryError, match="does not answer, or not as LDAP"),
    ):
        directory.people([ANN])


def test_without_tls_no_other_machine_is_asked():
    with asking_port(389, host="192.0.2.1") as directory, pytest.raises(DirectoryError, match="Without TLS"):
        directory.people([ANN])


def test_nothing_secret_is_shown():
    settings = LdapSettings("dc1", BASE, ACCOUNT, PASSWORD)
    assert PASSWORD not in repr(settings)
    assert "Thornbury" not in repr(Principal(ANN, USER, "Ann Thornbury", "Housing"))
