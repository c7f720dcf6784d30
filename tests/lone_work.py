"""What a process of its own is given to do in tests: it must be found by its name there."""

from __future__ import annotations

import gc
import os
import time
from multiprocessing.connection import Connection


def hoard() -> bytes:
    """Take more memory than it may, and keep it."""
    taken = bytearray(b"x" * 400_000_000)
    time.sleep(3600)
    return bytes(taken)


def quote() -> bytes:
    """Fail as a parser does that says what it has read."""
    raise ValueError("Quillon Marchbanks")


def begin_to_say() -> bytes:
    """What sends bytes to the host by its own hand, having taken the process over."""
    for one in gc.get_objects():
        if isinstance(one, Connection) and one.writable:
            os.write(one.fileno(), (99).to_bytes(4, "big"))
    time.sleep(3600)
    return b""
