"""What runs in a worker process: prepared once, it takes one task after another and is replaced when it is worn."""

from __future__ import annotations

import ctypes
import logging
import os
import signal
from collections.abc import Callable
from dataclasses import replace
from multiprocessing.synchronize import Semaphore
from typing import TextIO

import psutil
from pebble import CONSTS

from domain.errors import MunimentError
from domain.examination import Batch
from operations.examine import Toolkit, examine
from operations.executor import Task, tools_for
from operations.executors.seclusion import Seclusion, seclude

_log = logging.getLogger(__name__)

_tools: Toolkit | MunimentError = MunimentError("This worker was not prepared.")
_worn = 0
"""Resident bytes past which this worker is replaced: what it kept would be held against the next file."""


class Lifetime(int):
    """So many tasks, and fewer for a worker that has kept half of the memory it may take beyond what it began with.

    Pebble asks between two tasks whether those done are fewer: a worker that ends there loses none.
    """

    def __gt__(self, done: int) -> bool:
        return not done or (super().__gt__(done) and _resident() < _worn)


def prepare(
    make_tools: Callable[[], Toolkit], parent: int, log_level: int, lock_seconds: float, seclusion: Seclusion,
    unsaid: Semaphore,
) -> None:  # fmt: skip
    """Build this worker's toolkit, once, and die with the parent; what it does not need is given up before. The first
    of its pool that could not takes `unsaid` and says so.
    """
    global _tools, _worn  # noqa: PLW0603  one toolkit a process is what a worker is
    die_with_parent(parent)
    # Pebble's own handler waits until native code comes back, and pebble three seconds for its handler.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    CONSTS.channel_lock_timeout = lock_seconds
    warning = seclude(seclusion).warning
    os.umask(0o077)  # what a native reader spools to disk is for its owner alone
    own = logging.StreamHandler(_own_words_alone())
    own.addFilter(logging.Filter("operations"))  # what libraries log may quote what they read
    logging.basicConfig(format="%(message)s", handlers=[own])
    logging.getLogger("operations").setLevel(log_level)
    if warning and unsaid.acquire(block=False):
        _log.error(warning)
    try:
        _tools = tools = make_tools()
    except MunimentError as error:
        _tools = error
    except Exception as error:  # noqa: BLE001  whatever it is, it would be the same in every new worker
        _tools = MunimentError(f"A worker could not be prepared ({type(error).__name__}). See: muniment doctor")
    else:
        _worn = (_resident() + tools.budget.memory) // 2


def _own_words_alone() -> TextIO:
    """Where logs go. What else is written, by native code that breaks or warns, may quote what it read: nowhere."""
    kept = os.fdopen(os.dup(2), "w", buffering=1, encoding="utf-8", errors="backslashreplace")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
    return kept


def work_on(task: Task) -> Batch:
    """Examine one batch of the task's item. Raises MunimentError where this worker could not be prepared."""
    if isinstance(_tools, MunimentError):
        raise _tools
    tools = replace(_tools, budget=replace(_tools.budget, batch_parts=1)) if task.single else _tools
    return examine(task.item, tools_for(task, tools), task.after)


def _resident() -> int:
    return int(psutil.Process().memory_info().rss)


def die_with_parent(parent: int) -> None:
    """Ask Linux for SIGKILL when the parent dies: a killed scan leaves no worker behind (prctl(2), option 1)."""
    ctypes.CDLL(None).prctl(1, 9)
    if os.getppid() != parent:
        os._exit(1)
