"""The checker of certificates: a program of its own, which finds every change without Muniment or a network."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest
from certificates import KEY, a_certificate, a_lot, a_manifest, a_signed_certificate
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from domain.disposal import canonical
from operations.signing import SigningKey

SCRIPT = Path(__file__).parents[2] / "deploy" / "verify_certificate.py"
MANIFEST = KEY.signed("manifest/1", a_manifest())


@pytest.fixture(scope="module")
def checker():
    spec = importlib.util.spec_from_file_location("verify_certificate", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def faults(checker, certificate=None, manifest=None, key=KEY, before=None) -> dict[str, str]:
    texts = [
        (one or other).text.encode() for one, other in ((certificate, a_signed_certificate()), (manifest, MANIFEST))
    ]
    found = checker.checks(*texts, key.public, before and before.text.encode())
    return {what: fault for what, fault in found if fault}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "c.json").write_text(a_signed_certificate().text)
    (tmp_path / "m.json").write_text(MANIFEST.text)
    (tmp_path / "k.pub").write_text(KEY.public.hex() + "\n")
    return tmp_path


def run(folder, *more: str) -> subprocess.CompletedProcess[str]:
    """Without site-packages, and so without anything but Python's own library."""
    return subprocess.run(
        [sys.executable, "-I", "-S", SCRIPT, "c.json", "m.json", "--key", "k.pub", *more], cwd=folder,
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_what_was_signed_and_adds_up_is_good(files):
    done = run(files)
    assert (done.returncode, done.stderr) == (0, "")
    assert "All as it was signed." in done.stdout
    assert "BAD" not in done.stdout


def test_a_changed_number_is_bad(files):
    path = files / "c.json"
    path.write_text(path.read_text().replace('"items":3', '"items":4', 1))
    done = run(files)
    assert done.returncode == 1
    assert "BAD   the certificate's signature: it is not what was signed" in done.stdout


@pytest.mark.parametrize("name", ["c.json", "m.json", "k.pub"])
@pytest.mark.parametrize("content", [None, b"", b"{}", b"\xff\xfe", b"[1]"])
def test_a_file_that_cannot_be_read_is_said_so(files, name, content):
    (files / name).unlink()
    if content is not None:
        (files / name).write_bytes(content)
    done = run(files)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr


def test_no_changed_byte_of_a_certificate_or_a_manifest_goes_unseen(checker):
    certificate, manifest = a_signed_certificate().text.encode(), MANIFEST.text.encode()
    for text, place in [(certificate, at) for at in range(0, len(certificate), 23)] + [
        (manifest, at) for at in range(0, len(manifest), 17)
    ]:
        other = text[:place] + bytes([text[place] ^ 1]) + text[place + 1 :]
        try:
            found = list(
                checker.checks(*(other if one is text else one for one in (certificate, manifest)), KEY.public)
            )
        except (checker.UnreadableError, KeyError, TypeError, ValueError):
            continue
        assert any(fault for _, fault in found), place


def test_another_key_is_known(checker):
    other = SigningKey(b"t" * 32)
    assert "another key" in faults(checker, key=other)["the certificate's signature"]
    # Whoever signs all of it anew with a key of their own is known by the key.
    forged = other.signed("certificate/1", a_signed_certificate().body)
    assert "another key" in faults(checker, certificate=forged)["the certificate's signature"]


def test_what_was_signed_as_something_else_is_no_certificate(checker):
    other = KEY.signed("manifest/1", a_signed_certificate().body)
    assert faults(checker, certificate=other)["the certificate's signature"] == "it is not a certificate/1"


def test_another_manifest_is_known(checker):
    other = KEY.signed("manifest/1", a_manifest(sizes=(120, 3_000, 0, 44_000, 6)))
    assert set(faults(checker, manifest=other)) == {"the manifest is the certificate's"}


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"items": 4}, "the count"),
        ({"bytes": 3_121}, "the bytes"),
        ({"positions": [[1, 2], [4, 4]]}, "the bytes"),
        ({"positions": [[1, 3], [3, 3]]}, "its files are the manifest's, each once"),
        ({"positions": [[4, 6]]}, "its files are the manifest's, each once"),
        ({"positions": [[1, 10**12]]}, "its files are the manifest's, each once"),
        ({"not_destroyed": {"held": 3}}, "what was and was not destroyed"),
    ],
)
def test_what_was_signed_and_does_not_add_up_is_bad(checker, change, what):
    told = json.loads(a_signed_certificate().body) | change
    assert what in faults(checker, certificate=KEY.signed("certificate/1", canonical(told)))


def test_a_certificate_that_was_taken_away_between_two_is_missed(checker):
    first = a_signed_certificate(1)
    second = a_signed_certificate(2, first.digest)
    assert faults(checker, certificate=second, before=first) == {}
    third = a_signed_certificate(3, second.digest)
    assert set(faults(checker, certificate=third, before=first)) == {"the certificate before"}


def test_signatures_are_judged_as_the_library_judges_them(checker):
    """Among them that of RFC 8032, section 7.1, test 2."""
    secret = bytes.fromhex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb")
    public = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert checker.is_signature(public, b"\x72", signature)
    assert Ed25519PrivateKey.from_private_bytes(secret).sign(b"\x72") == signature
    assert not checker.is_signature(public, b"\x73", signature)
    for place in range(0, 64, 7):
        other = signature[:place] + bytes([signature[place] ^ 4]) + signature[place + 1 :]
        assert not checker.is_signature(public, b"\x72", other)
    # Another number of the same rest is another signature of the same, and not taken (RFC 8032, 8.4).
    number = int.from_bytes(signature[32:], "little") + checker.L
    assert not checker.is_signature(public, b"\x72", signature[:32] + number.to_bytes(32, "little"))
    assert not checker.is_signature(b"\xff" * 32, b"\x72", signature)
    for number in range(8):
        key = SigningKey(bytes([number]) * 32)
        assert checker.is_signature(key.public, b"muniment x\nab", key.sign("x", b"ab"))


def test_lots_that_do_not_add_up_are_seen(checker):
    told = json.loads(a_signed_certificate().body)
    told["lots"] = [{**told["lots"][0], "items": 2}]
    assert "the count" in faults(checker, certificate=KEY.signed("certificate/1", canonical(told)))
    assert a_certificate(lots=(a_lot(items=1, bytes=120), a_lot(items=2, bytes=3_000))).items == 3


def test_places_that_are_none_cost_nothing_and_are_seen(checker):
    told = json.loads(a_signed_certificate().body) | {"positions": [[-(10**15), 3]]}
    found = faults(checker, certificate=KEY.signed("certificate/1", canonical(told)))
    assert "its files are the manifest's, each once" in found
