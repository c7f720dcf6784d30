"""Removes what a native reader left in the system's temporary folder when it was killed."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil

_FOLDER = Path("/tmp")  # noqa: S108  where native Tika spools, whatever TMPDIR says
_PATTERN = "apache-tika-*"
_OF_A_SERVER = "apache-tika-server-forked-"
_AT_REST_SECONDS = 2.0
_STALE_SECONDS = 3600.0


def sweep_spool(since: float) -> None:
    """Delete this account's Tika spool files: those made after `since` (seconds since 1970) or older than an hour.

    A file that a process has open, or that was touched a moment ago, belongs to another run and stays. With `since` 0
    only those older than an hour go.
    """
    now = time.time()
    left = [path for path in _own_files() if _is_left(path, since, now)]
    used = set(_open_files()) if left else set()
    for path in left:
        if str(path) not in used:
            with suppress(OSError):
                path.unlink()


def _own_files() -> Iterator[Path]:
    for path in _FOLDER.glob(_PATTERN):
        with suppress(OSError):
            if path.lstat().st_uid == os.geteuid() and not path.name.startswith(_OF_A_SERVER):
                yield path


def _is_left(path: Path, since: float, now: float) -> bool:
    try:
        touched = path.lstat().st_mtime
    except OSError:
        return False
    return touched < now - _STALE_SECONDS or (0 < since <= touched < now - _AT_REST_SECONDS)


def _open_files() -> Iterator[str]:
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            yield from (file.path for file in process.open_files())
