"""Security identifiers: as Windows writes them for people, and as its directory keeps them (MS-DTYP 2.4.2)."""

from __future__ import annotations

import re
import struct

_DOMAIN_SID = re.compile(r"S-1-5-21(?:-(?:0|[1-9][0-9]{0,9})){4}")
_HEAD = struct.Struct(">BBHL")
DOMAIN_USERS = 513
"""The last number of the group that every user of a domain is in, in every domain."""


def is_of_a_domain(account: str) -> bool:
    """Whether it is the SID of an account or group of some domain; a machine's own look no different."""
    return _DOMAIN_SID.fullmatch(account) is not None and all(int(part) < 1 << 32 for part in account.split("-")[4:])


def domain_of(sid: str) -> str:
    return sid.rpartition("-")[0]


def sid_bytes(sid: str) -> bytes:
    """The binary form of a SID that `is_of_a_domain`."""
    authority, *below = map(int, sid.split("-")[2:])
    return _HEAD.pack(1, len(below), authority >> 32, authority & 0xFFFFFFFF) + struct.pack(f"<{len(below)}L", *below)


def sid_text(kept: bytes) -> str | None:
    """None where the bytes are no SID."""
    if len(kept) < _HEAD.size:
        return None
    revision, count, high, low = _HEAD.unpack_from(kept)
    if revision != 1 or len(kept) != _HEAD.size + 4 * count:
        return None
    below = struct.unpack_from(f"<{count}L", kept, _HEAD.size)
    return "-".join(map(str, ("S", 1, high << 32 | low, *below)))
