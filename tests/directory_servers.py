"""An LDAP server for tests: Debian's slapd on free ports, with a schema like Active Directory's and invented people.

It needs no root: its files lie in a folder of its own, and it is ended by its process id.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from base64 import b64encode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import pytest
from servers import free_port, started, write_certificate

from scanner.directories.sid import sid_bytes

BASE = "dc=council,dc=example"
DOMAIN = "S-1-5-21-1111111111-222222222-333333333"
ACCOUNT = "svc-muniment@council.example"
BINDS_AS = f"cn=svc-muniment,{BASE}"
PASSWORD = "the directory's \\ 0wn (pässword)"
MANY = 30
"""People whose entries are only there in number; RIDs from 5000."""
_PROGRAMS = ("slapd", "slapadd", "openssl")
_SEARCHED = os.defpath + ":/usr/sbin:/sbin"
_START_SECONDS = 30.0
_OCTETS = "EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40"
_TEXT = "EQUALITY caseIgnoreMatch SUBSTR caseIgnoreSubstringsMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15"
_NUMBER = "EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE"
_SCHEMA = f"""
attributetype ( 1.2.840.113556.1.4.146 NAME 'objectSid' {_OCTETS} SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.609 NAME 'sIDHistory' {_OCTETS} )
attributetype ( 1.2.840.113556.1.4.221 NAME 'sAMAccountName' {_TEXT} SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.656 NAME 'userPrincipalName' {_TEXT} SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.2.210 NAME 'proxyAddresses' {_TEXT} )
attributetype ( 1.2.840.113556.1.2.141 NAME 'department' {_TEXT} SINGLE-VALUE )
attributetype ( 1.2.840.113556.1.4.8 NAME 'userAccountControl' {_NUMBER} )
attributetype ( 1.2.840.113556.1.4.7000.102.50549 NAME 'msExchRecipientTypeDetails' {_NUMBER} )
objectclass ( 1.2.840.113556.1.5.9 NAME 'user' SUP inetOrgPerson STRUCTURAL
  MUST ( objectSid $ sAMAccountName )
  MAY ( sIDHistory $ userPrincipalName $ proxyAddresses $ department $ userAccountControl $
    msExchRecipientTypeDetails ) )
objectclass ( 1.2.840.113556.1.5.8 NAME 'group' SUP top STRUCTURAL
  MUST ( cn $ objectSid $ sAMAccountName ) MAY ( member $ description ) )
