"""Says every few seconds how far a scan is, for `status` and metrics, whoever asks on whichever host."""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime

from inventory.engine import Database, InventoryError
from inventory.progress import Figures, Role, tell
from inventory.recorder import RunningScan
from operations.scanning.progress import Progress

_EVERY_SECONDS = 5.0


def process_name() -> str:
    """What this process is told of as: its host and its number."""
    return f"{socket.gethostname()}:{os.getpid()}"


def figures_of(progress: Progress) -> Figures:
    problems = dict(progress.problems)  # Whoever tells does so from a thread of its own, while others count on.
    return Figures(
        progress.listed, progress.expected, progress.done, progress.parts, progress.bytes, progress.proved,
        progress.disproved, progress.recognised, progress.all_listed,
        {code.value: count for code, count in problems.items()},
    )  # fmt: skip


@contextmanager
def telling(database: Database, scan: RunningScan, progress: Progress, what: str = "") -> Iterator[None]:
    """Tell of a scan while it goes on: what has come to `progress` since now. `what` sets a later pass apart."""
    before, ended = figures_of(progress), threading.Event()
    process = f"{process_name()} {what}".strip()

    def say() -> None:
        # That nobody can be told now is no reason to stop, and is seen by its being old.
        with suppress(InventoryError):
            tell(database, scan.id, process, Role.DRIVER, figures_of(progress) - before, datetime.now(UTC))

    def say_on() -> None:
        while not ended.wait(_EVERY_SECONDS):
            say()

    say()
    thread = threading.Thread(target=say_on, name="telling", daemon=True)
    thread.start()
    try:
        yield
    finally:
        ended.set()
        thread.join()
        say()
