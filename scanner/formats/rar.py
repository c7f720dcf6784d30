"""What the beginning of a RAR archive says of the whole: RAR 5 by its published format, RAR 4 by its technote.txt."""

from __future__ import annotations

from dataclasses import dataclass

_RAR4 = b"Rar!\x1a\x07\x00"
_RAR5 = b"Rar!\x1a\x07\x01\x00"
_ENCRYPTION, _MAIN = 4, 1


@dataclass(frozen=True, slots=True)
class RarStart:
    """`is_encrypted`: its headers are, so that not even names can be read. `is_volume`: it is one of several files."""

    is_encrypted: bool = False
    is_volume: bool = False


def rar_start(head: bytes) -> RarStart:
    """What the first bytes of an archive say; nothing of what is not one."""
    if head.startswith(_RAR5):
        return _rar5_start(head)
    flags = int.from_bytes(head[10:12], "little") if head.startswith(_RAR4) else 0
    return RarStart(bool(flags & 0x80), bool(flags & 0x01))


def _rar5_start(head: bytes) -> RarStart:
    """Behind the signature a checksum, and then numbers: size, type, flags, the size of extras, the archive's flags."""
    at = len(_RAR5) + 4
    _, at = _number(head, at)
    kind, at = _number(head, at)
    flags, at = _number(head, at)
    if kind != _MAIN:
        return RarStart(is_encrypted=kind == _ENCRYPTION)
    if flags & 1:
        _, at = _number(head, at)
    archive_flags, at = _number(head, at)
    return RarStart(is_volume=bool(archive_flags & 1))


def _number(head: bytes, at: int) -> tuple[int, int]:
    """A number of seven bits a byte, the lowest first, and where it ends."""
    value = 0
    for place, byte in enumerate(head[at : at + 10]):
        value |= (byte & 0x7F) << 7 * place
        if byte < 0x80:
            return value, at + place + 1
    return value, at + 10
