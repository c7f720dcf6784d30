"""Whether a file is, to the byte, the one that was planned; by descriptors, since names change hands."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

from domain.disposal import Planned, Refusal, RefusedFileError
from domain.entry import microseconds_of
from scanner.blob import Blob, hashed
from scanner.sources.filesystem import version_of

_ACL = ("system.posix_acl_access", "system.nfs4_acl", "system.cifs_acl")


def why_not(facts: os.stat_result, planned: Planned, device: int) -> Refusal | None:
    """What tells what stands in a place from what was planned, before it is read."""
    if stat.S_ISLNK(facts.st_mode):
        return Refusal.LINK
    if not stat.S_ISREG(facts.st_mode):
        return Refusal.NOT_A_FILE
    if facts.st_dev != device:
        return Refusal.OTHER_VOLUME
    if not is_number(facts, planned):
        return Refusal.REPLACED
    if facts.st_nlink != 1:
        return Refusal.HARD_LINKED
    return None if version_of(facts) == planned.version else Refusal.CHANGED


def refuse_moved(file: int, moved: os.stat_result, planned: Planned) -> bytes:
    """The version of an open file that was renamed, which gave it another time of change, if that is all that did.

    `moved` is what stands under its new name. Raises RefusedFileError where it is another, or was changed on the way.
    """
    facts = os.fstat(file)
    if not os.path.samestat(facts, moved) or not is_number(facts, planned):
        raise RefusedFileError(Refusal.REPLACED)
    if facts.st_nlink != 1:
        raise RefusedFileError(Refusal.HARD_LINKED)
    times = (facts.st_mtime_ns // 1000, microseconds_of(planned.modified))
    if facts.st_size != planned.size or (planned.modified is not None and times[0] != times[1]):
        raise RefusedFileError(Refusal.CHANGED)
    version = version_of(facts)
    refuse_other(file, planned, version)
    return version


def refuse_other(file: int, planned: Planned, version: bytes) -> None:
    """Raises RefusedFileError where an open file is not of this version, before and after it is hashed, or has other
    bytes.
    """
    if version_of(os.fstat(file)) != version:
        raise RefusedFileError(Refusal.CHANGED)
    if digest_of(file) != planned.digest:
        raise RefusedFileError(Refusal.CONTENT)
    after = os.fstat(file)
    if version_of(after) != version or after.st_nlink != 1:
        raise RefusedFileError(Refusal.CHANGED)


def is_number(facts: os.stat_result, planned: Planned) -> bool:
    """By its number on the volume alone: a volume may have another after it was mounted anew."""
    return planned.file_id.rpartition(":")[2] == str(facts.st_ino)


def digest_of(file: int) -> bytes:
    with os.fdopen(os.dup(file), "rb") as opened:
        return hashed(Blob(opened, 0, b"")).digest


def lasting(file: int) -> tuple[object, ...]:
    """What moving a file leaves as it was: size, times, mode, owner, and who may do what with it."""
    facts = os.fstat(file)
    rights = (facts.st_mode, facts.st_uid, facts.st_gid)
    return (facts.st_size, facts.st_mtime_ns, facts.st_atime_ns, *rights, *(_attribute(file, name) for name in _ACL))


def _attribute(file: int, name: str) -> bytes | None:
    with suppress(OSError):  # A file system without it, or a file that has none.
        return os.getxattr(f"/proc/self/fd/{file}", name)
    return None
