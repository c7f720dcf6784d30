"""An item's bytes: read once, hashed on the way and kept in memory or, past a size, in a nameless spool file; or left
where they lie, where a store is too large to be copied.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from io import BytesIO
from typing import BinaryIO

from blake3 import blake3

from domain.errors import ItemTroubleError, ProblemCode
from scanner.budget import MIB

_CHUNK = MIB
_IN_MEMORY = 32 * MIB
_HEAD = 64 * 1024


@dataclass(frozen=True, slots=True)
class Blob:
    """`file` is seekable and read-only by promise; `digest` is its BLAKE3; `path` names a spooled file in /proc.

    What is read where it lies has no path: another may cut it short under a memory map, which ends the process, and to
    open it anew would touch its time of access. It is larger than memory is for: only what seeks may read it.
    """

    file: BinaryIO
    size: int
    digest: bytes
    path: str | None = None

    @property
    def lies(self) -> bool:
        """Whether it is read where it lies."""
        return self.path is None and self.size > _IN_MEMORY

    @property
    def head(self) -> bytes:
        """The first 64 KiB."""
        self.file.seek(0)
        return self.file.read(_HEAD)

    @property
    def bytes(self) -> bytes:
        self.file.seek(0)
        return self.file.read()


@contextmanager
def read_once(file: BinaryIO, limit: int) -> Iterator[Blob]:
    """Read a file to its end into a blob that lives as long as the context.

    The spool file has no name, so nothing is left behind even by kill -9. Raises ItemTroubleError (limit: bytes)
    where there is more than `limit` bytes.
    """
    with BytesIO() as memory:
        digest = blake3()
        spool: BinaryIO = memory
        size = 0
        try:
            while chunk := file.read(_CHUNK):
                size += len(chunk)
                if size > limit:
                    raise ItemTroubleError(ProblemCode.LIMIT, "bytes")
                if spool is memory and size > _IN_MEMORY:
                    spool = _spooled(memory)
                digest.update(chunk)
                spool.write(chunk)
            spool.flush()
            path = None if spool is memory else f"/proc/self/fd/{spool.fileno()}"
            yield Blob(spool, size, digest.digest(), path)
        finally:
            spool.close()


def where_it_lies(file: BinaryIO) -> Blob | None:
    """A large file as a blob that is not hashed yet; None where it cannot seek, or is small enough to be held."""
    if not file.seekable():
        return None
    blob = Blob(file, file.seek(0, os.SEEK_END), b"")
    file.seek(0)
    return blob if blob.lies else None


def hashed(blob: Blob) -> Blob:
    """The blob with its digest, for which it is read to its end."""
    blob.file.seek(0)
    return replace(blob, digest=digest_of(chunks(blob.file)))


def chunks(file: BinaryIO) -> Iterator[bytes]:
    """What is left of a file, piece by piece."""
    return iter(lambda: file.read(_CHUNK), b"")


def digest_of(pieces: Iterable[bytes]) -> bytes:
    """The BLAKE3 of bytes on their way elsewhere."""
    digest = blake3()
    for piece in pieces:
        digest.update(piece)
    return digest.digest()


def _spooled(memory: BytesIO) -> BinaryIO:
    spool = tempfile.TemporaryFile(prefix="muniment-")  # noqa: SIM115  closed by the caller
    spool.write(memory.getbuffer())
    return spool
