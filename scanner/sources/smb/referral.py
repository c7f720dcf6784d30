"""Where a DFS link leads, asked of the server that has it (MS-DFSC 2.2.4)."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from smbprotocol.dfs import DFSReferralRequest
from smbprotocol.ioctl import CtlCode, IOCTLFlags, SMB2IOCTLRequest

from scanner.sources.smb.status import PATH_NOT_COVERED, NtStatusError

_HEADER = struct.Struct("<HH4x")
_ENTRY = struct.Struct("<HH2xH")
_ADDRESS_OFFSET = {2: 20, 3: 16, 4: 16}  # where an entry of each version says where its address stands
_NAME_LIST = 0x2
_MOST_TARGETS = 32
_ANY_HANDLE = b"\xff" * 16


@dataclass(frozen=True, slots=True)
class Referral:
    r"""`consumed` of the path's characters name the link; `targets`, as `\server\share\path`, best first."""

    consumed: int
    targets: tuple[str, ...]


def ask_referral(path: str) -> Any:
    r"""The message that asks where `\server\share\path` leads."""
    question = DFSReferralRequest()
    question["request_file_name"] = path
    request = SMB2IOCTLRequest()
    request["ctl_code"] = CtlCode.FSCTL_DFS_GET_REFERRALS
    request["file_id"] = _ANY_HANDLE
    request["max_output_response"] = 0x10000
    request["flags"] = IOCTLFlags.SMB2_0_IOCTL_IS_FSCTL
    request["buffer"] = question
    return request


def referral_of(answer: bytes) -> Referral:
    """Raises NtStatusError where it names no target."""
    try:
        consumed, count = _HEADER.unpack_from(answer)
        targets = tuple(filter(None, _targets(answer, min(count, _MOST_TARGETS))))
    except (struct.error, UnicodeDecodeError) as error:
        raise NtStatusError(PATH_NOT_COVERED) from error
    if not targets:
        raise NtStatusError(PATH_NOT_COVERED)
    return Referral(consumed // 2, targets)


def _targets(answer: bytes, count: int) -> list[str]:
    found, start = [], _HEADER.size
    for _ in range(count):
        version, size, flags = _ENTRY.unpack_from(answer, start)
        if version in _ADDRESS_OFFSET and not (version > 2 and flags & _NAME_LIST):
            (offset,) = struct.unpack_from("<H", answer, start + _ADDRESS_OFFSET[version])
            found.append(_text(answer, start + offset))
        start += max(size, _ENTRY.size)
    return found


def _text(answer: bytes, start: int) -> str:
    """Up to its end mark, a zero on a two-byte boundary of its own."""
    text = answer[start : start + (len(answer) - start) // 2 * 2].decode("utf-16-le")
    return text.partition("\0")[0]
