"""Watches the resident memory of worker processes from outside and kills the one that takes too much."""

from __future__ import annotations

import itertools
import threading
from contextlib import suppress
from pathlib import Path

import psutil

_INTERVAL = 0.1
_SOUGHT_EVERY = 10
"""Looks between two searches for the servers that fork workers, for which every process of the machine is read. Which
workers they have is asked at each look: one that was forked takes up its first task at once.
"""

_HEADROOM = 16
"""The part of the limit that is left for what a worker takes between two looks, so that it stays below the limit."""


def workers_of(host: psutil.Process) -> list[psutil.Process]:
    """The worker processes of a host, which a server forks for it."""
    return [worker for server in _servers(host) for worker in _forked_by(server)]


def _servers(host: psutil.Process) -> list[int]:
    found: list[int] = []
    for child in host.children():
        with suppress(psutil.NoSuchProcess):
            if any("multiprocessing.forkserver" in word for word in child.cmdline()):
                found.append(child.pid)
    return found


def _forked_by(server: int) -> list[psutil.Process]:
    try:
        pids = Path(f"/proc/{server}/task/{server}/children").read_text("ascii").split()
    except OSError:  # It is gone, or this system does not tell.
        return psutil.Process(server).children() if psutil.pid_exists(server) else []
    return [psutil.Process(int(pid)) for pid in pids if psutil.pid_exists(int(pid))]


class MemoryWatch(threading.Thread):
    """From outside, because a native parser obeys nothing inside its process, and a limit on address space would stop
    the readers' reservations before they have used anything.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(name="memory-watch", daemon=True)
        self._limit = limit - limit // _HEADROOM
        self._killed: set[int] = set()
        self._ended = threading.Event()

    def has_killed(self, pid: int) -> bool:
        """Whether that was this watch's doing; asked once, since the system gives numbers out again."""
        if pid not in self._killed:
            return False
        self._killed.discard(pid)
        return True

    def stop(self) -> None:
        self._ended.set()
        self.join()

    def run(self) -> None:
        own = psutil.Process()
        servers: list[int] = []
        for look in itertools.count():
            if self._ended.wait(_INTERVAL):
                return
            if look % _SOUGHT_EVERY == 0:
                servers = _servers(own)
            for server in servers:
                with suppress(psutil.NoSuchProcess):
                    for worker in _forked_by(server):
                        self._check(worker)

    def _check(self, child: psutil.Process) -> None:
        try:
            if child.memory_info().rss > self._limit:
                self._killed.add(child.pid)
                child.kill()
        except psutil.NoSuchProcess:
            return
