"""What a Windows server says of a file, and what follows: whether it is a link, lies elsewhere, has changed."""

from __future__ import annotations

import hashlib
import re
import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from domain.errors import Problem, ProblemCode

REPARSE_POINT = 0x400
_DIRECTORY, _DEVICE = 0x10, 0x40
_OFFLINE, _RECALL_ON_OPEN, _RECALL_ON_DATA_ACCESS = 0x1000, 0x40000, 0x400000
_UNUSUAL = REPARSE_POINT | _DEVICE | _OFFLINE | _RECALL_ON_OPEN | _RECALL_ON_DATA_ACCESS
_DFS_LINK = 0x8000000A
_NAME_SURROGATE = 0x20000000  # The tag stands for another name: symbolic links, junctions, mounted volumes.
_NOT_A_FILE = frozenset({0x80000014, 0x80000023, 0x80000024, 0x80000025, 0x80000026})  # NFS, sockets, pipes, devices
_CONTENT_IS_HERE = frozenset({
    0x80000007,  # single-instance storage
    0x80000013,  # deduplication
    0x80000017,  # WOF: compressed by the system
})  # fmt: skip
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_FIRST_SENSIBLE = 365 * 24 * 3600 * 10_000_000  # Zero, and what is left of zero after a change of time zone.
_MADE_UP = re.compile(rb"[A-Z0-9_^$~!#%&\-{}()@'`]{6}~[A-Z0-9](\.[A-Z0-9_^$~!#%&\-{}()@'`]{1,3})?")
_SEEN = struct.Struct("<4Q")


@dataclass(frozen=True, slots=True)
class Facts:
    """Sizes in bytes; times in units of 100 ns since 1601, as they were sent (MS-DTYP 2.3.3).

    `tag` is the reparse tag, `file_id` the number of the file on its volume; 0 where there is none.
    """

    created: int
    accessed: int
    written: int
    changed: int
    size: int
    allocated: int
    attributes: int
    tag: int = 0
    file_id: int = 0

    @property
    def is_folder(self) -> bool:
        return bool(self.attributes & _DIRECTORY)

    @property
    def is_dfs_link(self) -> bool:
        return bool(self.attributes & REPARSE_POINT) and self.tag == _DFS_LINK

    @property
    def is_reparse_point(self) -> bool:
        return bool(self.attributes & REPARSE_POINT)

    @property
    def problem(self) -> Problem | None:
        """Why it is not to be opened (MS-FSCC 2.1.2.1 and 2.6), where that can be told without opening it."""
        if not self.attributes & _UNUSUAL:
            return None
        code = self._by_tag() if self.is_reparse_point else None
        if code is None and self.attributes & self._elsewhere:
            code = ProblemCode.PLACEHOLDER
        if code is None and self.attributes & _DEVICE:
            code = ProblemCode.NOT_A_FILE
        return Problem(code) if code else None

    def version(self, *, by_change: bool) -> bytes:
        """`by_change`: whether the time of change counts, which on Windows moves with every write to the file or its
        facts and nobody can set; Samba gives the time of writing for it.
        """
        moved = self.changed if by_change else self.created
        return hashlib.blake2b(_SEEN.pack(self.size, self.written, moved, self.file_id), digest_size=8).digest()

    @property
    def _elsewhere(self) -> int:
        """A folder marked as offline is listed all the same: it is its files that are kept elsewhere."""
        recalled = _RECALL_ON_OPEN | _RECALL_ON_DATA_ACCESS
        return recalled if self.is_folder else recalled | _OFFLINE

    def _by_tag(self) -> ProblemCode | None:
        if self.tag & _NAME_SURROGATE:
            return ProblemCode.LINK
        if self.tag in _NOT_A_FILE:
            return ProblemCode.NOT_A_FILE
        if self.is_folder or self.tag in _CONTENT_IS_HERE:
            return None
        # The cloud's tags, and those of archiving products, of which there are many; or the server does not say which.
        return ProblemCode.PLACEHOLDER


def moment(filetime: int) -> datetime | None:
    """None for no time at all, and for one that no calendar reaches: some tools write the year 30828."""
    if filetime < _FIRST_SENSIBLE:
        return None
    try:
        return _EPOCH + timedelta(microseconds=filetime // 10)
    except OverflowError:
        return None


def is_made_up(name: bytes) -> bool:
    """Whether the name has the form that Samba gives to one that Windows could not show (smb.conf(5), hash2).

    A file that is really called so looks the same: the listing does not tell.
    """
    return _MADE_UP.fullmatch(name) is not None