objectclass ( 1.2.840.113556.1.5.76 NAME 'foreignSecurityPrincipal' SUP top STRUCTURAL MUST ( cn $ objectSid ) )
"""
_CONFIGURATION = """
include /etc/ldap/schema/core.schema
include /etc/ldap/schema/cosine.schema
include /etc/ldap/schema/inetorgperson.schema
include {folder}/council.schema
modulepath /usr/lib/ldap
moduleload back_mdb
pidfile {folder}/slapd.pid
TLSCertificateFile {folder}/certificate.pem
TLSCertificateKeyFile {folder}/key.pem
{globally}
database mdb
suffix "{base}"
directory {folder}/entries
maxsize 16777216
{within}
access to dn.subtree="ou=Hidden,{base}" by * none
access to attrs=userPassword by anonymous auth by * none
access to * by users read by * none
"""


@dataclass(slots=True)
class Slapd:
    """A server and where it listens."""

    folder: Path
    port: int
    tls_port: int
    process: subprocess.Popen[bytes] | None = None

    @property
    def certificate(self) -> str:
        return str(self.folder / "certificate.pem")

    def end(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(20)


def sid(number: int, domain: str = DOMAIN) -> str:
    return f"{domain}-{number}"


@pytest.fixture(scope="session")
def slapd() -> Iterator[Slapd]:
    """One server for all tests of a session: it is only read."""
    with running_slapd() as server:
        yield server


@contextmanager
def running_slapd(globally: str = "", within: str = "") -> Iterator[Slapd]:
    """A server of its own, with further lines in its configuration."""
    programs = {name: shutil.which(name, path=_SEARCHED) for name in _PROGRAMS}
    if missing := [name for name, path in programs.items() if path is None]:
        pytest.skip(f"An LDAP server needs {', '.join(missing)}")
    folder = Path(tempfile.mkdtemp(prefix="slapd"))
    server = Slapd(folder, free_port(), free_port())
    try:
        _configure(server, programs["slapadd"], globally, within)
        urls = f"ldap://127.0.0.1:{server.port} ldaps://127.0.0.1:{server.tls_port}"
        command = [programs["slapd"], "-d", "0", "-f", str(folder / "slapd.conf"), "-h", urls]
        server.process = started(command, server.tls_port, folder / "log")
        try:
            yield server
        finally:
            server.end()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _configure(server: Slapd, slapadd: str, globally: str, within: str) -> None:
    folder = server.folder
    (folder / "entries").mkdir()
    (folder / "council.schema").write_text(_SCHEMA)
    (folder / "slapd.conf").write_text(
        _CONFIGURATION.format(folder=folder, base=BASE, globally=globally, within=within)
    )
    write_certificate(folder)
    (folder / "people.ldif").write_bytes(b"\n".join(_entries()))
    subprocess.run(
        [slapadd, "-q", "-f", str(folder / "slapd.conf"), "-l", str(folder / "people.ldif")],
        check=True, capture_output=True,
    )  # fmt: skip


def _entries() -> Iterator[bytes]:
    yield _entry(BASE, ["domain"], dc="council")
    yield _entry(BINDS_AS, ["inetOrgPerson"], cn="svc-muniment", sn="svc", userPassword=PASSWORD)
    for unit in ("Staff", "Groups", "Hidden", "Elsewhere"):
        yield _entry(f"ou={unit},{BASE}", ["organizationalUnit"], ou=unit)
    yield _group("Domain Users", 513)
    yield _group("Housing officers", 1201)
    addresses = ["SMTP:ann@council.example", "smtp:a.thornbury@old.example"]
    yield _person(
        "Ann Thornbury", 1105, "athornbury", department="Housing", proxyAddresses=addresses,
        sIDHistory=sid_bytes(sid(77, "S-1-5-21-9-8-7")),
    )  # fmt: skip
    yield _person("Bob Ünsal", 1106, "bünsal", department="Planning", userAccountControl="514")
    yield _person("Lettings mailbox", 1107, "lettings", userAccountControl="514", msExchRecipientTypeDetails="4")
    yield _person("Carol Odd", 1108, "car*l (o)", department="Parks")
    yield _person("Hidden Person", 1109, "hidden", unit="Hidden")
    yield _entry(f"cn=foreign,{BASE}", ["foreignSecurityPrincipal"], cn="foreign", objectSid=sid_bytes(sid(1110)))
    for number in range(MANY):
        yield _person(f"Clerk {number}", 5000 + number, f"clerk{number}", department="Customer services")
    away = "ldap://127.0.0.1:1/ou=Elsewhere," + BASE
    yield _entry(f"cn=away,ou=Elsewhere,{BASE}", ["referral", "extensibleObject"], cn="away", ref=away)


def _person(name: str, number: int, login: str, unit: str = "Staff", **more: str | bytes | Sequence[str]) -> bytes:
    facts = {"userAccountControl": "512", "mail": f"{login}@council.example"} if login.isalnum() else {}
    return _entry(
        f"cn={name},ou={unit},{BASE}", ["user"], cn=name, sn=name, displayName=name, sAMAccountName=login,
        objectSid=sid_bytes(sid(number)), **{**facts, **more},
    )  # fmt: skip


def _group(name: str, number: int) -> bytes:
    facts = {"cn": name, "sAMAccountName": name, "objectSid": sid_bytes(sid(number))}
    return _entry(f"cn={name},ou=Groups,{BASE}", ["group"], **facts)


def _entry(name: str, classes: Sequence[str], **facts: str | bytes | Sequence[str]) -> bytes:
    """An entry in LDIF (RFC 2849), all in base64."""
    lines = [_line("dn", name), *(_line("objectClass", one) for one in classes)]
    for attribute, value in facts.items():
        lines += [_line(attribute, one) for one in ([value] if isinstance(value, str | bytes) else value)]
    return "\n".join([*lines, ""]).encode()


def _line(attribute: str, value: str | bytes) -> str:
    content = value.encode() if isinstance(value, str) else value
    return f"{attribute}:: {b64encode(content).decode()}"


Answer: TypeAlias = Callable[[bytes], Iterable[bytes]]
"""What is sent to a request, given its number as the request wrote it."""


def an_answer(operation: str) -> Answer:
    """A whole message (RFC 4511 4.1.1) with this operation, in hexadecimal."""
    content = bytes.fromhex(operation)
    return lambda number: [b"\x30" + bytes([len(number + content)]) + number + content]


@contextmanager
def a_server_that(*answers: Answer) -> Iterator[int]:
    """A port where the requests of a connection get these answers in turn, and behind the last one its end."""
    listener = socket.create_server(("127.0.0.1", 0))
    served = threading.Thread(target=_serve, args=(listener, answers), daemon=True)
    served.start()
    try:
        yield listener.getsockname()[1]
    finally:
        with suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        served.join(10)


def _serve(listener: socket.socket, answers: Sequence[Answer]) -> None:
    with suppress(OSError):
        while True:
            connection, _ = listener.accept()
            with connection, suppress(OSError):
                for answer in answers:
                    for piece in answer(_number(connection.recv(65536))):
                        connection.sendall(piece)
                connection.recv(65536)


def _number(request: bytes) -> bytes:
    """The number of a request, with its tag and length."""
    start = 2 + (request[1] & 0x7F if request[1] & 0x80 else 0)
    return request[start : start + 2 + request[start + 1]]
