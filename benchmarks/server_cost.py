"""What work costs in this process and in a database server together."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from postgres_servers import Postgres


class Cost:
    """CPU seconds of this process and of the database server."""

    def __init__(self, server: Postgres) -> None:
        self._server = psutil.Process(int((server.folder / "data" / "postmaster.pid").read_text().split()[0]))

    def of(self, work: Callable[[], object]) -> tuple[float, float]:
        before, began = self._spent(), time.monotonic()
        work()
        return max(1e-6, self._spent() - before), time.monotonic() - began

    def _spent(self) -> float:
        spent = self._server.cpu_times()
        total = spent.user + spent.system + spent.children_user + spent.children_system
        for child in self._server.children():
            with suppress(psutil.NoSuchProcess):  # It has ended meanwhile, and is counted among what has.
                total += sum(child.cpu_times()[:2])
        return total + time.process_time()
