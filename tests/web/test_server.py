"""`muniment serve`: where it listens, and where it refuses to."""

from __future__ import annotations

import re
import signal
import socket
import ssl
import subprocess
import threading
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from cryptography.x509.oid import NameOID
from web_clients import PASSWORD

from domain.errors import ConfigurationError
from operations.config import load_settings
from operations.configuration.web_settings import WebSettings
from web.forms import token_of
from web.server import address_of, refuse_open_wire, server_at

TLS = {"certificate": "c.pem", "certificate_key": "k.pem"}


@pytest.mark.parametrize(
    ("said", "refusal"),
    [({}, ""), ({"host": "::1"}, ""), ({"host": "127.0.0.9"}, ""), ({"host": "0.0.0.0"}, "without HTTPS"),
     ({"host": "muniment.example"}, "without HTTPS"), ({"host": "0.0.0.0", "behind_tls": True}, "web.proxies"),
     ({"host": "0.0.0.0", "behind_tls": True, "proxies": ["10.0.0.1"]}, "web.hosts"),
     ({"host": "0.0.0.0", "behind_tls": True, "proxies": ["10.0.0.1"], "hosts": ["m.example"]}, ""),
     ({"host": "::", "hosts": ["m.example"], **TLS}, "")],
)  # fmt: skip
def test_no_password_goes_over_a_network_in_the_clear(said, refusal):
    if not refusal:
        refuse_open_wire(WebSettings(**said))
        return
    with pytest.raises(ConfigurationError, match=refusal):
        refuse_open_wire(WebSettings(**said))


@pytest.mark.parametrize(
    ("said", "address"),
    [({}, "http://127.0.0.1:8580/"), ({"host": "::1", "port": 9}, "http://[::1]:9/"),
     ({"behind_tls": True, "hosts": ["m.example"]}, "https://m.example/"),
     ({"host": "0.0.0.0", "hosts": ["m.example"], **TLS}, "https://m.example:8580/")],
)  # fmt: skip
def test_the_address_is_what_one_types(said, address):
    assert address_of(WebSettings(**said)) == address


@pytest.mark.parametrize(
    ("line", "told"),
    [('colour = "#ffdd00"', "contrast"), ('colour = "red"', "colour"), ('certificate = "c.pem"', "certificate_key"),
     ("passwords = false", "no way to sign in"), ("idle_minutes = 600", "idle_minutes"), ("lifetime = 3", "lifetime"),
     ('hosts = ["https://m.example"]', "hosts"), ('proxies = ["*"]', "proxies"),
     ('[web.oidc]\nissuer = "http://idp.example"\nclient_id = "m"\nclient_secret_file = "s"\naddress = "https://m"',
      "https://"),
     ('[web.oidc]\nissuer = "https://idp"\nclient_id = "m"\nclient_secret_file = "s"\naddress = "https://m"\n'
      '[[web.oidc.group]]\nid = "g"\nrole = "administrator"', "technical_by_group"),
     ('[web.oidc]\nissuer = "https://idp"\nclient_id = "m"\nclient_secret_file = "s"\naddress = "https://m"\n'
      '[[web.oidc.group]]\nid = "g"\nrole = "owner"', "owner")],
)  # fmt: skip
def test_what_the_configuration_may_not_say_is_refused_by_its_name(tmp_path, line, told):
    file = tmp_path / "muniment.toml"
    file.write_text(f"[web]\n{line}\n")
    with pytest.raises(ConfigurationError, match=told):
        load_settings(file)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory) -> tuple[Path, Path]:
    """One of this machine's name, that nobody but its own key has signed."""
    folder, key = tmp_path_factory.mktemp("tls"), ec.generate_private_key(ec.SECP256R1())
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")]), datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (folder / "c.pem").write_bytes(made.public_bytes(Encoding.PEM))
    plain = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "k.pem").write_bytes(plain)
    locked = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"invented"))
    (folder / "locked.pem").write_bytes(locked)
    return folder / "c.pem", folder / "k.pem"


@contextmanager
def running(settings, trail, **said):
    """The server itself, as it is started, on a port of its own."""
    port = a_free_port()
    web = WebSettings(port=port, **said)
    with server_at(settings.model_copy(update={"web": web}), trail) as server:
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield port
        finally:
            server.stop()
            thread.join()


