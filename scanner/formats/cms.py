"""Signed and encrypted messages as the bytes that S/MIME carries (RFC 5652, in BER: ITU-T X.690)."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

_SIGNED = bytes.fromhex("2a864886f70d010702")
_COMPRESSED = bytes.fromhex("2a864886f70d0109100109")
_ENCRYPTED = frozenset({
    bytes.fromhex("2a864886f70d010703"), bytes.fromhex("2a864886f70d010704"),
    bytes.fromhex("2a864886f70d010706"), bytes.fromhex("2a864886f70d0109100117"),
})  # fmt: skip
"""Enveloped, signed-and-enveloped, encrypted and authenticated-enveloped data."""

_INTEGER, _OCTETS, _OID, _SEQUENCE, _SET = 0x02, 0x04, 0x06, 0x30, 0x31
_CONSTRUCTED = 0x20
_EXPLICIT = 0xA0
_MOST_ELEMENTS = 1_000_000
_IN, _OVER = True, False
_TO_THE_CONTENT = {
    kind: (
        (_SEQUENCE, _IN), (_OID, _OVER), (_EXPLICIT, _IN), (_SEQUENCE, _IN), (_INTEGER, _OVER), (algorithms, _OVER),
        (_SEQUENCE, _IN), (_OID, _OVER), (_EXPLICIT, _IN),
    )
    for kind, algorithms in ((_SIGNED, _SET), (_COMPRESSED, _SEQUENCE))
}  # fmt: skip
"""The elements in front of the encapsulated content (RFC 5652, 5.1; RFC 3274, 1.1)."""


@dataclass(frozen=True, slots=True)
class _Element:
    """A tag and where its content is; `end` is None where the length is indefinite."""

    tag: int
    start: int
    end: int | None


def is_encrypted(data: bytes) -> bool:
    """Whether this is content that no reader can open without a key."""
    return _content_type(data) in _ENCRYPTED


def is_cut(data: bytes) -> bool:
    """Whether this ends before its own length says."""
    outer = _element(data, 0)
    return outer is None or (outer.end is not None and outer.end > len(data))


def content_of(data: bytes, limit: int) -> bytes | None:
    """What is signed or compressed, without regard to whether a signature holds; None where it is not in here.

    Raises nothing on damage: what there is of the content is given. Compressed content (RFC 3274) is unpacked as far
    as `limit` bytes.
    """
    kind = _content_type(data)
    if kind not in (_SIGNED, _COMPRESSED):
        return None
    at = _walked(data, _TO_THE_CONTENT[kind])
    if at is None:
        return None
    content = b"".join(_octets(data, at))
    return content if kind == _SIGNED else _unpacked(content, limit)


def _content_type(data: bytes) -> bytes | None:
    outer = _element(data, 0)
    inner = _element(data, outer.start) if outer and outer.tag == _SEQUENCE else None
    if inner is None or inner.tag != _OID or inner.end is None:
        return None
    return data[inner.start : inner.end]


def _walked(data: bytes, steps: tuple[tuple[int, bool], ...]) -> int | None:
    """Where one stands after stepping into, or over, an element of each of these tags; None where one is missing."""
    at, end = 0, len(data)
    for tag, enters in steps:
        element = _element(data, at) if at < end else None
        if element is None or element.tag != tag:
            return None
        at = element.start if enters else _end(data, element)
        end = element.end if enters and element.end is not None else end
    return at


def _end(data: bytes, element: _Element) -> int:
    """Where an element ends: one of indefinite length behind the end-of-contents that fits it."""
    if element.end is not None:
        return element.end
    at, is_open = element.start, 1
    for _ in range(_MOST_ELEMENTS):
        inner = _element(data, at)
        if inner is None:
            return len(data)
        if inner.tag == 0:
            is_open -= 1
            at = inner.start
        elif inner.end is None:
            is_open += 1
            at = inner.start
        else:
            at = inner.end
        if not is_open:
            return at
    return len(data)


def _octets(data: bytes, at: int) -> Iterator[bytes]:
    """An octet string, whole or in pieces that may be in pieces themselves."""
    first = _element(data, at)
    if first is None:
        return
    end = len(data) if first.end is None else first.end
    if first.tag == _OCTETS:
        yield data[first.start : end]
        return
    at = first.start
    is_open = 1 if first.end is None else 1 + _MOST_ELEMENTS
    for _ in range(_MOST_ELEMENTS):
        element = _element(data, at) if at < end else None
        if element is None:
            return
        is_open += (element.end is None) - (element.tag == 0)
        if element.tag == _OCTETS:
            yield data[element.start : element.end]
        at = element.start if element.tag in (0, _OCTETS | _CONSTRUCTED) else _end(data, element)
        if element.tag == 0 and not is_open:
            return


def _element(data: bytes, at: int) -> _Element | None:
    head = data[at : at + 10]
    if len(head) < 2:
        return None
    count = head[1] & 0x7F
    if head[1] < 0x80:
        return _Element(head[0], at + 2, at + 2 + head[1])
    if not count:
        return _Element(head[0], at + 2, None)
    if count > 8:
        return None
    start = at + 2 + count
    return _Element(head[0], start, start + int.from_bytes(head[2 : 2 + count], "big"))


def _unpacked(content: bytes, limit: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(content, limit)
    except zlib.error:
        return b""
