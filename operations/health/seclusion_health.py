"""What the doctor says of the processes that open documents: whether they are kept from the network."""

from __future__ import annotations

import socket
from concurrent.futures import ThreadPoolExecutor

from operations.config import Settings
from operations.executors.alone import alone
from operations.executors.seclusion import Reach, Seclusion, seclude
from operations.health.check import Check, Health
from operations.wiring import seclusion_of
from scanner.budget import MIB

_SECONDS, _MEMORY = 60.0, 1024 * MIB


def seclusion_check(settings: Settings) -> Check:
    """By trying it in such a process. Raises ItemTroubleError where none can be started."""
    if seclusion_of(settings).network:
        seen = "may open connections, since they ask the inventory or a Tika server by network"
        return Check("workers", Health.ADVICE, seen, "Let this machine reach those alone: docs/papers/hardening.md")
    # What it may open at first is taken from it by what it tries.
    reach = Reach(alone(reached, _SECONDS, _MEMORY, Seclusion(network=True)).decode())
    if reach is Reach.NOTHING:
        seen = "could open connections: this system filters no calls of its programs"
        return Check("workers", Health.ADVICE, seen, "Keep this machine from the network: docs/papers/hardening.md")
    if reach is Reach.NEWER_THREADS:
        seen = "could open connections in threads that libraries began: the call seccomp is refused here"
        return Check("workers", Health.ADVICE, seen, "Let it through: SystemCallFilter in docs/papers/hardening.md")
    return Check("workers", Health.GOOD, "open documents without network and without sight of other processes")


def reached() -> bytes:
    """What the filter holds for, as a thread shows that was there before it and one that was not."""
    with ThreadPoolExecutor(1) as older:
        older.submit(_opens_connections).result()
        seclude()
        if not older.submit(_opens_connections).result():
            return Reach.WHOLE.encode()
    return (Reach.NOTHING if _opens_connections() else Reach.NEWER_THREADS).encode()


def _opens_connections() -> bool:
    try:
        socket.socket(socket.AF_INET).close()
    except PermissionError:
        return False
    return True
