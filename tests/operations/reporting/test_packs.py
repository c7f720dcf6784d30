"""Packs by timetable: written, kept for their time, and told of by a real mail server, without personal data."""

from __future__ import annotations

import email
import hashlib
import json
import ssl
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from scan_driver import FILES, scan
from servers import free_port

from domain.actor import Actor, Grant, Proof, Role
from domain.errors import ConfigurationError, MunimentError
from operations.access import RefusedError
from operations.config import load_settings
from operations.reporting.packs import make_pack, remove_old

_OWNER = Actor("owner", (Grant(Role.OWNER),), Proof.PASSWORD)
_NOW = datetime(2026, 5, 4, 2, 30, tzinfo=UTC)
_PACK = '[[pack]]\nname = "monthly"\nreports = ["rot", "coverage"]\nformats = ["html", "csv"]\n'


class _Kept:
    """What a server was sent."""

    def __init__(self) -> None:
        self.messages: list[tuple[list[str], email.message.Message]] = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802  aiosmtpd's form
        assert session.ssl is not None
        self.messages.append((envelope.rcpt_tos, email.message_from_bytes(envelope.content)))
        return "250 OK"


@pytest.fixture
def mail_server(tmp_path):
    """Its port, the file with its certificate, and what it was sent; it takes nothing without TLS and a password."""
    certificate, kept = _certificate(tmp_path), _Kept()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server = Controller(
        kept, "127.0.0.1", free_port(), server_hostname="muniment.test", tls_context=context, require_starttls=True,
        auth_required=True,
        # Not handled here: the server is to say so itself, or the other side waits for its answer.
        authenticator=lambda *told: AuthResult(success=told[-1].password == b"invented", handled=False),
    )  # fmt: skip
    server.start()
    yield server.port, certificate, kept.messages
    server.stop()


def _certificate(folder: Path) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name.from_rfc4514_string("CN=muniment.test")
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(datetime(2020, 1, 1, tzinfo=UTC)).not_valid_after(datetime(2120, 1, 1, tzinfo=UTC))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    form = serialization.Encoding.PEM
    private = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    (folder / "server.pem").write_bytes(made.public_bytes(form) + private)
    return folder / "server.pem"


def _settings(folder: Path, text: str = _PACK):
    (folder / "muniment.toml").write_text(text)
    return load_settings(folder / "muniment.toml")


def _smtp(folder: Path, port: int, certificate: Path, password: str = "invented") -> str:
    (folder / "smtp.password").write_text(password)
    (folder / "smtp.password").chmod(0o600)
    return (
        f'[smtp]\nserver = "127.0.0.1"\nport = {port}\nsender = "muniment@council.example"\nca_file = "{certificate}"\n'
        'username = "muniment"\npassword_file = "smtp.password"\n'
    )


def _made(trail, settings, now=_NOW, actor=_OWNER):
    return make_pack(actor, settings, trail.database, "monthly", now)


def test_each_pack_is_a_folder_with_a_list_of_what_is_in_it(trail, tmp_path):
    scan(trail.database, FILES)
    made = _made(trail, _settings(tmp_path))
    assert made.folder == tmp_path / "reports" / "packs" / "monthly-2026-05-04T023000Z"
    listed = json.loads((made.folder / "muniment-pack.json").read_text())
    assert set(listed["files"]) == {path.name for path in made.files}
    assert {path.name for path in made.folder.iterdir()} == {*listed["files"], "muniment-pack.json"}
    assert {"rot.html", "coverage.html", "rot-contents.csv"} <= set(listed["files"])


def test_what_may_be_published_goes_along_by_mail(trail, tmp_path, mail_server):
    port, certificate, messages = mail_server
    scan(trail.database, FILES)
    told = _PACK + 'publishable = true\nmail_to = ["a@council.example", "b@council.example"]\n'
    made = _made(trail, _settings(tmp_path, told + _smtp(tmp_path, port, certificate)))
    ((recipients, message),) = messages
    assert recipients == ["a@council.example", "b@council.example"]
    assert {part.get_filename() for part in message.walk() if part.get_filename()} == {path.name for path in made.files}
    assert all("-publishable" in path.name for path in made.files)


