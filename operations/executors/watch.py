"""Watches the resident memory of worker processes from outside and kills the one that takes too much."""

from __future__ import annotations

import threading

import psutil

_INTERVAL = 0.1


class MemoryWatch(threading.Thread):
    """From outside, because a native parser obeys nothing inside its process, and a limit on address space would stop
    the readers' reservations before they have used anything.
    """

    def __init__(self, limit: int) -> None:
        super().__init__(name="memory-watch", daemon=True)
        self._limit = limit
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
        while not self._ended.wait(_INTERVAL):
            for child in own.children():
                self._check(child)

    def _check(self, child: psutil.Process) -> None:
        try:
            if child.memory_info().rss > self._limit:
                self._killed.add(child.pid)
                child.kill()
        except psutil.NoSuchProcess:
            return
