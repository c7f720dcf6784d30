from __future__ import annotations

from base64 import encodebytes

import pytest

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.containers import container_for
from scanner.containers.signed import SignedContainer
from scanner.extractors import extractor_for
from scanner.media import media_type

DOCUMENT = b"%PDF-1.7\n" + b"Dear Zoe Example" * 20
MAIL = b"Content-Type: text/plain\r\n\r\nDear Zoe Example\r\n"
SIGNED = bytes.fromhex("06092a864886f70d010702")
PLAIN = bytes.fromhex("06092a864886f70d010701")
KIND = "application/pkcs7-signature"


def element(tag: int, *inner: bytes) -> bytes:
    body = b"".join(inner)
    return bytes([tag, 0x82]) + len(body).to_bytes(2, "big") + body


def a_signed(content: bytes | None) -> bytes:
    """Signed data (RFC 5652, 5.1) without certificates; without `content` the signature stands apart."""
    inside = b"" if content is None else element(0xA0, element(0x04, content))
    data = element(0x30, b"\x02\x01\x01", element(0x31), element(0x30, PLAIN, inside), element(0x31))
    return element(0x30, SIGNED, element(0xA0, data))


def parts(files, content: bytes) -> list[tuple[str, bytes]]:
    with files.blob_of(content) as blob:
        return [(part.name, part.open().read()) for part in SignedContainer().parts(blob, 0)]


@pytest.mark.parametrize(("content", "name"), [(DOCUMENT, "content"), (MAIL, "content.eml")])
def test_what_is_signed_is_a_part(files, content, name):
    assert parts(files, a_signed(content)) == [(name, content)]


@pytest.mark.parametrize("label", [None, b"PKCS7", b"CMS"])
def test_in_base64_it_is_the_same(files, label):
    written = encodebytes(a_signed(DOCUMENT))
    if label:
        written = b"-----BEGIN %b-----\n%b-----END %b-----\n" % (label, written, label)
    assert parts(files, written) == [("content", DOCUMENT)]
    with files.blob_of(written) as blob:
        assert media_type(blob, "report.p7m") == KIND


def test_a_signature_that_stands_apart_holds_nothing(files):
    assert parts(files, a_signed(None)) == []
    with files.blob_of(a_signed(None)) as blob:
        assert media_type(blob, "smime.p7s") == KIND


def test_a_walk_behind_the_part_finds_nothing_more(files):
    with files.blob_of(a_signed(DOCUMENT)) as blob:
        assert list(SignedContainer().parts(blob, 1)) == []


def test_of_one_that_is_cut_what_there_is_comes_and_then_the_damage(files):
    with files.blob_of(a_signed(DOCUMENT)[:-100]) as blob:
        walk = SignedContainer().parts(blob, 0)
        assert DOCUMENT.startswith(next(walk).open().read()[:200])
        with pytest.raises(ItemTroubleError) as caught:
            next(walk)
    assert caught.value.problem == Problem(ProblemCode.CORRUPT)


@pytest.mark.parametrize("content", [b"\x30", b"no base64 at all!", b"MIIB", b"M"])
def test_what_is_neither_is_corrupt(files, content):
    with pytest.raises(ItemTroubleError) as caught:
        parts(files, content)
    assert caught.value.problem == Problem(ProblemCode.CORRUPT)


def test_a_signed_file_is_nothing_but_its_part_and_a_mail_in_it_is_read_as_one(files):
    assert isinstance(container_for(KIND), SignedContainer)
    assert extractor_for(KIND) is None
    ((name, content),) = parts(files, a_signed(MAIL))
    with files.blob_of(content) as blob:
        assert media_type(blob, name) == "message/rfc822"
