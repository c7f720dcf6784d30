"""The few SMB 2 requests that a scan makes, and what comes back (MS-SMB2 2.2, MS-FSCC 2.4). None writes.

The one exception is `last_access`, which only a source asks for that restores the time of access.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from typing import Any

from smbprotocol.file_info import FileInformationClass, InfoType
from smbprotocol.header import Commands
from smbprotocol.open import (
    CreateDisposition,
    ImpersonationLevel,
    SMB2CloseRequest,
    SMB2QueryDirectoryRequest,
    SMB2QueryInfoRequest,
    SMB2ReadRequest,
    SMB2SetInfoRequest,
)

from scanner.sources.smb.facts import Facts
from scanner.sources.smb.status import DATA_ERROR, NAME_TOO_LONG, SUCCESS, NtStatusError

MAX_PATH = 0xFFFE  # The length of a path is sent in two bytes.
_SHARE_EVERYTHING = 0x7  # reading, writing and deleting: nobody is kept from anything
_OF_THIS_COMPOUND = b"\xff" * 16
_HEADER = 64
_SECURITY = 0x7  # owner, group and the list that grants; auditing would need a privilege
_CREATE = struct.Struct("<H2xL16xL4xLLLHH8x")
_OUTPUT = struct.Struct("<2xHL")
_CONTROLLED = struct.Struct("<32xLL")
_DATA = struct.Struct("<2xBxL")
_CREATED = struct.Struct("<8x4Q2QL4x16s")
_NETWORK_OPEN = struct.Struct("<4Q2QL4x")
_TAG = struct.Struct("<4xL")
_ID = struct.Struct("<Q")
_VOLUME = struct.Struct("<8xL")


@dataclass(frozen=True, slots=True)
class Answer:
    """The server's answer to one request."""

    status: int
    body: bytes

    @property
    def output(self) -> bytes:
        """What a query asked for. Raises NtStatusError."""
        return self._cut(_OUTPUT)

    @property
    def read(self) -> bytes:
        """The bytes of a file. Raises NtStatusError."""
        return self._cut(_DATA)

    @property
    def controlled(self) -> bytes:
        """What a control code asked for. Raises NtStatusError."""
        return self._cut(_CONTROLLED)

    @property
    def opened(self) -> tuple[bytes, Facts]:
        """The handle, and what was opened. Raises NtStatusError."""
        self.expect_success()
        created, accessed, written, changed, allocated, size, attributes, handle = _unpacked(_CREATED, self.body)
        return handle, Facts(created, accessed, written, changed, size, allocated, attributes)

    @property
    def facts(self) -> Facts:
        created, accessed, written, changed, allocated, size, attributes = _unpacked(_NETWORK_OPEN, self.output)
        return Facts(created, accessed, written, changed, size, allocated, attributes)

    @property
    def file_id(self) -> int:
        return self._told(_ID)

    @property
    def volume(self) -> int:
        return self._told(_VOLUME)

    @property
    def tag(self) -> int:
        return self._told(_TAG)

    def expect_success(self) -> None:
        if self.status != SUCCESS:
            raise NtStatusError(self.status)

    def _told(self, what: struct.Struct) -> int:
        """0 where the server does not say: not every server knows every question."""
        return int(_unpacked(what, self.output)[0]) if self.status == SUCCESS else 0

    def _cut(self, where: struct.Struct) -> bytes:
        self.expect_success()
        offset, length = _unpacked(where, self.body)
        start = offset - _HEADER
        if length and not 0 <= start <= start + length <= len(self.body):
            raise NtStatusError(DATA_ERROR)
        return self.body[start : start + length] if length else b""


class Message:
    """A request in the form in which it is sent. `fields` are those that the library may ask for, which are few."""

    def __init__(self, command: int, packed: bytes, fields: Any = None) -> None:
        self.COMMAND = command
        self._packed, self._fields = packed, fields

    def __getitem__(self, name: str) -> Any:
        return self._fields[name]

    def __len__(self) -> int:
        return len(self._packed)

    def pack(self) -> bytes:
        return self._packed


def prepared(message: Any) -> Message:
    """One that is sent again and again as it stands: packing is most of what sending costs."""
    return Message(message.COMMAND, message.pack(), message)


def create(path: str, access: int, options: int, share: int = _SHARE_EVERYTHING) -> Message:
    """Open what is there. Raises NtStatusError for a path that is too long to be sent."""
    name = path.encode("utf-16-le", "surrogatepass")
    if len(name) > MAX_PATH:
        raise NtStatusError(NAME_TOO_LONG)
    # By hand, since it is the one message that is new for every folder (MS-SMB2 2.2.13).
    fixed = _CREATE.pack(
        57, ImpersonationLevel.Impersonation, access, share, CreateDisposition.FILE_OPEN, options,
        _HEADER + _CREATE.size, len(name),
    )  # fmt: skip
    return Message(Commands.SMB2_CREATE, fixed + (name or b"\0\0"))


def query_directory(length: int, handle: bytes = _OF_THIS_COMPOUND) -> Any:
    request = SMB2QueryDirectoryRequest()
    request["file_information_class"] = FileInformationClass.FILE_ID_FULL_DIRECTORY_INFORMATION
    request["output_buffer_length"] = length
    request["file_id"] = handle
    request["buffer"] = "*".encode("utf-16-le")
    return request


def query_file(information: int, handle: bytes = _OF_THIS_COMPOUND) -> Any:
    return _query(InfoType.SMB2_0_INFO_FILE, information, handle)


def query_security(handle: bytes = _OF_THIS_COMPOUND) -> Any:
    request = _query(InfoType.SMB2_0_INFO_SECURITY, FileInformationClass.FILE_NONE, handle)
    request["additional_information"] = _SECURITY
    return request


def query_volume() -> Any:
    return _query(InfoType.SMB2_0_INFO_FILESYSTEM, FileInformationClass.FILE_DIRECTORY_INFORMATION, _OF_THIS_COMPOUND)


def read(handle: bytes, offset: int, length: int) -> Any:
    request = SMB2ReadRequest()
    request["padding"] = 0x50  # where the library expects the data to lie in the answer
    request["length"] = length
    request["offset"] = offset
    request["file_id"] = handle
    return request


def last_access(handle: bytes, filetime: int) -> Any:
    """Set the time of last access and nothing else: what is 0 is left as it is (MS-FSCC 2.4.7)."""
    request = SMB2SetInfoRequest()
    request["info_type"] = InfoType.SMB2_0_INFO_FILE
    request["file_info_class"] = FileInformationClass.FILE_BASIC_INFORMATION
    request["file_id"] = handle
    request["buffer"] = struct.pack("<4QLL", 0, filetime, 0, 0, 0, 0)
    return request


def close(handle: bytes = _OF_THIS_COMPOUND) -> Any:
    request = SMB2CloseRequest()
    request["file_id"] = handle
    return request


def _query(kind: int, information: int, handle: bytes) -> Any:
    request = SMB2QueryInfoRequest()
    request["info_type"] = kind
    request["file_info_class"] = information
    request["output_buffer_length"] = 0x10000
    request["file_id"] = handle
    return request


def _unpacked(what: struct.Struct, buffer: bytes) -> tuple[Any, ...]:
    try:
        return what.unpack_from(buffer)
    except struct.error as error:
        raise NtStatusError(DATA_ERROR) from error
