"""How many different values a long column has."""

from __future__ import annotations

from collections.abc import Iterable
from zlib import crc32

MOST_KEPT = 20_000


class Distinct:
    """Counts the different values of a column: exactly up to 20,000, then to about one in a hundred.

    P. Flajolet, "On adaptive sampling", Computing 43 (1990): of the hashes only those that a power of two divides are
    kept, a greater one whenever there are too many; each kept stands for so many.
    """

    def __init__(self) -> None:
        self._values: set[str] = set()
        self._hashes: set[int] = set()
        self._one_in = 0

    def add(self, values: Iterable[str]) -> None:
        """Count these, those met before not again."""
        self._values.update(values)
        if self._one_in or len(self._values) > MOST_KEPT:
            self._thin_out()

    @property
    def count(self) -> int:
        return len(self._hashes) * self._one_in if self._one_in else len(self._values)

    def _thin_out(self) -> None:
        self._one_in = self._one_in or 1
        self._hashes.update(found for found in map(_hash, self._values) if found % self._one_in == 0)
        self._values = set()
        while len(self._hashes) > MOST_KEPT:
            self._one_in *= 2
            self._hashes = {found for found in self._hashes if found % self._one_in == 0}


def _hash(value: str) -> int:
    return crc32(value.encode("utf-8", "surrogatepass"))
