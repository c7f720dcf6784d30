"""The SMB 2 requests that change something, which disposal alone makes (MS-SMB2 2.2, MS-FSCC 2.4). Written by hand,
since the library that knows the others belongs to what only reads.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

from scanner.sources.smb.messages import Message

_OF_THIS_COMPOUND = b"\xff" * 16
_HEADER = 64
_CREATE, _WRITE, _SET_INFO = 0x5, 0x9, 0x11
_CREATING = struct.Struct("<H2xL16xLLLLLHH8x")
_SETTING = struct.Struct("<HBBLH2xL16s")
_WRITING = struct.Struct("<HHLQ16s16x")
_RENAMING = struct.Struct("<B7xQL")
_SHORTEST_RENAMING = 24  # Windows takes none that is shorter.
_IMPERSONATION, _NEW, _SHARE_NOTHING = 2, 2, 0
_OF_FILE, _OF_SECURITY = 1, 3
_RENAME, _DISPOSITION = 10, 13
_DACL = 0x4
_ACL_ENTRY, _TO_ALL_BELOW, _EVERYTHING = 0, 0x3, 0x1F01FF
_SELF_RELATIVE, _PROTECTED, _PRESENT = 0x8000, 0x1000, 0x4


def make(path: str, access: int, options: int) -> Message:
    """Make what is not there; what is, is a collision."""
    name = path.encode("utf-16-le", "surrogatepass")
    fixed = _CREATING.pack(
        57, _IMPERSONATION, access, 0, _SHARE_NOTHING, _NEW, options, _HEADER + _CREATING.size, len(name)
    )
    return Message(_CREATE, fixed + name)


def rename(path: str, handle: bytes) -> Message:
    """Give what is open another path in its share, and never replace anything (MS-FSCC 2.4.42.2)."""
    name = path.encode("utf-16-le", "surrogatepass")
    told = _RENAMING.pack(0, 0, len(name)) + name
    return _setting(_OF_FILE, _RENAME, told.ljust(_SHORTEST_RENAMING, b"\0"), handle)


def remove(handle: bytes) -> Message:
    """Have what is open be gone as soon as it is closed (MS-FSCC 2.4.11)."""
    return _setting(_OF_FILE, _DISPOSITION, b"\1", handle)


def close_to_others(owner: bytes) -> Message:
    """Give a folder, and all that is made in it, to its owner alone, whatever is granted above it (MS-DTYP 2.4.6)."""
    entry = struct.pack("<BBHL", _ACL_ENTRY, _TO_ALL_BELOW, 8 + len(owner), _EVERYTHING) + owner
    acl = struct.pack("<BxHHxx", 2, 8 + len(entry), 1) + entry
    control = _SELF_RELATIVE | _PROTECTED | _PRESENT
    return _setting(_OF_SECURITY, 0, struct.pack("<BxHLLLL", 1, control, 0, 0, 0, 20) + acl, which=_DACL)


def write(content: bytes) -> Message:
    """Write a few bytes at the beginning of a file."""
    fixed = _WRITING.pack(49, _HEADER + _WRITING.size, len(content), 0, _OF_THIS_COMPOUND)
    fields = {"length": _Field(len(content)), "write_channel_info_length": _Field(0)}
    return Message(_WRITE, fixed + content, fields)


@dataclass(frozen=True, slots=True)
class _Field:
    """As the library asks for a number: it reckons the price of a request by it."""

    value: int

    def get_value(self) -> int:
        return self.value


def _setting(kind: int, what: int, told: bytes, handle: bytes = _OF_THIS_COMPOUND, which: int = 0) -> Message:
    return Message(_SET_INFO, _SETTING.pack(33, kind, what, len(told), _HEADER + _SETTING.size, which, handle) + told)
