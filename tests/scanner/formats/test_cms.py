from __future__ import annotations

import zlib
from random import Random

import pytest

from scanner.formats.cms import content_of, is_encrypted

SIGNED, ENVELOPED, COMPRESSED = "2a864886f70d010702", "2a864886f70d010703", "2a864886f70d0109100109"


def element(tag: int, *inner: bytes) -> bytes:
    body = b"".join(inner)
    length = len(body).to_bytes(4, "big").lstrip(b"\0")
    return bytes([tag]) + (bytes([len(body)]) if len(body) < 0x80 else bytes([0x80 | len(length)]) + length) + body


def endless(tag: int, *inner: bytes) -> bytes:
    """The same in indefinite length, which ends at two zeros."""
    return bytes([tag, 0x80]) + b"".join(inner) + b"\0\0"


def oid(number: str) -> bytes:
    return element(0x06, bytes.fromhex(number))


def signed(octets: bytes, make=element, kind: str = SIGNED, algorithms: int = 0x31) -> bytes:
    inner = make(0x30, oid("2a864886f70d010701"), make(0xA0, octets) if octets else b"")
    data = make(0x30, element(0x02, b"\1"), make(algorithms, element(0x30)), inner, make(0xA0, element(0x30)))
    return make(0x30, oid(kind), make(0xA0, data))


@pytest.mark.parametrize("make", [element, endless])
def test_what_is_signed_comes_out_in_whichever_way_it_was_cut(make):
    assert content_of(signed(element(0x04, b"Hello" * 60), make), 10_000) == b"Hello" * 60
    halves = element(0x04, b"Hel"), make(0x24, element(0x04, b"lo "), element(0x04, b"Ann"))
    assert content_of(signed(make(0x24, *halves, element(0x04, b".")), make), 10_000) == b"Hello Ann."


def test_what_is_compressed_is_unpacked_as_far_as_the_limit():
    packed = zlib.compress(b"x" * 1_000_000)
    whole = signed(element(0x04, packed), kind=COMPRESSED, algorithms=0x30)
    assert content_of(whole, 5000) == b"x" * 5000
    assert content_of(signed(element(0x04, b"no zlib"), kind=COMPRESSED, algorithms=0x30), 10) == b""


@pytest.mark.parametrize("make", [element, endless])
def test_a_signature_apart_from_what_it_signs_holds_nothing(make):
    assert content_of(signed(b"", make), 100) is None


def test_only_what_needs_a_key_is_encrypted():
    assert is_encrypted(signed(b"", kind=ENVELOPED))
    assert not is_encrypted(signed(element(0x04, b"x")))
    assert content_of(signed(element(0x04, b"x"), kind=ENVELOPED), 100) is None


@pytest.mark.parametrize(
    "data",
    [b"", b"0", b"0\x80", b"0\x80" * 200_000, b"\x30\x84\xff\xff\xff\xff", b"\x30\x89" + bytes(20), b"\x24\x80" * 1000],
)
def test_what_is_neither_holds_nothing(data):
    assert (content_of(data, 100), is_encrypted(data)) == (None, False)


def test_cut_or_flipped_it_never_raises():
    chance = Random(1)
    whole = signed(endless(0x24, element(0x04, b"Hello"), element(0x04, b" Ann")), endless)
    for _ in range(500):
        broken = bytearray(whole[: chance.randrange(1, len(whole))])
        broken[chance.randrange(len(broken))] ^= 1 << chance.randrange(8)
        found = content_of(bytes(broken), 1000)
        assert found is None or len(found) <= len(broken)
