"""Runs a command and measures it from outside: wall and CPU seconds, and the peak memory of all its processes."""

from __future__ import annotations

import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAM = str(Path(sys.executable).parent / "muniment")
_INTERVAL = 0.1
_MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Measured:
    """`cpu` counts every child that was waited for; `peak` is the largest resident sum of the tree, in MiB, and
    `peak_one` that of a single process: shared pages are counted in each, so the sum overstates.
    """

    status: int
    output: str
    wall: float
    cpu: float
    peak: float
    peak_one: float


def measure(command: Sequence[str], cwd: str | None = None) -> Measured:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    peak = peak_one = 0.0
    with tempfile.TemporaryFile("w+") as printed:
        process = subprocess.Popen(command, cwd=cwd, stdout=printed, stderr=subprocess.DEVNULL)
        while process.poll() is None:
            sizes = list(_resident(process.pid))
            peak, peak_one = max(peak, sum(sizes)), max(peak_one, *sizes, 0.0)
            time.sleep(_INTERVAL)
        printed.seek(0)
        output = printed.read()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Measured(process.returncode, output, time.monotonic() - began, cpu, peak, peak_one)


def _resident(pid: int) -> list[float]:
    try:
        root = psutil.Process(pid)
        return [process.memory_info().rss / _MIB for process in (root, *root.children(recursive=True))]
    except psutil.NoSuchProcess:
        return []


def machine() -> str:
    memory = psutil.virtual_memory().total // (1024 * _MIB)
    return f"{os.cpu_count()} cores, {memory} GiB, Python {platform.python_version()}, {platform.system()}"
