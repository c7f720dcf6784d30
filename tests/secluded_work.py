"""What a hostile document would have a process do that reads it; found by its name in processes of their own."""

from __future__ import annotations

import ctypes
import os
import socket
from contextlib import suppress
from pathlib import Path

from domain.content import Content
from scanner.blob import Blob

CANARY = "Quillon-Marchbanks-1"
"""What the host was told and nobody else is to know."""


def reached(port: int = 9) -> list[str]:
    """Which ways out of this process are open."""
    ways = {
        "tcp": lambda: socket.create_connection(("127.0.0.1", port), timeout=5).close(),
        "tcp by IPv6": lambda: socket.socket(socket.AF_INET6).close(),
        "udp": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"found", ("127.0.0.1", port)),
        "names": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).connect(("192.0.2.53", 53)),
        "netlink": lambda: socket.socket(socket.AF_NETLINK, socket.SOCK_RAW).close(),
        "memory of the host": _looked_into_host,
    }
    opened = []
    for name, way in ways.items():
        with suppress(OSError):
            way()
            opened.append(name)
    return opened


def _looked_into_host() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    attach = 16
    if libc.ptrace(attach, os.getppid(), None, None) != 0:
        raise OSError(ctypes.get_errno(), "ptrace")


def ways_out(port: int) -> bytes:
    return ",".join(reached(port)).encode()


def filtered() -> bytes:
    """How the calls of each thread are filtered (2: by a program), whoever began it and when."""
    told = [path.read_text() for path in Path("/proc/self/task").glob("*/status")]
    return " ".join(one.partition("Seccomp:")[2].split()[0] for one in told).encode()


def known() -> bytes:
    """What the system shows of this process to whoever may look: how it was called, and with what environment."""
    own = Path("/proc/self")
    return b"\0".join([(own / "cmdline").read_bytes(), (own / "environ").read_bytes(), repr(dict(os.environ)).encode()])


def held() -> bytes:
    """What this process has open."""
    found = []
    for name in os.listdir("/proc/self/fd"):
        with suppress(OSError):
            found.append(os.readlink(f"/proc/self/fd/{name}"))
    return "\n".join(found).encode()


class Seized:
    """A reader that a document took over: it shouts what it got out with or came to know."""

    version = "seized 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        got = len(reached()) + known().count(CANARY.encode()) + held().count(b"the password file")
        return Content("NAMED " * got or "nothing")
