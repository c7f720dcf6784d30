"""Stamps of time on heads of the trail, by OpenSSL as the service, and by one that answers otherwise."""

from __future__ import annotations

import json
import subprocess
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pydantic import ValidationError

from domain.actor import Actor, Grant, Proof, Role
from domain.errors import MunimentError
from operations.config import load_settings
from operations.configuration.audit_settings import AuditSettings
from operations.people.audit import last_entries, open_trail
from operations.people.head_export import send_head
from operations.people.stamping import stamp_of
from operations.setup import Workspace, initialise

AUDITOR = Actor("oz", (Grant(Role.AUDITOR),), Proof.PASSWORD)
NOW = datetime(2026, 11, 23, 18, tzinfo=UTC)
CONFIG = """\
[req]
distinguished_name = name
prompt = no
[name]
CN = Invented
[root]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign
subjectKeyIdentifier = hash
[signer]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[service]
serial = serial
signer_cert = signer.pem
signer_key = signer.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""
CERTIFIED = """
req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 9 -config ts.cnf -extensions root
req -newkey rsa:2048 -nodes -keyout signer.key -out signer.csr -config ts.cnf -subj /CN=Stamps
x509 -req -in signer.csr -CA root.pem -CAkey root.key -set_serial 2 -extfile ts.cnf -extensions signer -out signer.pem
req -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days 9 -config ts.cnf -extensions root
"""
REPLY = "ts -reply -config ts.cnf -section service -queryfile question -out answer"


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """A folder with the keys and certificates of a service, of its root, and of another root."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "ts.cnf").write_text(CONFIG)
    (folder / "serial").write_text("01\n")
    for line in CERTIFIED.strip().splitlines():
        openssl(folder, line)
    return folder


def openssl(folder, line: str) -> None:
    subprocess.run(["openssl", *line.split()], cwd=folder, check=True, capture_output=True, timeout=60)


@pytest.fixture
def serving():
    """Have questions be answered at the address that this gives."""
    servers = []

    def serve(answer: Callable[[bytes], bytes]) -> str:
        class Answering(BaseHTTPRequestHandler):
            timeout = 30

            def do_POST(self):
                told = answer(self.rfile.read(int(self.headers["Content-Length"])))
                self.send_response(200)
                self.send_header("Content-Length", str(len(told)))
                self.end_headers()
                self.wfile.write(told)

            def log_message(self, *_told):
                pass

        server = HTTPServer(("127.0.0.1", 0), Answering)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        servers.append(server)
        return f"http://127.0.0.1:{server.server_port}/"

    yield serve
    for server in servers:
        server.shutdown()
        server.server_close()


def stamping(authority) -> Callable[[bytes], bytes]:
    def answer(question: bytes) -> bytes:
        (authority / "question").write_bytes(question)
        openssl(authority, REPLY)
        return (authority / "answer").read_bytes()

    return answer


@pytest.fixture
def sent(tmp_path, monkeypatch):
    """Send the head of a new inventory out with these settings, and give the folder and what the trail says of it."""
    monkeypatch.setenv("MUNIMENT_DETECTION__MODEL", "none")
    (tmp_path / "share").mkdir()
    (tmp_path / "evidence").mkdir()
    path = initialise(tmp_path / "work", Workspace(root=tmp_path / "share"))

    def send(**audit):
        audit = AuditSettings(head_folder=tmp_path / "evidence", **audit)
        settings = load_settings(path).model_copy(update={"audit": audit})
        with open_trail(settings) as trail:
            try:
                send_head(AUDITOR, trail, settings, NOW)
            finally:
                facts = json.loads(last_entries(AUDITOR, trail, 1)[0].facts)
        return sorted((tmp_path / "evidence").iterdir()), facts

    return send


def test_a_head_is_stamped_and_openssl_checks_the_stamp(authority, serving, sent):
    url = serving(stamping(authority))
    (head, stamp), facts = sent(stamp_url=url, stamp_roots=authority / "root.pem")
    assert (stamp.name, facts["stamped"]) == (f"{head.name}.tsr", True)
    openssl(authority, f"ts -verify -data {head} -in {stamp} -CAfile root.pem")


@pytest.mark.parametrize(
    ("root", "answered", "why"),
    [
        ("other.pem", None, "no stamp that stamp_roots vouch for"),
        ("root.pem", b"nothing of the kind", "no stamp that stamp_roots vouch for"),
        ("signer.key", None, "stamp_roots cannot be read"),
    ],
)
def test_a_head_goes_out_without_a_stamp_that_nobody_vouches_for(
    authority, serving, sent, tmp_path, root, answered, why
):
    url = serving(stamping(authority) if answered is None else lambda _question: answered)
    with pytest.raises(MunimentError, match=f"The head was sent out, and its time is not stamped.*{why}"):
        sent(stamp_url=url, stamp_roots=authority / root)
    assert [path.suffix for path in (tmp_path / "evidence").iterdir()] == [".json"]


def test_a_stamp_of_other_bytes_is_none(authority, serving):
    """One that was given before, for something else."""
    first = stamping(authority)
    kept = []
    url = serving(lambda question: (kept.append(first(question)), kept[0])[1])
    audit = AuditSettings(stamp_url=url, stamp_roots=authority / "root.pem")
    assert stamp_of(audit, b"one head") == kept[0]
    with pytest.raises(MunimentError, match="no stamp"):
        stamp_of(audit, b"another")


def test_a_service_that_is_not_there_is_said_so(authority):
    audit = AuditSettings(stamp_url="http://127.0.0.1:9/", stamp_roots=authority / "root.pem")
    with pytest.raises(MunimentError, match="does not answer"):
        stamp_of(audit, b"head")


def test_a_service_that_nobody_vouches_for_cannot_be_configured():
    with pytest.raises(ValidationError, match="go together"):
        AuditSettings(stamp_url="http://127.0.0.1:9/")
    assert stamp_of(AuditSettings(), b"head") is None
