"""A file told from others of its size by as few bytes as will do: first by its two ends, then as a whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from blake3 import blake3

from domain.item import Item
from scanner.blob import Blob, hashed
from scanner.source import Source

END: Final = 4 * 1024
"""Bytes of each end: files made one from the other mostly differ there. More would be read twice of every copy."""


@dataclass(frozen=True, slots=True)
class Hashed:
    """A file's bytes in `version`: a hash of its `ends`; the `digest` of the whole, where it was read, as BLAKE3;
    and how many bytes that took.
    """

    version: bytes
    ends: bytes
    digest: bytes | None
    read: int


def hash_ends(source: Source, item: Item) -> Hashed | None:
    """Read the first and the last 4 KiB; a file of no more than that is read whole. None where it cannot seek.

    Raises ItemTroubleError as opening does.
    """
    with source.open(item) as opened:
        file = opened.file
        if not file.seekable():
            return None
        if item.size <= 2 * END:
            content = file.read(2 * END + 1)
            digest = blake3(content).digest()
            return Hashed(opened.version, digest, digest, len(content))
        head = file.read(END)
        file.seek(-END, 2)
        tail = file.read(END)
        return Hashed(opened.version, blake3(head + tail).digest(), None, len(head) + len(tail))


def hash_whole(source: Source, item: Item) -> tuple[bytes, bytes]:
    """Read a file to its end: its version and its digest. Raises ItemTroubleError as opening does."""
    with source.open(item) as opened:
        return opened.version, hashed(Blob(opened.file, item.size, b"")).digest
