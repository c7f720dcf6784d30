"""One piece of work in a process of its own, which is killed when it takes too long or too much memory.

For what is asked for now and then, by somebody who waits: nothing of it is left in a process that others use.
"""

from __future__ import annotations

import logging
import multiprocessing
import os
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess

import psutil

from domain.errors import ItemTroubleError, ProblemCode
from operations.executors.seclusion import ALONE, Reach, Seclusion, seclude
from operations.executors.spool import sweep_spool
from operations.executors.worker import die_with_parent

Work = Callable[[], bytes]

_log = logging.getLogger(__name__)

_LOOK_SECONDS = 0.1
_STARTING_SECONDS = 60.0
_MOST = 16 * 1024 * 1024
_HEADER = 4
"""Bytes of a connection's that say how many follow."""


def alone(work: Work, seconds: float, memory: int, seclusion: Seclusion = ALONE) -> bytes:
    """What the work makes, 16 MiB at most; the work is picklable, `memory` in resident bytes.

    Plain bytes, since whoever took that process over by a hostile file must not get any further. Raises
    ItemTroubleError (timeout, memory, crashed) where it came to nothing: what it raised is not told, which may quote
    what it read.
    """
    begun = time.time()
    ours, theirs = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(
        target=_run, args=(theirs, work, os.getpid(), seclusion), daemon=True
    )
    try:
        with ours:
            with theirs:
                process.start()
            # So that the slow start of a busy machine is not held against the item.
            _note(_received(ours, process, _STARTING_SECONDS, memory))
            return _received(ours, process, seconds, memory)
    finally:
        process.kill()
        process.join()
        process.close()
        sweep_spool(begun)


def _note(told: bytes) -> None:
    for reach in Reach:
        if told == reach.encode():
            _warn(reach)


@cache
def _warn(reach: Reach) -> None:
    """Once each, however many processes are begun."""
    if reach.warning:
        _log.error(reach.warning)


def _received(ours: Connection, process: BaseProcess, seconds: float, memory: int) -> bytes:
    """As `recv_bytes` would, which waits for ever for the rest of what somebody has begun to send."""
    until = time.monotonic() + seconds
    size = int.from_bytes(_read(ours, _HEADER, process, until, memory), "big", signed=True)
    if not 0 <= size <= _MOST:
        raise ItemTroubleError(ProblemCode.CRASHED)
    return _read(ours, size, process, until, memory)


def _read(ours: Connection, count: int, process: BaseProcess, until: float, memory: int) -> bytes:
    told = bytearray()
    while len(told) < count:
        if _resident(process) > memory:
            raise ItemTroubleError(ProblemCode.MEMORY, "memory")
        if time.monotonic() > until:
            raise ItemTroubleError(ProblemCode.TIMEOUT, "seconds")
        if ours.poll(_LOOK_SECONDS):
            piece = os.read(ours.fileno(), count - len(told))
            if not piece:
                raise ItemTroubleError(ProblemCode.CRASHED)
            told += piece
    return bytes(told)


def _resident(process: BaseProcess) -> int:
    with suppress(psutil.NoSuchProcess):
        return int(psutil.Process(process.pid).memory_info().rss)
    return 0


def _run(theirs: Connection, work: Work, parent: int, seclusion: Seclusion) -> None:
    """In the new process."""
    die_with_parent(parent)
    reach = seclude(seclusion)
    os.umask(0o077)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a traceback may quote what was read
    theirs.send_bytes(reach.encode())
    theirs.send_bytes(work())
