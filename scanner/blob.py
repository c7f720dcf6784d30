"""An item's bytes, read once: hashed on the way, kept in memory or, past a size, in a nameless spool file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
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
    """`file` is seekable and read-only by promise; `digest` is its BLAKE3; `path` names a spooled file in /proc."""

    file: BinaryIO
    size: int
    digest: bytes
    path: str | None = None

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


def _spooled(memory: BytesIO) -> BinaryIO:
    spool = tempfile.TemporaryFile(prefix="muniment-")  # noqa: SIM115  closed by the caller
    spool.write(memory.getbuffer())
    return spool
