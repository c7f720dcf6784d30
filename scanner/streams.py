"""The bytes of a blob as streams: a stretch of it, and what unpacks from one, in pieces and never whole."""

from __future__ import annotations

import io
import lzma
import os
import zlib
from collections.abc import Generator, Iterator
from io import BufferedReader, RawIOBase
from typing import TYPE_CHECKING, Protocol

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.pieces import Pieces

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PIECE = 64 * 1024
_PACKED = 16 * 1024
LARGEST = 2**63 - 1
"""No size is told larger than this, whatever an archive says of a member."""
MOST_MEMORY = 512 * 1024 * 1024
"""What an unpacker may take. The largest that xz and 7-Zip offer without being asked twice is 64 MiB."""


def read_at(blob: Blob, at: int, length: int) -> bytes:
    """So many bytes from an offset, fewer where the blob ends."""
    length = min(length, blob.size - at)
    if at < 0 or length <= 0:
        return b""
    if blob.path is not None:
        return os.pread(blob.file.fileno(), length, at)
    blob.file.seek(at)
    return blob.file.read(length)


def stretch(blob: Blob, start: int, end: int, size: int = PIECE) -> Generator[bytes, None, None]:
    """The bytes from `start` up to `end`. Raises ItemTroubleError (corrupt) where the blob ends before."""
    while start < end:
        piece = read_at(blob, start, min(size, end - start))
        if not piece:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        yield piece
        start += len(piece)


def as_file(pieces: Generator[bytes, None, None]) -> BufferedReader:
    """Pieces as a file; closing it closes them."""
    return BufferedReader(_Pieces(pieces))


class Decompressor(Protocol):
    """What the decompressors of bz2 and lzma have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


class Inflate:
    """zlib's, which has another manner. `wbits` is -15 for a bare stream and 31 for one of gzip."""

    def __init__(self, wbits: int) -> None:
        self._inner = zlib.decompressobj(wbits)
        self._is_full = False

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def needs_input(self) -> bool:
        return not self._is_full and not self._inner.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        content = self._inner.decompress(self._inner.unconsumed_tail + data, max(0, max_length))
        self._is_full = len(content) == max_length
        return content


class Packed:
    """The bytes that an unpacker feeds on; what it leaves of a piece can be put back for the next."""

    def __init__(self, blob: Blob, start: int, end: int) -> None:
        self._pieces = stretch(blob, start, end, _PACKED)
        self._back = b""

    def take(self) -> bytes:
        """The next piece, b"" at the end."""
        back, self._back = self._back, b""
        return back or next(self._pieces, b"")

    def put_back(self, piece: bytes) -> None:
        self._back = piece


def unpacked(packed: Packed, unpacker: Decompressor) -> Iterator[bytes]:
    """What one packed stream holds, up to its own end, behind which `packed` then stands.

    Raises ItemTroubleError: corrupt where it is damaged or cut short, limit where it asks for too much memory.
    """
    while not unpacker.eof:
        piece = packed.take() if unpacker.needs_input else b""
        if not piece and unpacker.needs_input:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        content = _decompressed(unpacker, piece)
        if content:
            yield content
    packed.put_back(unpacker.unused_data)


def _decompressed(unpacker: Decompressor, piece: bytes) -> bytes:
    try:
        return unpacker.decompress(piece, PIECE)
    except (zlib.error, lzma.LZMAError, EOFError, OSError, ValueError) as error:
        if "emory usage limit" in str(error):
            raise ItemTroubleError(ProblemCode.LIMIT, "memory") from error
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


class Window(RawIOBase):
    """A blob as a file with a position of its own, so that many may read it in turns."""

    def __init__(self, blob: Blob) -> None:
        self._blob, self._at = blob, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._blob.size}[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        return self._at

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer).cast("B")
        content = read_at(self._blob, self._at, len(view))
        view[: len(content)] = content
        self._at += len(content)
        return len(content)


class _Pieces(Pieces):
    def __init__(self, pieces: Generator[bytes, None, None]) -> None:
        super().__init__(pieces)
        self._source = pieces

    def close(self) -> None:
        self._source.close()
        super().close()
