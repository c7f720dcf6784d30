"""libarchive, as one pass over an archive: entry by entry, the bytes of each as they are asked for.

Its own calls are used, since the iterators of its Python package end a pass at the first damaged entry, and its log
quotes names. The formats are always named: among all of them is mtree, which opens the files that an archive names.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from io import BufferedReader, RawIOBase
from typing import Any

from libarchive import ffi

from domain.errors import ItemTroubleError, ProblemCode
from scanner.streams import PIECE

_RETRY, _WARN, _FAILED, _FATAL = -10, -20, -25, -30
_EOF = 1
_MOST_RETRIES = 1000
_BLOCK = 128 * 1024
_TYPE = 0o170000
_LC_CTYPE_MASK = 1
_LOCAL_CLOCKS = (0xC0000, 0xD0000)  # ARCHIVE_FORMAT_CAB, ARCHIVE_FORMAT_RAR

_SAYS: tuple[tuple[str, ProblemCode, str | None], ...] = (
    ("ncrypt", ProblemCode.ENCRYPTED, None),
    ("rypto codec", ProblemCode.ENCRYPTED, None),
    ("assphrase", ProblemCode.ENCRYPTED, None),
    ("nsupported", ProblemCode.UNSUPPORTED, None),
    ("not supported", ProblemCode.UNSUPPORTED, None),
    ("navailable", ProblemCode.UNSUPPORTED, None),
    ("too much memory", ProblemCode.LIMIT, "memory"),
    ("allocate", ProblemCode.LIMIT, "memory"),
)
"""A piece of what libarchive says of an error, which is never quoted, and what that means. Else it is damage."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What an archive tells of one member. `name` is UTF-8, or bytes as they stand in the archive, b"" without one.

    `kind` is the file type as in a Unix mode, 0 where it is not told.
    """

    name: bytes
    kind: int
    size: int | None
    modified: datetime | None
    is_hard_link: bool
    is_encrypted: bool


class NativeArchive:
    """One pass. Every method raises ItemTroubleError; once `is_dead`, nothing more can be had from this pass."""

    def __init__(self, file: RawIOBase | BufferedReader, formats: Sequence[str], filters: Sequence[str] = ()) -> None:
        self.is_dead = False
        self._file = file
        self._error: Exception | None = None
        # The callbacks, and the block that libarchive reads from, must live as long as the pass.
        self._block, self._piece = ctypes.create_string_buffer(_BLOCK), ctypes.create_string_buffer(PIECE)
        self._on_read, self._on_seek = ffi.READ_CALLBACK(self._give), ffi.SEEK_CALLBACK(self._go)
        self._archive, self._entry = _pointer("read_new"), _pointer("entry_new")
        try:
            self._open(formats, filters)
        except BaseException:
            self.close()
            raise

    def _open(self, formats: Sequence[str], filters: Sequence[str]) -> None:
        supported = [f"format_{kind}" for kind in formats] + [f"filter_{kind}" for kind in filters]
        for name in supported:
            self._checked(_code(f"read_support_{name}")(self._archive))
        if self._file.seekable():
            self._checked(_code("read_set_seek_callback")(self._archive, self._on_seek))
        self._checked(
            _code("read_open")(self._archive, None, ffi.NO_OPEN_CB, self._on_read, ffi.NO_CLOSE_CB)
        )  # fmt: skip

    def advance(self) -> Entry | None:
        """Go to the next entry; None at the end."""
        with _names_in_utf8():
            for _ in range(_MOST_RETRIES):
                code = _code("read_next_header2")(self._archive, self._entry)
                if code == _EOF:
                    return None
                if code != _RETRY:
                    self._checked(code)
                    return self._told()
        raise ItemTroubleError(ProblemCode.CORRUPT)

    def read(self) -> bytes:
        """The next bytes of the entry, b"" at its end."""
        length = _code("read_data", ctypes.c_ssize_t)(self._archive, self._piece, ctypes.c_size_t(PIECE))
        # A warning here is a checksum that does not fit.
        self._checked(length, worst=0)
        return ctypes.string_at(self._piece, length)

    @property
    def is_unpacking(self) -> bool:
        """Whether any filter took the bytes for its own; else they come as they stand."""
        return bool(_code("filter_count")(self._archive) > 1)

    def close(self) -> None:
        _code("read_free")(self._archive)
        _code("entry_free", None)(self._entry)
        self._archive = self._entry = ctypes.c_void_p()  # Both are free of nothing, should it be closed again.

    def _told(self) -> Entry:
        entry = self._entry
        return Entry(
            _code("entry_pathname", ctypes.c_char_p)(entry) or b"",
            _code("entry_filetype")(entry) & _TYPE,
            max(0, _code("entry_size", ctypes.c_int64)(entry)) if _code("entry_size_is_set")(entry) else None,
            self._modified(),
            _code("entry_hardlink", ctypes.c_char_p)(entry) is not None,
            bool(_code("entry_is_data_encrypted")(entry)),
        )

    def _modified(self) -> datetime | None:
        """Where the format knows only a local time, which is made that of this place here, it is taken for UTC."""
        if not _code("entry_mtime_is_set")(self._entry):
            return None
        seconds = _code("entry_mtime", ctypes.c_int64)(self._entry)
        try:
            if _code("format")(self._archive) in _LOCAL_CLOCKS:
                return datetime.fromtimestamp(seconds).replace(tzinfo=UTC)  # noqa: DTZ006  undone on purpose
            return datetime.fromtimestamp(seconds, UTC)
        except (ValueError, OverflowError, OSError):
            return None

    def _checked(self, code: int, worst: int = _WARN) -> None:
        if self._error is not None:
            raise self._error
        if code >= worst:
            return
        self.is_dead = code == _FATAL
        said = (_code("error_string", ctypes.c_char_p)(self._archive) or b"").decode("ascii", "replace")
        problem, limit = next(
            ((problem, limit) for text, problem, limit in _SAYS if text in said), (ProblemCode.CORRUPT, None)
        )
        raise ItemTroubleError(problem, limit)

    def _give(self, _archive: Any, _context: Any, block: Any) -> int:
        try:
            length = self._file.readinto(self._block) or 0
        except Exception as error:  # noqa: BLE001  nothing can be raised through C: it is raised behind it
            self._error = error
            return _FATAL
        block[0] = ctypes.addressof(self._block)
        return length

    def _go(self, _archive: Any, _context: Any, offset: int, whence: int) -> int:
        try:
            return self._file.seek(offset, whence)
        except Exception as error:  # noqa: BLE001  as above
            self._error = error
            return _FATAL


def native_content(file: RawIOBase | BufferedReader, kind: str, filters: Sequence[str] = ()) -> Iterator[bytes]:
    """The content of a file of one format; of "raw" with a filter it is what the stream unpacks to."""
    with closing(NativeArchive(file, (kind, "empty"), filters)) as archive:
        while archive.advance():
            if filters and not archive.is_unpacking:
                raise ItemTroubleError(ProblemCode.CORRUPT)
            while piece := archive.read():
                yield piece


@cache
def _code(name: str, result: Any = ctypes.c_int) -> Any:
    """A function of libarchive that returns its code; the package's own log what libarchive says, names and all."""
    function = ffi.libarchive[f"archive_{name}"]
    function.restype = result
    return function


def _pointer(name: str) -> ctypes.c_void_p:
    return ctypes.c_void_p(_code(name, ctypes.c_void_p)())


@contextmanager
def _names_in_utf8() -> Iterator[None]:
    """libarchive gives names in the locale's characters, and has none where the locale is the bare "C" of a service."""
    libc, locale = _utf8_locale()
    before = libc.uselocale(locale)
    try:
        yield
    finally:
        libc.uselocale(before)


@cache
def _utf8_locale() -> tuple[Any, Any]:
    """The C library and a handle on a locale of UTF-8, for this thread alone; 0, which changes nothing, without one."""
    libc = ctypes.CDLL(None)
    libc.newlocale.restype = libc.uselocale.restype = ctypes.c_void_p
    libc.newlocale.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_void_p)
    libc.uselocale.argtypes = (ctypes.c_void_p,)
    return libc, libc.newlocale(_LC_CTYPE_MASK, b"C.UTF-8", None)