def test_it_speaks_https_by_its_certificate(settings, trail, certificate):
    with running(settings, trail, certificate=certificate[0], certificate_key=certificate[1]) as port:
        trusted = ssl.create_default_context(cafile=certificate[0])
        with httpx2.Client(base_url=f"https://localhost:{port}", verify=trusted, trust_env=False) as client:
            assert client.get("/sign-in").headers["set-cookie"].startswith("__Host-muniment=")
            fields = {"csrf": token_of(client.cookies["__Host-muniment"]), "name": "rosa.lind", "password": PASSWORD}
            answer = client.post("/sign-in", data=fields, headers={"origin": f"https://localhost:{port}"})
            assert answer.status_code == 303
            assert client.get("/account.json").json()["account"] == "rosa.lind"
        trusted.maximum_version = ssl.TLSVersion.TLSv1_2
        with (
            socket.create_connection(("localhost", port)) as plain,
            trusted.wrap_socket(plain, server_hostname="localhost") as spoken,
        ):
            assert "ECDHE" in spoken.cipher()[0]
            assert "GCM" in spoken.cipher()[0] or "CHACHA20" in spoken.cipher()[0]
        with pytest.raises(httpx2.HTTPError):
            httpx2.get(f"http://localhost:{port}/health", trust_env=False)


@pytest.mark.parametrize("key", ["locked.pem", "c.pem", "nowhere.pem"])
def test_a_certificate_that_cannot_be_used_is_told_before_it_listens(settings, trail, certificate, key):
    web = WebSettings(port=a_free_port(), certificate=certificate[0], certificate_key=certificate[0].with_name(key))
    with (
        pytest.raises(ConfigurationError, match=r"web\.certificate_key"),
        server_at(settings.model_copy(update={"web": web}), trail),
    ):
        pass


@pytest.mark.parametrize(("proxies", "status"), [((), 429), (("127.0.0.1",), 422)])
def test_who_asks_is_told_by_named_proxies_alone(settings, trail, proxies, status):
    with (
        running(settings, trail, proxies=proxies, tries=5) as port,
        httpx2.Client(base_url=f"http://localhost:{port}", trust_env=False) as client,
    ):
        client.get("/sign-in")
        fields = {"csrf": token_of(client.cookies["muniment"]), "name": "nobody.here", "password": "x"}
        answers = [
            client.post("/sign-in", data=fields, headers={"x-forwarded-for": f"192.0.2.{one}"}) for one in range(6)
        ]
    assert answers[-1].status_code == status


@pytest.mark.parametrize("said", [b"", b"GET /health HTTP/1.1\r\nHost: localhost\r\n"])
def test_a_connection_that_asks_for_nothing_is_closed(settings, trail, monkeypatch, said):
    monkeypatch.setattr("web.server._LONGEST_HEAD", 0.05)
    with running(settings, trail) as port, socket.create_connection(("localhost", port), 30) as connection:
        connection.sendall(said)
        assert connection.recv(100) == b""


@pytest.mark.parametrize(
    "head",
    [b"Content-Length: 4\r\nTransfer-Encoding: chunked", b"Content-Length: 4\r\nContent-Length: 5",
     b"Content-Length: +4", b"Transfer-Encoding: xchunked", b"Content-Length : 4",
     b"Content-Length: 4\r\nHost: localhost"],
)  # fmt: skip
def test_a_request_that_two_servers_could_read_otherwise_is_not_read(settings, trail, head):
    with running(settings, trail) as port, socket.create_connection(("localhost", port), 30) as connection:
        connection.sendall(b"POST /sign-in HTTP/1.1\r\nHost: localhost\r\n" + head + b"\r\n\r\n0\r\n\r\n")
        assert re.match(rb"HTTP/1.1 (400|431|501) ", connection.recv(100))


@pytest.fixture
def begun(muniment, tmp_path):
    assert muniment("init").returncode == 0
    return tmp_path / "work"


def a_free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        return taken.getsockname()[1]


@pytest.mark.slow
def test_it_says_where_it_listens_answers_there_and_ends_when_told(begun, muniment_command):
    port = str(a_free_port())
    with muniment_command("serve", "--port", port, stderr=subprocess.PIPE, text=True) as process:
        said = [process.stderr.readline() for _ in range(2)]
        assert "Nobody can sign in yet" in said[0]
        address = re.search(r"http://127\.0\.0\.1:\d+/", said[1])[0]
        assert httpx2.get(f"{address}health", trust_env=False).json() == {"well": True}
        assert httpx2.get(address, trust_env=False).headers["location"] == "/sign-in"
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0


@pytest.mark.slow
def test_a_port_that_is_taken_is_told_and_what_to_do(begun, muniment):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = muniment("serve", "--port", str(taken.getsockname()[1]))
    assert (ended.returncode, "--port NUMBER" in ended.stderr) == (2, True), ended.stderr
    ended = muniment("serve", "--host", "0.0.0.0")
    assert (ended.returncode, "web.behind_tls" in ended.stderr) == (2, True), ended.stderr
