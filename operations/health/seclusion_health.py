"""What the doctor says of the processes that open documents: whether they are kept from the network."""

from __future__ import annotations

import socket

from operations.config import Settings
from operations.executors.alone import alone
from operations.health.check import Check, Health
from operations.wiring import seclusion_of
from scanner.budget import MIB

_SECONDS, _MEMORY = 60.0, 1024 * MIB


def seclusion_check(settings: Settings) -> Check:
    """By trying it in such a process. Raises ItemTroubleError where none can be started."""
    if seclusion_of(settings).network:
        seen = "may open connections, since they ask the inventory or a Tika server by network"
        return Check("workers", Health.ADVICE, seen, "Let this machine reach those alone: docs/papers/hardening.md")
    if alone(opens_connections, _SECONDS, _MEMORY):
        seen = "could open connections: this system filters no calls of its programs"
        return Check("workers", Health.ADVICE, seen, "Keep this machine from the network: docs/papers/hardening.md")
    return Check("workers", Health.GOOD, "open documents without network and without sight of other processes")


def opens_connections() -> bytes:
    """Something where this process can, nothing where it cannot."""
    try:
        socket.socket(socket.AF_INET).close()
    except PermissionError:
        return b""
    return b"yes"
