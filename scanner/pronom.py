"""The PRONOM identifier of a format, where pygfried is installed (the extra `pronom`): siegfried with the register of
the National Archives built in.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from types import ModuleType

from domain.packing import Format
from scanner.blob import Blob

_WHOLE = 1024 * 1024
_END = 256 * 1024
_CONTAINERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
"""Of these siegfried reads the directory, which may point anywhere."""

_TEXT, _ZIP = "x-fmt/111", "x-fmt/263"
_BY_NAME = {
    ".bat": "x-fmt/413",
    ".css": "x-fmt/224",
    ".csv": "x-fmt/18",
    ".ini": "x-fmt/421",
    ".js": "x-fmt/423",
    ".json": "fmt/817",
    ".log": "x-fmt/62",
    ".md": "fmt/1149",
    ".sql": "fmt/206",
    ".tab": "x-fmt/13",
    ".tsv": "x-fmt/13",
    ".yaml": "fmt/818",
    ".yml": "fmt/818",
}
"""Kinds of text that the register knows by their extension alone, which siegfried does not get to see."""


def pronom_id(blob: Blob, name: str) -> str | None:
    """The identifier ("fmt/412"), by the content; of text by the name. None where none is known or nothing can tell."""
    siegfried = _siegfried()
    if siegfried is None or not blob.size:
        return None
    if blob.lies and blob.head.startswith(_CONTAINERS[0]):
        return _ZIP  # With no path siegfried cannot reach its directory; what is a document besides never lies.
    try:
        with _path_of(blob) as path:
            found = siegfried.identify(path)
    except OSError:
        return None  # A damaged file, most often; its reader says so.
    if found == _TEXT:
        return _BY_NAME.get(os.path.splitext(name)[1].lower(), _TEXT)
    return None if found in (None, "", "UNKNOWN") else str(found)


def format_of(path: Path) -> Format | None:
    """All that siegfried says of a file in its place; None of what it does not know, or where it is not installed."""
    siegfried = _siegfried()
    if siegfried is None:
        return None
    try:
        (told,) = siegfried.identify(os.fspath(path), detailed=True)["files"]
    except OSError:
        return None
    known = [one for one in told["matches"] if one["id"] not in ("", "UNKNOWN")]
    if not known:
        return None
    first = known[0]
    method = next((method for word, method in _METHODS.items() if word in first["basis"]), "")
    return Format(
        first["id"], first["format"], first["version"], first["mime"], method, len(known),
        "extension mismatch" in first["warning"],
    )  # fmt: skip


_METHODS = {"container": "Container", "byte": "Signature", "extension": "Extension", "text": "Text"}
"""What DROID calls what siegfried went by; the first that it names counts."""


@cache
def _siegfried() -> ModuleType | None:
    try:
        import pygfried  # noqa: PLC0415  an extra
    except ImportError:
        return None
    return pygfried


@contextmanager
def _path_of(blob: Blob) -> Iterator[str]:
    """A path to the bytes or, of a large file that is no container, to its first and last: what signatures look at."""
    is_whole = blob.size <= _WHOLE or blob.head.startswith(_CONTAINERS)
    if is_whole and blob.path is not None:
        yield blob.path
        return
    memory = os.memfd_create("blob", os.MFD_CLOEXEC)
    try:
        with os.fdopen(memory, "wb", closefd=False) as file:
            file.write(blob.bytes if is_whole else _ends(blob))
        yield f"/proc/self/fd/{memory}"
    finally:
        os.close(memory)


def _ends(blob: Blob) -> bytes:
    blob.file.seek(0)
    first = blob.file.read(_END)
    blob.file.seek(-_END, os.SEEK_END)
    return first + blob.file.read(_END)
