"""Watches the resident memory of worker processes from outside and kills the one that takes too much."""

from __future__ import annotations

import itertools
import threading
from contextlib import suppress

import psutil

_INTERVAL = 0.1
_LISTED_EVERY = 10
"""Looks between two listings of the children, for which every process of the machine is read; none starts faster."""

_HEADROOM = 16
"""The part of the limit that is left for what a worker takes between two looks, so that it stays below the limit."""


def workers_of(host: psutil.Process) -> list[psutil.Process]:
    """The worker processes of a host, and no other program that it has started."""
    found: list[psutil.Process] = []
    for child in host.children():
        with suppress(psutil.NoSuchProcess):
            if "--multiprocessing-fork" in child.cmdline():
                found.append(child)
    return found


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
        children: list[psutil.Process] = []
        for look in itertools.count():
            if self._ended.wait(_INTERVAL):
                return
            if look % _LISTED_EVERY == 0:
                children = own.children()
            for child in children:
                self._check(child)

    def _check(self, child: psutil.Process) -> None:
        try:
            if child.memory_info().rss > self._limit:
                self._killed.add(child.pid)
                child.kill()
        except psutil.NoSuchProcess:
            return
