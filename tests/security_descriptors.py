"""Builds Windows security descriptors byte by byte, as MS-DTYP 2.4 lays them out."""

from __future__ import annotations

import struct
from collections.abc import Sequence

ALLOWED, DENIED, ALLOWED_OBJECT, DENIED_OBJECT, ALLOWED_CALLBACK, DENIED_CALLBACK, AUDIT = 0, 1, 5, 6, 9, 10, 2
INHERIT_ONLY = 0x8
READ, MODIFY, FULL = 0x1200A9, 0x1301BF, 0x1F01FF


def sid(text: str) -> bytes:
    revision, authority, *parts = text.removeprefix("S-").split("-")
    packed = bytes([int(revision), len(parts)]) + int(authority, 0).to_bytes(6, "big")
    return packed + b"".join(int(part).to_bytes(4, "little") for part in parts)


def ace(
    principal: str, mask: int, kind: int = ALLOWED, flags: int = 0, between: bytes = b"", after: bytes = b""
) -> bytes:
    """`between` stands before the principal, as object types do; `after` behind it, as conditions do."""
    body = struct.pack("<L", mask) + between + sid(principal) + after
    return struct.pack("<BBH", kind, flags, 4 + len(body)) + body


def acl(entries: Sequence[bytes]) -> bytes:
    body = b"".join(entries)
    return struct.pack("<BBHHH", 2, 0, 8 + len(body), len(entries), 0) + body


def descriptor(entries: Sequence[bytes] | None, owner: str | None = None, control: int = 0x8004) -> bytes:
    """With `entries` None there is no list at all, which grants everything."""
    owned = sid(owner) if owner else b""
    listed = b"" if entries is None else acl(entries)
    owner_at = 20 if owner else 0
    return struct.pack("<BBHLLLL", 1, 0, control, owner_at, 0, 0, 20 + len(owned) if listed else 0) + owned + listed