def test_anything_else_stays_where_it_lies_and_the_mail_names_nobody(trail, tmp_path, mail_server):
    port, certificate, messages = mail_server
    scan(trail.database, {b"Finance/canary.txt": b"NAMED"})
    told = _PACK + 'mail_to = ["a@council.example"]\n'
    made = _made(trail, _settings(tmp_path, told + _smtp(tmp_path, port, certificate)))
    ((_, message),) = messages
    assert not message.is_multipart()
    text = message.get_payload(decode=True).decode()
    assert str(made.folder) in text.replace("\n", "")
    assert "canary" not in message.as_string()


@pytest.mark.parametrize("fault", ["password", "certificate"])
def test_a_server_that_takes_nothing_is_named_and_the_files_stay(trail, tmp_path, mail_server, fault):
    port, certificate, messages = mail_server
    smtp = _smtp(tmp_path, port, certificate, "another" if fault == "password" else "invented")
    if fault == "certificate":
        smtp = smtp.replace("ca_file", "# ca_file")
    settings = _settings(tmp_path, _PACK + 'mail_to = ["a@council.example"]\n' + smtp)
    told = "Authentication" if fault == "password" else "certificate"
    with pytest.raises(MunimentError, match=f"could not be mailed.*{told}"):
        _made(trail, settings)
    assert messages == []
    assert list((tmp_path / "reports" / "packs").glob("*/rot.html"))


def test_packs_go_when_their_time_is_up_and_only_what_muniment_wrote(trail, tmp_path):
    settings = _settings(tmp_path, _PACK + "keep_days = 30\n")
    made = [_made(trail, settings, _NOW - timedelta(days=days)).folder for days in (33, 32, 31, 29)]
    (made[1] / "notes.txt").write_text("somebody's own")
    (made[2] / "rot.html").write_text("somebody changed this")
    foreign = made[0].parent / "monthly-of-others"
    foreign.mkdir()
    (foreign / "rot.html").write_text("not ours")
    assert _made(trail, settings).removed == 1
    assert not made[0].exists()
    assert {path.name for path in made[1].iterdir()} == {"notes.txt", "muniment-pack.json"}
    assert (made[2] / "rot.html").read_text() == "somebody changed this"
    assert (made[3] / "rot.html").exists()
    assert (foreign / "rot.html").exists()


@pytest.mark.parametrize(
    "listed",
    ["", "[]", "{}", '{"pack": "monthly", "made": "yesterday", "files": {}}',
     '{"pack": "monthly", "made": "2020-01-01T00:00:00+00:00", "files": {"../../keep.txt": "%s"}}'],
)  # fmt: skip
def test_a_list_that_is_not_ours_removes_nothing_elsewhere(tmp_path, listed):
    (tmp_path / "keep.txt").write_text("kept")
    folder = tmp_path / "packs" / "monthly-x"
    folder.mkdir(parents=True)
    digest = hashlib.sha256(b"kept").hexdigest()
    (folder / "muniment-pack.json").write_text(listed.replace("%s", digest))
    remove_old(folder.parent, _settings(tmp_path).pack[0], _NOW)
    assert (tmp_path / "keep.txt").read_text() == "kept"


def test_who_may_not_export_makes_no_pack(trail, tmp_path):
    reviewer = Actor("reviewer", (Grant(Role.REVIEWER, frozenset({"Finance"})),), Proof.PASSWORD)
    with pytest.raises(RefusedError):
        _made(trail, _settings(tmp_path), actor=reviewer)
    assert not (tmp_path / "reports").exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (_PACK + _PACK, "two are called 'monthly'"),
        ('[[pack]]\nname = "../x"\n', "pack"),
        (_PACK + 'mail_to = ["a@b.example\\nBcc: x@y.example"]\n', "mail_to"),
        ('[smtp]\nserver = "mail.example"\nsender = "a@b.example"\ntls = "none"\n', "on this machine"),
        ('[smtp]\nsender = "a@b.example"\nusername = "x"\n', "password_file"),
    ],
)
def test_what_is_configured_badly_is_refused_in_words(tmp_path, text, says):
    with pytest.raises(ConfigurationError, match=says):
        _settings(tmp_path, text)


def test_mail_without_a_server_and_a_pack_that_is_not_there_are_said(trail, tmp_path):
    with pytest.raises(ConfigurationError, match=r"write \[smtp\]"):
        _made(trail, _settings(tmp_path, _PACK + 'mail_to = ["a@council.example"]\n'))
    with pytest.raises(ConfigurationError, match="There are: monthly"):
        make_pack(_OWNER, _settings(tmp_path), trail.database, "weekly", _NOW)
