"""What a process of its own is given to do in tests: it must be found by its name there."""

from __future__ import annotations

import time


def hoard() -> bytes:
    """Take more memory than it may, and keep it."""
    taken = bytearray(b"x" * 400_000_000)
    time.sleep(3600)
    return bytes(taken)


def quote() -> bytes:
    """Fail as a parser does that says what it has read."""
    raise ValueError("Quillon Marchbanks")
