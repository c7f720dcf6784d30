"""How many of a batch have to be opened before it goes, and what is known of the rest when none of these is to be kept.

The number that would be kept among all is hypergeometric: no approximation, and a batch that is read whole is known.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from math import comb

CONFIDENCE = 95
"""In percent."""


def fewer_than(read: int, of: int) -> int:
    """At 95 % confidence fewer than so many of all are to be kept, where none of those that were read is: were there as
    many, a random sample would have shown one nineteen times out of twenty.

    >>> fewer_than(300, 1_000_000)
    9935
    """
    low, high = 1, of
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _would_show(read, of, middle) else (middle + 1, high)
    return low


def sample_size(of: int, share: float) -> int:
    """How many have to be read, so that fewer than this share of all are to be kept.

    >>> sample_size(1_000_000, 0.01), sample_size(1_000, 0.01), sample_size(20, 0.01)
    (299, 258, 19)
    """
    most = max(1, int(share * of))
    low, high = min(1, of), of
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _would_show(middle, of, most) else (middle + 1, high)
    return low


def drawn(items: Iterable[int], seed: str, size: int) -> tuple[int, ...]:
    """A random sample, the same again from the same seed; in the order of its numbers."""
    return tuple(sorted(sorted(items, key=lambda item: _lot(seed, item))[:size]))


def statement(read: int, kept: int, of: int) -> str:
    """What a sample says, for whoever approves."""
    if read >= of:
        return f"All {of:,} read, {kept:,} to keep."
    told = f"{read:,} of {of:,} read, {kept:,} to keep"
    if kept or not read:
        return f"{told}."
    return f"{told}: fewer than {_percent(fewer_than(read, of) / of)} % at {CONFIDENCE} % confidence."


def _would_show(read: int, of: int, kept: int) -> bool:
    """Whether, with so many to keep among all, at most one in twenty samples would have none of them."""
    return 100 * comb(of - kept, read) <= (100 - CONFIDENCE) * comb(of, read)


def _percent(share: float) -> str:
    """Rounded up, so that nothing is promised that the sample does not show."""
    tenths = -(-share * 1000 // 1)
    return f"{tenths / 10:g}"


def _lot(seed: str, item: int) -> bytes:
    return hashlib.blake2b(f"{seed}:{item}".encode(), digest_size=16).digest()
